// The story as the paper prints it, while it is typed. The server sets it; the text is never touched.

import { cellsOf, isRule, lineOf } from "./grammar.js";
import { typed } from "./photos.js";

const QUIET = 500;
// Somebody who types without a pause sees the text move on all the same.
const AT_MOST = 2500;
const AGAIN = 8000;

export class Preview {
  /**
   * @param root  the section; it carries data-send, data-token and data-style
   * @param form  the story's form
   * @param field  see field.js
   * @param goTo  called with a line, counted from 1, when its print is clicked
   */
  constructor(root, form, field, goTo) {
    Object.assign(this, { root, form, field, goTo, sent: "", asked: 0, parts: [], here: null });
    this.page = root.querySelector("[data-part=page]");
    const inner = this.page.attachShadow({ mode: "open" });
    this.sheet = document.createElement("div");
    // The paper's own style sheet, for this page alone.
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = root.dataset.style;
    this.sheet.hidden = true;
    for (const name of ["load", "error"]) style.addEventListener(name, () => { this.sheet.hidden = false; });
    inner.append(style, this.sheet);
    this.sheet.addEventListener("click", (event) => this.follow(event));
    for (const name of ["input", "change", "bulletin:restored"]) form.addEventListener(name, () => this.soon());
    window.django?.jQuery?.(form).on("change", () => this.soon());
    window.addEventListener("online", () => this.soon());
    field.addEventListener("changed", () => this.soon());
    field.addEventListener("moved", () => this.markPlace());
  }

  /** Show the text once the typist pauses; never while a word is being composed. */
  soon() {
    clearTimeout(this.timer);
    if (this.field.composing || !this.isShown) return;
    const waited = Date.now() - (this.since ??= Date.now());
    this.timer = setTimeout(() => this.ask(), Math.min(QUIET, Math.max(0, AT_MOST - waited)));
  }

  /** Whether anybody can see it: on a phone only behind its tab. */
  get isShown() {
    return !this.root.hidden;
  }

  async ask() {
    clearTimeout(this.timer);
    this.since = undefined;
    if (this.field.composing) return;
    const body = typed(this.form).toString();
    if (body === this.sent) return;
    this.sent = body;
    const number = (this.asked += 1);
    const answer = await this.post(body).catch(() => null);
    // A slow answer never covers a later one, nor moves the page under a half-written word.
    if (number !== this.asked) return;
    if (answer === null || !answer.ok) {
      this.sent = "";
      this.say(answer?.status === 401 ? "login" : "unreachable");
      this.timer = setTimeout(() => this.ask(), AGAIN);
      return;
    }
    const html = await answer.text();
    if (number !== this.asked) return;
    this.say("");
    this.print(html);
  }

  async post(body) {
    let answer = await this.send(body);
    if (answer.status === 403 && !answer.headers.get("content-type")?.includes("json")) {
      // The token is from before a login in another tab.
      const fresh = await fetch(this.root.dataset.token, { credentials: "same-origin", cache: "no-store" });
      if (!fresh.ok) return fresh;
      const { token } = await fresh.json();
      for (const one of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = token;
      answer = await this.send(body);
    }
    return answer;
  }

  send(body) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    return fetch(this.root.dataset.send, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-CSRFToken": token },
      credentials: "same-origin",
      redirect: "error",
    });
  }

  say(state) {
    for (const line of this.root.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
  }

  print(html) {
    const story = new DOMParser().parseFromString(html, "text/html").querySelector("article");
    const problems = story.querySelector(".problems");
    problems.remove();
    for (const link of story.querySelectorAll("a[href]")) {
      link.title = link.getAttribute("href");
      link.removeAttribute("href");
    }
    const isEmpty = !story.querySelector("header") && !story.querySelector(".text").children.length;
    this.root.querySelector("[data-part=empty]").hidden = !isEmpty;
    this.leavePlace();
    exchange(this.sheet, story);
    const lines = story.dataset.lines.split(" ").map(Number);
    this.parts = [...this.text.children].map((element, n) => ({ element, line: lines[n] }));
    this.markPlace();
    const detail = [...problems.children].map((item) => ({ line: Number(item.dataset.line), words: item.textContent }));
    this.root.dispatchEvent(new CustomEvent("problems", { detail }));
  }

  get text() {
    return this.sheet.querySelector(".text");
  }

  /** A click on what is printed leads to where it was typed. */
  follow(event) {
    const part = this.parts.find(({ element, line }) => line && element.contains(event.target));
    if (!part || String(getSelection())) return;
    const rows = [...part.element.querySelectorAll("li, tr, :scope:is(blockquote) > p")];
    const nth = rows.findIndex((row) => row.contains(event.target));
    this.goTo(lineAt(this.field.text, part.line, Math.max(0, nth)));
  }

  leavePlace() {
    this.here?.removeAttribute("part");
    this.here = null;
  }

  /** Show which paragraph the caret is in, and bring it into sight. */
  markPlace() {
    if (this.field.composing) return;
    const { text, selection } = this.field;
    const line = text.slice(0, selection.start).split("\n").length;
    const here = this.parts.filter((part) => part.line && part.line <= line).at(-1)?.element ?? null;
    if (here !== this.here) this.leavePlace();
    this.here = here;
    here?.setAttribute("part", "here");
    if (here && document.activeElement === this.field.element) this.scrollTo(here);
  }

  scrollTo(part) {
    const [frame, box] = [this.page, part].map((element) => element.getBoundingClientRect());
    if (box.top >= frame.top && box.bottom <= frame.bottom) return;
    this.page.scrollTop += box.top - frame.top - this.page.clientHeight / 3;
  }
}

/** Return the line of the nth item, row or quoted line of something that begins on a line. */
function lineAt(text, first, nth) {
  const lines = text.split("\n");
  let left = nth;
  for (let n = first; n <= lines.length; n += 1) {
    const { kind, head } = lineOf(lines[n - 1]);
    const isBare = kind === "row" ? n > first && isRule(cellsOf(lines[n - 1])) : lines[n - 1].length <= head.length;
    if (!isBare && left-- === 0) return n;
  }
  return first;
}

/** Put a story in the place of the one shown. What is the same stays, so that no picture blinks. */
function exchange(sheet, story) {
  const there = sheet.querySelector("article");
  if (!there) {
    sheet.append(story);
    return;
  }
  const [old, fresh] = [there, story].map((one) => one.querySelector("header"));
  if (!old || !fresh?.isEqualNode(old)) {
    old?.remove();
    if (fresh) there.prepend(fresh);
  }
  const text = there.querySelector(".text");
  const [now, next] = [text, story.querySelector(".text")].map((one) => [...one.children]);
  const same = (n, m) => now.at(n)?.isEqualNode(next.at(m) ?? null);
  let head = 0;
  while (head < now.length && same(head, head)) head += 1;
  let tail = 0;
  while (tail < Math.min(now.length, next.length) - head && same(-1 - tail, -1 - tail)) tail += 1;
  const behind = tail ? now.at(-tail) : null;
  for (const element of now.slice(head, now.length - tail)) element.remove();
  for (const element of next.slice(head, next.length - tail)) text.insertBefore(element, behind);
}
