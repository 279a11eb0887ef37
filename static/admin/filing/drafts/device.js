// Drafts on this device: in the browser's own store, at once and without a server.

/** The drafts of one person on this device. */
export class Device {
  constructor(user) {
    this.prefix = `bulletin.draft.${user}.`;
  }

  /** Keep a draft; false where the device has no room for it or allows no store. */
  write(draft) {
    const text = JSON.stringify(draft);
    for (;;) {
      try {
        localStorage.setItem(this.prefix + draft.key, text);
        return true;
      } catch {
        if (!this.makeRoom(draft.key)) return false;
      }
    }
  }

  /** Let the oldest other draft go that the server has too. */
  makeRoom(key) {
    const spare = this.all().filter((draft) => draft.key !== key && draft.kept >= draft.seq);
    const oldest = spare.sort((one, other) => one.at - other.at)[0];
    if (oldest) this.remove(oldest.key);
    return Boolean(oldest);
  }

  read(key) {
    try {
      const draft = JSON.parse(localStorage.getItem(this.prefix + key));
      return draft?.content ? draft : null;
    } catch {
      return null;
    }
  }

  remove(key) {
    try {
      localStorage.removeItem(this.prefix + key);
    } catch {
      // A browser that allows no store holds nothing to remove.
    }
  }

  /** Return every draft, in no order. */
  all() {
    try {
      return Object.keys(localStorage)
        .filter((name) => name.startsWith(this.prefix))
        .map((name) => this.read(name.slice(this.prefix.length)))
        .filter(Boolean);
    } catch {
      return [];
    }
  }
}

/** Return a key for a form that needs another than the one it came with. */
export function newKey() {
  const numbers = crypto.getRandomValues(new Uint8Array(11));
  return [...numbers].map((number) => number.toString(16).padStart(2, "0")).join("");
}
