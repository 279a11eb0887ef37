// HTML from the clipboard, read into paragraphs, subheads, items and tables. Nothing else of it
// stays; and nothing of its words is lost.

import { normalised } from "../grammar.js";
import { isBullet, Styles } from "./office.js";
import { shaped, Words } from "./shaping.js";
import { isLayout, tableFrom } from "./tables.js";

const NOT_WORDS = new Set(
  "style script title head meta link xml template noscript object svg select option rp base canvas audio".split(" "),
);
const PICTURES = new Set(["img", "picture", "video", "iframe", "embed", "v:imagedata", "mpvoice", "mp-common-profile"]);
const BLOCKS = new Set(
  ("address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer " +
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul").split(" "),
);
const LONGEST_SUBHEAD = 30;
const NO_SUBHEAD = /[。！？；，、：:.!?…;,]["”’」』）)]*$|^[（(△▲]|。|^本报讯/;

/**
 * Return what HTML becomes: {text, curly, isInline, pictures, struck}; null where it says nothing.
 *
 * `curly` is the text with “ ” for straight quotes; `isInline` when it is part of one paragraph;
 * `pictures` and `struck` count the pictures and the deleted passages left out.
 */
export function fromHtml(html) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  const reader = new Reader(new Styles(html));
  reader.visit(page.body, {});
  reader.end();
  const blocks = withSubheads(reader.blocks);
  const { pictures, struck } = reader;
  if (blocks.length === 0 && pictures === 0) return null;
  const isInline = blocks.length === 1 && blocks[0].kind === "paragraph";
  return { ...shaped(blocks), isInline, pictures, struck };
}

// A page that forbids inline style says so on the console even of a document nobody sees.
const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const withoutStyle = (html) =>
  html
    .replace(/<style\b[^>]*>[\s\S]*?<\/style\s*>/gi, "")
    .replace(TAG, (tag) => tag.replace(/([\s"'])style\s*=/gi, "$1data-style="));

/** Take short lines that are bold as a whole for subheads, as WPS and WeChat fake them. */
function withSubheads(blocks) {
  const isFake = ({ kind, isBold, words }) =>
    kind === "paragraph" && isBold && words.text.length <= LONGEST_SUBHEAD && !NO_SUBHEAD.test(words.text);
  const hasText = blocks.some(({ kind, isBold }) => kind !== "subhead" && !isBold);
  return blocks.map((block) => {
    const kind = hasText && isFake(block) ? "subhead" : block.kind;
    return block.words ? { ...block, kind, words: block.raw.tidied(kind === "subhead") } : block;
  });
}

/** Walks through a document once. */
export class Reader {
  constructor(styles) {
    Object.assign(this, { styles, blocks: [], pictures: 0, struck: 0, words: new Words(), bold: [], mark: null });
  }

  visit(node, around) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child.data, around);
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, around);
    }
  }

  element(element, around) {
    const name = element.localName;
    const style = this.styles.of(element);
    if (NOT_WORDS.has(name) || style.isHidden) return;
    if (PICTURES.has(name)) {
      // Mails count their readers with pictures of one pixel.
      if (!["0", "1"].includes(element.getAttribute("width"))) this.pictures += 1;
    } else if (name === "del" || element.classList.contains("msoDel")) {
      if (element.textContent.trim()) this.struck += 1;
    } else if (name === "br") {
      this.lineEnd(around);
    } else if (style.isListMark) {
      this.listMark(element, around);
    } else if (name === "table") {
      this.table(element, around);
    } else {
      this.part(element, name, style, around);
    }
  }

  part(element, name, style, around) {
    const inside = { ...around };
    if (style.isBold !== undefined) inside.isBold = style.isBold;
    if (name === "a") inside.address = element.getAttribute("href")?.trim() ?? "";
    if (name === "pre") inside.isPre = true;
    const isBlock = style.isInline ? false : BLOCKS.has(name) || style.isBlock;
    if (!isBlock) {
      this.visit(element, inside);
      return;
    }
    this.end();
    this.kind = style.isHeading ? "subhead" : around.kind;
    inside.kind = this.kind;
    if (name === "ul" || name === "ol") {
      inside.list = { count: Number(element.getAttribute("start") || 1), isNumbered: name === "ol" };
    }
    if (name === "li") this.mark = this.markOf(element, inside.list);
    this.visit(element, inside);
    this.end();
    this.kind = around.kind;
    if (name === "li") this.mark = null;
  }

  /** What stands before a list item: a bullet becomes the body's own, a number stays. */
  markOf(item, list) {
    if (!list?.isNumbered) return { kind: "item", text: "", list };
    if (item.hasAttribute("value")) list.count = Number(item.getAttribute("value"));
    const text = `${list.count}. `;
    list.count += 1;
    return { kind: "paragraph", text };
  }

  /** The number or the bullet that Word and WPS write before an item. */
  listMark(element, around) {
    const mark = normalised(element.textContent).trim();
    if (isBullet(mark)) this.mark = { kind: "item", text: "", list: "office" };
    else if (mark) this.text(/[.)]$/.test(mark) ? `${mark}\u00a0` : mark, around);
  }

  text(data, around) {
    if (!around.isPre) {
      // A line end of the source stays one until it is known what stands around it.
      this.put(normalised(data.replace(/[ \t\r\n\f]+/g, (run) => (/[\r\n]/.test(run) ? "\n" : " "))), around);
      return;
    }
    for (const [n, line] of normalised(data).split("\n").entries()) {
      if (n > 0) this.end();
      this.put(line, around);
    }
  }

  put(text, around) {
    this.words.add(text, around.address);
    if (/[\p{L}\p{N}]/u.test(text)) this.bold.push(Boolean(around.isBold));
  }

  /** A line that ends in a paragraph begins another; an item and a subhead go on. */
  lineEnd(around) {
    if (this.mark || this.kind === "subhead") this.words.add(" ", around.address);
    else this.end();
  }

  end() {
    const { words, bold, mark } = this;
    this.words = new Words();
    this.bold = [];
    if (!words.text.trim()) return;
    this.mark = null;
    const kind = this.kind ?? mark?.kind ?? "paragraph";
    const raw = mark?.text ? prefixed(mark.text, words) : words;
    this.blocks.push({ kind, raw, words: raw.tidied(false), isBold: bold.length > 0 && bold.every(Boolean), list: mark?.list });
  }

  table(element, around) {
    this.end();
    const found = tableFrom(element, (cell) => {
      const reader = new Reader(this.styles);
      reader.visit(cell, { isBold: cell.localName === "th" || undefined });
      reader.end();
      this.pictures += reader.pictures;
      this.struck += reader.struck;
      return reader.blocks;
    }, this.styles);
    if (isLayout(element, found)) {
      for (const block of found.blocks) this.blocks.push(around.kind && block.words ? { ...block, kind: around.kind } : block);
    } else if (found.table) {
      this.blocks.push(...found.before, found.table);
    }
  }
}

function prefixed(text, words) {
  const links = words.links.map(({ from, to, address }) => ({ from: from + text.length, to: to + text.length, address }));
  return new Words(text + words.text.trimStart(), shifted(links, words.text.length - words.text.trimStart().length));
}

const shifted = (links, by) => links.map((link) => ({ ...link, from: Math.max(0, link.from - by), to: Math.max(0, link.to - by) }));
