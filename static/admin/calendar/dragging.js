// Dragging a card with a mouse, a pen or a finger. A finger takes it by its link, so that the page
// still scrolls under a finger anywhere else; a mouse takes it wherever there is nothing to click.

const EDGE = 80;
const SPEED = 14;
const ENOUGH = 6;

/**
 * @param board  the calendar
 * @param deeds.isBusy  whether something is being moved already
 * @param deeds.show  shows the day a card would come to
 * @param deeds.drop  puts a card on a day, or back where there is none
 */
export function drag(board, { isBusy, show, drop }) {
  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-move]");
    if (!card || event.button !== 0 || !event.isPrimary || isBusy()) return;
    const grip = event.target.closest(".move");
    if (!grip && (event.pointerType !== "mouse" || event.target.closest("a, button"))) return;
    take(card, event, { show, drop });
  });
}

function take(card, event, { show, drop }) {
  const from = { x: event.pageX, y: event.pageY };
  let at = { x: event.clientX, y: event.clientY };
  let frame = 0;
  let taken = false;

  const place = () => {
    card.style.translate = `${at.x + scrollX - from.x}px ${at.y + scrollY - from.y}px`;
    show(card, dayAt(at));
  };
  const roll = () => {
    const step = at.y < EDGE ? -SPEED : at.y > innerHeight - EDGE ? SPEED : 0;
    if (step) {
      scrollBy(0, step);
      place();
    }
    frame = requestAnimationFrame(roll);
  };
  const move = (moved) => {
    if (moved.pointerId !== event.pointerId) return;
    at = { x: moved.clientX, y: moved.clientY };
    if (!taken && Math.hypot(at.x - event.clientX, at.y - event.clientY) < ENOUGH) return;
    if (!taken) {
      taken = true;
      card.classList.add("dragged");
      getSelection()?.removeAllRanges();
      frame = requestAnimationFrame(roll);
    }
    moved.preventDefault();
    place();
  };
  const end = (ended) => {
    if (ended.type !== "keydown" && ended.pointerId !== event.pointerId) return;
    if (ended.type === "keydown" && ended.key !== "Escape") return;
    stop.abort();
    cancelAnimationFrame(frame);
    if (!taken) return;
    card.classList.remove("dragged");
    card.style.translate = "";
    // The click that follows a drag opens nothing.
    addEventListener("click", ignore, { capture: true });
    setTimeout(() => removeEventListener("click", ignore, { capture: true }), 0);
    drop(card, ended.type === "pointerup" ? dayAt(at) : null);
  };
  const ignore = (click) => click.preventDefault();

  const stop = new AbortController();
  const { signal } = stop;
  addEventListener("pointermove", move, { signal, passive: false });
  for (const kind of ["pointerup", "pointercancel", "keydown"]) addEventListener(kind, end, { signal });
  addEventListener("selectstart", (start) => taken && start.preventDefault(), { signal });
}

/** Return the day under a point; the card in hand is not in the way. */
function dayAt({ x, y }) {
  return document.elementFromPoint(x, y)?.closest(".day-box") ?? null;
}
