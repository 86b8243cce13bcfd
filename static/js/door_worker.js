// Keeps the door's page and its files on the phone, for when there is no network. Nobody's name is
// among them. ``KEPT`` is written by the view that names this file: what to keep, and where it is.
import { wipeIfOver } from "./door_store.js";

const { shell, files, static: statics, version } = self.KEPT;
const CACHE = `door ${version}`;
const PATIENCE = 6_000;
const WHATEVER = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data.files)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
    event.waitUntil(wipeIfOver());
  } else if (isStatic(request.url)) {
    event.respondWith(file(request));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(files);
  await keepShell();
  await self.skipWaiting();
}

async function activate() {
  await wipeIfOver();
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

// A new list may be for another forum, so the page is fetched anew; and what it is written with.
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  await keepShell();
  for (const address of addresses.filter(isStatic)) {
    if (!(await cache.match(address, WHATEVER))) await cache.add(address);
  }
}

async function keepShell() {
  const response = await fetch(shell);
  if (!response.ok) throw new Error(String(response.status));
  await (await caches.open(CACHE)).put(shell, response);
}

async function page(request) {
  const patience = request.method === "GET" ? { signal: AbortSignal.timeout(PATIENCE) } : {};
  try {
    return await fetch(request, patience);
  } catch {
    return (await caches.match(shell, WHATEVER)) ?? Response.error();
  }
}

async function file(request) {
  const kept = await caches.match(request, WHATEVER);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

function isStatic(address) {
  const { origin, pathname } = new URL(address);
  return origin === self.location.origin && pathname.startsWith(statics);
}
