// Unsaved drafts on the list of stories: to be opened, read or dropped. Here one can also be read
// whose story is closed to change by now.

import { newKey } from "./device.js";
import { add, beginning, find, Tabs } from "./finding.js";
import { fill } from "./line.js";

export class List {
  constructor(root, device, server, clock) {
    Object.assign(this, { root, device, server, clock });
  }

  async open() {
    const tabs = new Tabs(() => "");
    const [drafts] = await Promise.all([find(this.device, this.server, ""), tabs.ask()]);
    for (const draft of drafts.filter(({ key }) => !tabs.alive.has(key))) add(this.item(draft), this.root);
    this.root.hidden = this.count() === 0;
    tabs.heard = (key) => this.withdraw(key);
  }

  /** The text of a form that is open in another tab does not wait here. */
  withdraw(key) {
    this.root.querySelector(`li[data-key="${key}"]`)?.remove();
    this.root.hidden = this.count() === 0;
  }

  count() {
    const count = this.root.querySelectorAll("li a").length;
    this.root.querySelector("[data-part=title]").textContent = fill(this.root.dataset.title, { count });
    return count;
  }

  item(draft) {
    const { dataset } = this.root;
    const item = this.root.querySelector("template").content.firstElementChild.cloneNode(true);
    item.dataset.key = draft.key;
    const link = item.querySelector("a");
    link.textContent = beginning(draft) || dataset.untitled;
    link.href = draft.article ? dataset.change.replace("/0/", `/${draft.article}/`) : `${dataset.add}#draft=${draft.key}`;
    item.querySelector("[data-part=time]").textContent = this.clock.show(draft.at);
    item.querySelector("[data-part=where]").textContent = dataset[draft.where];
    item.addEventListener("click", (event) => {
      const wanted = event.target.closest("[data-do]")?.dataset.do;
      if (wanted) this[wanted](draft, item);
    });
    return item;
  }

  /** Return a draft with its text, which the server gives where it is asked for. */
  async whole(draft) {
    if (draft.content) return draft;
    const found = await find(this.device, this.server, String(draft.article ?? "new"));
    return found.find(({ key }) => key === draft.key) ?? draft;
  }

  async show(draft, item) {
    const text = item.querySelector("[data-part=text]");
    const { content } = await this.whole(draft);
    text.hidden = !text.hidden;
    item.querySelector("[data-do=show]").setAttribute("aria-expanded", String(!text.hidden));
    const parts = [content?.kicker, content?.headline, content?.deck, content?.body];
    text.querySelector("textarea").value = parts.filter(Boolean).join("\n\n");
  }

  async drop(draft, item) {
    const whole = await this.whole(draft);
    this.device.remove(draft.key);
    this.server.post("drop", { key: draft.key }).catch(() => {});
    const done = item.querySelector("[data-part=done]");
    for (const part of item.children) part.hidden = part !== done;
    item.querySelector("a").remove();
    done.querySelector("[data-part=words]").textContent = this.root.dataset.dropped;
    const button = done.querySelector("button");
    button.focus();
    button.hidden = !whole.content;
    button.addEventListener("click", () => {
      const again = { ...whole, key: newKey(), kept: 0, where: "device" };
      this.device.write(again);
      const put = this.item(again);
      item.replaceWith(put);
      put.querySelector("a").focus();
      this.count();
    });
    this.count();
  }
}
