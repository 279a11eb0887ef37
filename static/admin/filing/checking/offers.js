// What the text names, as chips: one tap puts it into its field.

import { fill } from "../photos/words.js";

const KINDS = ["sections", "communities", "stations", "contributors", "tags"];

/** Return all offers in the order they are shown. */
export const inOrder = (offers) => KINDS.flatMap((kind) => offers[kind]);

/** Put an offer into its field. */
export function accept(form, { pk, name, detail, into }) {
  const field = form.elements[into];
  if (!field) return;
  if (field.multiple) {
    const known = [...field.options].find((option) => option.value === String(pk));
    if (known) known.selected = true;
    else field.add(new Option(name, pk, true, true));
  } else if (field.options) {
    field.value = String(pk);
  } else if (into === "tags") {
    field.value = [field.value.trim().replace(/[、,，]$/, ""), name].filter(Boolean).join("、");
  } else {
    field.value = [field.value.trim(), detail, name].filter(Boolean).join(" ");
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Return the table of figures' row for one, as it stands in the body. */
const rowOf = (figure, words) =>
  `| ${figure.what || "—"} | ${fill(words.figureRow, figure)} |`;

/** Return the figures that don't stand in the table yet. */
export function notInTable(body, figures, words) {
  const lines = new Set(body.value.split("\n").map((line) => line.trim()));
  return figures.filter((figure) => !lines.has(rowOf(figure, words)));
}

/** Put a figure into the table at the end of the body; the first one begins it. */
export function intoTable(body, figure, words) {
  const head = words.figureHead;
  const lines = body.value.trimEnd().split("\n");
  const at = lines.findLastIndex((line) => line.trim() === head);
  const row = rowOf(figure, words);
  if (at < 0) {
    lines.push("", head, head.replace(/[^|]+/g, " --- "), row);
  } else {
    let end = at + 1;
    while (end < lines.length && lines[end].trim().startsWith("|")) end += 1;
    lines.splice(end, 0, row);
  }
  body.value = lines.join("\n");
  body.dispatchEvent(new Event("input", { bubbles: true }));
}
