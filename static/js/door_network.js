// The door goes on without a network: the list is on the phone, what happens is saved and sent later.
import { parse, takeFrom } from "./door_counts.js";
import { countsOf, findByCode, findByName, merge, noteCame, peopleIn, verdict } from "./door_people.js";
import { clock, fill, say, showAnswer, showFound, showProblem, tell } from "./door_screen.js";
import { ask, askList, Closed, tellAll } from "./door_site.js";
import { enqueue, isErased, keepList, queued, readList, wipe } from "./door_store.js";

const OFTEN = 60_000;
const SOON = 4_000; // as long as something waits, or the site cannot be reached
const LONGEST_TIMER = 2_000_000_000;

export async function workWithoutNetwork() {
  const place = document.querySelector("[data-door-network]");
  if (!place || !canKeep()) return;
  const work = {
    place,
    told: document.querySelector("[data-door-told]"),
    session: chooseSession(),
    list: await readList(),
    waiting: await queued(),
    isReached: navigator.onLine,
    isMeeting: false,
    metAt: 0,
  };
  work.worker = register(place.dataset);
  document.addEventListener("submit", (event) => onSubmit(work, event));
  press("[data-door-erase]", () => erase(work));
  press("[data-door-load]", () => meet(work, { isAsked: true }));
  addEventListener("online", () => meet(work));
  addEventListener("offline", () => {
    work.isReached = false;
    show(work);
  });
  document.addEventListener("visibilitychange", () => document.hidden || meet(work));
  setInterval(() => isDue(work) && meet(work), SOON);
  if (work.list) endAt(work);
  show(work);
  // The page that the phone keeps stands in for the form of walk-ins.
  const isForm = "shell" in place.dataset && location.pathname.startsWith(place.dataset.walkIn);
  if (isForm) showProblem(work.told, "no_walk_in");
  await meet(work);
}

// On the page that says the door is closed: what was saved is still sent, then nothing stays.
export async function finishAfterwards() {
  const place = document.querySelector("[data-door-ended]");
  if (!place || !canKeep()) return;
  await wipe();
  const finish = async () => {
    await tellAll(place.dataset.admissions).catch(() => {});
    const left = (await queued()).length;
    say(place.querySelector("[data-door-queue]"), left ? fill(place.dataset.queued, { number: left }) : "");
    say(place.querySelector("[data-door-state]"), place.dataset.erased);
    if (left) return;
    clearInterval(timer);
    await forgetPage(place.dataset.scope);
  };
  const timer = setInterval(finish, SOON);
  addEventListener("online", finish);
  await finish();
}

function canKeep() {
  return isSecureContext && "serviceWorker" in navigator && "indexedDB" in globalThis;
}

async function register({ worker, scope }) {
  try {
    await navigator.serviceWorker.register(worker, { scope });
    return await navigator.serviceWorker.ready;
  } catch {
    return null; // In a private window, for example: the page works as long as it stays open.
  }
}

