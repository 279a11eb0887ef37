// The fields of an area: what is drawn is written into them, what is typed is drawn.

import { boxOf, percent, readCorners, rectangle, writeCorners } from "./shapes.js";

const SIDES = ["left", "top", "width", "height"];

export class Row {
  constructor(element, story) {
    this.element = element;
    this.story = story;
  }

  field(name) {
    return this.element.querySelector(`[name$="-${name}"]`);
  }

  get isRemoved() {
    return this.field("DELETE").checked;
  }

  get isProposed() {
    const accepted = this.field("accepted");
    return Boolean(accepted) && !accepted.checked;
  }

  get isRectangle() {
    return !this.field("corners").value.trim();
  }

  get isEmpty() {
    return [...SIDES, "corners"].every((name) => !this.field(name).value.trim());
  }

  /** The shape as the fields have it, or null where they have none. */
  get points() {
    if (!this.isRectangle) {
      const corners = readCorners(this.field("corners").value);
      return corners.length < 3 ? null : corners;
    }
    const [left, top, width, height] = SIDES.map((name) => Math.round(this.field(name).valueAsNumber * 10));
    if (![left, top, width, height].every(Number.isFinite) || width <= 0 || height <= 0) return null;
    return rectangle(left, top, left + width, top + height);
  }

  set(points, isRectangle = this.isRectangle) {
    if (isRectangle) {
      const { left, top, right, bottom } = boxOf(points);
      const values = [left, top, right - left, bottom - top];
      SIDES.forEach((name, index) => { this.field(name).value = percent(values[index]); });
    } else {
      this.field("corners").value = writeCorners(points);
      this.field("corners").closest("details").open = true;
    }
  }

  remove() {
    this.field("DELETE").checked = true;
    this.field("DELETE").focus();
  }
}

/** Every row of the form, and new ones made from the spare. */
export class Rows {
  constructor(form) {
    this.form = form;
    this.total = form.querySelector('[name="areas-TOTAL_FORMS"]');
    this.spare = form.querySelector('[data-part="spare"]');
    this.all = [];
    for (const story of form.querySelectorAll(".area-story")) {
      for (const element of story.querySelectorAll("[data-row]")) {
        const row = new Row(element, story);
        // The row that waits to be typed into gives way to the buttons.
        if (row.isEmpty && !element.querySelector(".errorlist")) element.hidden = true;
        this.all.push(row);
      }
    }
  }

  of(element) {
    return this.all.find((row) => row.element.contains(element));
  }

  add(story, points, isRectangle) {
    const number = Number(this.total.value);
    const copy = document.createElement("div");
    copy.innerHTML = this.spare.innerHTML.replaceAll("__prefix__", number);
    const element = copy.querySelector("[data-row]");
    story.querySelector('[data-part="rows"]').append(element);
    const row = new Row(element, story);
    row.field("placement").value = story.dataset.placement;
    row.set(points, isRectangle);
    this.total.value = number + 1;
    this.all.push(row);
    return row;
  }
}
