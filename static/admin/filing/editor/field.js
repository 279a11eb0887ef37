// The textarea: every change goes in as if it were typed, so that the browser can take it back.

/** A change: put `text` where from–to stands now, then select start–end of the new text. */

export class Field extends EventTarget {
  /** @param element  the textarea */
  constructor(element) {
    super();
    this.element = element;
    this.composing = false;
    element.addEventListener("compositionstart", () => { this.composing = true; });
    element.addEventListener("compositionend", () => {
      this.composing = false;
      // Some browsers send no input behind it.
      this.tell();
    });
    element.addEventListener("input", () => this.tell());
    element.form?.addEventListener("bulletin:restored", () => this.tell());
  }

  get text() {
    return this.element.value;
  }

  get selection() {
    const { selectionStart: start, selectionEnd: end } = this.element;
    return { start, end };
  }

  /** The text and its selection, as the functions that make changes take them. */
  get state() {
    return { text: this.text, ...this.selection };
  }

  tell() {
    this.dispatchEvent(new Event("changed"));
  }

  /** Let an input method finish what it has half written; it stays in the text. */
  settle() {
    if (!this.composing) return;
    this.element.blur();
    this.composing = false;
  }

  /** Do something to the text: `make` gets its state and returns a change, or null for none. */
  change(make) {
    this.settle();
    this.focus();
    const change = make(this.state);
    if (change) this.put(change);
    return Boolean(change);
  }

  put({ from, to, text, start = from + text.length, end = start }) {
    const { element } = this;
    this.focus();
    if (element.value.slice(from, to) !== text) {
      element.setSelectionRange(from, to);
      const wanted = element.value.slice(0, from) + text + element.value.slice(to);
      if (text) document.execCommand("insertText", false, text);
      else document.execCommand("delete");
      if (element.value !== wanted) {
        // A browser that will not type for a script: the text is right, and undo starts here.
        element.value = wanted;
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    this.select(start, end);
  }

  select(start, end = start) {
    this.element.setSelectionRange(start, end);
    this.dispatchEvent(new Event("moved"));
  }

  focus() {
    if (document.activeElement !== this.element) this.element.focus({ preventScroll: true });
  }

  undo() {
    this.settle();
    this.focus();
    document.execCommand("undo");
  }

  redo() {
    this.settle();
    this.focus();
    document.execCommand("redo");
  }
}
