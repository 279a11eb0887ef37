// The review screen: marked words go into the comment's form, a quick reason into the remark.

const form = document.querySelector(".comment-form");
const text = document.querySelector(".compared");
const toComment = document.querySelector(".to-comment");
// What stands on the page and not in the story.
const NOT_TEXT = "del, .reference, .dateline, .for-desk, .quiet, .photo-number";

/** Return what a range holds of the story's own words, its paragraphs on lines of their own. */
function words(range) {
  const copy = range.cloneContents();
  for (const other of copy.querySelectorAll(NOT_TEXT)) other.remove();
  for (const block of copy.querySelectorAll("p, li, h2, td, th, figcaption")) block.append("\n");
  return copy.textContent.replace(/\n\s*/g, "\n").trim();
}

/** Return the marked words, their field, and how many times they stand in it before. */
function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const elements = [range.startContainer, range.endContainer].map((node) => node.parentElement);
  const [field, other] = elements.map((element) => element?.closest("[data-field]"));
  if (!field || field !== other || !text?.contains(field)) return null;
  const quote = words(range);
  if (!quote) return null;
  const before = document.createRange();
  before.selectNodeContents(field);
  before.setEnd(range.startContainer, range.startOffset);
  return { field: field.dataset.field, quote, nth: words(before).split(quote).length - 1 };
}

document.addEventListener("selectionchange", () => {
  const found = marked();
  toComment.hidden = !found;
  if (found) for (const name of ["quote", "field", "nth"]) form.elements[name].value = found[name];
});

function goToComment(event) {
  // A tap would take the mark away, and the button with it, before it counts as a click.
  event.preventDefault();
  toComment.hidden = true;
  const remark = document.querySelector("#id_text");
  remark.scrollIntoView({ block: "center" });
  remark.focus({ preventScroll: true });
}
toComment.addEventListener("pointerdown", goToComment);
toComment.addEventListener("click", goToComment);

// Words typed or pasted into the field are somewhere else, or nowhere.
form.elements.quote.addEventListener("input", () => {
  form.elements.field.value = "";
  form.elements.nth.value = "0";
});

const quick = document.querySelector(".quick");
if (quick) {
  quick.hidden = false;
  quick.addEventListener("click", (event) => {
    const reason = event.target.dataset.reason;
    if (!reason) return;
    const note = document.querySelector("#id_note");
    note.value = [note.value.trim(), reason].filter(Boolean).join("\n");
    note.focus();
  });
}
