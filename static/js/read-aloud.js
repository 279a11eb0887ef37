// Reads a page aloud, sentence by sentence, with the browser's own speech; the sentence is marked.
// Only voices of the device are used: those of a distant service would send them what is read.

const SENTENCE = /[^。！？；!?\n]+[。！？；!?…]*[”’」』）)]*/g;
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, td, th, figcaption, blockquote";
const SILENT = "nav, form, button, script, style, svg, rt, [hidden], [aria-hidden=true], .no-speech";
const RATES = [0.7, 0.85, 1, 1.25, 1.5];
const VOICES_LATE = 1500;

function isChinese(voice) {
  return /^(zh|cmn)\b/i.test(voice.lang.replace("_", "-"));
}

/** The device's Chinese voice, Mandarin before others; null where it has none. */
async function findVoice() {
  const all = () => speechSynthesis.getVoices();
  if (!all().length)
    await new Promise((done) => {
      speechSynthesis.addEventListener("voiceschanged", done, { once: true });
      setTimeout(done, VOICES_LATE);
    });
  const ours = all().filter((voice) => isChinese(voice) && voice.localService);
  return ours.find((voice) => /zh[-_](CN|Hans)|cmn/i.test(voice.lang)) ?? ours[0] ?? null;
}

/** The sentences of the page's content in its order, each with where it stands. */
export function sentencesOf(content) {
  const found = [];
  for (const block of content.querySelectorAll(BLOCKS)) {
    // A block within a block is read with its own words; what is not shown is not read.
    if (block.closest(SILENT) || !block.checkVisibility()) continue;
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(BLOCKS) === block && !node.parentElement.closest(SILENT)
        ? NodeFilter.FILTER_ACCEPT
        : NodeFilter.FILTER_REJECT,
    );
    const nodes = [];
    let text = "";
    while (walk.nextNode()) {
      nodes.push([text.length, walk.currentNode]);
      text += walk.currentNode.data;
    }
    for (const match of text.matchAll(SENTENCE)) {
      if (!/[\p{L}\p{N}]/u.test(match[0])) continue;
      found.push({ text: match[0].trim(), block, range: rangeOf(nodes, match.index, match.index + match[0].length) });
    }
  }
  return found;
}

function rangeOf(nodes, from, to) {
  const at = (place) => {
    const [start, node] = nodes.findLast(([begins]) => begins <= place);
    return [node, Math.min(place - start, node.data.length)];
  };
  const range = document.createRange();
  range.setStart(...at(from));
  range.setEnd(...at(to - 1));
  range.setEnd(range.endContainer, Math.min(range.endOffset + 1, range.endContainer.data.length));
  return range;
}

export class Reader {
  constructor(bar) {
    this.bar = bar;
    this.button = bar.querySelector("[data-do=read]");
    this.more = bar.querySelector("[data-part=reading]");
    this.said = bar.querySelector("[role=status]");
    this.rate = RATES.indexOf(1);
    this.sentences = [];
    this.at = -1;
    this.state = "still";
    this.more.addEventListener("click", ({ target }) => {
      const { reading } = target.closest("button")?.dataset ?? {};
      if (reading === "stop") this.stop();
      else if (reading === "slower") this.changeRate(-1);
      else if (reading === "faster") this.changeRate(1);
      else if (reading === "back") this.go(Math.max(this.at - 1, 0));
      else if (reading === "on") this.go(this.at + 1);
    });
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  /** Begin, pause, or go on. */
  async toggle() {
    if (this.state === "reading") return this.pause();
    if (this.state === "paused") return this.go(this.at);
    this.state = "looking";
    this.voice = await findVoice();
    if (this.state !== "looking") return undefined;
    if (!this.voice) {
      this.state = "still";
      this.said.textContent = this.bar.dataset.wordsNoVoice;
      return undefined;
    }
    this.sentences = sentencesOf(document.querySelector("main"));
    return this.go(this.firstWanted());
  }

  /** Where somebody has marked some words, reading begins there. */
  firstWanted() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return 0;
    const from = selection.getRangeAt(0);
    const ends = ({ range }) => range.compareBoundaryPoints(Range.START_TO_END, from) > 0;
    return Math.max(this.sentences.findIndex(ends), 0);
  }

  go(index) {
    speechSynthesis.cancel();
    if (index >= this.sentences.length) return this.stop();
    this.at = index;
    this.state = "reading";
    const sentence = this.sentences[index];
    const words = new SpeechSynthesisUtterance(sentence.text);
    words.voice = this.voice;
    words.lang = this.voice.lang;
    words.rate = RATES[this.rate];
    // What was cut off by a pause or a jump ends too; only the one that is being read leads on.
    words.onend = () => this.state === "reading" && this.current === words && this.go(index + 1);
    words.onerror = ({ error }) => {
      if (this.current === words && !["canceled", "interrupted"].includes(error)) {
        this.stop();
        this.said.textContent = this.bar.dataset.wordsFailed;
      }
    };
    this.current = words;
    this.mark(sentence);
    this.show();
    return speechSynthesis.speak(words);
  }

  pause() {
    // Some phones lose a paused utterance: the sentence is read again from its beginning.
    this.state = "paused";
    this.current = null;
    speechSynthesis.cancel();
    this.show();
  }

  stop() {
    this.state = "still";
    this.current = null;
    this.at = -1;
    speechSynthesis.cancel();
    this.mark(null);
    if (this.more.contains(document.activeElement)) this.button.focus();
    this.show();
  }

  changeRate(by) {
    this.rate = Math.min(Math.max(this.rate + by, 0), RATES.length - 1);
    this.said.textContent = this.bar.dataset.wordsRate.replace("{rate}", RATES[this.rate]);
    if (this.state === "reading") this.go(this.at);
  }

  mark(sentence) {
    for (const block of document.querySelectorAll(".is-read")) block.classList.remove("is-read");
    CSS.highlights?.delete("read-aloud");
    if (!sentence) return;
    if (CSS.highlights) CSS.highlights.set("read-aloud", new Highlight(sentence.range));
    else sentence.block.classList.add("is-read");
    const box = sentence.range.getBoundingClientRect();
    if (box.top < 120 || box.bottom > innerHeight - 40) sentence.block.scrollIntoView({ block: "center" });
  }

  show() {
    const { wordsRead, wordsPause, wordsOn } = this.bar.dataset;
    this.more.hidden = this.state === "still";
    this.bar.classList.toggle("is-reading", this.state !== "still");
    this.button.textContent = { reading: wordsPause, paused: wordsOn }[this.state] ?? wordsRead;
  }
}
