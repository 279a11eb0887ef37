// The rows of the photos' formset: what the form sends. Django's own script adds and removes them.

const PREFIX = "photos";
const KEPT = ["upload", "caption", "credit", "alt", "focus_x", "focus_y"];

/** One photo as the form sends it. */
export class Row {
  constructor(element) {
    this.element = element;
  }

  field(name) {
    return this.element.querySelector(`[name^="${PREFIX}-"][name$="-${name}"]`);
  }

  get(name) {
    return this.field(name)?.value ?? "";
  }

  /** Write a field, and tell whoever keeps what is typed. */
  set(name, value) {
    const field = this.field(name);
    if (!field || field.value === String(value)) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  get isSaved() {
    return Boolean(this.get("id"));
  }

  get deletion() {
    return this.element.querySelector(`input[type=checkbox][name$="-DELETE"]`);
  }

  /** The address of the picture that is saved already; "" for none. */
  get savedPicture() {
    return this.isSaved ? this.element.querySelector(".picture img")?.src ?? "" : "";
  }

  get errors() {
    return [...this.element.querySelectorAll(".errorlist li")].map((item) => item.textContent.trim());
  }

  /** Take the row out; a saved one is only marked. Returns how to bring it back: () => Row. */
  remove() {
    if (this.isSaved) {
      this.mark(true);
      return () => {
        this.mark(false);
        return this;
      };
    }
    const held = KEPT.map((name) => [name, this.get(name)]);
    this.element.querySelector(".inline-deletelink").click();
    return () => {
      const row = add();
      for (const [name, value] of held) row.set(name, value);
      return row;
    };
  }

  mark(away) {
    this.deletion.checked = away;
    this.deletion.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const group = () => document.getElementById(`${PREFIX}-group`);

/** Return all rows, in the order of their numbers. */
export function rows() {
  const found = [...group().querySelectorAll(`.dynamic-${PREFIX}`)].map((element) => new Row(element));
  const wish = (row) => Number(row.get("position")) || Infinity;
  return found.sort((one, other) => (wish(one) === wish(other) ? 0 : wish(one) - wish(other)));
}

/** Add an empty row. */
export function add() {
  group().querySelector(".add-row a").click();
  const all = group().querySelectorAll(`.dynamic-${PREFIX}`);
  return new Row(all[all.length - 1]);
}

/** Take out rows that nobody has filled in. */
export function dropEmpty() {
  for (const row of rows()) {
    const isEmpty = ["upload", "caption", "credit", "alt"].every((name) => !row.get(name));
    if (!row.isSaved && isEmpty && row.errors.length === 0) row.remove();
  }
}

/** Hide the rows: the cards stand for them. */
export function hide() {
  group().hidden = true;
  document.getElementById("photo-plain").hidden = true;
}

/** Errors of no row in particular. */
export function commonErrors() {
  return [...group().querySelectorAll(".rows > .errorlist li")].map((item) => item.textContent.trim());
}
