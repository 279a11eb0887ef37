// Plain words from the clipboard: lightly tidied, for somebody may have meant them as they are.

import { lineOf, normalised } from "../grammar.js";
import { curlyQuotes, halfWidth } from "./characters.js";

const GROUPED = ["quotation", "item", "row"];

/** Return what a plain text becomes; the shape is that of fromHtml. */
export function fromText(plain) {
  const text = halfWidth(normalised(plain));
  const lines = text.split("\n");
  const isOneLine = lines.length === 1;
  const kept = isOneLine ? lines : withoutEmpty(lines.map((line) => line.replace(/^[ \u3000]+|[ \u3000]+$/g, "")));
  // A single line may be a word with the space before it.
  const written = kept.map((line) => (isOneLine ? line.replace(/^\u3000+/, "") : line));
  return {
    text: written.join("\n"),
    curly: written.map(curlyQuotes).join("\n"),
    isInline: true,
    pictures: 0,
    struck: 0,
  };
}

/** Leave empty lines out, but for those that divide two lists, quotations or tables. */
function withoutEmpty(lines) {
  return lines.filter((line, n) => {
    if (line) return true;
    const before = lines.slice(0, n).findLast(Boolean);
    const after = lines.slice(n + 1).find(Boolean);
    const isFirst = n > 0 && lines[n - 1] !== "";
    const kind = before && after && lineOf(before).kind;
    return isFirst && GROUPED.includes(kind) && kind === lineOf(after).kind;
  });
}
