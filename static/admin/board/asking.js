// The dialog behind “Move to”: page, role and order chosen from lists, by finger, keys or voice.

import { spotsFor, standing } from "./spots.js";
import { say } from "./words.js";

const option = (value, text) => new Option(text, value);

export class Asking {
  /**
   * @param board  the element the cards are in
   * @param isOpen  whether stories can be moved now
   * @param moved  called with a standing and a spot
   */
  constructor(board, isOpen, moved) {
    this.dialog = document.querySelector("#board-dialog");
    if (!this.dialog) return;
    [this.page, this.role, this.before] = ["page", "role", "before"].map((name) => this.dialog.querySelector(`#board-${name}`));
    board.addEventListener("click", (event) => {
      const link = event.target.closest("[data-do=ask]");
      if (!link || !isOpen() || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.open(standing(link.closest(".card")));
    });
    this.page.addEventListener("change", () => this.offer());
    this.role.addEventListener("change", () => this.offer());
    this.dialog.addEventListener("close", () => {
      if (this.dialog.returnValue !== "move") return;
      const isTray = !this.page.value;
      moved(this.from, { page: this.page.value, role: isTray ? "" : this.role.value, before: isTray ? "" : this.before.value });
    });
  }

  open(from) {
    this.from = from;
    this.dialog.querySelector("h2").textContent = say("title", { story: from.headline });
    const sheets = [...document.querySelectorAll(".sheet")].map((sheet) => option(sheet.dataset.page, sheet.dataset.name));
    this.page.replaceChildren(...sheets, ...(from.origin ? [option("", say("tray"))] : []));
    this.page.value = from.origin || sheets[0]?.value || "";
    this.role.value = from.was || "feature";
    this.offer();
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  /** Offer the stories of the chosen page and role to stand before. */
  offer() {
    const isTray = !this.page.value;
    this.role.disabled = isTray;
    this.before.disabled = isTray || this.role.value === "lead";
    const spots = spotsFor(this.from.story).filter((spot) => spot.page === this.page.value && spot.role === this.role.value && spot.before);
    const headline = (story) => document.querySelector(`#page-${this.page.value} .card[data-story="${story}"]`).dataset.headline;
    this.before.replaceChildren(option("", say("last")), ...spots.map((spot) => option(spot.before, headline(spot.before))));
  }
}
