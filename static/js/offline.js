// Lets this browser keep what is read (the worker at /service-worker.js), and says so without a line.

const note = document.querySelector("[data-offline-note]");

function tell() {
  note.hidden = navigator.onLine;
}

addEventListener("online", tell);
addEventListener("offline", tell);
tell();
if ("serviceWorker" in navigator)
  addEventListener("load", () => navigator.serviceWorker.register(note.dataset.worker).catch(() => {}));

/** On the page that is shown without a line: the stories and pages this browser has kept. */
async function list(element) {
  const cache = await caches.open("bulletin-pages-1");
  const rows = [];
  for (const request of (await cache.keys()).reverse()) {
    const { pathname } = new URL(request.url);
    if (pathname === location.pathname || pathname === element.dataset.self) continue;
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = pathname;
    link.textContent = page.querySelector("h1")?.textContent.trim() || page.title;
    row.append(link);
    rows.push(row);
  }
  element.replaceChildren(...rows);
  element.parentElement.hidden = rows.length === 0;
}

const kept = document.querySelector("[data-kept]");
if (kept && "caches" in window) list(kept).catch(() => {});
