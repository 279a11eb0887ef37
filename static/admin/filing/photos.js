// A story's photos as cards: uploaded at once, put in order, into the text and into focus.
// The rows of Django's formset stay what the form sends; without script they are all there is.

import { receive } from "./photos/arriving.js";
import { Card } from "./photos/card.js";
import { sortable } from "./photos/dragging.js";
import { markOf, References } from "./photos/references.js";
import { add, commonErrors, dropEmpty, hide, rows } from "./photos/rows.js";
import { Uploads } from "./photos/uploading.js";
import { fill, megabytes } from "./photos/words.js";

class Desk {
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.words = root.dataset;
    this.cards = [];
    this.list = this.part("cards");
    this.template = this.part("card");
    this.references = new References(document.getElementById("id_body"));
    this.uploads = new Uploads({ send: root.dataset.send, token: root.dataset.token });
    this.sketches = Promise.resolve();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  begin() {
    hide();
    dropEmpty();
    this.root.hidden = false;
    this.build();
    receive(this.root, this.form, (files) => this.take(files));
    sortable(this.list, () => { this.before = this.standing; }, (card) => this.settle(card, this.before));
    this.form.addEventListener("bulletin:restored", () => this.build());
    this.references.field.addEventListener("input", () => this.look());
    this.guard();
    const errors = commonErrors();
    if (errors.length > 0) this.warn(errors.join(" "));
  }

  /** Make the cards anew from the rows; pictures on their way stay at the end. */
  build() {
    const coming = this.cards.filter((card) => !card.row);
    for (const card of this.cards) card.element.remove();
    this.cards = [];
    for (const row of rows()) {
      const card = this.newCard();
      const upload = row.get("upload");
      card.stand(row, row.savedPicture || (/^\d+$/.test(upload) ? this.addressOf(upload) : ""));
      if (row.deletion?.checked && row.isSaved) this.remove(card);
    }
    for (const card of coming) this.append(card);
    this.look();
  }

  addressOf(upload) {
    return this.words.show.replace("/0/", `/${upload}/`);
  }

  newCard() {
    const card = new Card(this, this.template);
    card.part("again").addEventListener("change", ({ target }) => {
      if (target.files[0]) this.send(card, target.files[0]);
    });
    this.append(card);
    return card;
  }

  append(card) {
    this.cards.push(card);
    this.list.append(card.element);
  }

  /** The cards of photos, in their order. */
  get standing() {
    const inOrder = [...this.list.children].map((element) => this.cards.find((card) => card.element === element));
    return inOrder.filter((card) => card.counts);
  }

  /** Take files in. */
  take(files) {
    for (const file of files) this.send(this.newCard(), file);
    this.look();
  }

  send(card, file) {
    const { most } = this.words;
    card.name = file.name;
    card.file = file;
    card.sizes = { size: megabytes(file.size), most: megabytes(most) };
    this.sketches = this.sketches.then(() => card.sketch(file));
    if (file.size > Number(most)) {
      card.show("large");
      return;
    }
    card.job = { file, show: (state, details) => card.show(state, details), done: (answer) => this.arrived(card, answer) };
    this.uploads.add(card.job);
  }

  arrived(card, answer) {
    const before = this.standing;
    const row = card.row ?? add();
    row.set("upload", answer.id);
    card.job = null;
    card.stand(row, answer.url);
    this.settle(null, before);
    this.tell(fill(this.words.arrived, { name: card.name }));
  }

  act(card, what) {
    const deeds = {
      up: () => this.move(card, -1),
      down: () => this.move(card, 1),
      place: () => this.place(card),
      focus: () => card.openFocus(),
      middle: () => card.focus.move(50, 50),
      remove: () => this.remove(card, true),
      undo: () => this.undo(card),
      retry: () => this.retry(card),
      cancel: () => this.cancel(card),
    };
    deeds[what]?.();
  }

  move(card, step) {
    const before = this.standing;
    const neighbour = before[before.indexOf(card) + step];
    if (!neighbour) return;
    // The neighbour passes: the card that is in somebody's hand stays in the page.
    if (step < 0) card.element.after(neighbour.element);
    else card.element.before(neighbour.element);
    this.settle(card, before);
    const focused = document.activeElement;
    if (!card.element.contains(focused) || focused.disabled) card.button("grip").focus();
    card.element.scrollIntoView({ block: "nearest" });
  }

