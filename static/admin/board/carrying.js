// Moving a story by keys alone: Enter picks it up, the arrows choose its place, Enter puts it down.

import { cardOf, nameOf, placeOf, showMark, spotsFor, standing } from "./spots.js";
import { say } from "./words.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const LEAPS = { ArrowLeft: -1, ArrowRight: 1 };

const isSame = (one, other) => one.page === other.page && one.role === other.role && one.before === other.before;

export class Carrying {
  /**
   * @param board  the element the cards are in
   * @param isOpen  whether stories can be moved now
   * @param tell  says a sentence to those who hear the page
   * @param dropped  called with a standing and a spot
   */
  constructor(board, isOpen, tell, dropped) {
    this.tell = tell;
    this.dropped = dropped;
    this.from = null;
    board.addEventListener("click", (event) => {
      const grip = event.target.closest("[data-do=grip]");
      if (!grip || !isOpen()) return;
      if (this.from) this.putDown();
      else this.pickUp(grip.closest(".card"));
    });
    board.addEventListener("keydown", (event) => this.from && this.press(event));
    board.addEventListener("focusout", () => setTimeout(() => this.from && this.checkFocus(), 0));
  }

  pickUp(card) {
    this.from = standing(card);
    const next = card.nextElementSibling?.closest(".card")?.dataset.story ?? "";
    const spots = spotsFor(this.from.story);
    const here = this.from.origin
      ? { page: this.from.origin, role: this.from.was, before: this.from.was === "lead" ? "" : next }
      : { page: "", role: "", before: "" };
    this.spot = spots.find((spot) => isSame(spot, here)) ?? spots[0];
    this.show(say("picked", { story: this.from.headline }));
  }

  press(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.leave("left");
    } else if (event.key in STEPS || event.key in LEAPS) {
      event.preventDefault();
      this.go(event.key);
    }
  }

  go(key) {
    const spots = spotsFor(this.from.story);
    const at = Math.max(spots.findIndex((spot) => isSame(spot, this.spot)), 0);
    if (key in STEPS) {
      this.spot = spots[Math.min(Math.max(at + STEPS[key], 0), spots.length - 1)];
    } else {
      const pages = [...new Set(spots.map((spot) => spot.page))];
      const page = pages[pages.indexOf(this.spot.page) + LEAPS[key]];
      if (page === undefined) return;
      const there = spots.filter((spot) => spot.page === page);
      this.spot = there.find((spot) => spot.role === this.spot.role) ?? there[0];
    }
    this.show(nameOf(this.spot, this.from.story, say));
  }

  show(sentence) {
    cardOf(this.from.story, this.from.origin)?.classList.add("held");
    showMark(this.spot);
    const { list } = placeOf(this.spot);
    (document.querySelector(".drop-mark") ?? list)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.tell(sentence);
  }

  putDown() {
    const { from, spot } = this;
    this.leave("");
    this.dropped(from, spot);
  }

  leave(word) {
    const { from } = this;
    this.from = null;
    showMark(null);
    cardOf(from.story, from.origin)?.classList.remove("held");
    if (word) this.tell(say(word, { story: from.headline }));
  }

  /** The board was shown anew: returns false when the story is carried no more. */
  renewed() {
    if (!this.from) return true;
    if (!cardOf(this.from.story, this.from.origin)) {
      this.leave("");
      return false;
    }
    const spots = spotsFor(this.from.story);
    const { page, role } = this.spot;
    this.spot = spots.find((spot) => isSame(spot, this.spot)) ??
      spots.find((spot) => spot.page === page && spot.role === role && !spot.before) ?? spots[0];
    cardOf(this.from.story, this.from.origin).classList.add("held");
    showMark(this.spot);
    return true;
  }

  /** Whoever goes on to something else with the story in hand has left it. */
  checkFocus() {
    const card = cardOf(this.from.story, this.from.origin);
    if (!card?.contains(document.activeElement) && document.hasFocus()) this.leave("left");
  }
}
