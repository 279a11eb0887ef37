// Keeping what is typed: on the device at once, on the server every few seconds.

import { newKey } from "./device.js";
import { differing, read } from "./fields.js";
import { Unreachable } from "./server.js";

const AT_ONCE = 250;
// A half-written syllable is not kept, unless a keyboard composes for long.
const COMPOSING = 3000;
const EVERY = 4000;
const PRESENT = 15000;
const AT_MOST = 30000;
// What a browser sends of a page that is being closed.
const PARTING = 60000;

export class Keeper extends EventTarget {
  constructor({ form, article, user, returned, device, server, line }) {
    super();
    Object.assign(this, { form, article, user, device, server, line });
    // What needs no keeping: the form as it was opened. A form that came back is not saved at all.
    this.opened = read(form, true);
    this.pristine = !returned;
    this.held = JSON.stringify(this.opened);
    this.sent = this.pristine ? this.held : "";
    this.draft = null;
    this.seq = 0;
    this.pause = EVERY;
    this.timers = {};
  }

  get key() {
    return this.form.elements.draft_key.value;
  }

  get base() {
    return Number(this.form.elements.base.value || 0);
  }

  /** Whether something is typed that the server has not. */
  get news() {
    return Boolean(this.draft) && this.held !== this.sent;
  }

