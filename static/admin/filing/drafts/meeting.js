// Who else has the story open, and what has been saved since this form was opened.

import { fill } from "./line.js";

export function watch(root, keeper, clock) {
  const present = root.querySelector("[data-part=present]");
  const saved = root.querySelector("[data-part=saved]");
  keeper.addEventListener("answer", ({ detail }) => {
    say(present, detail.present.map((one) =>
      fill(one.mine ? present.dataset.own : present.dataset.other, { who: one.name, time: clock.show(one.since) }),
    ));
    const news = detail.saved && detail.head !== keeper.base ? detail.saved : null;
    say(saved, news ? [fill(news.mine ? saved.dataset.own : saved.dataset.other, { who: news.name, time: clock.show(news.at) })] : []);
  });
}

/** Show sentences in a live element; nothing is said again that stands there. */
function say(element, sentences) {
  const text = sentences.join(" ");
  const words = element.querySelector("[data-part=words]");
  if (words.textContent !== text) words.textContent = text;
  element.hidden = text === "";
}

/** Say goodbye as the page goes. */
export function leave(addresses, keeper) {
  window.addEventListener("pagehide", () => {
    if (!keeper.article) return;
    const goodbye = new FormData();
    goodbye.set("csrfmiddlewaretoken", keeper.form.elements.csrfmiddlewaretoken.value);
    goodbye.set("key", keeper.key);
    goodbye.set("article", keeper.article);
    navigator.sendBeacon(addresses.leave, goodbye);
  });
}
