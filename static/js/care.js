// The care edition: larger letters, strong colours, larger targets, no motion, reading aloud and
// pinyin over rare characters. Every word said here stands in the page (components/_care.html).

const KEY = "bulletin.care";
const SIZES = [1, 2, 3, 4];
const COLOURS = ["plain", "strong", "night"];
const page = document.documentElement;
const bar = document.querySelector("[data-care-bar]");
const said = bar.querySelector("[role=status]");
const tool = (name) => bar.querySelector(`[data-do=${name}]`);

let chosen = { on: "care" in page.dataset, size: Number(page.dataset.size) || 2, colours: page.dataset.colours || "plain" };

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Then it holds for this page alone.
  }
}

function show() {
  // Its style sheet is fetched when it is first wanted; care-first.js knows which it is.
  if (chosen.on) dispatchEvent(new Event("bulletin:care"));
  bar.hidden = !chosen.on;
  page.toggleAttribute("data-care", chosen.on);
  if (chosen.on) {
    page.dataset.size = chosen.size;
    page.dataset.colours = chosen.colours;
  } else {
    delete page.dataset.size;
    delete page.dataset.colours;
  }
  // At the larger sizes columns become one, and small pictures as wide as it.
  if (chosen.on && chosen.size > 2)
    for (const one of document.querySelectorAll(".thumb [sizes]")) one.sizes = "94vw";
  tool("smaller").setAttribute("aria-disabled", String(chosen.size === SIZES[0]));
  tool("larger").setAttribute("aria-disabled", String(chosen.size === SIZES.at(-1)));
  for (const button of bar.querySelectorAll("[data-colours]"))
    button.setAttribute("aria-pressed", String(button.dataset.colours === chosen.colours));
  for (const one of document.querySelectorAll("[data-care-switch]"))
    one.setAttribute("aria-pressed", String(chosen.on));
}

function choose(change) {
  chosen = { ...chosen, ...change };
  keep();
  show();
}

function resize(by) {
  const at = Math.min(Math.max(SIZES.indexOf(chosen.size) + by, 0), SIZES.length - 1);
  choose({ size: SIZES[at] });
  said.textContent = bar.dataset.wordsSize.replace("{size}", at + 1).replace("{sizes}", SIZES.length);
}

/** Reading aloud is fetched when it is first asked for. */
let reader = null;
async function readAloud() {
  const { Reader } = await import(tool("read").dataset.script);
  reader ??= new Reader(bar);
  await reader.toggle();
}

/** Pinyin over the characters few can read, as the server says them for this story. */
async function annotate() {
  const button = tool("pinyin");
  const text = document.querySelector("[data-pinyin]");
  if (text.querySelector("ruby.rare")) {
    for (const ruby of text.querySelectorAll("ruby.rare")) ruby.replaceWith(ruby.firstChild);
    text.normalize();
    button.setAttribute("aria-pressed", "false");
    return;
  }
  try {
    const answer = await fetch(text.dataset.pinyin, { credentials: "omit" });
    if (!answer.ok) throw new Error(answer.status);
    const { readings } = await answer.json();
    const rare = new Map(Object.entries(readings));
    said.textContent = rare.size ? "" : bar.dataset.wordsNoRare;
    if (!rare.size) return;
    write(text, rare);
    button.setAttribute("aria-pressed", "true");
  } catch {
    said.textContent = bar.dataset.wordsFailed;
  }
}

function write(text, rare) {
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) if ([...walk.currentNode.data].some((one) => rare.has(one))) nodes.push(walk.currentNode);
  for (const node of nodes) {
    const parts = [""];
    for (const one of node.data) {
      if (!rare.has(one)) {
        if (typeof parts.at(-1) !== "string") parts.push("");
        parts[parts.length - 1] += one;
        continue;
      }
      const ruby = document.createElement("ruby");
      const over = document.createElement("rt");
      ruby.className = "rare";
      over.textContent = rare.get(one);
      ruby.append(one, over);
      parts.push(ruby);
    }
    node.replaceWith(...parts.filter((part) => part !== ""));
  }
}

const deeds = {
  smaller: () => resize(-1),
  larger: () => resize(1),
  read: readAloud,
  pinyin: annotate,
  leave() {
    reader?.stop();
    choose({ on: false });
    document.querySelector("[data-care-switch]").focus();
  },
};

bar.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.colours && COLOURS.includes(button.dataset.colours)) choose({ colours: button.dataset.colours });
  else if (button?.dataset.do && deeds[button.dataset.do]) deeds[button.dataset.do]();
});
for (const button of document.querySelectorAll("[data-care-switch]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => {
    choose({ on: !chosen.on });
    if (chosen.on) tool("smaller").focus();
  });
}
// What another window of this reader chooses holds here too.
addEventListener("storage", ({ key, newValue }) => {
  if (key !== KEY || !newValue) return;
  try {
    const { on, size, colours } = JSON.parse(newValue);
    if (SIZES.includes(size) && COLOURS.includes(colours)) chosen = { on: on === true, size, colours };
    show();
  } catch {
    // Not ours.
  }
});
tool("read").hidden = !("speechSynthesis" in window);
tool("pinyin").hidden = !document.querySelector("[data-pinyin]");
show();
