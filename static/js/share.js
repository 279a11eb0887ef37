// Passing a story on: the device's own share sheet where there is one, and the link to copy.
// Without this script the QR code and the picture card are there all the same.

const share = document.querySelector("[data-share]");

if (share) {
  const { title, address, copied, failed } = share.dataset;
  const said = share.querySelector("[data-part=said]");
  const button = (name, act) => {
    const found = share.querySelector(`[data-do=${name}]`);
    found.hidden = false;
    found.addEventListener("click", act);
  };
  if (navigator.share) {
    // Whoever closes the sheet again has changed their mind; that is no mistake to speak of.
    button("share", () => navigator.share({ title, url: address }).catch(() => {}));
  }
  if (navigator.clipboard) {
    button("copy", async () => {
      try {
        await navigator.clipboard.writeText(address);
        said.textContent = copied;
      } catch {
        said.textContent = failed;
      }
    });
  }
}
