// Tables from the clipboard: merged cells laid flat, tables that only hold a page together undone.

import { Words } from "./shaping.js";

const WIDEST = 50;
const MOST_IN_A_CELL = 6;

/**
 * Read a table.
 *
 * @param element  the table
 * @param read  returns a cell's blocks
 * @param styles  see office.js
 * @returns {{table, before, blocks, width, most}}  `table` null where it has no words; `before` its
 *   caption's blocks; `blocks` all of them, as they follow one another; `most` in one cell
 */
export function tableFrom(element, read, styles) {
  const caption = element.caption ? read(element.caption) : [];
  const lines = [...element.rows].filter((row) => row.closest("table") === element && !styles.of(row).isHidden);
  const rows = [];
  const held = [];
  for (const [n, line] of lines.entries()) {
    const row = [];
    for (const cell of line.cells) {
      if (styles.of(cell).isHidden) continue;
      while (held[row.length] > n) row.push([]);
      const [across, down] = [cell.colSpan, cell.rowSpan].map((span) => Math.min(span, WIDEST));
      const at = row.length;
      row.push(read(cell));
      for (let m = at; m < Math.min(at + across, WIDEST); m += 1) {
        if (m > at) row.push([]);
        if (down > 1) held[m] = n + down;
      }
    }
    while (held[row.length] > n) row.push([]);
    if (row.some((blocks) => blocks.length > 0)) rows.push(row);
  }
  const cells = rows.flat();
  return {
    table: rows.length > 0 ? { kind: "table", rows: filled(rows), hasHead: hasHead(element, rows) } : null,
    before: caption,
    blocks: [...caption, ...cells.flat()],
    width: Math.max(0, ...rows.map((row) => row.length)),
    most: Math.max(0, ...cells.map((blocks) => blocks.length)),
  };
}

/** Make all rows equally long, each cell one line of words. */
function filled(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_none, n) => joined(row[n] ?? [])));
}

function joined(blocks) {
  const all = new Words();
  for (const { words } of blocks) {
    if (!words) continue;
    if (all.text) all.add(" ");
    const from = all.text.length;
    all.text += words.text;
    all.links.push(...words.links.map((link) => ({ ...link, from: link.from + from, to: link.to + from })));
  }
  return all;
}

function hasHead(element, rows) {
  if (rows.length < 2) return false;
  const first = element.rows[0];
  if (first?.closest("thead") || [...(first?.cells ?? [])].every((cell) => cell.localName === "th")) return true;
  const isBold = (row) => row.flat().length > 0 && row.flat().every((block) => block.isBold);
  return isBold(rows[0]) && !isBold(rows[1]);
}

/** Whether a table is only there to put things beside one another, as in mails and on web pages. */
export function isLayout(element, { width, most, blocks }) {
  return (
    width < 2 ||
    most > MOST_IN_A_CELL ||
    Boolean(element.querySelector("table")) ||
    blocks.some(({ kind }) => kind === "subhead" || kind === "table")
  );
}
