// Offering back what was typed and not saved. Nothing in the form is replaced unasked.

import { newKey } from "./device.js";
import { asText, differing, inWords, labelOf, read, restore } from "./fields.js";
import { add, beginning, find } from "./finding.js";
import { fill } from "./line.js";

export class Offer {
  constructor(root, keeper, clock, tabs) {
    Object.assign(this, { root, keeper, clock, tabs });
    this.box = root.querySelector("[data-part=offer]");
    this.form = keeper.form;
    this.device = keeper.device;
    this.words = this.box.dataset;
  }

  async open() {
    const { keeper } = this;
    const wanted = String(keeper.article ?? "new");
    const [drafts] = await Promise.all([find(this.device, keeper.server, wanted), this.tabs.ask()]);
    for (const draft of drafts) {
      if (String(draft.article ?? "new") !== wanted || !draft.content) continue;
      if (draft.key === keeper.key || this.tabs.alive.has(draft.key)) continue;
      if (differing(draft.content, keeper.opened).length === 0) this.discard(draft);
      else if (!this.isInForm(draft)) this.show(draft);
    }
    this.tabs.heard = (key) => this.withdraw(key);
    const asked = window.location.hash.match(/^#draft=([\w-]+)$/)?.[1];
    if (asked) this.box.querySelector(`[data-key="${asked}"] [data-do=take]`)?.click();
  }

  /** The text of a form that is open in another tab is not offered here. */
  withdraw(key) {
    const item = this.box.querySelector(`[data-key="${key}"]`);
    if (!item || item.querySelector("[data-part=what]").hidden) return;
    item.remove();
    this.box.hidden = !this.box.querySelector("[data-key]");
  }

  isInForm(draft) {
    return differing(draft.content, read(this.form)).length === 0;
  }

  /** A draft that says nothing the saved story does not say. */
  discard(draft) {
    this.device.remove(draft.key);
    this.keeper.server.post("drop", { key: draft.key }).catch(() => {});
  }

  show(draft) {
    const item = this.box.querySelector("[data-part=item]").content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    item.dataset.key = draft.key;
    part("time").textContent = this.clock.show(draft.at);
    part("where").textContent = this.words[draft.where];
    part("beginning").textContent = beginning(draft);
    part("difference").textContent = this.difference(draft);
    const isOld = draft.base !== this.keeper.base && this.keeper.article;
    part("older").hidden = !isOld;
    item.addEventListener("click", (event) => {
      const wanted = event.target.closest("[data-do]")?.dataset.do;
      if (wanted) this[wanted](draft, item);
    });
    add(item, this.box);
    this.box.hidden = false;
    return item;
  }

  /** Say in a few words how a draft differs from the form. */
  difference(draft) {
    const now = read(this.form);
    const names = differing(draft.content, now);
    const parts = names
      .filter((name) => name !== "body" && this.form.elements[name]?.type !== "hidden")
      .map((name) => labelOf(this.form, name))
      .slice(0, 4);
    if (names.includes("body")) {
      const more = [...asText(draft.content.body)].length - [...asText(now.body)].length;
      const count = more > 0 ? `+${more}` : String(more).replace("-", "−");
      parts.unshift(fill(this.words.characters, { field: labelOf(this.form, "body"), count }));
    }
    return parts.join("、");
  }

  /** Put a draft into the form; what stood there can be had back. */
  take(draft, item) {
    const { keeper } = this;
    keeper.hold();
    const before = { content: read(this.form), base: this.form.elements.base.value };
    if (keeper.draft) this.device.write({ ...keeper.draft, key: newKey(), kept: 0 });
    restore(this.form, draft.content);
    if (keeper.article) this.form.elements.base.value = draft.base || before.base;
    keeper.hold();
    keeper.soon(0);
    this.supersede(draft);
    this.after(item, this.words.taken, () => {
      restore(this.form, before.content);
      this.form.elements.base.value = before.base;
      this.put(draft);
    });
  }

  /** Let the old draft go once the form's own has its text: on the device, then on the server. */
  supersede(draft) {
    const { keeper, device } = this;
    if (draft.key === keeper.key) return;
    if (keeper.onDevice) device.remove(draft.key);
    const kept = () => {
      if (keeper.draft && keeper.draft.kept < keeper.draft.seq) return;
      keeper.removeEventListener("kept", kept);
      device.remove(draft.key);
      keeper.server.post("drop", { key: draft.key, into: keeper.key }).catch(() => {});
    };
    keeper.addEventListener("kept", kept);
  }

  drop(draft, item) {
    this.discard(draft);
    this.after(item, this.words.dropped, () => this.put(draft));
  }

  /** Keep a draft again that was taken or dropped by mistake. */
  put(draft) {
    const again = { ...draft, key: newKey(), kept: 0 };
    this.device.write(again);
    this.show({ ...again, where: "device" }).querySelector("[data-do=take]").focus();
  }

  /** Say what has been done, with the way back. */
  after(item, words, undo) {
    item.querySelector("[data-part=what]").hidden = true;
    const done = item.querySelector("[data-part=done]");
    done.hidden = false;
    done.querySelector("[data-part=words]").textContent = words;
    const button = done.querySelector("button");
    button.focus();
    button.addEventListener("click", () => {
      item.remove();
      undo();
    }, { once: true });
  }

  /** Show a draft and the form side by side, field by field. */
  compare(draft, item) {
    const place = item.querySelector("[data-part=comparison]");
    const button = item.querySelector("[data-do=compare]");
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    if (place.hidden) return;
    const now = read(this.form);
    const rows = differing(draft.content, now)
      .filter((name) => this.form.elements[name]?.type !== "hidden")
      .map((name) => this.row(name, inWords(this.form, name, draft.content), inWords(this.form, name, now)));
    place.querySelector("[data-part=rows]").replaceChildren(...rows);
  }

  row(name, typed, now) {
    const row = this.box.querySelector("[data-part=row]").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-part=field]").textContent = labelOf(this.form, name);
    mark(row.querySelector("[data-part=typed]"), typed, now);
    mark(row.querySelector("[data-part=now]"), now, typed);
    return row;
  }
}

/** Write a text with the stretch marked in which it differs from another. */
function mark(place, text, other) {
  const [one, two] = [[...text], [...other]];
  const least = Math.min(one.length, two.length);
  let start = 0;
  while (start < least && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < least - start && one[one.length - 1 - end] === two[two.length - 1 - end]) end += 1;
  const middle = document.createElement("mark");
  middle.textContent = one.slice(start, one.length - end).join("");
  const lead = one.slice(0, start).join("");
  const tail = one.slice(one.length - end).join("");
  place.replaceChildren(lead.length > 60 ? `…${lead.slice(-60)}` : lead, middle, tail.length > 60 ? `${tail.slice(0, 60)}…` : tail);
}