  start() {
    const typed = () => this.typed();
    for (const name of ["input", "change", "formset:added", "formset:removed", "bulletin:restored"]) {
      document.addEventListener(name, (event) => {
        if (event.target === document || this.form.contains(event.target)) typed();
      });
    }
    // jQuery's own events reach only jQuery.
    window.django?.jQuery?.(this.form).on("change", typed);
    this.form.addEventListener("compositionstart", () => { this.composing = true; });
    this.form.addEventListener("compositionend", () => {
      this.composing = false;
      this.hold();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.part();
      else this.soon(0);
    });
    window.addEventListener("pagehide", () => this.part(true));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.comeBack();
    });
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("focus", () => { if (this.stopped) this.soon(0); });
    this.rescueOwn();
    this.hold();
    this.soon(this.article ? 0 : EVERY);
  }

  /** What was typed while a form was on its way, and is not in the form that came back. */
  rescueOwn() {
    const earlier = this.device.read(this.key);
    if (earlier && differing(earlier.content, this.opened).length > 0) {
      this.device.write({ ...earlier, key: newKey(), kept: 0, sent: 0 });
    }
  }

  /** Something has been typed: keep it on the device within a quarter of a second. */
  typed() {
    const wait = this.composing ? COMPOSING : AT_ONCE;
    if (this.timers.hold && this.timers.wait <= wait) return;
    clearTimeout(this.timers.hold);
    this.timers.wait = wait;
    this.timers.hold = setTimeout(() => this.hold(), wait);
  }

  /** Keep the form on the device as it stands; returns its content. */
  hold() {
    clearTimeout(this.timers.hold);
    this.timers.hold = 0;
    const content = read(this.form);
    const text = JSON.stringify(content);
    if (text === this.held && (this.draft || this.pristine)) return content;
    this.held = text;
    if (this.pristine && differing(content, this.opened).length === 0) {
      this.forget();
      return content;
    }
    this.seq = Math.max(this.seq + 1, Date.now());
    this.draft = {
      key: this.key,
      article: this.article,
      base: this.base,
      seq: this.seq,
      at: Date.now(),
      kept: this.draft?.kept ?? 0,
      content,
    };
    this.onDevice = this.device.write(this.draft);
    if (!this.trouble) this.line.show(this.onDevice ? "device" : "full");
    else if (!this.onDevice && this.trouble === "offline") this.line.show("nowhere");
    if (this.onDevice) this.dispatchEvent(new Event("held"));
    return content;
  }

  /** The form is as it was opened: nothing is left to keep. */
  forget() {
    if (!this.draft) return;
    this.device.remove(this.key);
    this.server.post("drop", { key: this.key }).catch(() => {});
    this.draft = null;
    this.sent = this.held;
  }

  soon(wait) {
    clearTimeout(this.timers.send);
    this.timers.send = setTimeout(() => this.beat(), wait);
  }

  /** Once every few seconds: send what is new, or say that somebody is still here. */
  async beat() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timers.send);
    if (!this.composing) this.hold();
    const { news } = this;
    const silent = Date.now() - (this.heard ?? 0) > PRESENT;
    try {
      if (news || this.trouble === "offline" || this.trouble === "login" || (this.article && silent && !document.hidden)) {
        await this.send(news);
      }
    } finally {
      this.busy = false;
      this.soon(this.pause);
    }
  }

  message(withText) {
    return {
      key: this.key,
      article: this.article,
      base: this.base,
      user: this.user,
      ...(withText ? { seq: this.seq, content: this.draft.content } : {}),
    };
  }

  async send(withText) {
    const text = this.held;
    const draft = this.draft;
    try {
      const answer = await this.server.post("keep", this.message(withText));
      this.heed(answer, withText ? text : null, draft);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.stop("offline");
    }
  }

  /** Draw the consequence of an answer. */
  heed(answer, text, draft) {
    if (answer.status === 200) {
      this.heard = Date.now();
      this.pause = EVERY;
      this.trouble = "";
      this.dispatchEvent(new CustomEvent("answer", { detail: answer }));
      if (text === null) {
        // What was typed while the question was on its way is not on the server yet.
        if (this.line.trouble && !this.news) this.line.show("server", { at: Date.now() });
        return;
      }
      if (answer.seq !== draft.seq) {
        // The server holds a later text under this key: this one is the latest all the same.
        this.seq = answer.seq;
        this.held = "";
        this.hold();
        return;
      }
      this.sent = text;
      draft.kept = draft.seq;
      if (this.draft === draft) this.device.write(draft);
      else if (this.draft) this.draft.kept = draft.seq;
      this.line.show("server", { at: answer.kept_at });
      this.dispatchEvent(new Event("kept"));
    } else if (answer.status === 401) {
      this.stop(answer.error === "other_user" ? "other_user" : "login", answer.login);
    } else if (answer.error === "saved") {
      this.renameForm();
    } else {
      const known = ["closed", "size", "many"].includes(answer.error);
      this.stop(known ? answer.error : "offline");
    }
  }

  /** The server does not take the text for now; the device has it. */
  stop(trouble, login) {
    this.trouble = trouble;
    this.pause = Math.min(this.pause * 1.5, trouble === "login" ? 2 * EVERY : AT_MOST);
    const lost = trouble === "offline" && this.draft && this.onDevice === false;
    this.line.show(lost ? "nowhere" : trouble, { login });
  }

  /** The browser shows the page as it was left: if it was saved then, it begins anew. */
  comeBack() {
    if (this.draft && this.draft.sent === this.draft.seq) {
      this.form.elements.draft_key.value = newKey();
      this.opened = read(this.form);
      this.pristine = true;
      this.held = this.sent = JSON.stringify(this.opened);
      this.draft = null;
    }
    this.soon(0);
  }

  /** This form has been saved, and is typed into again: it goes on as another. */
  renameForm() {
    const old = this.key;
    this.form.elements.draft_key.value = newKey();
    this.held = "";
    this.hold();
    if (this.draft && this.onDevice) this.device.remove(old);
    this.soon(0);
  }

  /** The page is going: what is not kept yet is kept now. */
  part(leaving = false) {
    this.hold();
    if (!this.draft || this.held === this.sent || this.trouble) return;
    const message = { ...this.message(true), leaving };
    if (JSON.stringify(message).length * 3 < PARTING) {
      this.server.post("keep", message, { keepalive: true }).catch(() => {});
    }
  }
}
