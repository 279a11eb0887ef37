// The body's grammar as far as an editor needs it: what a line is, and which words a text says.
// articles/body/ decides; a test holds the two together.

const ESCAPABLE = "[\\\\*\\[\\]［【#＃>＞|｜\\-－]";
const LINE_END = /\r\n?|[\x0b\x0c\x85\u2028\u2029]/g;
const SPACE = /[\t\xa0\u1680\u2000-\u200a\u202f\u205f]/g;
const INVISIBLE =
  /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]/gu;
const BLANKS_AROUND = /^[ \u3000]+|[ \u3000]+$/g;

const PHOTO = /^[[［【] ?图 ?([0-9０-９]{1,3}) ?[\]］】]$/;
const HEADS = [
  ["subhead", /^[#＃]{2}(?![#＃])[ \u3000]*/],
  ["quotation", /^[>＞](?:[ \u3000]+|(?![0-9０-９=＝]))/],
  ["item", /^[-－](?:[ \u3000]+|$)/],
  ["row", /^[|｜]/],
];
const RULE_CELL = /^[:：]?[-－]{2,}[:：]?$/;
const BAR = new RegExp(`\\\\${ESCAPABLE}|[|｜]`, "gu");
const ESCAPE = new RegExp(`\\\\(${ESCAPABLE})`, "gu");
const WORDS = "(?:[^\\[\\]\\\\]|\\\\.)+";
const REST = "(?:[^\\s()\\\\]|\\([^\\s()\\\\]*\\))*";
const ADDRESS =
  "(?:[hH][tT][tT][pP][sS]?://[^\\s/?#()\\\\]|[mM][aA][iI][lL][tT][oO]:[^\\s()\\\\@]+@[^\\s()\\\\@]" +
  `|[tT][eE][lL]:\\+?[0-9]|/(?!/))${REST}`;
const MARK = new RegExp(`\\\\(?<escaped>${ESCAPABLE})|(?<stars>\\*\\*)|\\[(?<words>${WORDS})\\]\\((?<address>${ADDRESS})\\)`, "gu");
const STRONG_WORDS = /^\*\*((?:[^*\\]|\\.|\*(?!\*))+)\*\*$/u;

const LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f";
const MODIFIERS = "\u0300-\u036f\ufe00-\ufe0f\u{e0100}-\u{e01ef}";
const COUNTED = new RegExp(`[!-~${LATIN}${MODIFIERS}]+|[^\\s${MODIFIERS}]`, "gu");

/** Return a text with plain line ends and spaces and without invisible characters. */
export const normalised = (text) => text.replace(LINE_END, "\n").replace(INVISIBLE, "").replace(SPACE, " ");

const trimmed = (line) => line.replace(BLANKS_AROUND, "");

/** Return the number of the photo a line marks; 0 for none. */
export function photoOf(line) {
  const mark = PHOTO.exec(trimmed(line));
  return mark ? Number(mark[1].normalize("NFKC")) : 0;
}

/**
 * Return what a line is.
 *
 * @returns {{kind, head}}  kind: "empty", "photo", "subhead", "quotation", "item", "row" or
 *   "paragraph"; head: what stands before its words, blanks included
 */
export function lineOf(text) {
  const lead = /^[ \u3000\t\xa0]*/.exec(text)[0];
  const line = trimmed(normalised(text));
  if (!line) return { kind: "empty", head: lead };
  if (photoOf(line)) return { kind: "photo", head: "" };
  for (const [kind, head] of HEADS) {
    const found = head.exec(line);
    // The blanks behind a mark that stands alone are part of it.
    if (found) return { kind, head: lead + (found[0] === line ? text.slice(lead.length) : found[0]) };
  }
  return { kind: "paragraph", head: lead };
}

/** Whether an address may be a link's. */
export const isAddress = (address) => new RegExp(`^${ADDRESS}$`, "u").test(address);

/** Divide a table's row at its bars. */
export function cellsOf(row) {
  const line = trimmed(normalised(row));
  const ends = [...line.matchAll(BAR)].filter((mark) => mark[0].length === 1).map((mark) => mark.index);
  if (ends.at(-1) !== line.length - 1 || ends.length === 1) ends.push(line.length);
  return ends.slice(1).map((end, n) => trimmed(line.slice(ends[n] + 1, end)));
}

export const isRule = (cells) => cells.every((cell) => RULE_CELL.test(cell));

/** Return the words of a line, without marks. */
function wordsIn(line) {
  let words = "";
  let inside = null;
  let end = 0;
  const put = (text) => {
    if (inside === null) words += text;
    else inside += text;
  };
  for (const mark of line.matchAll(MARK)) {
    const { escaped, stars, address, words: linked } = mark.groups;
    put(line.slice(end, mark.index));
    end = mark.index + mark[0].length;
    if (escaped) {
      put(escaped);
    } else if (address !== undefined && linked.trim()) {
      const strong = STRONG_WORDS.exec(linked);
      put((strong?.[1].trim() ? strong[1] : linked).replace(ESCAPE, "$1"));
    } else if (!stars) {
      put(mark[0]);
    } else if (inside === null) {
      inside = "";
    } else {
      words += inside.trim() ? inside : `**${inside}**`;
      inside = null;
    }
  }
  put(line.slice(end));
  return inside === null ? words : `${words}**${inside}`;
}

/** Return what a text says, a line for each paragraph, subhead, item or row. */
export function plainText(text) {
  const said = [];
  const lines = normalised(text).split("\n").map(trimmed);
  for (let n = 0; n < lines.length; n += 1) {
    const { kind, head } = lineOf(lines[n]);
    if (kind === "row") {
      const rows = [];
      for (; n < lines.length && lineOf(lines[n]).kind === "row"; n += 1) rows.push(cellsOf(lines[n]));
      n -= 1;
      if (rows.length > 1 && isRule(rows[1])) rows.splice(1, 1);
      if (rows.flat().some(Boolean)) said.push(...rows.map((cells) => cells.map(wordsIn).join("\u3000")));
    } else if (kind !== "photo" && lines[n].length > head.length) {
      said.push(wordsIn(lines[n].slice(head.length)));
    }
  }
  return said.join("\n");
}

/** Count characters as `articles.body.character_count` does. */
export const characterCount = (text) => (plainText(text).match(COUNTED) ?? []).length;
