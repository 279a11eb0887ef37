// The byline's line: whom it names is shown below it while it is typed.

const PAUSE = 400;

class Signing {
  constructor(root) {
    this.root = root;
    this.line = root.parentElement.querySelector("textarea");
    this.form = this.line.form;
    // The line that was asked about last, and the one whose people stand below.
    this.shown = this.line.value;
    this.answered = this.shown;
    this.asked = 0;
    this.line.addEventListener("input", (event) => {
      // Half a name in an input method is no name yet.
      if (!event.isComposing) this.soon();
    });
    this.line.addEventListener("compositionend", () => this.soon());
    this.line.addEventListener("change", () => this.look());
    root.addEventListener("change", () => this.say(""));
    this.form?.addEventListener("submit", (event) => this.guard(event));
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  /** Ask whom the line names, with the answers given so far. */
  async look() {
    clearTimeout(this.timer);
    const line = this.line.value;
    if (line === this.shown) return;
    this.shown = line;
    const number = (this.asked += 1);
    const body = new FormData();
    body.set("line", line);
    body.set("article", this.root.dataset.article);
    for (const answer of this.answers.filter(({ type, checked }) => type !== "checkbox" || checked)) {
      if (answer.value) body.append(answer.name, answer.value);
    }
    try {
      const token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
      const response = await fetch(this.root.dataset.read, { method: "POST", body, headers: { "X-CSRFToken": token } });
      if (!response.ok) throw new Error(String(response.status));
      const { html } = await response.json();
      if (number !== this.asked) return;
      this.say("");
      this.show(html);
      this.answered = line;
    } catch {
      if (number !== this.asked) return;
      this.shown = null;
      this.say(this.root.dataset.silent);
    }
  }

  /** Show the people. What was answered meanwhile holds, and who is at an answer stays there. */
  show(html) {
    const before = this.answers;
    const at = before.find((one) => one === document.activeElement);
    this.part("people").innerHTML = html;
    const now = this.answers;
    const same = (old) =>
      now.find((one) => one.type === old.type && (one.options ? [...one.options].some(({ value }) => value === old.value) : one.value === old.value));
    for (const old of before) {
      const one = same(old);
      if (one?.options) one.value ||= old.value;
      else if (one) one.checked ||= old.checked;
    }
    if (at) same(at)?.focus();
  }

  get answers() {
    return [...this.root.querySelectorAll("[name=new_people], [name=chosen_people]")];
  }

  say(words) {
    this.part("trouble").textContent = words;
    this.part("trouble").hidden = !words;
  }

  /** A line that leaves something open would come back; say so before anything is sent. */
  guard(event) {
    const isOurs = this.line.value !== this.line.defaultValue || this.line.closest(".errors");
    if (!isOurs || event.defaultPrevented || this.line.value !== this.answered) return;
    const open = this.answers.find((one) => (one.type === "checkbox" ? !one.checked : !one.value));
    if (!open) return;
    event.preventDefault();
    this.say(this.root.dataset.open);
    open.focus();
    open.scrollIntoView({ block: "center" });
  }
}

for (const root of document.querySelectorAll(".signing")) new Signing(root);
