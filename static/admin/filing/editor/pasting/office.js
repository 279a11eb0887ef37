// What Word, WPS and Outlook say in their own ways: styles by class, list marks, headings.

const RULE = /([^{}]+)\{([^{}]*)\}/g;
const NUMBER = /^[(（[〔]?(?:[0-9０-９]{1,3}|[a-zA-Z]{1,4}|[一二三四五六七八九十百]{1,4}|[甲乙丙丁])[.．、)）\]〕:：]|^\p{No}|^第.{1,4}[章节条]|^[0-9.]{2,}$/u;

/** Whether what stands before an item is a bullet, not a number; Wingdings writes them as letters. */
export const isBullet = (mark) => mark.length <= 2 && !NUMBER.test(mark);

function declarations(text) {
  const found = {};
  for (const part of text.split(";")) {
    const at = part.indexOf(":");
    if (at > 0) found[part.slice(0, at).trim().toLowerCase()] = part.slice(at + 1).trim().toLowerCase();
  }
  return found;
}

/** The styles of a clipboard's HTML: those on the elements, and those of Word's classes. */
export class Styles {
  constructor(html) {
    this.classes = new Map();
    for (const [, sheet] of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi)) {
      for (const [, selectors, text] of sheet.replace(/<!--|-->|\/\*[\s\S]*?\*\//g, "").matchAll(RULE)) this.note(selectors, text);
    }
  }

  note(selectors, text) {
    for (const selector of selectors.split(",")) {
      const name = /^\s*(?:p|div|span|li|td|th)?\.([^\s.:>]+)\s*$/.exec(selector)?.[1];
      if (name) this.classes.set(name, { ...this.classes.get(name), ...declarations(text) });
    }
  }

  /** Return what an element's style means for the text; undefined where it says nothing. */
  of(element) {
    const style = Object.assign(
      {},
      ...[...element.classList].map((name) => this.classes.get(name)),
      declarations(element.getAttribute("data-style") ?? ""),
    );
    const display = style.display ?? "";
    return {
      isHidden: display.startsWith("none") || style["mso-hide"] === "all" || isComment(element, style),
      isBlock: /^(block|flex|grid|table|list-item)/.test(display),
      isInline: /^inline/.test(display) && !element.matches("p, li, td, th, h1, h2, h3, h4, h5, h6"),
      isBold: boldness(element.localName, style["font-weight"]),
      isHeading: isHeading(element, style),
      isListMark: /ignore/.test(style["mso-list"] ?? ""),
    };
  }
}

function boldness(name, weight) {
  if (weight) {
    if (/^(bold|bolder|[6-9]\d\d)/.test(weight)) return true;
    if (/^(normal|lighter|[1-5]\d\d)/.test(weight)) return false;
  }
  return ["b", "strong"].includes(name) ? true : undefined;
}

function isHeading(element, style) {
  if (/^h[1-6]$/.test(element.localName)) return true;
  if (/^MsoHeading|^Mso(Sub)?[tT]itle/.test(element.className)) return true;
  const level = Number(style["mso-outline-level"]?.replace(/^\D+/, ""));
  return element.localName === "p" && (level > 0 || /标题|heading/.test(style["mso-style-name"] ?? ""));
}

/** Remarks in Word's margin are not the text. */
const isComment = (element, style) =>
  /^comment/.test(style["mso-element"] ?? "") ||
  style["mso-special-character"] === "comment" ||
  element.matches(".msocomanchor, .MsoCommentReference, .msocomtxt");
