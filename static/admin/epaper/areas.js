// Areas drawn over a page's picture. Without this file the same form is filled in by hand.

import { Rows } from "./rows.js";
import { Stage } from "./stage.js";

const form = document.querySelector("#areas");
const status = form?.querySelector('[data-part="status"]');

function begin() {
  const rows = new Rows(form);
  let changed = false;
  const words = {
    rectangle: form.dataset.wordsRectangle,
    polygon: form.dataset.wordsPolygon,
    selected: form.dataset.wordsSelected,
    removed: form.dataset.wordsRemoved,
    few: form.dataset.wordsFew,
  };
  const stage = new Stage(form.querySelector('[data-part="stage"]'), rows, {
    label: (row) => form.dataset.wordsName.replace("{headline}", row.story.dataset.headline),
    made: (story, points, isRectangle) => rows.add(story, points, isRectangle),
    say: (name) => { status.textContent = words[name] ?? ""; },
    changed: () => { changed = true; },
  });
  stage.show();
  form.addEventListener("input", (event) => {
    const row = rows.of(event.target);
    if (!row) return;
    changed = true;
    stage.showRow(row);
  });
  form.addEventListener("focusin", (event) => {
    const row = rows.of(event.target);
    if (row) stage.select(row);
  });
  for (const button of form.querySelectorAll("[data-draw]")) {
    button.addEventListener("click", () => stage.begin(button.dataset.draw, button.closest(".area-story")));
  }
  const accept = form.querySelector('[data-do="accept"]');
  const proposals = rows.all.filter((row) => row.isProposed);
  accept.hidden = !proposals.length;
  changed = proposals.length > 0;
  accept.addEventListener("click", () => {
    for (const row of proposals) {
      row.field("accepted").checked = true;
      stage.showRow(row);
    }
    accept.hidden = true;
  });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  // Last: what can be pressed now works.
  for (const tools of form.querySelectorAll('[data-part="draw"]')) tools.hidden = false;
}

if (form) begin();
