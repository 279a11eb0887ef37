// What the text names, its figures, and warnings that never block, read by the server in pauses.

import { chosenIn, fieldsOf, replace, show } from "./checking/fields.js";
import { accept, inOrder, intoTable, notInTable } from "./checking/offers.js";
import { grouped, waivedOf, warningOf } from "./checking/warnings.js";
import { fill } from "./photos/words.js";

const PAUSE = 900;
const AGAIN = 15_000;

class Checking {
  constructor(root, form) {
    Object.assign(this, { root, form, words: root.dataset });
    this.hidden = form.elements.waivers;
    this.body = form.elements.body;
    this.asked = null;
    this.told = "";
  }

  part(name, within = this.root) {
    return within.querySelector(`:scope > [data-part="${name}"], [data-part="${name}"]`);
  }

  template(name) {
    return this.root.querySelector(`template[data-part="${name}"]`);
  }

  begin() {
    const row = this.body.closest(".form-row");
    row?.after(this.root);
    this.form.addEventListener("input", (event) => { if (!this.root.contains(event.target)) this.soon(); });
    this.form.addEventListener("change", (event) => { if (!this.root.contains(event.target)) this.soon(); });
    this.form.addEventListener("bulletin:restored", () => this.soon(0));
    this.part("warnings").open = matchMedia("(min-width: 700px)").matches;
    this.soon(0);
  }

