// The sentences of the template, with words put into them.

/** Return a sentence of the template: say("at", { page: "A01" }). */
export function say(name, words = {}) {
  const sentence = document.querySelector(`#board-words`)?.content.querySelector(`[data-word="${name}"]`);
  return (sentence?.textContent ?? "").replace(/\{(\w+)\}/g, (whole, key) => words[key] ?? whole);
}
