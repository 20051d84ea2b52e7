// Where there is no network one page of ours is shown; nothing else is kept.
const KEPT = "atazan-offline-VERSION";
const PAGE = "atazan-offline.html";
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(PAGE)));
});
self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("atazan-offline-") && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
});
