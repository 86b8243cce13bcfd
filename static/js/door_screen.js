// How the door's page shows what the phone knows by itself. The words stand in its templates.
const CLOCK = new Intl.DateTimeFormat("ko-KR", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "Asia/Seoul",
});

export function clock(moment) {
  return CLOCK.format(new Date(moment));
}

export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
}

export function showAnswer(place, list, id, session, { answer, at, gate }) {
  const parts = [alertOf(answer, { moment: at && clock(at), gate, asOf: clock(list.as_of) })];
  if (list.people[id]?.name) parts.push(personOf(list, id));
  tell(place, ...parts);
}

export function showProblem(place, name) {
  tell(place, alertOf(name, {}));
}

export function showFound(place, list, query, found, session) {
  const shown = copy("found");
  shown.querySelector("h2").textContent = fill(shown.querySelector("h2").textContent, {
    number: found.length,
    query,
  });
  shown.querySelector("[data-nobody]").hidden = found.length > 0;
  shown.querySelector("ul").append(...found.map((id) => foundOne(list, id, session)));
  tell(place, shown);
}

export function tell(place, ...parts) {
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...parts);
  if (hadFocus) place.focus();
}

function foundOne(list, id, session) {
  const shown = copy("found-one");
  const { name, organisation } = list.people[id];
  shown.querySelector("strong").textContent = name;
  shown.querySelector("[data-organisation]").textContent = organisation;
  shown.querySelector("[data-paid]").textContent = list.states[id].paid;
  shown.querySelector("[data-name]").textContent = name;
  shown.querySelector("[name=session]").value = session;
  shown.querySelector("[name=ticket]").value = id;
  return shown;
}

function alertOf(name, values) {
  const shown = copy(name);
  for (const line of shown.querySelectorAll("p")) line.textContent = fill(line.textContent, values);
  return shown;
}

function personOf(list, id) {
  const shown = copy("person");
  const { name, organisation } = list.people[id];
  const { seats, meal, paid } = list.states[id];
  const sessions = list.sessions.filter((session) => seats[session.id]);
  const meals = sessions.map((session) => session.meal).filter(Boolean);
  const noMeal = shown.querySelector("[data-fact=meal]").dataset.none;
  shown.querySelector(".door__name").textContent = name;
  fact(shown, "organisation", organisation);
  fact(shown, "sessions", sessions.map((session) => session.name).join(", "));
  fact(shown, "meal", meals.length && !meal ? noMeal : meals.join(", "));
  fact(shown, "paid", paid);
  return shown;
}

function fact(shown, name, words) {
  const place = shown.querySelector(`[data-fact=${name}]`);
  place.querySelector("dd").textContent = words;
  place.hidden = !words;
}

function copy(name) {
  const template = document.querySelector(`template[data-door-words="${name}"]`);
  return template.content.cloneNode(true).firstElementChild;
}
