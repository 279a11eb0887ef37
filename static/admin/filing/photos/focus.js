// What of a photo must stay in sight when it is cropped: a tap on it, or the arrow keys.

const STEP = 5;
// The public pages know five places across and five down (Photo.focus_classes).
const kept = (value) => Math.floor(value / 25 + 0.5) * 25;
const within = (value) => Math.min(100, Math.max(0, Math.round(value)));

export class Focus {
  /**
   * @param parts  the card's elements: aim, aimed, cross, square, wide, where
   * @param words  says a place in words: (x, y) => text, in hundredths
   * @param moved  called when somebody has moved the focus: (x, y)
   */
  constructor(parts, words, moved) {
    Object.assign(this, { parts, words, moved, x: 50, y: 50 });
    parts.aim.addEventListener("click", (event) => {
      const box = parts.aimed.getBoundingClientRect();
      if (!box.width || !box.height) return;
      this.move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
    });
    parts.aim.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.move(this.x + step[0], this.y + step[1]);
    });
  }

  move(x, y) {
    this.show(x, y);
    this.moved(this.x, this.y);
  }

  show(x, y) {
    this.x = within(x);
    this.y = within(y);
    const { cross, square, wide, where } = this.parts;
    cross.style.left = `${this.x}%`;
    cross.style.top = `${this.y}%`;
    for (const crop of [square, wide]) crop.style.objectPosition = `${kept(this.x)}% ${kept(this.y)}%`;
    where.textContent = this.words(this.x, this.y);
  }

  picture(address) {
    for (const image of [this.parts.aimed, this.parts.square, this.parts.wide]) image.src = address;
  }
}
