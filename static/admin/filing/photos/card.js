// One photo as a card: on its way, arrived, or removed.

import { Focus } from "./focus.js";
import { fill } from "./words.js";

const FIELDS = ["caption", "credit", "alt"];
const SKETCH = 480;
const FAILED = ["refused", "broken", "large", "login"];

export class Card {
  /** @param desk  the section with the sentences; its `act(card, what)` hears the buttons */
  constructor(desk, template) {
    this.desk = desk;
    this.row = null;
    this.restore = null;
    this.name = "";
    this.element = template.content.firstElementChild.cloneNode(true);
    const parts = ["aim", "aimed", "cross", "square", "wide", "where"].map((name) => [name, this.part(name)]);
    const inWords = (x, y) => fill(desk.words.focused, { x, y });
    this.focus = new Focus(Object.fromEntries(parts), inWords, (x, y) => {
      this.row?.set("focus_x", x);
      this.row?.set("focus_y", y);
      desk.tell(inWords(x, y));
    });
    this.element.addEventListener("click", (event) => {
      const what = event.target.closest("[data-do]")?.dataset.do;
      if (what) desk.act(this, what);
    });
    this.element.addEventListener("input", (event) => this.typed(event.target));
    this.button("grip").addEventListener("keydown", (event) => {
      const what = { ArrowUp: "up", ArrowLeft: "up", ArrowDown: "down", ArrowRight: "down" }[event.key];
      if (!what) return;
      event.preventDefault();
      desk.act(this, what);
    });
    this.part("image").addEventListener("error", () => this.lacking(true));
  }

  part(name) {
    return this.element.querySelector(`[data-part="${name}"]`);
  }

  button(name) {
    return this.element.querySelector(`[data-do="${name}"]`);
  }

  field(name) {
    return this.element.querySelector(`[data-field="${name}"]`);
  }

  /** Whether it is a photo of the story: it has arrived and has not been removed. */
  get counts() {
    return Boolean(this.row) && !this.restore;
  }

  typed(field) {
    const name = field.dataset.field;
    if (name) this.row?.set(name, field.value);
    if (name === "alt" || name === "credit") this.desk.look();
  }

  /** Show a picture while it is only on this device. */
  async sketch(file) {
    const canvas = this.part("sketch");
    try {
      const small = await createImageBitmap(file, { resizeWidth: SKETCH });
      canvas.width = small.width;
      canvas.height = small.height;
      canvas.getContext("2d").drawImage(small, 0, 0);
      small.close();
      canvas.hidden = Boolean(this.row);
    } catch {
      // What this browser cannot draw the server may still take, and says so if it does not.
    }
  }

  /** Show how far a picture is. States are those of uploading.js. */
  show(state, { percent = 0, words = "" } = {}) {
    this.state = state;
    const failed = FAILED.includes(state);
    const { desk } = this;
    this.part("state").hidden = false;
    this.part("state").classList.toggle("failed", failed || state === "lost");
    this.part("progress").hidden = failed;
    const progress = this.part("progress");
    if (state === "working") progress.removeAttribute("value");
    else progress.value = percent;
    const line = words || fill(desk.words[state] ?? "", { percent, ...this.sizes });
    this.part("words").textContent = line;
    this.button("retry").hidden = !["lost", "login", "broken"].includes(state);
    this.button("cancel").textContent = failed ? desk.words.drop : desk.words.cancel;
    if (failed && !this.row) this.part("picture").hidden = this.part("sketch").hidden;
    this.part("login").hidden = state !== "login";
    if (failed || state === "lost") desk.tell(fill(desk.words.failed, { name: this.name, reason: line }));
  }

  /** A picture has arrived, or was there: the card stands for a row from now on. */
  stand(row, address) {
    this.row = row;
    this.address = address;
    this.part("state").hidden = true;
    this.part("fields").hidden = false;
    this.part("sketch").hidden = true;
    this.part("picture").hidden = false;
    for (const name of FIELDS) this.field(name).value = row.get(name);
    this.focus.show(Number(row.get("focus_x") || 50), Number(row.get("focus_y") || 50));
    const errors = row.errors.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    });
    this.part("errors").replaceChildren(...errors);
    this.part("errors").hidden = errors.length === 0;
    this.lacking(!address);
    if (!address) return;
    this.part("image").src = address;
    this.part("image").hidden = false;
  }

  /** The picture of this row is not there any more. */
  lacking(missing) {
    this.part("gone").hidden = !missing;
    this.part("image").hidden = missing;
    this.part("picture").classList.toggle("lacking", missing);
    this.button("place").hidden = missing;
    this.button("focus").hidden = missing;
    this.isLacking = missing;
  }

  openFocus() {
    const panel = this.part("focus");
    panel.hidden = !panel.hidden;
    this.button("focus").setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden) return;
    if (this.address !== this.part("aimed").getAttribute("src")) this.focus.picture(this.address);
    this.part("aim").focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  /** Show the card as removed, with the way back. */
  away(words) {
    this.element.classList.toggle("away", Boolean(words));
    this.part("removed").hidden = !words;
    this.part("removed-words").textContent = words;
    for (const part of ["picture", "fields"]) this.part(part).hidden = Boolean(words);
    if (words) {
      this.part("focus").hidden = true;
      this.button("focus").setAttribute("aria-expanded", "false");
    }
    this.element.querySelector(".photo-head").hidden = Boolean(words);
  }

  /** Say which photo it is, and where it stands. */
  label({ number, count, inText }) {
    const { words } = this.desk;
    const title = number ? fill(words.number, { number }) : this.name || words.coming;
    this.number = number;
    this.title = title;
    this.part("number").textContent = title;
    this.part("in").hidden = !inText;
    this.part("in").textContent = words.inText;
    this.button("place").textContent = inText ? words.unplace : words.place;
    this.inText = inText;
    for (const named of this.element.querySelectorAll("[data-name]")) {
      named.setAttribute("aria-label", fill(named.dataset.name, { photo: title }));
    }
    this.element.querySelector(".photo-order").hidden = !number || count < 2;
    this.button("up").disabled = number === 1;
    this.button("down").disabled = number === count;
    this.part("image").alt = this.field("alt").value || title;
    this.part("aimed").alt = this.part("image").alt;
  }
}
