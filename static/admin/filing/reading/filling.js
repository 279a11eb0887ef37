// Putting a story that was read into the form, and taking it out again.

import { add, rows } from "../photos/rows.js";

const TEXTS = ["kicker", "headline", "deck", "body", "credit_line"];
const CHOICES = ["genre", "section", "column"];
const MARK = /^\[图(\d+)\]$/gm;

/** Return what a field is called. */
export function labelOf(field) {
  return field.labels?.[0]?.querySelector("span:last-child:not(.must)")?.textContent.trim()
    || field.labels?.[0]?.firstChild.textContent.trim()
    || field.name;
}

/** Whether somebody has put something into a field that was not there when the page came. */
function isTyped(field) {
  if (field.options) return field.value !== "" && [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value.trim() !== "" && field.value !== field.defaultValue;
}

/** Return what a field holds, in words. */
export function wordsOf(field) {
  return (field.options ? field.selectedOptions[0]?.text : field.value).trim();
}

const shown = (field) => (field.type === "checkbox" ? field.checked : field.value);

function put(field, value) {
  if (shown(field) === value) return;
  if (field.type === "checkbox") field.checked = value;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** One story and the form it goes into. */
export class Filling {
  constructor(form, story) {
    Object.assign(this, { form, story });
    this.done = [];
    this.added = [];
  }

  field(name) {
    return this.form.elements[name];
  }

  /** The fields that would lose what somebody has typed or chosen. */
  get held() {
    const fields = [...TEXTS, ...CHOICES].map((name) => this.field(name)).filter(Boolean);
    return fields.filter((field) => {
      const wanted = this.story.fields[field.name];
      return wanted && isTyped(field) && field.value !== wanted;
    });
  }

  /** Fill in all but the fields named; returns the fields that were filled. */
  fill(spared) {
    const { fields, photos } = this.story;
    const before = document.getElementById("photos-group") ? this.standing.length : 0;
    const wanted = { ...fields, body: (fields.body ?? "").replace(MARK, (_mark, number) => `[图${Number(number) + before}]`) };
    for (const name of [...TEXTS, ...CHOICES, "dateline"]) {
      const field = this.field(name);
      const value = wanted[name];
      if (!field || spared.has(name) || value === undefined || value === "") continue;
      if (name === "dateline" && !value) continue;
      if (CHOICES.includes(name) && ![...field.options].some((option) => option.value === value)) continue;
      const old = shown(field);
      if (old === value) continue;
      put(field, value);
      this.done.push({ field, old, now: shown(field) });
    }
    if (document.getElementById("photos-group")) this.addPhotos(photos);
    return this.done.map(({ field }) => field);
  }

  get standing() {
    return rows().filter((row) => !row.deletion?.checked);
  }

  addPhotos(photos) {
    for (const photo of photos) {
      const row = add();
      row.set("upload", photo.id);
      for (const name of ["caption", "credit", "alt"]) row.set(name, photo[name] ?? "");
      this.added.push(row);
    }
    if (photos.length > 0) this.tell();
  }

  /** Let the scripts that show the rows look at them anew. */
  tell() {
    this.form.dispatchEvent(new CustomEvent("bulletin:restored", { bubbles: true }));
  }

  /** Take it all out again; returns the fields somebody has changed since, which stay. */
  undo() {
    const changed = [];
    for (const { field, old, now } of this.done) {
      if (shown(field) === now) put(field, old);
      else changed.push(field);
    }
    for (const row of this.added.reverse()) {
      if (row.element.isConnected) row.remove();
    }
    if (this.added.length > 0) this.tell();
    this.done = [];
    this.added = [];
    return changed;
  }
}
