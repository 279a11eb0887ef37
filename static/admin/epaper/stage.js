// The picture with its areas: drawn, moved and sized by pointer or keys.

import { WHOLE, bigEnough, boxOf, moved, rectangle, stretched } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";
// Pixels: how large a handle is, and how near the first corner a click closes an outline.
const HANDLE = 16;
const NEAR = 12;
// Permille: how far an arrow key goes; with Alt, as fine as can be.
const STEP = 5;
const FINE = 1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIDES = [["left", "top"], ["right", "top"], ["right", "bottom"], ["left", "bottom"], ["left"], ["right"], ["top"], ["bottom"]];

const made = (name, attributes = {}) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

export class Stage {
  /** `made(story, points, isRectangle)` is called with what was drawn; `say(name)` tells its user. */
  constructor(root, rows, { label, made: onMade, say, changed }) {
    this.root = root;
    this.rows = rows;
    this.onMade = onMade;
    this.say = say;
    this.changed = changed;
    this.label = label;
    this.drawn = new Map();
    this.drawing = null;
    this.drag = null;
    const image = root.querySelector("img");
    const [width, height] = [image.width, image.height].map(Number);
    this.tall = (WHOLE * Number(image.getAttribute("height"))) / Number(image.getAttribute("width"));
    root.style.setProperty("--ratio", width / height);
    this.svg = made("svg", { viewBox: `0 0 ${WHOLE} ${this.tall}`, role: "application", tabindex: "-1", "aria-label": image.alt });
    root.append(this.svg);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "keydown", "dblclick", "focusin"]) {
      this.svg.addEventListener(name, (event) => this[name](event));
    }
  }

  /** Draw every row's shape as its fields have it now. */
  show() {
    for (const row of this.rows.all) this.showRow(row);
  }

  showRow(row) {
    const points = row.isRemoved ? null : row.points;
    let group = this.drawn.get(row);
    if (!points) {
      group?.remove();
      this.drawn.delete(row);
      if (this.selected === row) this.selected = null;
      return;
    }
    if (!group) {
      group = made("g", { class: "area", tabindex: "0", role: "button", "aria-label": this.label(row) });
      group.append(made("polygon"));
      this.svg.append(group);
      this.drawn.set(row, group);
    }
    group.classList.toggle("proposed", row.isProposed);
    group.firstChild.setAttribute("points", this.written(points));
    if (this.selected === row) this.handles(row, group, points);
  }

  written(points) {
    return points.map(([x, y]) => `${x},${(y * this.tall) / WHOLE}`).join(" ");
  }

  /** Units of the drawing to a pixel of the screen. */
  get unit() {
    return WHOLE / (this.svg.getBoundingClientRect().width || WHOLE);
  }

  handles(row, group, points) {
    const size = HANDLE * this.unit;
    const box = boxOf(points);
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    const places = row.isRectangle
      ? SIDES.map((sides) => [box[sides.find((side) => side in { left: 1, right: 1 })] ?? middle.x, box[sides.find((side) => side in { top: 1, bottom: 1 })] ?? middle.y])
      : points;
    while (group.children.length > places.length + 1) group.lastChild.remove();
    while (group.children.length < places.length + 1) group.append(made("rect", { class: "handle" }));
    places.forEach(([x, y], index) => {
      const handle = group.children[index + 1];
      handle.dataset.handle = index;
      for (const [name, value] of Object.entries({ x: x - size / 2, y: (y * this.tall) / WHOLE - size / 2, width: size, height: size })) handle.setAttribute(name, value);
    });
  }

  select(row) {
    if (this.selected === row) return;
    const before = this.drawn.get(this.selected);
    before?.classList.remove("selected");
    this.selected?.element.classList.remove("selected");
    while (before && before.children.length > 1) before.lastChild.remove();
    this.selected = row;
    const group = this.drawn.get(row);
    group?.classList.add("selected");
    row?.element.classList.add("selected");
    if (group) this.handles(row, group, row.points);
  }

  rowOf(target) {
    const group = target.closest?.(".area");
    return [...this.drawn].find(([, one]) => one === group)?.[0];
  }

  /** The place of a pointer in permille of the picture. */
  place(event) {
    const area = this.svg.getBoundingClientRect();
    const inside = (value) => Math.min(WHOLE, Math.max(0, Math.round(value)));
    return [inside(((event.clientX - area.left) / area.width) * WHOLE), inside(((event.clientY - area.top) / area.height) * WHOLE)];
  }

  /** Begin to draw an area of a story: "rectangle" or "polygon". */
  begin(kind, story) {
    this.stop();
    this.drawing = { kind, story, points: [] };
    this.svg.classList.add("drawing");
    this.svg.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
    this.say(kind);
  }

  stop() {
    this.ghost?.remove();
    this.ghost = null;
    this.drawing = null;
    this.svg.classList.remove("drawing");
  }

  finish(points) {
    const { story, kind } = this.drawing;
    this.stop();
    if (!bigEnough(points)) return;
    const row = this.onMade(story, points, kind === "rectangle");
    this.showRow(row);
    this.drawn.get(row).focus({ preventScroll: true });
    this.changed();
  }

  trace(points) {
    this.ghost ??= this.svg.appendChild(made("polyline"));
    this.ghost.setAttribute("points", this.written(points));
  }

  pointerdown(event) {
    if (event.button !== 0) return;
    const at = this.place(event);
    if (this.drawing?.kind === "polygon") return this.corner(at);
    const row = this.drawing ? null : this.rowOf(event.target);
    if (!this.drawing && !row) return undefined;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    const handle = event.target.dataset?.handle;
    this.drag = { at, row, points: row?.points, handle: handle === undefined ? null : Number(handle) };
    if (row) this.drawn.get(row).focus({ preventScroll: true });
    return undefined;
  }

  pointermove(event) {
    if (this.drawing?.kind === "polygon" && this.drawing.points.length) this.trace([...this.drawing.points, this.place(event)]);
    if (!this.drag) return;
    const [x, y] = this.place(event);
    const { at, row, points, handle } = this.drag;
    if (!row) this.trace([...rectangle(at[0], at[1], x, y), at]);
    else if (handle === null) this.change(row, moved(points, x - at[0], y - at[1]));
    else this.change(row, this.pulled(row, points, handle, x, y));
  }

  pointerup(event) {
    const drag = this.drag;
    this.drag = null;
    if (!drag || drag.row || !this.drawing) return;
    const [x, y] = this.place(event);
    const [left, right] = [drag.at[0], x].sort((a, b) => a - b);
    const [top, bottom] = [drag.at[1], y].sort((a, b) => a - b);
    const points = rectangle(left, top, right, bottom);
    // A click that was no drag leaves everything as it is; the next drag draws.
    if (bigEnough(points)) this.finish(points);
    else { this.ghost?.remove(); this.ghost = null; }
  }

  pointercancel() {
    this.drag = null;
    if (this.drawing?.kind === "rectangle") { this.ghost?.remove(); this.ghost = null; }
  }

  /** A shape with one of its handles pulled somewhere. */
  pulled(row, points, handle, x, y) {
    if (!row.isRectangle) return points.map((point, index) => (index === handle ? [x, y] : point));
    const box = boxOf(points);
    for (const side of SIDES[handle]) box[side] = side === "left" || side === "right" ? x : y;
    return stretched(points, box);
  }

  corner(at) {
    const { points } = this.drawing;
    const near = NEAR * this.unit;
    const closes = points.length > 2 && Math.hypot(at[0] - points[0][0], ((at[1] - points[0][1]) * this.tall) / WHOLE) < near;
    if (closes) return this.finish(points);
    // The second click of a double click stands where the first did.
    const last = points.at(-1);
    if (!last || last[0] !== at[0] || last[1] !== at[1]) points.push(at);
    this.trace(points);
    return undefined;
  }

  dblclick() {
    if (this.drawing?.kind === "polygon") this.close();
  }

  close() {
    if (this.drawing.points.length < 3) this.say("few");
    else this.finish(this.drawing.points);
  }

  focusin(event) {
    const row = this.rowOf(event.target);
    if (!row) return;
    this.select(row);
    this.say("selected");
  }

  keydown(event) {
    if (this.drawing) return this.keyWhileDrawing(event);
    const row = this.rowOf(event.target);
    if (!row) return undefined;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      row.remove();
      this.showRow(row);
      this.changed();
      return this.say("removed");
    }
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey) return undefined;
    event.preventDefault();
    const [x, y] = arrow.map((n) => n * (event.altKey ? FINE : STEP));
    const box = boxOf(row.points);
    return this.change(row, event.shiftKey ? stretched(row.points, { ...box, right: box.right + x, bottom: box.bottom + y }) : moved(row.points, x, y));
  }

  keyWhileDrawing(event) {
    const { kind, points } = this.drawing;
    if (event.key === "Escape") { this.stop(); this.say(""); }
    else if (event.key === "Enter" && kind === "rectangle") this.finish(rectangle(350, 400, 650, 600));
    else if (event.key === "Enter") this.close();
    else if (event.key === "Backspace" && kind === "polygon") { points.pop(); this.trace(points); }
    else return;
    event.preventDefault();
  }

  change(row, points) {
    row.set(points);
    this.showRow(row);
    this.changed();
  }
}
