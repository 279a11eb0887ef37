// Shapes in permille of the picture: lists of [x, y], as issues/shapes.py has them.

export const WHOLE = 1000;
const THINNEST = 5;
const CORNER = /(\d+(?:\.\d+)?)\s*%?\s*[,、]\s*(\d+(?:\.\d+)?)/g;

export const rectangle = (left, top, right, bottom) => [[left, top], [right, top], [right, bottom], [left, bottom]];

export function boxOf(points) {
  const across = points.map(([x]) => x);
  const down = points.map(([, y]) => y);
  return { left: Math.min(...across), top: Math.min(...down), right: Math.max(...across), bottom: Math.max(...down) };
}

export const percent = (permille) => String(Math.round(permille) / 10);

export const readCorners = (text) => [...text.normalize("NFKC").matchAll(CORNER)].map(([, x, y]) => [Math.round(x * 10), Math.round(y * 10)]);

export const writeCorners = (points) => points.map(([x, y]) => `${percent(x)},${percent(y)}`).join(" ");

const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** Return a shape moved, but never over the picture's edge. */
export function moved(points, across, down) {
  const box = boxOf(points);
  const x = within(across, -box.left, WHOLE - box.right);
  const y = within(down, -box.top, WHOLE - box.bottom);
  return points.map(([a, b]) => [a + x, b + y]);
}

/** Return a shape stretched into another box; sides may have been dragged past one another. */
export function stretched(points, { left, top, right, bottom }) {
  const from = boxOf(points);
  const [l, r] = [left, right].map((x) => within(Math.round(x), 0, WHOLE)).sort((a, b) => a - b);
  const [t, b] = [top, bottom].map((y) => within(Math.round(y), 0, WHOLE)).sort((a, c) => a - c);
  if (r - l < THINNEST || b - t < THINNEST) return points;
  return points.map(([x, y]) => [
    Math.round(l + ((x - from.left) / (from.right - from.left)) * (r - l)),
    Math.round(t + ((y - from.top) / (from.bottom - from.top)) * (b - t)),
  ]);
}

export const bigEnough = (points) => {
  const { left, top, right, bottom } = boxOf(points);
  return right - left >= THINNEST && bottom - top >= THINNEST;
};
