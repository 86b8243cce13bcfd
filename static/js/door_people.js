// Questions to the list that the phone keeps. ``waiting`` is what it did and has not sent.
export async function findByCode(list, code) {
  const signs = (code.match(/[\p{L}\p{N}]/gu) ?? []).join("").toUpperCase();
  if (!signs) return null;
  const hash = await hashOf(signs, list);
  return Object.keys(list.people).find((id) => list.people[id].code === hash) ?? null;
}

export function findByName(list, query, most = 20) {
  const wanted = plain(query);
  if (!wanted) return [];
  const named = Object.keys(list.people).filter((id) => plain(list.people[id].name ?? "").startsWith(wanted));
  return named.sort((a, b) => list.people[a].name.localeCompare(list.people[b].name, "ko")).slice(0, most);
}

// As the site would say it, as far as the list goes.
export function verdict(list, waiting, id, session) {
  const state = list.states[id];
  if (!state) return { answer: "unknown" };
  if (state.refusal) return { answer: state.refusal };
  const came = cameIn(list, waiting, id, session);
  if (!came) return { answer: "other_session" };
  const [at, gate] = came;
  return at ? { answer: "already", at, gate } : { answer: "welcome" };
}

export function countsOf(list, waiting, session) {
  const sure = Object.keys(list.states).filter(
    (id) => !list.states[id].refusal && list.states[id].seats[session],
  );
  const came = sure.filter((id) => cameIn(list, waiting, id, session).length);
  return { came: came.length, expected: sure.length };
}

export function peopleIn(list) {
  return Object.values(list.people).filter((person) => person.name).length;
}

// New words beside those that the phone has; who is on the list no more goes.
export function merge(list, fresh) {
  const people = {};
  for (const id of Object.keys(fresh.states)) {
    const person = fresh.people[id] ?? list?.people[id];
    if (person) people[id] = person;
  }
  return { ...fresh, people };
}

export function noteCame(list, { ticket, session, at }) {
  const seats = list.states[ticket]?.seats;
  if (seats?.[session] && !seats[session].length) seats[session] = [at, list.door];
}

function cameIn(list, waiting, id, session) {
  const here = waiting.find((one) => one.ticket === id && one.session === session);
  return here ? [here.at, list.door] : list.states[id].seats?.[session];
}

async function hashOf(signs, { salt, stretches }) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(signs), "PBKDF2", false, [
    "deriveBits",
  ]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations: stretches };
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.deriveBits(how, key, 128))));
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function plain(name) {
  return name.normalize("NFC").replace(/\s/gu, "").toLowerCase();
}
