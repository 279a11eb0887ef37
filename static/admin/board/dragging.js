// Dragging a story with a mouse (by its whole card) or a finger (by its grip).

import { cardOf, showMark, spotAt, standing } from "./spots.js";

const FAR_ENOUGH = 6;
const EDGE = 72;
const SPEED = 14;

export class Dragging {
  /**
   * @param board  the element the cards are in; it outlives them
   * @param isOpen  whether stories can be moved now
   * @param dropped  called with a standing and a spot
   */
  constructor(board, isOpen, dropped) {
    this.board = board;
    this.dropped = dropped;
    this.held = null;
    board.addEventListener("pointerdown", (event) => isOpen() && this.press(event));
    board.addEventListener("pointermove", (event) => this.held?.id === event.pointerId && this.move(event));
    board.addEventListener("pointerup", (event) => this.held?.id === event.pointerId && this.release());
    board.addEventListener("pointercancel", () => this.cancel());
    addEventListener("keydown", (event) => event.key === "Escape" && this.cancel());
    // The click that ends a drag opens nothing.
    board.addEventListener("click", (event) => {
      if (!this.justDragged) return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
  }

  press(event) {
    const card = event.target.closest(".card");
    const grip = event.target.closest("[data-do=grip]");
    if (!card || event.button !== 0 || event.target.closest("[data-do=ask]")) return;
    if (event.pointerType !== "mouse" && !grip) return;
    this.held = { id: event.pointerId, from: standing(card), x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY };
  }

  move(event) {
    const held = this.held;
    held.x = event.clientX;
    held.y = event.clientY;
    if (!held.ghost) {
      if (Math.hypot(held.x - held.startX, held.y - held.startY) < FAR_ENOUGH) return;
      this.lift();
    }
    if (this.held) this.hover();
  }

  lift() {
    const { held } = this;
    const card = cardOf(held.from.story, held.from.origin);
    if (!card) return this.cancel();
    this.board.setPointerCapture(held.id);
    const box = card.getBoundingClientRect();
    held.ghost = document.createElement("div");
    held.ghost.className = "ghost";
    held.ghost.setAttribute("aria-hidden", "true");
    held.ghost.textContent = held.from.headline;
    held.ghost.style.width = `${Math.min(box.width, 320)}px`;
    document.body.append(held.ghost);
    card.classList.add("held");
    getSelection()?.removeAllRanges();
    this.roll();
  }

  hover() {
    const { held } = this;
    held.ghost.style.transform = `translate(${held.x + 10}px, ${held.y + 10}px)`;
    held.spot = spotAt(held.x, held.y, held.from.story);
    showMark(held.spot);
  }

  /** At the edge of the screen the page moves on under the story. */
  roll() {
    if (!this.held?.ghost) return;
    const step = this.held.y < EDGE ? -SPEED : this.held.y > innerHeight - EDGE ? SPEED : 0;
    if (step) {
      scrollBy(0, step);
      this.hover();
    }
    requestAnimationFrame(() => this.roll());
  }

  /** The board was shown anew: hold what was held; returns false when it is held no more. */
  renewed() {
    const { held } = this;
    if (!held?.ghost) return true;
    const card = cardOf(held.from.story, held.from.origin);
    if (!card) {
      this.cancel();
      return false;
    }
    card.classList.add("held");
    this.hover();
    return true;
  }

  release() {
    const { held } = this;
    const spot = held.spot;
    this.cancel();
    if (held.ghost && spot) this.dropped(held.from, spot);
  }

  cancel() {
    const { held } = this;
    this.held = null;
    if (!held?.ghost) return;
    held.ghost.remove();
    showMark(null);
    this.board.querySelector(".card.held")?.classList.remove("held");
    this.justDragged = true;
    setTimeout(() => { this.justDragged = false; }, 0);
  }
}
