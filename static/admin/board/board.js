// An issue's board. Without this file the same moves are made by a form, and a reload shows others'.

import { Asking } from "./asking.js";
import { Carrying } from "./carrying.js";
import { Courier } from "./courier.js";
import { Dragging } from "./dragging.js";
import { Regions } from "./regions.js";
import { cardOf, leadOf, placeOf } from "./spots.js";
import { say } from "./words.js";

const board = document.querySelector("#board");
const page = document.querySelector(".board-page");
const part = (name) => page.querySelector(`[data-part="${name}"]`);

const isOpen = () => board.querySelector(".board-state")?.dataset.mayMove === "1";
const latestMove = () => Math.max(0, ...[...board.querySelectorAll("[data-move]")].map((one) => Number(one.dataset.move)));

function tell(sentence, isRefusal = false) {
  part("alert").textContent = isRefusal ? sentence : "";
  part("said").textContent = isRefusal ? "" : sentence;
}

function showLine(name, count) {
  const line = part("line");
  if (line.dataset.state === name) {
    if (name !== "offline") return;
  }
  line.dataset.state = name;
  line.hidden = !name;
  line.textContent = name ? say(name, { count }) : "";
  if (name === "offline") part("said").textContent = "";
  if (name === "login") {
    const link = Object.assign(document.createElement("a"), { href: board.dataset.login, target: "_blank", textContent: "→" });
    link.setAttribute("aria-label", line.textContent);
    line.append(" ", link);
  }
  if (name === "back") setTimeout(() => line.dataset.state === "back" && showLine("", 0), 6000);
}

function begin() {
  const regions = new Regions(board);
  let latest = latestMove();

  /** Show a move at once, marked as not sent; the next answer of the server replaces it. */
  function apply(wish) {
    const card = cardOf(wish.story, wish.origin);
    const { list, before } = placeOf(wish);
    if (!card || !list) return;
    const focused = card.contains(document.activeElement) ? document.activeElement.id : "";
    for (const element of [card, list]) regions.forget(element);
    list.insertBefore(card, before);
    card.classList.add("unsent");
    card.dataset.unsent = say("unsent");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  const courier = new Courier(board, {
    line: (name, count) => showLine(name, count),
    answered: (sentence, isRefused) => tell(sentence, isRefused),
    shown: (html) => {
      regions.refresh(html);
      const held = [dragging, carrying].map((one) => one.renewed());
      if (held.includes(false)) tell(say("gone", { story: lastHeld }), true);
      announceOthers();
    },
  });

  /** Say what others have moved since the board was last shown, and mark it on the sheets. */
  function announceOthers() {
    const fresh = [...board.querySelectorAll("[data-move]")].filter((one) => Number(one.dataset.move) > latest);
    latest = latestMove();
    const others = fresh.filter((one) => one.dataset.by !== board.dataset.me);
    for (const one of others) {
      board.querySelector(`.sheet .card[data-story="${one.dataset.story}"]`)?.classList.add("news");
    }
    if (others.length && !dragging.held?.ghost && !carrying.from) {
      part("said").textContent = others.reverse().map((one) => one.querySelector('[data-part="words"]').textContent).join("；");
    }
  }

  let lastHeld = "";
  function send(from, spot) {
    const { headline, ...seen } = from;
    const isSame = from.origin === spot.page && from.was === spot.role && placeOf(spot).before === nextOf(from);
    if (isSame || (!from.origin && !spot.page)) return;
    const wish = { ...seen, ...spot, lead: spot.role === "lead" ? leadOf(spot.page, from.story) : "" };
    apply(wish);
    tell(say("sending", { story: headline }));
    courier.push(wish);
  }
  const nextOf = (from) => cardOf(from.story, from.origin)?.nextElementSibling ?? null;

  const dragging = new Dragging(board, isOpen, send);
  const carrying = new Carrying(board, isOpen, tell, send);
  new Asking(board, isOpen, send);
  for (const kind of ["pointerdown", "click"]) {
    board.addEventListener(kind, (event) => { lastHeld = event.target.closest(".card")?.dataset.headline ?? lastHeld; }, true);
  }

  const filters = document.querySelector("#tray-filters");
  const show = (query) => {
    history.replaceState(null, "", location.pathname + query);
    courier.ask(query);
  };
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    show(`?${new URLSearchParams(new FormData(filters))}`);
  });
  board.addEventListener("click", (event) => {
    const link = event.target.closest("[data-do=turn]");
    if (!link) return;
    event.preventDefault();
    show(new URL(link.href).search);
  });

  addEventListener("beforeunload", (event) => { if (courier.waiting.length) event.preventDefault(); });
  page.classList.add("live");
}

if (board) begin();
