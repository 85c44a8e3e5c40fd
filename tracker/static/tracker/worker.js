// The service worker of a device that its user marked as own. It keeps one thing of the register: the copy of the list
// that was seen last. Pages always come from the network; only where there is none is the copy shown. The server puts
// KNOWN before this: version, shell, list, copy, notSent, wipedBy.
"use strict";
const SHELL = `dondoc-shell-${KNOWN.version}`, LIST = "dondoc-list";
let wipes = 0;

const wipe = async () => {
  wipes += 1;
  for (const name of await caches.keys()) if (name.startsWith("dondoc-")) await caches.delete(name);
};

const keepShell = async () => {
  const shell = await caches.open(SHELL);
  if (!(await shell.match(KNOWN.notSent))) await shell.addAll([...KNOWN.shell, KNOWN.notSent]);
};

// What is on its way while everything is wiped is not kept.
const keep = async (address) => {
  const before = wipes;
  const answer = await fetch(address, { redirect: "error", headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || !answer.headers.has("X-Kept-Until")) return;
  await keepShell();
  if (wipes === before) await (await caches.open(LIST)).put(KNOWN.copy, answer);
  if (wipes !== before) await wipe();
};

const copy = async () => {
  const kept = await caches.match(KNOWN.copy, { cacheName: LIST });
  if (kept && Date.now() > Number(kept.headers.get("X-Kept-Until"))) return void await caches.delete(LIST);
  return kept;
};

// Somebody else's list came, or the browser lost the mark.
const isOthers = (pathname, answer) => pathname === KNOWN.list && answer.ok && !answer.headers.has("X-Own-Device");

const page = async (request, pathname) => {
  const posted = request.method === "POST";
  if (posted && KNOWN.wipedBy.includes(pathname)) await wipe();
  try {
    const answer = await fetch(request);
    if (answer.headers.has("Clear-Site-Data") || isOthers(pathname, answer)) await wipe();
    return answer;
  } catch (gone) {
    const shown = posted ? await caches.match(KNOWN.notSent, { cacheName: SHELL }) : await copy();
    if (shown) return shown;
    throw gone;
  }
};

const file = async (request) => {
  try {
    return await fetch(request);
  } catch (gone) {
    const kept = await caches.match(request, { cacheName: SHELL });
    if (kept) return kept;
    throw gone;
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("dondoc-shell-") && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
})()));
self.addEventListener("message", (event) => { if (event.data?.keep) event.waitUntil(keep(event.data.keep)); });
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (request.method === "GET" && KNOWN.shell.includes(pathname)) event.respondWith(file(request));
});
