// Where stories stand on the board, and where they can come to, read from the page itself.

const cards = (list, except) =>
  [...list.querySelectorAll(":scope > .card")].filter((card) => card.dataset.story !== except);

/** What a move has to say of a card as it stands: where from, and as what. */
export function standing(card) {
  return {
    story: card.dataset.story,
    headline: card.dataset.headline,
    origin: card.closest(".sheet")?.dataset.page ?? "",
    was: card.closest(".sheet") ? card.closest("[data-zone]").dataset.zone : "",
  };
}

/** Return the card of a story on a page ("" for the tray), or null. */
export function cardOf(story, page) {
  const place = page ? document.getElementById(`page-${page}`) : document.getElementById("tray");
  return place?.querySelector(`.card[data-story="${story}"]`) ?? null;
}

/** Return every spot a story can come to, page by page, the tray last. */
export function spotsFor(story) {
  const spots = [];
  for (const sheet of document.querySelectorAll(".sheet")) {
    for (const zone of sheet.querySelectorAll(".zone")) {
      const lists = [...zone.querySelectorAll("[data-zone]")];
      const role = lists[0]?.dataset.zone;
      if (!role) continue;
      const others = lists.flatMap((list) => cards(list, story));
      const page = sheet.dataset.page;
      // A lead that comes takes the place of the one that is there; there is no before and after.
      if (role !== "lead") others.forEach((card) => spots.push({ page, role, before: card.dataset.story }));
      spots.push({ page, role, before: "" });
    }
  }
  spots.push({ page: "", role: "", before: "" });
  return spots;
}

/** Return the spot under a point of the screen for a story that is held over it, or null. */
export function spotAt(x, y, story) {
  const under = document.elementFromPoint(x, y);
  if (under?.closest("#tray")) return { page: "", role: "", before: "" };
  const sheet = under?.closest(".sheet");
  if (!sheet) return null;
  const zone = under.closest(".zone") ?? nearest(sheet, y);
  const lists = [...zone.querySelectorAll("[data-zone]")];
  if (!lists.length) return null;
  const role = lists[0].dataset.zone;
  const after = lists.flatMap((list) => cards(list, story)).find((card) => {
    const box = card.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { page: sheet.dataset.page, role, before: role === "lead" ? "" : after?.dataset.story ?? "" };
}

function nearest(sheet, y) {
  const away = (zone) => {
    const box = zone.getBoundingClientRect();
    return Math.max(box.top - y, y - box.bottom, 0);
  };
  return [...sheet.querySelectorAll(".zone")].sort((a, b) => away(a) - away(b))[0];
}

/** Return the list a spot is in, and the card it is before (null: at its end). */
export function placeOf(spot) {
  const place = spot.page ? document.getElementById(`page-${spot.page}`) : document.getElementById("tray");
  const lists = [...(place?.querySelectorAll(`[data-zone="${spot.role || "tray"}"]`) ?? [])];
  const before = spot.before
    ? lists.flatMap((list) => cards(list)).find((card) => card.dataset.story === spot.before)
    : null;
  return { list: before?.parentElement ?? lists.at(-1) ?? null, before: before ?? null };
}

/** Return the key of the story that leads a page as it is shown now; 0 where none does. */
export function leadOf(page, except) {
  const list = document.querySelector(`#page-${page} [data-zone="lead"]`);
  return list ? cards(list, except)[0]?.dataset.story ?? "0" : "0";
}

/** What a spot is called, for those who hear the board. */
export function nameOf(spot, story, say) {
  if (!spot.page) return say("intray");
  const sheet = document.getElementById(`page-${spot.page}`);
  const zone = sheet?.querySelector(`.zone-${spot.role}`);
  const alike = spotsFor(story).filter((one) => one.page === spot.page && one.role === spot.role);
  return say("at", {
    page: sheet?.dataset.name ?? "",
    role: zone?.querySelector("h3").textContent ?? "",
    number: alike.findIndex((one) => one.before === spot.before) + 1,
    count: alike.length,
  });
}

const mark = document.createElement("li");
mark.className = "drop-mark";
mark.setAttribute("aria-hidden", "true");

/** Show where a story would come to; nothing shows it for null. */
export function showMark(spot) {
  document.querySelector(".over")?.classList.remove("over");
  if (!spot) {
    mark.remove();
    return;
  }
  const { list, before } = placeOf(spot);
  if (spot.page) list?.insertBefore(mark, before);
  else mark.remove();
  list?.closest(".zone, .tray")?.classList.add("over");
}
