// Putting cards in order with a finger or a mouse, by their grips.

const EDGE = 80;
const SPEED = 12;

/**
 * @param list  the list of cards
 * @param begun  called with the card that is taken
 * @param ended  called with the card that is let go
 */
export function sortable(list, begun, ended) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-do=grip]");
    if (!grip || event.button !== 0) return;
    const card = grip.closest("li");
    let at = event.clientY;
    let frame = 0;
    grip.setPointerCapture(event.pointerId);
    begun(card);
    card.classList.add("dragged");

    // At the edge of the screen the page moves on under the card.
    const roll = () => {
      const step = at < EDGE ? -SPEED : at > window.innerHeight - EDGE ? SPEED : 0;
      if (step) {
        window.scrollBy(0, step);
        arrange(list, card, at);
      }
      frame = requestAnimationFrame(roll);
    };
    const move = (moved) => {
      at = moved.clientY;
      arrange(list, card, at);
    };
    const end = () => {
      cancelAnimationFrame(frame);
      grip.removeEventListener("pointermove", move);
      card.classList.remove("dragged");
      ended(card);
    };
    frame = requestAnimationFrame(roll);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", end, { once: true });
  });
}

/** Let the neighbours pass. The card itself stays in the page, or it would lose the pointer. */
function arrange(list, card, at) {
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return box.top + box.height / 2;
  };
  const { previousElementSibling: before, nextElementSibling: after } = card;
  if (before && at < middle(before)) card.after(before);
  else if (after && at > middle(after)) card.before(after);
}
