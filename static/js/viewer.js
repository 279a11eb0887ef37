// A page's pictures over the whole screen: turned by keys, by buttons and by the finger, which is
// the browser's own scrolling; nothing moves by itself. The styles are fetched with the first one.

const dialog = document.querySelector("[data-viewer]");
const links = [...document.querySelectorAll("a.full")];
const part = (name) => dialog.querySelector(`[data-part=${name}]`);
const button = (name) => dialog.querySelector(`[data-do=${name}]`);
const strip = part("strip");
let at = 0;
let opener = null;
let dressed = null;

function dress() {
  dressed ??= new Promise((done) => {
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = dialog.dataset.styles;
    // Without them the pictures are there all the same.
    styles.onload = styles.onerror = done;
    document.head.append(styles);
  });
  return dressed;
}

/** A picture of the page as it stands alone on the screen: as wide as that is, or as high. */
function slide(link) {
  const figure = document.createElement("figure");
  const picture = link.firstElementChild.cloneNode(true);
  const image = picture.matches("img") ? picture : picture.querySelector("img");
  const shape = image.getAttribute("width") / image.getAttribute("height");
  for (const one of [image, ...picture.querySelectorAll("source")])
    if (one.srcset) one.sizes = `min(100vw, ${Math.round(shape * 100)}vh)`;
  image.removeAttribute("fetchpriority");
  image.loading = "lazy";
  figure.append(picture);
  const words = link.closest("figure").querySelector("figcaption");
  if (words) figure.append(words.cloneNode(true));
  return figure;
}

function tell(index) {
  at = index;
  part("count").textContent = links.length > 1 ? `${at + 1}/${links.length}` : "";
  button("back").setAttribute("aria-disabled", String(at === 0));
  button("on").setAttribute("aria-disabled", String(at === links.length - 1));
  for (const [number, figure] of [...strip.children].entries()) {
    figure.inert = number !== at;
    // Long words under a picture scroll; then the keys have to reach them.
    const words = figure.querySelector("figcaption");
    if (words) words.tabIndex = words.scrollHeight > words.clientHeight ? 0 : -1;
  }
}

function go(index) {
  tell(Math.min(Math.max(index, 0), links.length - 1));
  strip.scrollTo({ left: at * strip.clientWidth, behavior: "instant" });
}

async function open(link) {
  opener = link;
  if (!strip.childElementCount) {
    strip.append(...links.map(slide));
    for (const name of ["back", "on"]) button(name).hidden = links.length === 1;
  }
  await dress();
  if (dialog.open) return;
  dialog.showModal();
  button("close").focus();
  go(links.indexOf(link));
}

const keys = {
  ArrowLeft: () => go(at - 1),
  ArrowRight: () => go(at + 1),
  Home: () => go(0),
  End: () => go(links.length - 1),
};
const deeds = { back: keys.ArrowLeft, on: keys.ArrowRight, close: () => dialog.close() };

for (const link of links) {
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    // Whoever asks for a window of its own gets it.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
}
dialog.addEventListener("click", ({ target }) => deeds[target.closest("button")?.dataset.do]?.());
dialog.addEventListener("keydown", (event) => {
  const turn = event.ctrlKey || event.metaKey || event.altKey ? null : keys[event.key];
  if (!turn) return;
  event.preventDefault();
  turn();
});
dialog.addEventListener("close", () => opener.focus({ preventScroll: true }));
strip.addEventListener("scroll", () => {
  const index = Math.round(strip.scrollLeft / strip.clientWidth);
  if (dialog.open && index !== at) tell(index);
});
addEventListener("resize", () => dialog.open && go(at));
