// Marks on lines and on words. Each function takes {text, start, end} and returns a change
// ({from, to, text, start, end}, see field.js) or null.

import { lineOf, photoOf } from "./grammar.js";

const MARKS = { subhead: "## ", quotation: "> ", item: "- " };

/** Return where the lines begin and end that a selection touches. */
export function linesAround({ text, start, end }) {
  // A selection that ends where a line begins does not mean that line.
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", last);
  return { from: start === 0 ? 0 : from, to: next < 0 ? text.length : next };
}

/** Return what the lines of a selection are, if they are all the same; else "". */
export function kindAt(state) {
  const { from, to } = linesAround(state);
  const kinds = new Set(state.text.slice(from, to).split("\n").map((line) => lineOf(line).kind));
  if (kinds.size > 1) kinds.delete("empty");
  return kinds.size === 1 ? [...kinds][0] : "";
}

/** Make the lines of a selection subheads, quotations or items; or paragraphs, if they are that. */
export function toggleLines(state, kind) {
  const { from, to } = linesAround(state);
  const lines = state.text.slice(from, to).split("\n");
  const isOn = kindAt(state) === kind;
  const mark = isOn ? "" : MARKS[kind];
  const written = lines.map((line) => {
    const { kind: was, head } = lineOf(line);
    if (was === "photo" || was === "row" || (was === "empty" && lines.length > 1)) return line;
    return mark + line.slice(head.length);
  });
  const text = written.join("\n");
  // The caret stays on its letter.
  const moved = (place) => {
    let before = from;
    for (const [n, line] of lines.entries()) {
      if (place <= before + line.length || n === lines.length - 1) {
        const past = Math.max(0, line.length - (place - before));
        const start = from + written.slice(0, n).join("\n").length + (n ? 1 : 0);
        return start + Math.max(Math.min(mark.length, written[n].length), written[n].length - past);
      }
      before += line.length + 1;
    }
    return place;
  };
  const start = moved(state.start);
  const end = state.end === state.start ? start : moved(Math.min(state.end, to));
  return { from, to, text, start, end };
}

/** Where the stars of a line stand: [[opening, closing], …], places in the whole text. */
function strongParts(text, from, to) {
  const stars = [...text.slice(from, to).matchAll(/\\.|\*\*/g)]
    .filter((mark) => mark[0] === "**")
    .map((mark) => from + mark.index);
  const parts = [];
  for (let n = 0; n + 1 < stars.length; n += 2) parts.push([stars[n], stars[n + 1]]);
  return parts;
}

/** Return the strong words that hold a whole selection: [opening, closing], or undefined. */
function strongAround({ text, start, end }) {
  const { from, to } = linesAround({ text, start, end: start });
  return strongParts(text, from, to).find(([open, close]) => open <= start && end <= close + 2);
}

export const isStrong = (state) => Boolean(strongAround(state));

/** Make the selected words bold, or plain if they are bold. */
export function toggleStrong(state) {
  const { text, start, end } = state;
  const around = strongAround(state);
  if (around) {
    const [open, close] = around;
    const inside = text.slice(open + 2, close);
    const at = (place) => Math.max(open, Math.min(place - 2, close - 2));
    return { from: open, to: close + 2, text: inside, start: at(start), end: at(end) };
  }
  if (start === end) return { from: start, to: end, text: "****", start: start + 2, end: start + 2 };
  const written = text.slice(start, end).split("\n").map(strongLine).join("\n");
  return { from: start, to: end, text: written, start, end: start + written.length };
}

function strongLine(line) {
  const { kind, head } = lineOf(line);
  if (kind === "empty" || kind === "photo" || kind === "row") return line;
  const words = line.slice(head.length).replaceAll("**", "");
  const tail = /[ \u3000]*$/.exec(words)[0];
  return `${head}**${words.slice(0, words.length - tail.length)}**${tail}`;
}

/** Put lines of their own into a text: at the caret, or behind the line it is in. */
export function insertLines({ text, start, end }, lines) {
  const { from, to } = linesAround({ text, start: end, end });
  const isEmpty = !text.slice(from, to).trim();
  const place = isEmpty ? { from, to } : { from: to, to };
  const written = `${isEmpty ? "" : "\n"}${lines}`;
  return { ...place, text: written, start: place.from + written.length };
}

/** Return the photos that have a line in the text, by number. */
export const photosIn = (text) => new Set(text.split("\n").map(photoOf).filter(Boolean));
