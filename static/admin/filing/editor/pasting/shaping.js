// From what was read out of the clipboard to lines of the body, marks escaped where words hold them.

import { isAddress, lineOf } from "../grammar.js";
import { curlyQuotes, halfWidth, spaceFor } from "./characters.js";

const ESCAPABLE = "[\\\\*\\[\\]［【#＃>＞|｜\\-－]";
const BACKSLASH = new RegExp(`\\\\(?=${ESCAPABLE}|$)`, "gu");
const MARKS = { subhead: "## ", item: "- " };

/** A paragraph's words: `text`, and the links in it as [{from, to, address}]. */
export class Words {
  constructor(text = "", links = []) {
    this.text = text;
    this.links = links;
  }

  add(text, address) {
    const from = this.text.length;
    this.text += text;
    const last = this.links.at(-1);
    if (!address || !text) return;
    if (last?.address === address && last.to === from) last.to = this.text.length;
    else this.links.push({ from, to: this.text.length, address });
  }

  /** Return the words with characters and spaces as the paper writes them. */
  tidied(isHeading) {
    const wide = halfWidth(this.text);
    const start = wide.length - wide.replace(/^[ \n\u3000]+/, "").length;
    const text = wide.replace(/[ \n\u3000]+$/, "");
    const places = [];
    let written = "";
    for (let at = 0; at <= wide.length; at += 1) {
      places.push(written.length);
      if (at < start || at >= text.length) continue;
      const run = /^[ \n\u3000]+/.exec(text.slice(at, at + 200));
      if (!run) {
        written += text[at];
        continue;
      }
      const to = at + run[0].length;
      const space = spaceFor(text.slice(start), at - start, to - start, isHeading);
      written += space;
      for (; at < to - 1; at += 1) places.push(written.length);
    }
    const links = this.links.map(({ from, to, address }) => ({ from: places[from], to: places[to], address }));
    return new Words(written, links.filter(({ from, to }) => written.slice(from, to).trim()));
  }

  with(text) {
    return new Words(text, this.links);
  }

  /** Write the words so that the grammar reads the same words again. */
  inLine({ inTable = false } = {}) {
    const brackets = this.text.includes("](");
    const plain = (words) => {
      const starred = words.replace(BACKSLASH, "\\\\").replace(/\*(?=\*)|(?<=\*)\*/g, "\\*");
      const written = brackets ? starred.replace(/\[/g, "\\[") : starred;
      return inTable ? written.replace(/[|｜]/g, "\\$&") : written;
    };
    let written = "";
    let end = 0;
    for (const { from, to, address } of this.links) {
      const found = addressFor(address, inTable);
      if (!found) continue;
      const words = plain(this.text.slice(from, to)).replace(/(?<!\\)[[\]]/g, "\\$&");
      written += `${plain(this.text.slice(end, from))}[${words}](${found})`;
      end = to;
    }
    return (written + plain(this.text.slice(end))).trim();
  }
}

/** Return an address as a link of the body may have it; "" for one it may not. */
function addressFor(address, inTable) {
  const outside = /^(https?|mailto|tel):/i.test(address);
  if (!outside) return "";
  const escaped = isAddress(address) ? address : address.replace(/[\s()\\]/g, encoded);
  const written = inTable ? escaped.replace(/[|｜]/g, (one) => encodeURIComponent(one)) : escaped;
  return isAddress(written) ? written : "";
}

const encoded = (one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;

/** Write a line; words that would be read as a mark are kept from it, but for a photo's place. */
function asLine(kind, words) {
  const line = words.inLine();
  if (!line) return "";
  if (MARKS[kind]) return MARKS[kind] + line;
  return ["paragraph", "photo", "empty"].includes(lineOf(line).kind) ? line : `\\${line}`;
}

function asRows({ rows, hasHead }) {
  const lines = rows.map((cells) => `| ${cells.map((words) => words.inLine({ inTable: true })).join(" | ")} |`);
  if (hasHead) lines.splice(1, 0, `| ${rows[0].map(() => "---").join(" | ")} |`);
  return lines;
}

/**
 * Write blocks as lines.
 *
 * @param blocks  {kind: "paragraph" | "subhead" | "item", words} or {kind: "table", rows, hasHead}
 * @returns {{text, curly}}  with the quotes as they came, and as “ ”; equally long
 */
export function shaped(blocks) {
  const write = (change) => {
    const lines = [];
    let last = null;
    for (const block of blocks) {
      const isTable = block.kind === "table";
      const rows = isTable ? block.rows.map((cells) => cells.map((words) => words.with(change(words.text)))) : null;
      const made = isTable
        ? asRows({ rows, hasHead: block.hasHead })
        : [asLine(block.kind, block.words.with(change(block.words.text)))].filter(Boolean);
      const isApart = last && last.kind === block.kind && (isTable || (block.kind === "item" && last.list !== block.list));
      if (isApart) lines.push("");
      lines.push(...made);
      if (made.length > 0) last = block;
    }
    return lines.join("\n");
  };
  return { text: write((text) => text), curly: write(curlyQuotes) };
}
