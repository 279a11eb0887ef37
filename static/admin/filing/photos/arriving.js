// The ways in which pictures come: chosen, taken, dropped, pasted.

const hasFiles = (transfer) => [...(transfer?.types ?? [])].includes("Files");

/**
 * Hand over files from wherever they come.
 *
 * @param root  the section of the photos
 * @param form  a file that is dropped anywhere on the page would otherwise replace it
 * @param take  called with a list of files
 */
export function receive(root, form, take) {
  for (const part of ["choose", "camera"]) {
    const field = root.querySelector(`[data-part=${part}]`);
    field.addEventListener("change", () => {
      const files = [...field.files];
      // The same file may be chosen once more.
      field.value = "";
      take(files);
    });
  }
  const drop = root.querySelector("[data-part=drop]");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    drop.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    drop.classList.remove("dropping");
    if (!hasFiles(event.dataTransfer) || event.defaultPrevented) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (event.defaultPrevented || !hasFiles(data)) return;
    // Word and WPS put a picture of the text beside the text: then the text is meant.
    if ([...data.types].includes("text/plain")) return;
    const pictures = [...data.files].filter((file) => file.type.startsWith("image/"));
    if (pictures.length === 0) return;
    event.preventDefault();
    take(pictures);
  });
}
