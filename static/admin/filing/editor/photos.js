// The story's photos as the form holds them, whether filed as cards or as plain rows.

import { photosIn } from "./marking.js";

const rowOf = (field) => /^photos-(\d+)-/.exec(field.name)?.[1];

/** Return the photos in their order: [{number, caption, picture, isPlaced}]. */
export function photosOf(form, text) {
  const cards = [...form.querySelectorAll("#photo-desk .photo-card:not(.away)")];
  const placed = photosIn(text);
  const found = cards
    .filter((card) => card.querySelector("[data-part=fields]:not([hidden])"))
    .map((card) => ({
      caption: card.querySelector("[data-field=caption]")?.value.trim() ?? "",
      picture: card.querySelector("[data-part=image]")?.getAttribute("src") ?? "",
    }));
  return found.map((photo, n) => ({ ...photo, number: n + 1, isPlaced: placed.has(n + 1) }));
}

/** Return what the preview needs of a form: headlines, body, and each photo's row. */
export function typed(form) {
  const sent = new URLSearchParams();
  for (const field of form.elements) {
    const isWanted = ["headline", "kicker", "deck", "body", "dateline", "column"].includes(field.name) || rowOf(field);
    const isLeftOut = field.type === "file" || (field.type === "checkbox" && !field.checked);
    if (isWanted && !isLeftOut) sent.append(field.name, field.value);
  }
  return sent;
}

/** Open the way to new photos. */
export function chooseNew(form) {
  const choose = form.querySelector("#photo-desk [data-part=choose]");
  form.querySelector("#photo-desk, #photos-group:not([hidden])")?.scrollIntoView({ block: "start" });
  choose?.click();
}
