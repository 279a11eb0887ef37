// The row of buttons above the text: one stop for the Tab key, arrow keys within.

/** Where a button's shortcut is pressed: "Mod+B" is Ctrl, on a Mac Cmd. */
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export class Toolbar {
  /**
   * @param root  the element with role=toolbar; its buttons carry data-do and data-keys
   * @param act  called with a button's data-do
   */
  constructor(root, act) {
    this.root = root;
    this.act = act;
    // The text keeps the focus, and a phone its keyboard.
    root.addEventListener("mousedown", (event) => event.preventDefault());
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.stopAt(button);
      act(button.dataset.do);
    });
    root.addEventListener("keydown", (event) => this.walk(event));
    this.stopAt(this.buttons[0]);
  }

  get buttons() {
    return [...this.root.querySelectorAll("button")];
  }

  stopAt(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }

  walk(event) {
    const shown = this.buttons.filter((button) => button.offsetParent);
    const at = shown.indexOf(document.activeElement);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 };
    if (at < 0 || !(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = shown.at(steps[event.key] % shown.length);
    this.stopAt(next);
    next.focus();
  }

  /** Show which buttons are on: {subhead: true, …}. */
  press(states) {
    for (const [name, isOn] of Object.entries(states)) {
      this.root.querySelector(`[data-do=${name}]`)?.setAttribute("aria-pressed", String(isOn));
    }
  }

  /** Do what a shortcut stands for; true if it is one. */
  shortcut(event) {
    const mod = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    const key = event.code.replace(/^(Key|Digit)/, "");
    const pressed = [mod && "Mod", event.altKey && "Alt", event.shiftKey && "Shift", key].filter(Boolean).join("+");
    const button = this.buttons.find((one) => one.dataset.keys === pressed);
    if (!button) return false;
    event.preventDefault();
    this.act(button.dataset.do);
    return true;
  }
}
