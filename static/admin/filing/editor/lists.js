// Enter in a list or a quotation begins the next item; on an empty one it ends the list.

import { lineOf } from "./grammar.js";
import { linesAround } from "./marking.js";

/** Return the change that Enter makes, or null where it only ends a line. */
export function enter({ text, start, end }) {
  const { from } = linesAround({ text, start, end: start });
  const { to } = linesAround({ text, start: end, end });
  const line = text.slice(from, to);
  const { kind, head } = lineOf(line);
  if (kind !== "item" && kind !== "quotation") return null;
  if (start === end && !line.slice(head.length).trim()) return { from, to, text: "" };
  if (start < from + head.length) return null;
  const mark = head.trimStart().endsWith(" ") || head.endsWith("\u3000") ? head : `${head} `;
  return { from: start, to: end, text: `\n${mark}` };
}
