// Keeps every file of the page, so that it opens without a network. `vite build` puts in the list and the name of the release.
const RELEASE = 'RELEASE';
const FILES = ['FILES'];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(RELEASE)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== RELEASE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

// What is kept is never asked for again; nothing else is asked for at all but from where the page is from.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    caches
      .open(RELEASE)
      .then((cache) =>
        cache.match(request.mode === 'navigate' ? './' : request, {
          ignoreSearch: true,
          ignoreVary: true,
        }),
      )
      .then((kept) => kept ?? fetch(request)),
  );
});
