// Carrying a card with the keyboard: the space bar takes it up and puts it down, arrows choose the day.

/**
 * @param board  the calendar
 * @param deeds.isBusy  whether something is being moved already
 * @param deeds.show  shows the day a card would come to
 * @param deeds.drop  puts a card on a day, or back where there is none
 * @param deeds.say  tells those who hear the page
 */
export function carry(board, { isBusy, show, drop, say }) {
  let card = null;
  let day = null;

  const put = (target) => {
    const held = card;
    held.classList.remove("dragged");
    card = null;
    drop(held, target);
  };
  const choose = (target) => {
    if (!target) return;
    day = target;
    show(card, day);
    day.scrollIntoView({ block: "nearest" });
    say([day.dataset.label, day.dataset.has].filter(Boolean).join(" · "));
  };

  board.addEventListener("keydown", (event) => {
    const link = event.target.closest(".move");
    if (!link || isBusy()) return;
    if (!card) {
      if (event.key !== " ") return;
      event.preventDefault();
      card = link.closest("[data-move]");
      day = card.closest(".day-box");
      card.classList.add("dragged");
      show(card, day);
      say(board.dataset.taken, { name: card.dataset.name, day: day?.dataset.label ?? "" });
      return;
    }
    if (event.key === "Tab") return put(null);
    const deeds = {
      " ": () => put(day),
      Enter: () => put(day),
      Escape: () => put(null),
      ArrowLeft: () => choose(beside(board, day, -1)),
      ArrowRight: () => choose(beside(board, day, 1)),
      ArrowUp: () => choose(beside(board, day, -rowOf(board))),
      ArrowDown: () => choose(beside(board, day, rowOf(board))),
    };
    if (!(event.key in deeds)) return;
    event.preventDefault();
    deeds[event.key]();
  });
  board.addEventListener("focusout", () => card && put(null));
}

/** Return the days that are shown. */
function shown(board) {
  return [...board.querySelectorAll(".day-box")].filter((day) => day.checkVisibility());
}

/** Return how many days stand side by side: seven, or one on a phone. */
function rowOf(board) {
  const days = shown(board);
  const top = days[0].offsetTop;
  const next = days.findIndex((day) => day.offsetTop !== top);
  return next < 0 ? 1 : next;
}

/** Return the day so many steps from another; of a card without a day the first one. */
function beside(board, day, steps) {
  const days = shown(board);
  if (!day) return days[steps < 0 ? days.length - 1 : 0];
  return days[days.indexOf(day) + steps];
}
