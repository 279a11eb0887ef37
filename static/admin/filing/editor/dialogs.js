// The boxes that ask for a link, a table or a photo. They stand outside the story's form, so that
// nothing typed into them is sent or kept with it.

import { cellsOf, isAddress, isRule, lineOf } from "./grammar.js";
import { linesAround } from "./marking.js";

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** Open a box made from a template; resolves with what `read` returns, or null if it is left. */
function ask(template, { fill, read }) {
  const box = template.content.querySelector("dialog").cloneNode(true);
  document.body.append(box);
  fill(box);
  return new Promise((resolve) => {
    let answer = null;
    box.addEventListener("submit", (event) => {
      if (event.submitter?.value === "no") return;
      answer = read(box, event.submitter);
      if (answer === null) event.preventDefault();
    });
    // An input method's Enter takes its words, and does not close the box.
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    });
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    box.addEventListener("close", () => {
      box.remove();
      resolve(answer);
    });
    box.showModal();
  });
}

/** Return an address as a link needs it: the scheme added where only a human would leave it out. */
export function asAddress(typed) {
  const address = typed.trim().normalize("NFKC");
  if (isAddress(address)) return address;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return isAddress(`mailto:${address}`) ? `mailto:${address}` : "";
  if (/^\+?[0-9][0-9 -]{4,19}$/.test(address)) return `tel:${address.replace(/[ -]/g, "")}`;
  const guessed = `https://${address}`;
  if (/^[^\s/:@]+\.[a-z]{2,}([/?#:].*)?$/i.test(address)) return isAddress(guessed) ? guessed : "";
  return "";
}

const LINK = /\[((?:[^[\]\\]|\\.)+)\]\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)/g;

/** Return the link a selection is in, as {from, to, words, address}. */
function linkAround({ text, start, end }) {
  const { from, to } = linesAround({ text, start, end: start });
  for (const found of text.slice(from, to).matchAll(LINK)) {
    const begin = from + found.index;
    const close = begin + found[0].length;
    if (begin <= start && end <= close) {
      return { from: begin, to: close, words: found[1].replace(/\\([[\]\\])/g, "$1"), address: found[2] };
    }
  }
  return undefined;
}

const bracketed = (words) => words.replace(/\s*\n\s*/g, " ").replace(/[[\]]/g, "\\$&");

/** Ask for a link at the selection; resolves with a change or null. */
export async function askLink(template, state) {
  const at = linkAround(state);
  const selected = state.text.slice(state.start, state.end);
  const isSelectedAddress = Boolean(selected && isAddress(selected.trim()));
  const answer = await ask(template, {
    fill(box) {
      part(box, "words").value = at?.words ?? selected;
      part(box, "address").value = at?.address ?? (isSelectedAddress ? selected.trim() : "");
      part(box, "unlink").hidden = !at;
      part(box, part(box, "words").value ? "address" : "words").autofocus = true;
    },
    read(box, button) {
      if (button?.value === "unlink") return { words: at.words };
      const field = part(box, "address");
      const address = asAddress(field.value);
      part(box, "refused").hidden = Boolean(address);
      field.setAttribute("aria-invalid", String(!address));
      if (!address) {
        field.focus();
        return null;
      }
      return { words: part(box, "words").value.trim() || field.value.trim(), address };
    },
  });
  if (!answer) return null;
  const { from, to } = at ?? { from: state.start, to: state.end };
  const text = answer.address ? `[${bracketed(answer.words)}](${answer.address})` : answer.words;
  return { from, to, text };
}

/** Return a link for an address pasted over words, or null. */
export function linkOver({ text, start, end }, pasted) {
  const words = text.slice(start, end);
  const address = pasted.trim();
  if (!words.trim() || words.includes("\n") || !/^(https?:|mailto:)/i.test(address) || !isAddress(address)) return null;
  if (isAddress(words.trim()) || linkAround({ text, start, end })) return null;
  return { from: start, to: end, text: `[${bracketed(words)}](${address})` };
}

/** Return the table a caret is in, as {from, to, rows, hasHead}. */
function tableAround({ text, start, end }) {
  const lines = text.split("\n");
  let place = 0;
  let at = -1;
  const starts = lines.map((line, n) => {
    const begin = place;
    if (begin <= start && end <= begin + line.length && at < 0) at = n;
    place += line.length + 1;
    return begin;
  });
  const isRow = (n) => lineOf(lines[n] ?? "").kind === "row";
  if (at < 0 || !isRow(at)) return undefined;
  let [first, last] = [at, at];
  while (isRow(first - 1)) first -= 1;
  while (isRow(last + 1)) last += 1;
  const rows = lines.slice(first, last + 1).map(cellsOf);
  const hasHead = rows.length > 1 && isRule(rows[1]);
  if (hasHead) rows.splice(1, 1);
  return { from: starts[first], to: starts[last] + lines[last].length, rows, hasHead };
}

const inCell = (words) => words.trim().replace(/(?<!\\)[|｜]/g, "\\$&");

function written(rows, hasHead) {
  const lines = rows.map((cells) => `| ${cells.map(inCell).join(" | ")} |`);
  if (hasHead) lines.splice(1, 0, `| ${rows[0].map(() => "---").join(" | ")} |`);
  return lines.join("\n");
}

/** The cells as fields. */
class Grid {
  constructor(box, rows) {
    this.body = part(box, "rows");
    this.name = this.body.dataset.name;
    const width = Math.max(...rows.map((row) => row.length));
    for (const row of rows) this.addRow(row, width);
    const deeds = {
      "row-more": () => this.addRow([], this.width),
      "row-less": () => this.body.rows.length > 1 && this.body.deleteRow(-1),
      "column-more": () => this.each((row) => this.addCell(row, "")),
      "column-less": () => this.width > 1 && this.each((row) => row.deleteCell(-1)),
    };
    box.addEventListener("click", (event) => {
      const deed = deeds[event.target.closest("button")?.dataset.do];
      if (!deed) return;
      deed();
      this.label();
    });
    this.body.addEventListener("keydown", (event) => this.walk(event));
    this.label();
  }

  /** Enter leads to the next cell, and behind the last one to a new row. */
  walk(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    const fields = () => [...this.body.querySelectorAll("input")];
    const next = fields().indexOf(event.target) + 1;
    if (next === fields().length) this.addRow([], this.width);
    this.label();
    fields()[next].focus();
  }

  get width() {
    return this.body.rows[0].cells.length;
  }

  get rows() {
    return [...this.body.rows].map((row) => [...row.cells].map((cell) => cell.firstChild.value));
  }

  each(work) {
    for (const row of this.body.rows) work(row);
  }

  addRow(words, width) {
    const row = this.body.insertRow();
    for (let n = 0; n < width; n += 1) this.addCell(row, words[n] ?? "");
  }

  addCell(row, words) {
    const field = document.createElement("input");
    field.type = "text";
    field.value = words.replace(/\\([|｜])/g, "$1");
    row.insertCell().append(field);
  }

  label() {
    [...this.body.rows].forEach((row, n) => {
      [...row.cells].forEach((cell, m) => {
        const name = this.name.replace("{row}", n + 1).replace("{column}", m + 1);
        cell.firstChild.setAttribute("aria-label", name);
      });
    });
  }
}

/** Ask for a table, or for another content of the one the caret is in; a change, lines, or null. */
export async function askTable(template, state) {
  const at = tableAround(state);
  let grid = null;
  const answer = await ask(template, {
    fill(box) {
      grid = new Grid(box, at?.rows ?? Array.from({ length: 3 }, () => ["", "", ""]));
      part(box, "head").checked = at ? at.hasHead : true;
    },
    read: (box) => ({ hasHead: part(box, "head").checked }),
  });
  const rows = grid.rows;
  if (!answer || !rows.flat().some((cell) => cell.trim())) return null;
  const text = written(rows, answer.hasHead);
  return at ? { from: at.from, to: at.to, text } : { lines: text };
}

/** Ask which photo comes here; resolves with its number, 0 for a new one, or null. */
export async function askPhoto(template, photos) {
  return ask(template, {
    fill(box) {
      const list = part(box, "photos");
      part(box, "none").hidden = photos.length > 0;
      for (const { number, caption, picture, isPlaced } of photos) {
        const item = part(box, "photo").content.firstElementChild.cloneNode(true);
        item.querySelector("button").value = String(number);
        part(item, "number").textContent = list.dataset.number.replace("{number}", number);
        part(item, "caption").textContent = caption;
        part(item, "placed").hidden = !isPlaced;
        const image = item.querySelector("img");
        if (picture) image.src = picture;
        else image.remove();
        list.append(item);
      }
    },
    read: (_box, button) => Number(button?.value ?? 0),
  });
}
