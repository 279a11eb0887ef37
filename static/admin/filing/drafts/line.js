// The one line that says where the text is. Only changes of state are spoken, not every time stamp.

/** Write times as the newsroom reads them. */
export class Clock {
  constructor(zone, language) {
    const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: zone };
    this.time = new Intl.DateTimeFormat(language, time);
    this.day = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: zone });
  }

  /** Return a moment (milliseconds): the time, and the day unless it is today. */
  show(moment) {
    const day = this.day.format(moment);
    const time = this.time.format(moment);
    return day === this.day.format(Date.now()) ? time : `${day} ${time}`;
  }
}

/** Put words into a sentence of the template: "{who} …" */
export function fill(sentence, words) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}

const FINE = ["device", "sending", "server"];

/** The line; its sentences are the data-… of its element. */
export class Line {
  constructor(root, clock) {
    this.root = root;
    this.clock = clock;
    this.text = root.querySelector("[data-part=line]");
    this.told = root.querySelector("[data-part=told]");
    this.login = root.querySelector("[data-part=login]");
    this.trouble = "";
  }

  /** Show a state by the template's words for it; `at` is the moment it names. */
  show(state, { at, login } = {}) {
    const sentence = this.root.dataset[state] ?? "";
    const words = fill(sentence, { time: at ? this.clock.show(at) : "" });
    if (this.text.textContent !== words) this.text.textContent = words;
    this.root.dataset.state = state;
    this.login.hidden = !login;
    if (login) this.login.href = login;
    // Spoken: trouble, and that it is over.
    if (!FINE.includes(state)) {
      if (this.trouble !== state) this.told.textContent = words;
      this.trouble = state;
    } else if (state === "server" && this.trouble) {
      this.told.textContent = words;
      this.trouble = "";
    }
  }
}
