// What lies behind the text: a tint and a rule where a subhead, a quotation, a list or a table
// stands, a photo's own picture beside its mark. It never touches the text itself.

import { lineOf, photoOf } from "./grammar.js";

export class Paper {
  /**
   * @param root  the element behind the textarea; it has the same type and width
   * @param photos  returns the story's photos: [{number, caption, picture}]
   */
  constructor(root, photos) {
    this.root = root;
    this.photos = photos;
    this.lines = [];
  }

  /** Follow the text. Only lines that differ are made anew. */
  show(text) {
    const lines = text.split("\n");
    const old = this.lines;
    let head = 0;
    while (head < lines.length && head < old.length && lines[head] === old[head]) head += 1;
    let tail = 0;
    while (tail < lines.length - head && tail < old.length - head && lines.at(-1 - tail) === old.at(-1 - tail)) tail += 1;
    for (let n = old.length - tail - 1; n >= head; n -= 1) this.root.children[n].remove();
    const before = this.root.children[head] ?? null;
    for (const line of lines.slice(head, lines.length - tail)) this.root.insertBefore(this.made(line), before);
    this.lines = lines;
  }

  /** Look at the photos again. */
  showPhotos() {
    for (const element of this.root.querySelectorAll("[data-photo]")) this.picture(element);
  }

  made(line) {
    const element = document.createElement("div");
    const { kind } = lineOf(line);
    element.className = `line ${kind}`;
    const words = document.createElement("span");
    // An empty line is as high as any.
    words.textContent = line || "\u200b";
    element.append(words);
    if (kind === "photo") {
      element.dataset.photo = photoOf(line);
      this.picture(element);
    }
    return element;
  }

  picture(element) {
    element.querySelector(".beside-mark")?.remove();
    const photo = this.photos().find((one) => one.number === Number(element.dataset.photo));
    element.classList.toggle("missing", !photo);
    const beside = document.createElement("span");
    beside.className = "beside-mark";
    if (photo?.picture) {
      const image = document.createElement("img");
      image.alt = "";
      image.src = photo.picture;
      beside.append(image);
    }
    beside.append(photo ? photo.caption : this.root.dataset.missing);
    element.append(beside);
  }
}
