// What comes from the clipboard: words in the shape of the body, and a line about what did not come.

import { linkOver } from "./dialogs.js";
import { linesAround } from "./marking.js";
import { fromHtml } from "./pasting/html.js";
import { fromText } from "./pasting/text.js";

export class Pasting {
  /**
   * @param field  see field.js
   * @param place  where the notice stands; a live region
   * @param template  the notice
   */
  constructor(field, place, template) {
    Object.assign(this, { field, place, template, asItIs: false });
    const { element } = field;
    element.addEventListener("keydown", (event) => {
      const isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.code === "KeyV";
      if (!["Control", "Shift", "Meta"].includes(event.key)) this.asItIs = isPlain;
    });
    element.addEventListener("keyup", (event) => { if (event.code === "KeyV") this.asItIs = false; });
    element.addEventListener("paste", (event) => this.paste(event));
    field.addEventListener("changed", () => this.look());
  }

  paste(event) {
    const asItIs = this.asItIs;
    this.asItIs = false;
    if (asItIs || event.defaultPrevented || this.take(event.clipboardData) === false) return;
    event.preventDefault();
  }

  /** Put in what a clipboard holds; false where there is nothing for this to do. */
  take(data) {
    const [html, plain] = ["text/html", "text/plain"].map((type) => data?.getData(type) ?? "");
    if (!html && !plain) return false;
    this.field.settle();
    const link = linkOver(this.field.state, plain);
    if (link) {
      this.field.put(link);
      return true;
    }
    const pasted = read(html, plain);
    // A picture by itself becomes a photo: see ../photos/arriving.js.
    if (!pasted.text && (data.files.length > 0 || !pasted.pictures)) return false;
    this.insert(pasted);
    return true;
  }

  insert({ text, curly, isInline, pictures, struck }) {
    const { field } = this;
    if (text) {
      const change = placed(field.state, text, isInline);
      field.put(change);
      const from = change.from + change.text.indexOf(text);
      // A second step, which Ctrl+Z takes back by itself.
      if (curly !== text) field.put({ from, to: from + text.length, text: curly, start: from + curly.length });
    }
    this.tell({ text, curly, pictures, struck });
  }

  tell({ text, curly, pictures, struck }) {
    this.turned = curly !== text ? { text, curly } : null;
    if (!this.turned && !pictures && !struck) {
      this.place.replaceChildren();
      return;
    }
    const notice = this.template.content.firstElementChild.cloneNode(true);
    const part = (name) => notice.querySelector(`[data-part="${name}"]`);
    for (const [name, count] of Object.entries({ pictures, struck })) {
      part(name).hidden = !count;
      part(name).textContent = part(name).textContent.replace("{count}", count);
    }
    part("quotes").hidden = !this.turned;
    const [back, keep] = ["straight", "keep"].map((name) => notice.querySelector(`[data-do=${name}]`));
    back.hidden = !this.turned;
    keep.textContent = this.turned ? keep.dataset.keep : keep.dataset.close;
    keep.addEventListener("click", () => this.close());
    back.addEventListener("click", () => this.turnBack());
    this.place.replaceChildren(notice);
  }

  close() {
    this.turned = null;
    this.place.replaceChildren();
    this.field.focus();
  }

  /** Give the straight quotes back. */
  turnBack() {
    const { field, turned } = this;
    const from = turned ? field.text.indexOf(turned.curly) : -1;
    this.close();
    if (from < 0) return;
    const { start, end } = field.selection;
    field.put({ from, to: from + turned.curly.length, text: turned.text, start, end });
  }

  /** Once the quotes have been changed by hand there is nothing to turn back. */
  look() {
    if (!this.turned || this.field.text.includes(this.turned.curly)) return;
    this.turned = null;
    for (const name of ["[data-part=quotes]", "[data-do=straight]"]) this.place.querySelector(name).hidden = true;
    if (!this.place.querySelector("p[data-part]:not([hidden])")) this.place.replaceChildren();
  }
}

/** Read what is better read: the shaped text, unless most of its words would be missing. */
function read(html, plain) {
  const size = (text) => text.replace(/\s/g, "").length;
  const shaped = html ? fromHtml(html) : null;
  if (shaped && size(shaped.text) >= size(plain) / 2) return shaped;
  return { ...fromText(plain), pictures: shaped?.pictures ?? 0 };
}

/** Return the change that puts a pasted text where a selection stands. */
function placed({ text, start, end }, pasted, isInline) {
  if (isInline) return { from: start, to: end, text: pasted };
  const { from } = linesAround({ text, start, end: start });
  const { to } = linesAround({ text, start: end, end });
  // Whole paragraphs, subheads, lists and tables stand on lines of their own.
  const head = text.slice(from, start).trim() ? "\n" : "";
  const tail = text.slice(end, to).trim() ? "\n" : "";
  return { from: start, to: end, text: head + pasted + tail, start: start + head.length + pasted.length };
}
