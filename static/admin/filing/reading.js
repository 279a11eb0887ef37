// A whole story, pasted or as a .docx: read by the server, shown, and put into the form.

import { Filling, labelOf, wordsOf } from "./reading/filling.js";

const PATIENCE = 180_000;

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

class Reading {
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.words = root.dataset;
    this.dialog = root.querySelector("dialog");
    this.text = root.querySelector("textarea");
    this.file = root.querySelector("input[type=file]");
    root.hidden = false;
    root.addEventListener("click", (event) => {
      const what = event.target.closest("[data-do]")?.dataset.do;
      if (what) this[what]();
    });
    this.file.addEventListener("change", () => {
      if (this.file.files[0]) this.send(this.file.files[0]);
    });
    this.part("what").addEventListener("change", (event) => {
      if (event.target.name === "which") this.choose(Number(event.target.value));
    });
    this.dialog.addEventListener("close", () => this.abort?.abort());
    this.takeDrops();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  takeDrops() {
    const drop = this.part("upload");
    this.dialog.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("dropping");
    });
    this.dialog.addEventListener("dragleave", (event) => {
      if (!this.dialog.contains(event.relatedTarget)) drop.classList.remove("dropping");
    });
    this.dialog.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("dropping");
      if (event.dataTransfer.files[0]) this.send(event.dataTransfer.files[0]);
    });
  }

  paste() {
    this.open("paste");
    this.text.focus();
  }

  upload() {
    this.open("upload");
    this.file.focus();
  }

  open(way) {
    this.way = way;
    for (const name of ["paste", "upload"]) this.part(name).hidden = name !== way;
    // A file is read as soon as it is chosen.
    this.root.querySelector("[data-do=read]").hidden = way === "upload";
    this.back();
    if (!this.dialog.open) this.dialog.showModal();
  }

  back() {
    this.show("ask");
    this.file.value = "";
    this.say("");
  }

  show(which) {
    this.part("ask").hidden = which !== "ask";
    this.part("found").hidden = which !== "found";
    const title = this.part("title");
    title.textContent = title.dataset[which === "found" ? "found" : this.way];
  }

  close() {
    this.dialog.close();
  }

  say(words) {
    this.part("trouble").textContent = words;
    this.part("trouble").hidden = !words;
    this.part("waiting").textContent = "";
  }

  read() {
    if (this.text.value.trim()) this.ask("text", this.text.value);
    else this.say(this.words.nothing);
  }

  send(file) {
    if (/\.(docx?|wps|wpt|pdf|rtf)$/i.test(file.name) || !/\.\w+$/.test(file.name)) this.ask("file", file);
    else this.say(this.words.kind);
    this.file.value = "";
  }

  /** Ask the server what a text or a file holds. */
  async ask(name, value) {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    const timer = setTimeout(() => abort.abort("late"), PATIENCE);
    this.say("");
    this.part("waiting").textContent = this.part("waiting").dataset.words;
    this.dialog.setAttribute("aria-busy", "true");
    const body = new FormData();
    body.set(name, value);
    try {
      const response = await this.post(body, abort.signal);
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = isJson ? await response.json() : {};
      if (response.ok && answer.stories) this.found(answer);
      else this.say(answer.error || this.words.unreachable);
    } catch {
      if (!abort.signal.aborted || abort.signal.reason === "late") this.say(this.words.unreachable);
    } finally {
      clearTimeout(timer);
      this.dialog.removeAttribute("aria-busy");
    }
  }

  async post(body, signal) {
    const send = () =>
      fetch(this.words.read, { method: "POST", body, signal, headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value } });
    const response = await send();
    if (response.status !== 403 || response.headers.get("Content-Type")?.startsWith("application/json")) return response;
    // The token is from before a login in another tab.
    const fresh = await fetch(this.words.token, { signal });
    if (!fresh.ok) return fresh;
    this.form.elements.csrfmiddlewaretoken.value = (await fresh.json()).token;
    return send();
  }

  found(answer) {
    this.answer = answer;
    this.say("");
    this.part("what").innerHTML = answer.html;
    this.show("found");
    this.choose(0);
    this.part("title").focus();
  }

  /** Show one of the stories that were found, and what it would replace. */
  choose(number) {
    for (const list of this.part("what").querySelectorAll("[data-story]")) list.hidden = Number(list.dataset.story) !== number;
    this.filling = new Filling(this.form, this.answer.stories[number]);
    const over = this.part("over");
    const held = this.filling.held.map((field) => {
      const line = over.querySelector("template").content.firstElementChild.cloneNode(true);
      line.querySelector("input").value = field.name;
      line.querySelector("[data-part=field]").textContent = labelOf(field);
      line.querySelector("[data-part=text]").textContent = wordsOf(field).slice(0, 40);
      return line;
    });
    this.part("held").replaceChildren(...held);
    over.hidden = held.length === 0;
  }

  fill() {
    const unticked = [...this.part("held").querySelectorAll("input:not(:checked)")].map((box) => box.value);
    const names = (fields) => fields.map(labelOf).join("、");
    const fields = this.filling.fill(new Set(unticked));
    const photos = this.filling.added.length;
    this.last = this.filling;
    const filled = [names(fields), photos && `${this.words.photos} ${photos}`].filter(Boolean).join("、");
    const spared = names(unticked.map((name) => this.form.elements[name]));
    this.tell(fill(this.words.filled, { fields: filled }), spared && fill(this.words.untouched, { fields: spared }));
    this.root.querySelector("[data-do=undo]").hidden = !filled;
    this.close();
    this.form.elements.headline.focus();
  }

  undo() {
    const changed = this.last.undo();
    const left = changed.map(labelOf).join("、");
    this.tell(this.words.undone, left && fill(this.words.kept, { fields: left }));
    this.root.querySelector("[data-do=undo]").hidden = true;
    this.root.querySelector("[data-do=paste]").focus();
  }

  tell(...sentences) {
    this.part("told").textContent = sentences.filter(Boolean).join(" ");
  }
}

function begin() {
  const root = document.getElementById("reading");
  const form = document.getElementById("article_form");
  if (root && form) new Reading(root, form);
}

// Django's script for rows has to have run; it waits for the document too.
if (document.readyState === "complete") begin();
else document.addEventListener("DOMContentLoaded", () => setTimeout(begin, 0));