  soon(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), pause);
  }

  /** Return what is sent to be read. */
  sent() {
    const fields = fieldsOf(this.form);
    return {
      article: Number(this.words.article) || null,
      texts: Object.fromEntries([...fields].map(([name, field]) => [name, field.value])),
      chosen: chosenIn(this.form),
    };
  }

  async post(address, content, signal) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return fetch(address, { method: "POST", headers, body: JSON.stringify(content), signal });
  }

  async read() {
    const content = this.sent();
    const asked = JSON.stringify(content);
    if (asked === this.asked) return;
    this.coming?.abort();
    this.coming = new AbortController();
    if (!Object.values(content.texts).some((text) => text.trim())) {
      this.asked = asked;
      this.root.hidden = true;
      return;
    }
    try {
      const answer = await this.post(this.words.recognise, content, this.coming.signal);
      if (!answer.ok) throw new Error(answer.status);
      this.found = await answer.json();
      this.asked = asked;
      this.trouble(false);
      this.draw();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.trouble(true);
      this.soon(AGAIN);
    }
  }

  trouble(is) {
    this.part("trouble").textContent = is ? this.words.trouble : "";
    this.part("trouble").hidden = !is;
  }

  /** Return the reasons of a story that isn't saved yet, by warning. */
  get carried() {
    try {
      return JSON.parse(this.hidden.value || "{}") ?? {};
    } catch {
      return {};
    }
  }

  draw() {
    const carried = this.carried;
    const problems = grouped(this.found.problems).map((problem) => ({
      ...problem, reason: problem.reason || carried[problem.key] || "",
    }));
    const open = problems.filter((problem) => !problem.reason);
    const waived = problems.filter((problem) => problem.reason);
    const offers = inOrder(this.found.offers);
    const figures = notInTable(this.body, this.found.offers.figures, this.words);
    const fields = fieldsOf(this.form);
    this.fillList("offers", offers, (offer) => this.chipOf(offer));
    this.fillList("figures", figures, (figure) => this.figureOf(figure));
    this.fillList("warnings", open, (problem) => this.kept(problem)
      ?? warningOf(problem, this.template("warning"), this.words, fields, this));
    this.fillList("waived", waived, (problem) => waivedOf(problem, this.template("waived-item"), this.words));
    this.part("clean").hidden = problems.length > 0;
    this.root.hidden = false;
    const named = offers.map((offer) => offer.name).join("、");
    this.tell(fill(named ? this.words.told : this.words.toldWarnings, { offers: named, warnings: open.length }));
  }

  /** Return a warning's element while somebody types a reason in it, so that nothing is lost. */
  kept(problem) {
    const item = this.root.querySelector(`[data-key="${problem.key}"]`);
    const typed = item?.querySelector('[data-part="words"]');
    return typed?.value || item?.contains(document.activeElement) ? item : null;
  }

  /** Fill one of the lists; where the focus was in it, it goes to the next one there. */
  fillList(name, rows, make) {
    const box = this.part(name);
    const list = this.part("list", box);
    const before = [...list.children];
    const at = before.findIndex((item) => item.contains(document.activeElement));
    const active = document.activeElement;
    const items = rows.map(make);
    const same = items.length === before.length && items.every((item, n) => item === before[n]);
    if (!same) list.replaceChildren(...items);
    this.part("count", box).textContent = fill(this.words.count, { count: rows.length });
    box.hidden = rows.length === 0;
    if (at < 0) return;
    if (list.contains(active)) active.focus({ preventScroll: true });
    else this.landing(list, box, at)?.focus({ preventScroll: true });
  }

  landing(list, box, at) {
    if (box.hidden) return this.body;
    const next = list.children[Math.min(at, list.children.length - 1)];
    return next?.querySelector("button") ?? box.querySelector("summary");
  }

  tell(words) {
    if (words === this.told) return;
    this.told = words;
    this.part("told").textContent = words;
  }

  chipOf(offer) {
    const item = this.template("chip").content.firstElementChild.cloneNode(true);
    const kind = this.words[offer.into];
    const button = item.querySelector("button");
    this.part("kind", item).textContent = kind;
    this.part("name", item).textContent = offer.name;
    this.part("detail", item).textContent = offer.detail ? fill(this.words.detail, offer) : "";
    button.setAttribute("aria-label", `${fill(this.words.accept, { kind, name: offer.name })} ${offer.detail}`.trim());
    button.addEventListener("click", () => {
      accept(this.form, offer);
      for (const rows of Object.values(this.found.offers)) {
        const same = rows.findIndex((row) => row === offer);
        if (same >= 0) rows.splice(same, 1);
      }
      this.draw();
      this.tell(fill(this.words.accepted, { kind, name: offer.name }));
    });
    return item;
  }

  figureOf(figure) {
    const item = this.template("chip").content.firstElementChild.cloneNode(true);
    const button = item.querySelector("button");
    this.part("kind", item).textContent = figure.what;
    this.part("name", item).textContent = `${figure.number}${figure.unit}`;
    button.setAttribute("aria-label", fill(this.words.figure, figure));
    button.addEventListener("click", () => {
      intoTable(this.body, figure, this.words);
      this.draw();
      this.tell(fill(this.words.figured, figure));
    });
    return item;
  }

  field(problem) {
    return fieldsOf(this.form).get(problem.field);
  }

  show(problem) {
    const field = this.field(problem);
    if (!field || !show(field, problem)) this.lost();
  }

  replace(problem) {
    const field = this.field(problem);
    if (!field || !replace(field, problem, problem.suggestion)) return this.lost();
    this.tell(fill(this.words.replaced, { words: problem.suggestion }));
    return this.soon(0);
  }

  lost() {
    this.tell(this.words.moved);
    this.soon(0);
  }

  /** Let a warning pass; return the refusal, or null. */
  async waive(problem, reason) {
    if (this.words.article) {
      try {
        const answer = await this.post(this.words.waive, { ...this.sent(), key: problem.key, reason });
        const said = await answer.json();
        if (!answer.ok) return said.error;
        for (const one of this.found.problems) if (one.key === problem.key) Object.assign(one, said);
      } catch {
        return this.words.trouble;
      }
    } else {
      this.hidden.value = JSON.stringify({ ...this.carried, [problem.key]: reason });
      this.hidden.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const item = this.root.querySelector(`[data-key="${problem.key}"] [data-part="words"]`);
    if (item) item.value = "";
    this.root.querySelector(`[data-key="${problem.key}"]`)?.removeAttribute("data-key");
    this.draw();
    this.tell(this.words.passed);
    return null;
  }
}

const root = document.getElementById("checking");
const form = document.getElementById("article_form");
if (root && form?.elements.body) new Checking(root, form).begin();