async function forgetPage(scope) {
  const found = await navigator.serviceWorker.getRegistration(scope);
  await found?.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

function press(selector, act) {
  document.querySelector(selector).addEventListener("click", act);
}

// The page that the phone keeps was made for whatever session was on then.
function chooseSession() {
  const asked = new URLSearchParams(location.search).get("session");
  const links = [...document.querySelectorAll("[data-session]")];
  const current = document.querySelector("[data-session][aria-current]");
  const chosen = links.find((link) => link.dataset.session === asked) ?? current;
  for (const link of links) {
    if (link === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const field of document.querySelectorAll("[name=session]")) field.value = chosen.dataset.session;
  return chosen.dataset.session;
}

// A browser may not say that the network is there again.
function isDue({ isReached, waiting, metAt }) {
  return !isReached || waiting.length > 0 || Date.now() - metAt >= OFTEN;
}

// One meeting with the site at a time: what was done is told before the list is read anew.
async function meet(work, how = {}) {
  if (work.isMeeting) return;
  work.isMeeting = true;
  try {
    await meetOnce(work, how);
  } finally {
    work.isMeeting = false;
    work.metAt = Date.now();
  }
}

async function meetOnce(work, { isAsked = false }) {
  if (work.list && Date.parse(work.list.until) <= Date.now()) return end(work);
  const { admissions, list } = work.place.dataset;
  try {
    if (!navigator.onLine) throw new Error("offline");
    await tellAll(admissions, (told, results) => hear(work, told, results));
    work.waiting = await queued();
    if (isAsked || work.list || !(await isErased())) await refresh(work, list);
    work.isReached = navigator.onLine;
  } catch (error) {
    if (error instanceof Closed) return end(work);
    work.isReached = false;
  }
  show(work);
}

async function refresh(work, address) {
  const isFirst = !work.list;
  const fresh = merge(work.list, await askList(address, work.list));
  // A clock that is a day ahead must not fetch names again and again.
  if (Date.parse(fresh.until) <= Date.now()) return wipe({ isErased: true });
  if (!(await keepList(fresh))) return;
  work.list = fresh;
  endAt(work);
  if (!isFirst) return;
  const files = performance.getEntriesByType("resource").map((file) => file.name);
  (await work.worker)?.active?.postMessage({ files });
}

function endAt(work) {
  clearTimeout(work.timer);
  const left = Date.parse(work.list.until) - Date.now();
  work.timer = setTimeout(() => end(work), Math.min(left, LONGEST_TIMER));
}

// Midnight, or the office ended it. What was saved stays and is sent from the page that comes.
async function end(work) {
  work.list = null;
  tell(work.told);
  await wipe();
  show(work);
  if (navigator.onLine) location.replace(work.place.dataset.scope);
}

async function erase(work) {
  work.list = null;
  tell(work.told);
  await wipe({ isErased: true });
  show(work);
}

async function hear(work, told, results) {
  if (!work.list) return;
  for (const one of told) noteCame(work.list, one);
  await keepList(work.list);
  if (results.some((result) => result.became !== "came")) await readIncidents(work);
}

async function readIncidents({ place }) {
  const response = await fetch(place.dataset.scope);
  if (response.ok) takeFrom(parse(await response.text()));
}

async function onSubmit(work, event) {
  const form = event.target;
  if (!work.list || !form.matches("[data-door-asks]")) return;
  event.preventDefault();
  if (work.isAsking) return;
  work.isAsking = true;
  const asked = new FormData(form);
  asked.set("nonce", crypto.randomUUID());
  try {
    await answer(work, form.action, asked);
    if (form.elements.code) form.elements.code.value = "";
  } finally {
    work.isAsking = false;
  }
}

async function answer(work, address, asked) {
  if (work.isReached && navigator.onLine) {
    try {
      const page = parse(await (await ask(address, new URLSearchParams(asked))).text());
      takeFrom(page);
      const told = page.querySelector("[data-door-told]");
      const isWelcome = Boolean(told.querySelector(".alert--success"));
      tell(work.told, ...told.childNodes);
      return isWelcome && noteHere(work, asked);
    } catch (error) {
      if (error instanceof Closed) return end(work);
      work.isReached = false;
    }
  }
  if (work.list) await answerHere(work, asked);
  show(work);
}

// The site knows it; the phone must too, should the network go at the next moment.
async function noteHere(work, asked) {
  const { list, session } = work;
  const ticket = list && (asked.get("ticket") ?? (await findByCode(list, asked.get("code"))));
  if (!ticket || work.list !== list) return;
  noteCame(list, { ticket, session, at: new Date().toISOString() });
  await keepList(list);
}

async function answerHere(work, asked) {
  const { told, list, session } = work;
  if (asked.has("query")) {
    const query = asked.get("query");
    return showFound(told, list, query, findByName(list, query), session);
  }
  const typed = asked.get("code") ?? "";
  const id = asked.get("ticket") ?? (await findByCode(list, typed));
  if (!id && !typed.trim()) return showProblem(told, "empty");
  const found = verdict(list, work.waiting, id, session);
  if (found.answer === "welcome") await letIn(work, id, session, asked.get("nonce"));
  showAnswer(told, list, id, session, found);
}

// The same nonce as was sent to the site, which may have heard it though no answer came.
async function letIn(work, ticket, session, nonce) {
  const admission = { nonce, ticket, session, at: new Date().toISOString() };
  await enqueue(admission);
  if (!work.waiting.some((one) => one.nonce === nonce)) work.waiting.push(admission);
}

function show(work) {
  const { place, list, waiting, isReached } = work;
  const words = place.dataset;
  const values = list ? { people: peopleIn(list), time: clock(list.as_of) } : {};
  const way = list ? (isReached ? "ready" : "offline") : "none";
  place.hidden = false;
  place.dataset.way = way;
  say(place.querySelector("[data-door-state]"), fill(words[way], values));
  say(place.querySelector("[data-door-queue]"), waiting.length ? fill(words.queued, { number: waiting.length }) : "");
  document.querySelector("[data-door-tools]").hidden = !list;
  place.querySelector("[data-door-load]").hidden = Boolean(list) || !isReached;
  if (list && !isReached) showCounts(list, waiting);
}

function showCounts(list, waiting) {
  for (const link of document.querySelectorAll("[data-session]")) {
    const { came, expected } = countsOf(list, waiting, link.dataset.session);
    link.querySelector("strong").textContent = `${came} / ${expected}`;
  }
}
