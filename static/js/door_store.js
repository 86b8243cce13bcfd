// What the phone at the door keeps: the list, encrypted and until midnight; and what it did without
// a network, as ids only. The key cannot be taken out of the browser; without it the list is noise.
const KEPT = "kept";
const QUEUE = "queue";

// Counts the wipings: what was begun before one is not written after it.
let wiped = 0;

// Whether it is kept.
export async function keepList(list) {
  const before = wiped;
  const key = (await read("key")) ?? (await makeKey());
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(list));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  await write(KEPT, (store) => {
    if (wiped !== before) return;
    store.put(key, "key");
    store.put({ iv, data, until: list.until }, "list");
    store.delete("erased");
  });
  return wiped === before;
}

export async function readList() {
  if (await wipeIfOver()) return null;
  const [key, kept] = [await read("key"), await read("list")];
  if (!key || !kept) return null;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.data);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    await wipe();
    return null;
  }
}

// The key goes first and with the rest: what a browser may leave on its disk says nothing.
export function wipe({ isErased = false } = {}) {
  wiped += 1;
  return write(KEPT, (store) => {
    store.clear();
    if (isErased) store.put(true, "erased");
  });
}

export async function wipeIfOver() {
  const kept = await read("list");
  const isOver = Boolean(kept) && Date.parse(kept.until) <= Date.now();
  if (isOver) await wipe();
  return isOver;
}

export async function isErased() {
  return Boolean(await read("erased"));
}

export function enqueue(admission) {
  return write(QUEUE, (store) => store.put(admission));
}

export function unqueue(nonces) {
  return write(QUEUE, (store) => nonces.forEach((nonce) => store.delete(nonce)));
}

export async function queued() {
  const database = await open();
  return answer(database.transaction(QUEUE).objectStore(QUEUE).getAll());
}

function makeKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function read(name) {
  const database = await open();
  return answer(database.transaction(KEPT).objectStore(KEPT).get(name));
}

async function write(name, change) {
  const database = await open();
  const transaction = database.transaction(name, "readwrite", { durability: "strict" });
  change(transaction.objectStore(name));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("door", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(KEPT);
      request.result.createObjectStore(QUEUE, { keyPath: "nonce" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