  /** The order has changed: number the rows, and the photos' places in the text, anew. */
  settle(card, before) {
    const now = this.standing;
    now.forEach((one, index) => one.row.set("position", index + 1));
    const places = before.map((one, index) => [index + 1, now.includes(one) ? now.indexOf(one) + 1 : null]);
    this.references.renumber(new Map(places));
    this.look();
    if (!card || before.indexOf(card) === now.indexOf(card)) return;
    const [old, number] = [before, now].map((list) => list.indexOf(card) + 1);
    this.tell(fill(this.words.moved, { old, number, count: now.length }));
  }

  place(card) {
    const mark = markOf(card.number);
    const { inText } = card;
    if (inText) this.references.take(card.number);
    else this.references.put(card.number);
    this.look();
    this.tell(fill(inText ? this.words.unplaced : this.words.placed, { mark }));
  }

  remove(card, byHand = false) {
    const before = this.standing;
    const text = this.references.field.value;
    const name = card.title ?? (card.row.get("caption") || this.words.coming);
    if (byHand) card.restore = card.row.remove();
    else card.restore = () => { card.row.mark(false); return card.row; };
    card.away(fill(this.words.removed, { name }));
    if (!byHand) return;
    this.settle(null, before);
    card.undone = { name, text, after: this.references.field.value };
    card.button("undo").focus();
    this.tell(fill(this.words.removed, { name }));
  }

  undo(card) {
    const before = this.standing;
    card.row = card.restore();
    card.restore = null;
    card.away("");
    const { name, text, after } = card.undone ?? {};
    if (text === undefined || !this.references.goBack(after, text)) this.settle(null, before);
    else this.settle(null, this.standing);
    card.button("remove").focus();
    this.tell(fill(this.words.returned, { name: name ?? card.title }));
  }

  retry(card) {
    if (card.state === "lost") this.uploads.wake();
    else this.send(card, card.file);
  }

  cancel(card) {
    if (card.job) this.uploads.cancel(card.job);
    card.job = null;
    if (card.row) {
      card.stand(card.row, "");
      return;
    }
    this.cards = this.cards.filter((one) => one !== card);
    card.element.remove();
    this.part("choose").focus();
    this.look();
  }

  /** Bring all that is shown in line with the rows and the text. */
  look() {
    const standing = this.standing;
    const placed = this.references.numbers;
    for (const card of this.cards) {
      const number = standing.indexOf(card) + 1;
      card.label({ number, count: standing.length, inText: placed.has(number) });
    }
    const credits = new Set(standing.map((card) => card.field("credit").value.trim()).filter(Boolean));
    document.getElementById("photo-credits").replaceChildren(...[...credits].map((text) => new Option("", text)));
    const silent = standing.filter((card) => !card.field("alt").value.trim());
    for (const card of standing) card.part("alt-help").classList.toggle("lacking", silent.includes(card));
    this.part("undescribed").hidden = silent.length === 0;
    this.part("undescribed").textContent = fill(this.words.undescribed, { count: silent.length });
  }

  tell(words) {
    this.part("told").textContent = words;
  }

  warn(words) {
    this.part("alert").hidden = !words;
    this.part("alert").textContent = words;
  }

  /** A story is saved once its pictures have arrived, and not without them. */
  guard() {
    const { form, uploads } = this;
    let pressed = null;
    const isOurs = (event) => event.target === form && uploads.busy;
    window.addEventListener("submit", (event) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = { button: event.submitter };
      this.warn(this.words.saving);
      this.part("alert").scrollIntoView({ block: "center" });
    }, { capture: true });
    uploads.addEventListener("settled", () => {
      const waiting = pressed;
      pressed = null;
      if (!waiting) return;
      this.warn("");
      form.requestSubmit(waiting.button?.isConnected ? waiting.button : undefined);
    });
    uploads.addEventListener("failed", () => {
      if (pressed) this.warn(this.words.unsaved);
      pressed = null;
    });
    window.addEventListener("beforeunload", (event) => {
      if (uploads.busy) event.preventDefault();
    });
  }
}

function begin() {
  const root = document.getElementById("photo-desk");
  const form = document.getElementById("article_form");
  if (root && form && document.getElementById("id_body")) new Desk(root, form).begin();
}

// Django's script for rows has to have run; it waits for the document too.
if (document.readyState === "complete") begin();
else document.addEventListener("DOMContentLoaded", () => setTimeout(begin, 0));
