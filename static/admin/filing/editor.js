// The body's editor: buttons, a tinted sheet behind the text, the page as printed beside it.
// The textarea stays what somebody types in and what the form sends.

import { askLink, askPhoto, askTable } from "./editor/dialogs.js";
import { Field } from "./editor/field.js";
import { characterCount } from "./editor/grammar.js";
import { enter } from "./editor/lists.js";
import { insertLines, isStrong, kindAt, toggleLines, toggleStrong } from "./editor/marking.js";
import { Paper } from "./editor/paper.js";
import { Pasting } from "./editor/pasting.js";
import { chooseNew, photosOf } from "./editor/photos.js";
import { Preview } from "./editor/preview.js";
import { Toolbar } from "./editor/toolbar.js";

const BESIDE = matchMedia("(min-width: 1100px)");
const LINES = ["subhead", "quotation", "item"];
const LATER = 150;

class Editor {
  constructor(root, form, textarea) {
    Object.assign(this, { root, form });
    this.field = new Field(textarea);
    this.part("sheet").append(textarea);
    this.paper = new Paper(this.part("paper"), () => photosOf(form, textarea.value));
    this.tools = new Toolbar(this.part("tools"), (what) => this.act(what));
    this.preview = new Preview(this.part("look"), form, this.field, (line) => this.goTo(line));
    this.pasting = new Pasting(this.field, this.part("pasted"), this.template("notice"));
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  template(name) {
    return this.root.querySelector(`template[data-part="${name}"]`);
  }

  begin() {
    const { field, root, form } = this;
    const textarea = field.element;
    root.hidden = false;
    field.addEventListener("changed", () => this.look());
    field.addEventListener("moved", () => this.press());
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === textarea) field.dispatchEvent(new Event("moved"));
    });
    textarea.addEventListener("keydown", (event) => {
      if (!field.composing && !event.isComposing && event.keyCode !== 229) this.tools.shortcut(event);
    });
    textarea.addEventListener("beforeinput", (event) => this.enter(event));
    // Photos come, go and change places without a word being typed.
    form.addEventListener("input", (event) => { if (event.target !== textarea) this.photosSoon(); });
    new MutationObserver(() => this.photosSoon()).observe(
      form.querySelector("#photo-desk [data-part=cards]") ?? root, { childList: true },
    );
    this.part("look").addEventListener("problems", ({ detail }) => this.showProblems(detail));
    this.part("problems").addEventListener("click", ({ target }) => {
      if (target.dataset.line) this.goTo(Number(target.dataset.line));
    });
    this.tabs();
    this.look();
  }

  /** Follow the text. */
  look() {
    const { text } = this.field;
    this.paper.show(text);
    this.press();
    clearTimeout(this.counting);
    const count = () => {
      const line = this.part("count");
      line.textContent = line.dataset.words.replace("{count}", characterCount(this.field.text));
    };
    if (this.counted) this.counting = setTimeout(count, LATER);
    else count();
    this.counted = true;
  }

  photosSoon() {
    clearTimeout(this.picturing);
    this.picturing = setTimeout(() => {
      this.paper.showPhotos();
      this.preview.soon();
    }, LATER);
  }

  press() {
    const { state } = this.field;
    const kind = kindAt(state);
    this.tools.press({ ...Object.fromEntries(LINES.map((name) => [name, name === kind])), strong: isStrong(state) });
  }

  act(what) {
    const { field } = this;
    const deeds = {
      strong: () => field.change(toggleStrong),
      link: () => this.ask((state) => askLink(this.template("link"), state)),
      table: () => this.ask((state) => askTable(this.template("table"), state)),
      photo: () => this.photo(),
      undo: () => field.undo(),
      redo: () => field.redo(),
    };
    if (LINES.includes(what)) field.change((state) => toggleLines(state, what));
    else deeds[what]?.();
  }

  /** Open a box, and do what it answers. */
  async ask(open) {
    const { field } = this;
    field.settle();
    const { state } = field;
    const answer = await open(state);
    field.focus();
    field.select(state.start, state.end);
    if (answer) field.put(answer.lines ? insertLines(state, answer.lines) : answer);
  }

  photo() {
    const photos = photosOf(this.form, this.field.text);
    this.ask(async () => {
      const number = await askPhoto(this.template("photo"), photos);
      if (number === 0) setTimeout(chooseNew, 0, this.form);
      return number ? { lines: `[图${number}]` } : null;
    });
  }

  /** Enter, unless it takes over what an input method has composed. */
  enter(event) {
    if (event.inputType !== "insertLineBreak" || event.isComposing || this.field.composing) return;
    const change = enter(this.field.state);
    if (!change) return;
    event.preventDefault();
    this.field.put(change);
  }

  showProblems(problems) {
    const list = this.part("problems");
    const items = problems.map(({ line, words }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.line = line;
      button.textContent = list.dataset.words.replace("{line}", line).replace("{problem}", words);
      item.append(button);
      return item;
    });
    list.replaceChildren(...items);
  }

  /** Put the caret at the end of a line, and the line into sight. */
  goTo(line) {
    this.choose("write");
    const before = this.field.text.split("\n").slice(0, line);
    this.field.focus();
    this.field.select(before.join("\n").length);
    this.part("paper").children[line - 1]?.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** On narrow screens the text and the page as printed take turns. */
  tabs() {
    const tabs = ["write", "look"].map((name) => this.root.querySelector(`#editor-tab-${name}`));
    for (const tab of tabs) tab.addEventListener("click", () => this.choose(tab.getAttribute("aria-controls").slice(7)));
    this.part("tabs").addEventListener("keydown", (event) => {
      const other = tabs[1 - tabs.indexOf(document.activeElement)];
      if (!other || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
      event.preventDefault();
      const wanted = { Home: tabs[0], End: tabs[1] }[event.key] ?? other;
      wanted.click();
      wanted.focus();
    });
    BESIDE.addEventListener("change", () => this.arrange("write"));
    this.arrange("write");
  }

  choose(name) {
    if (!BESIDE.matches) this.arrange(name);
  }

  arrange(chosen) {
    const beside = BESIDE.matches;
    this.root.classList.toggle("beside", beside);
    this.part("tabs").hidden = beside;
    for (const name of ["write", "look"]) {
      const [pane, tab] = [this.part(name), this.root.querySelector(`#editor-tab-${name}`)];
      const isChosen = name === chosen;
      pane.hidden = !beside && !isChosen;
      if (beside) pane.removeAttribute("role");
      else pane.setAttribute("role", "tabpanel");
      if (name === "write" && beside) pane.removeAttribute("aria-labelledby");
      else if (name === "write") pane.setAttribute("aria-labelledby", tab.id);
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    if (this.preview.isShown) this.preview.ask();
  }
}

function begin() {
  const root = document.getElementById("body-editor");
  const form = document.getElementById("article_form");
  const textarea = document.getElementById("id_body");
  if (!root || !form || !textarea) return;
  textarea.before(root);
  new Editor(root, form, textarea).begin();
}

// The photos' cards begin when the document is ready, and are looked at here.
if (document.readyState === "complete") begin();
else document.addEventListener("DOMContentLoaded", () => setTimeout(begin, 0));
