// One button that puts a formatted text, and its words alone, on the clipboard.

const given = JSON.parse(document.getElementById("wechat-given").textContent);
const button = document.querySelector("button.copy");
const said = document.querySelector(".copy-said");

/**
 * Copy as a person's own copying does: the markup arrives as it is, also where the site has no https.
 * Clipboard.write() lays the markup out in this page first, whose policy takes its styles away.
 */
function copyByEvent() {
  let done = false;
  const give = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", given.html);
    event.clipboardData.setData("text/plain", given.text);
    done = true;
  };
  // Nothing is copied unless something is selected.
  getSelection().selectAllChildren(button);
  document.addEventListener("copy", give, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", give);
  getSelection().removeAllRanges();
  return done;
}

/** Copy in a browser that knows no copying by a script but this. */
async function write() {
  try {
    const as = (type, text) => [type, new Blob([text], { type })];
    const parts = [as("text/html", given.html), as("text/plain", given.text)];
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    return true;
  } catch {
    return false;
  }
}

button.hidden = false;
button.addEventListener("click", async () => {
  said.textContent = copyByEvent() || (await write()) ? button.dataset.done : button.dataset.failed;
});
