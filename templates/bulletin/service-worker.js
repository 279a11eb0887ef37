{% load static %}// Keeps what a reader has read, so that it can be read without a line. The network is always asked
// first; what is kept is shown only where no answer comes. Nothing private is kept: not the newsroom,
// not a search, not a preview, and no answer that says it must not be stored.
const PAGES = "bulletin-pages-1";
const PARTS = "bulletin-parts-1";
const OFFLINE = "{% url "offline" %}";
const FIRST = ["{% url "home" %}", "{% url "communities:stations" %}"];
const PARTS_FIRST = ["{% static "css/care.css" %}", "{% static "js/care.js" %}", "{% static "js/offline.js" %}"];
const READ = /^\/(en\/)?(articles\/\d+\/|stations\/([-\w]+\/)?|communities\/([-\w]+\/)?|activities\/|sections\/[-\w]+\/|issues\/[-\d]*\/?)?$/;
const MOST_PAGES = 60;
const MOST_PARTS = 150;
const PATIENCE = 5000;

const mayBeKept = (answer) =>
  answer.ok && !answer.redirected && !/no-store|private/.test(answer.headers.get("Cache-Control") ?? "");

async function keep(name, request, answer, most) {
  const cache = await caches.open(name);
  // What is put anew stands last; the longest unread goes first.
  await cache.delete(request);
  await cache.put(request, answer);
  const kept = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== OFFLINE);
  for (const old of kept.slice(0, Math.max(kept.length - most, 0))) await cache.delete(old);
}

async function page(event) {
  const { request } = event;
  const plain = new Request(new URL(request.url).pathname);
  const isKept = READ.test(new URL(request.url).pathname) && !new URL(request.url).search;
  const asked = fetch(request).then((answer) => {
    if (answer.status >= 500) throw new Error(answer.status);
    if (isKept && mayBeKept(answer)) event.waitUntil(keep(PAGES, plain, answer.clone(), MOST_PAGES));
    else if (isKept && [404, 410].includes(answer.status)) event.waitUntil(caches.open(PAGES).then((cache) => cache.delete(plain)));
    return answer;
  });
  const kept = isKept ? await caches.match(plain, { cacheName: PAGES }) : undefined;
  try {
    if (!kept) return await asked;
    event.waitUntil(asked.catch(() => {}));
    return await Promise.race([
      asked,
      new Promise((done) => setTimeout(() => done(kept.clone()), PATIENCE)),
    ]);
  } catch {
    return kept ?? (await caches.match(OFFLINE, { cacheName: PAGES })) ?? Response.error();
  }
}

async function part(event) {
  const { request } = event;
  const kept = await caches.match(request, { cacheName: PARTS });
  const asked = fetch(request).then((answer) => {
    if (mayBeKept(answer) && answer.status === 200) event.waitUntil(keep(PARTS, request, answer.clone(), MOST_PARTS));
    return answer;
  });
  if (!kept) return asked;
  event.waitUntil(asked.catch(() => {}));
  return kept;
}

addEventListener("install", (event) => {
  const prepare = async () => {
    const pages = await caches.open(PAGES);
    await pages.add(OFFLINE);
    const parts = await caches.open(PARTS);
    await Promise.allSettled([...FIRST.map((one) => pages.add(one)), ...PARTS_FIRST.map((one) => parts.add(one))]);
    await skipWaiting();
  };
  event.waitUntil(prepare());
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith("bulletin-") && ![PAGES, PARTS].includes(name)) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (/^\/(admin|preview|mistakes|search|healthz|readyz|metrics)/.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (/^\/static\//.test(pathname) || request.destination === "image") event.respondWith(part(event));
});
