// “Found a mistake?”: words marked in the story are taken along to the form.

const LONGEST = 300;
const link = document.querySelector(".found-mistake a");
const story = document.querySelector("article");
const plain = link.href;
let forgetting;

/** Return the words of the story that are marked, "" where none are. */
function marked() {
  const selection = getSelection();
  const ends = [selection.anchorNode, selection.focusNode];
  if (selection.isCollapsed || !ends.every((node) => story.contains(node))) return "";
  return selection.toString().replace(/\s*\n\s*/g, "\n").trim().slice(0, LONGEST);
}

document.addEventListener("selectionchange", () => {
  clearTimeout(forgetting);
  const words = marked();
  if (words) link.href = `${plain}?${new URLSearchParams({ quote: words })}`;
  // Pressing the link takes the mark away before it counts as a click.
  else forgetting = setTimeout(() => { link.href = plain; }, 1000);
});

link.nextElementSibling.hidden = false;
