// The fields whose words are checked, and passages in them.

import { fill } from "../photos/words.js";

const NAMES = ["kicker", "headline", "deck", "body"];

/** Return the caption fields somebody sees: those of the cards, or without them those of the rows. */
function captions(form) {
  const desk = form.querySelector("#photo-desk");
  if (desk && !desk.hidden) {
    return [...desk.querySelectorAll('[data-part="cards"] [data-field="caption"]')].filter(
      (field) => !field.closest('[data-part="fields"]')?.hidden,
    );
  }
  return [...form.querySelectorAll('[name^="photos-"][name$="-caption"]')].filter(
    (field) => !field.name.includes("__prefix__"),
  );
}

/** Return the fields by the names the server knows them by, in reading order. */
export function fieldsOf(form) {
  const fields = new Map();
  for (const name of NAMES) if (form.elements[name]) fields.set(name, form.elements[name]);
  captions(form).forEach((field, number) => fields.set(`caption-${number}`, field));
  return fields;
}

/** Return what a field is called. */
export function labelOf(fields, name, words) {
  if (name.startsWith("caption-")) return fill(words.caption, { number: Number(name.slice(8)) + 1 });
  return fields.get(name)?.labels?.[0]?.firstChild?.textContent.trim() ?? "";
}

/** Return what the form holds already, so that it isn't offered again. */
export function chosenIn(form) {
  const keys = (name) =>
    [...(form.elements[name]?.selectedOptions ?? [])].map((option) => Number(option.value)).filter(Boolean);
  return {
    communities: keys("communities"),
    stations: keys("stations"),
    sections: [...keys("section"), ...keys("column")],
    tags: (form.elements.tags?.value ?? "").split(/[,，、;；\n|｜]+/).map((tag) => tag.trim()).filter(Boolean),
    credit_line: form.elements.credit_line?.value ?? "",
  };
}

/** Return where a passage is in a field, in the units of browsers; null where it's no longer there. */
function placeOf(field, { start, quote }) {
  const characters = [...field.value];
  const from = characters.slice(0, start).join("").length;
  return field.value.startsWith(quote, from) ? { from, to: from + quote.length } : null;
}

/** Select a passage and bring it into sight; false where it's no longer there. */
export function show(field, problem) {
  const place = placeOf(field, problem);
  if (!place) return false;
  // On a narrow screen the text may lie behind the page as printed.
  document.getElementById("editor-tab-write")?.click();
  field.focus({ preventScroll: true });
  field.setSelectionRange(place.from, place.to);
  const top = heightTo(field, place.from);
  field.scrollTop = Math.max(0, top - field.clientHeight / 3);
  const box = field.getBoundingClientRect();
  window.scrollBy({ top: box.top + top - field.scrollTop - window.innerHeight / 3, behavior: "instant" });
  return true;
}

/** Return how far down in a field a place is, measured on a copy of it. */
function heightTo(field, place) {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of ["font", "letterSpacing", "padding", "border", "lineHeight", "boxSizing", "lineBreak"]) {
    copy.style[name] = style[name];
  }
  Object.assign(copy.style, {
    position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word",
    inlineSize: `${field.offsetWidth}px`,
  });
  copy.textContent = field.value.slice(0, place);
  const mark = copy.appendChild(document.createElement("span"));
  mark.textContent = "\u200b";
  document.body.append(copy);
  const top = mark.offsetTop;
  copy.remove();
  return top;
}

/** Write something else in place of a passage, so that it can be undone; false where it's gone. */
export function replace(field, problem, words) {
  const place = placeOf(field, problem);
  if (!place) return false;
  const wanted = field.value.slice(0, place.from) + words + field.value.slice(place.to);
  document.getElementById("editor-tab-write")?.click();
  field.focus({ preventScroll: true });
  field.setSelectionRange(place.from, place.to);
  if (words) document.execCommand("insertText", false, words);
  else document.execCommand("delete");
  if (field.value !== wanted) {
    field.value = wanted;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}
