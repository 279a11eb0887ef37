// The calendar's cards moved to another day: dragged, or carried with the keyboard. Without it the
// link of each card leads to a form that does the same.

import { carry } from "./carrying.js";
import { drag } from "./dragging.js";
import { send, Lost } from "./sending.js";

const board = document.getElementById("calendar");
const told = document.getElementById("calendar-told");

function say(words, names = {}) {
  told.textContent = words.replace(/\{(\w+)\}/g, (_mark, name) => names[name] ?? "");
}

function show(card, day) {
  for (const other of board.querySelectorAll(".target")) other.classList.remove("target");
  day?.classList.add("target");
}

/** Say at a card why it stays. */
function refuse(card, reasons) {
  card.querySelector(".refusal")?.remove();
  const line = document.createElement("p");
  line.className = "refusal";
  line.setAttribute("role", "alert");
  card.append(line);
  line.textContent = reasons.join(" ");
}

/** Draw the calendar anew as the server has it now, and go back to the card. */
async function renew(id) {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("calendar");
  if (!answer.ok || !fresh) {
    location.reload();
    return;
  }
  board.replaceChildren(...fresh.childNodes);
  begin();
  document.getElementById(id)?.querySelector(".move")?.focus();
}

/** Move a card to a day. */
async function move(card, day) {
  show(card, null);
  if (!day || day === card.closest(".day-box")) {
    say(board.dataset.back, { name: card.dataset.name, day: card.closest(".day-box")?.dataset.label });
    return;
  }
  const question = new URLSearchParams({ kind: board.dataset.kind, date: day.dataset.day });
  if ("asks" in card.dataset) {
    // It has to be said why: there is a form for that.
    location.assign(`${card.dataset.move}?${question}`);
    return;
  }
  board.classList.add("is-busy");
  say(board.dataset.moving, { name: card.dataset.name });
  try {
    const token = board.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await send(card.dataset.move, { date: day.dataset.day }, token);
    if (answer.done) {
      await renew(card.id);
      say(answer.done);
    } else {
      say("");
      refuse(card, answer.refused ?? [board.dataset.login]);
    }
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    say("");
    refuse(card, [board.dataset.lost]);
  } finally {
    board.classList.remove("is-busy");
  }
}

const isBusy = () => board.classList.contains("is-busy");

/** Make the cards that may move ready for it. */
function begin() {
  for (const card of board.querySelectorAll("[data-move]")) {
    card.querySelector(".move").setAttribute("aria-describedby", "calendar-how");
  }
}

if (board) {
  board.classList.add("is-live");
  document.getElementById("calendar-how").hidden = !board.querySelector("[data-move]");
  begin();
  drag(board, { isBusy, show, drop: move });
  carry(board, { isBusy, show, drop: move, say });
}
