// The places of photos in the body: [图1] alone on its line, as articles/body/grammar.py reads it.

const MARK = /^[ \t\u3000]*[[［【] ?图 ?([0-9０-９]{1,3}) ?[\]］】][ \t\u3000]*$/gm;

const plain = (digits) => Number(digits.normalize("NFKC"));

/** Return how a photo's place is written. */
export const markOf = (number) => `[图${number}]`;

/** The body as far as photos stand in it. */
export class References {
  constructor(field) {
    this.field = field;
    this.touched = false;
    field.addEventListener("focus", () => { this.touched = true; });
  }

  get marks() {
    return [...this.field.value.matchAll(MARK)].map((mark) => ({
      number: plain(mark[1]),
      digits: mark.index + mark[0].indexOf(mark[1]),
      length: mark[1].length,
      start: mark.index,
      end: mark.index + mark[0].length,
    }));
  }

  /** Return the numbers that stand in the text. */
  get numbers() {
    return new Set(this.marks.map((mark) => mark.number));
  }

  /** Put a photo on a line of its own: at the caret, or behind the paragraph the caret is in. */
  put(number) {
    const { field } = this;
    const text = field.value;
    const caret = this.touched ? field.selectionEnd : text.length;
    const atStart = caret === 0 || text[caret - 1] === "\n";
    const lineEnd = text.indexOf("\n", caret) < 0 ? text.length : text.indexOf("\n", caret);
    const place = atStart ? caret : lineEnd;
    const before = atStart ? "" : "\n";
    const after = text[place] === "\n" || place === text.length ? "" : "\n";
    const line = `${before}${markOf(number)}${after}`;
    field.setRangeText(line, place, place, "preserve");
    const behind = place + line.length;
    field.setSelectionRange(behind, behind);
    this.touched = true;
    this.tell();
  }

  /** Take a photo's marks out, with their lines. */
  take(number) {
    this.renumber(new Map([[number, null]]));
  }

  /**
   * Write other numbers into the marks.
   *
   * @param places  {old number: new number, or null where the photo is gone}; others stay
   */
  renumber(places) {
    const { field } = this;
    let changed = false;
    for (const mark of this.marks.reverse()) {
      const wanted = places.get(mark.number);
      if (wanted === undefined || wanted === mark.number) continue;
      changed = true;
      if (wanted !== null) {
        field.setRangeText(String(wanted), mark.digits, mark.digits + mark.length, "preserve");
      } else if (mark.end < field.value.length) {
        field.setRangeText("", mark.start, mark.end + 1, "preserve");
      } else {
        field.setRangeText("", Math.max(0, mark.start - 1), mark.end, "preserve");
      }
    }
    if (changed) this.tell();
  }

  /** Put the text back as it was, if nobody has typed since. */
  goBack(after, before) {
    if (this.field.value !== after || before === after) return false;
    this.field.value = before;
    this.tell();
    return true;
  }

  tell() {
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
