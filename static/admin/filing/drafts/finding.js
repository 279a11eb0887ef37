// What was typed and not saved: on this device and on the server, each form's text once.

import { Unreachable } from "./server.js";

const PATIENCE = 300;
const IN_SIGHT = 2;

/**
 * Ask the other tabs of this browser which forms are open, and answer when they ask. A tab that is
 * busy answers late: `heard(key)` is told what is said once the first answers have been waited for.
 */
export class Tabs {
  constructor(ownKey) {
    this.alive = new Set();
    this.heard = () => {};
    if (!("BroadcastChannel" in window)) return;
    this.channel = new BroadcastChannel("bulletin.drafts");
    this.channel.addEventListener("message", ({ data }) => {
      if (data === "who") this.channel.postMessage({ key: ownKey() });
      else if (data.key) {
        this.alive.add(data.key);
        this.heard(data.key);
      }
    });
  }

  async ask() {
    if (!this.channel) return;
    this.channel.postMessage("who");
    await new Promise((done) => { setTimeout(done, PATIENCE); });
  }
}

/**
 * Return the drafts that wait for their typist, the latest first, each with `where`: "device" or
 * "server". Those whose forms have been saved since are cleared away.
 *
 * @param wanted  the story whose texts are needed: its number, or "new"; "" for none
 */
export async function find(device, server, wanted) {
  const found = new Map();
  for (const draft of device.all()) found.set(draft.key, { ...draft, where: "device" });
  try {
    const query = [["article", wanted], ...[...found.keys()].map((key) => ["key", key])];
    const answer = await server.get("list", query);
    for (const [key, saved] of Object.entries(answer.saved ?? {})) settle(device, found, key, saved);
    for (const draft of answer.drafts ?? []) {
      const here = found.get(draft.key);
      if (!here || here.seq < draft.seq) found.set(draft.key, { ...draft, where: "server" });
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
  return [...found.values()].sort((one, other) => other.at - one.at);
}

/**
 * A form has been saved, or its text taken over by another: it is gone from here, unless more was
 * typed after it was sent, or than the server had.
 */
function settle(device, found, key, saved) {
  const draft = found.get(key);
  if (saved.taken ? draft.kept >= draft.seq : draft.sent === draft.seq) {
    device.remove(key);
    found.delete(key);
  } else if (!saved.taken) {
    found.set(key, { ...draft, article: saved.article, base: saved.head });
  }
}

/** Add an item to a list of drafts: the first few in sight, the others folded away. */
export function add(item, box) {
  const latest = box.querySelector("[data-part=drafts]");
  const isFull = latest.children.length >= IN_SIGHT;
  if (isFull) box.querySelector("[data-part=more]").hidden = false;
  (isFull ? box.querySelector("[data-part=earlier]") : latest).append(item);
}

/** Return by which words somebody knows a draft again. */
export function beginning(draft) {
  if (draft.headline) return draft.headline;
  const text = draft.content?.headline || draft.content?.body || "";
  return text.trim().split("\n")[0].slice(0, 60);
}
