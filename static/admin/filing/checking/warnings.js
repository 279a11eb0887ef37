// Warnings: the passage, what is wrong, and what can be done about it.

import { fill } from "../photos/words.js";
import { labelOf } from "./fields.js";

const part = (element, name) => element.querySelector(`[data-part="${name}"]`);
const act = (element, name) => element.querySelector(`[data-do="${name}"]`);

/** Return each warning once, with all its places; the first one is shown. */
export function grouped(problems) {
  const groups = new Map();
  for (const problem of problems) {
    if (groups.has(problem.key)) groups.get(problem.key).places += 1;
    else groups.set(problem.key, { ...problem, places: 1 });
  }
  return [...groups.values()];
}

/**
 * Return a warning as an element of the list.
 *
 * @param problem   one of `grouped`
 * @param template  what it is made of
 * @param words     the template's sentences
 * @param fields    the form's fields by name
 * @param on        what happens: show(problem), replace(problem), waive(problem, reason) → refusal
 */
export function warningOf(problem, template, words, fields, on) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.dataset.key = problem.key;
  for (const name of ["before", "quote", "after", "message"]) part(item, name).textContent = problem[name];
  part(item, "field").textContent = problem.field === "body" ? "" : labelOf(fields, problem.field, words);
  if (problem.places > 1) part(item, "places").textContent = fill(words.places, { count: problem.places });
  act(item, "show").addEventListener("click", () => on.show(problem));
  const replace = act(item, "replace");
  replace.hidden = problem.suggestion === null;
  replace.textContent = problem.suggestion ? fill(words.write, { words: problem.suggestion }) : words.delete;
  replace.addEventListener("click", () => on.replace(problem));
  waivable(item, problem, words, on);
  return item;
}

/** Let a warning be waved through, with a reason. */
function waivable(item, problem, words, on) {
  const open = act(item, "waive");
  const reason = part(item, "reason");
  const typed = part(item, "words");
  const refused = part(item, "refused");
  open.addEventListener("click", () => {
    reason.hidden = !reason.hidden;
    open.setAttribute("aria-expanded", String(!reason.hidden));
    if (!reason.hidden) typed.focus();
  });
  const confirm = async () => {
    const said = typed.value.trim();
    const refusal = said ? await on.waive(problem, said) : words.reason;
    refused.hidden = !refusal;
    refused.textContent = refusal ?? "";
    if (refusal) typed.focus();
  };
  act(item, "confirm").addEventListener("click", confirm);
  typed.addEventListener("keydown", (event) => {
    // Enter would send the story's form; one that ends what an input method composes does nothing.
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!event.isComposing) confirm();
  });
  // What is typed here is no part of the story.
  for (const kind of ["input", "change"]) typed.addEventListener(kind, (event) => event.stopPropagation());
}

/** Return a warning that was let pass as an element of its list. */
export function waivedOf(problem, template, words) {
  const item = template.content.firstElementChild.cloneNode(true);
  for (const name of ["quote", "message"]) part(item, name).textContent = problem[name];
  part(item, "by").textContent = problem.by ? fill(words.waivedBy, problem) : problem.reason;
  return item;
}
