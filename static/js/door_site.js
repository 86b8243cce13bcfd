// What the phone at the door asks the site, and how it hears that there is no network.
import { queued, unqueue } from "./door_store.js";

const PATIENCE = 6_000;
const LIST_PATIENCE = 30_000;
const AT_ONCE = 200;

// The site let this phone in no longer, or not yet.
export class Closed extends Error {}

export async function ask(address, body, patience = PATIENCE) {
  const response = await fetch(address, {
    method: "POST",
    body,
    signal: AbortSignal.timeout(patience),
  });
  if (response.status === 403) throw new Closed();
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

export async function askList(address, list) {
  const known = Object.values(list?.people ?? {}).map((person) => person.key);
  const response = await ask(address, JSON.stringify({ known }), LIST_PATIENCE);
  return response.json();
}

// Each is kept until the site has answered for it: what is sent twice counts once.
export async function tellAll(address, hear = () => {}) {
  for (let waiting = await queued(); waiting.length; waiting = await queued()) {
    const admissions = waiting.slice(0, AT_ONCE);
    const response = await ask(address, JSON.stringify({ admissions }));
    const { results } = await response.json();
    await hear(admissions, results);
    await unqueue(results.map((result) => result.nonce));
    if (!results.length) return;
  }
}
