// A map on a page: our tiles if any are set, else our places' names on plain paper. Positions: GCJ-02.
import { systemOf, tilesOf } from "./systems.js";

const LARGE = new Set(["subdistrict", "town"]);
// From these zooms on the names of places are shown: of large ones, of all.
const NAMES_FROM = { large: 10, all: 13 };
const HOME = { lat: 35, lng: 105, zoom: 4 };

/** Make a map in an element whose data attributes say how; it is shown from now on. */
export function makeBoard(element) {
  const L = window.L;
  element.hidden = false;
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", element.dataset.label);
  const tiles = tilesOf(L, element.dataset);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    crs: systemOf(L, tiles ? element.dataset.system : "gcj02"),
    zoomControl: false,
    attributionControl: Boolean(tiles),
    minZoom: 4,
    maxZoom: 18,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
    // A finger scrolls the page; two move the map.
    dragging: !L.Browser.mobile || matchMedia("(hover: hover)").matches,
    touchZoom: true,
    scrollWheelZoom: false,
  });
  map.attributionControl?.setPrefix(false);
  L.control
    .zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut })
    .addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (L.Browser.mobile) map.dragging.enable();
  if (tiles) tiles.addTo(map);
  element.classList.toggle("is-plain", !tiles);
  const names = JSON.parse(element.dataset.names || "[]");
  if (!tiles) writeNames(L, map, element, names);
  lookAt(map, names.map(([, , lng, lat]) => [Number(lat), Number(lng)]));
  return map;
}

/** Show these positions, [latitude, longitude]; without any, the country. */
export function lookAt(map, positions) {
  if (positions.length === 0) map.setView(HOME, HOME.zoom, { animate: false });
  else if (positions.length === 1) map.setView(positions[0], 15, { animate: false });
  else map.fitBounds(positions, { padding: [36, 36], maxZoom: 16, animate: false });
}

function writeNames(L, map, element, names) {
  // The large ones come first: where two names meet, the later one steps back.
  const ordered = [...names].sort(([, one], [, other]) => LARGE.has(other) - LARGE.has(one));
  const written = [];
  for (const [name, level, lng, lat] of ordered) {
    const text = document.createElement("span");
    text.textContent = name;
    const className = LARGE.has(level) ? "place-name is-large" : "place-name";
    const icon = L.divIcon({ className, html: text, iconSize: null });
    const options = { icon, interactive: false, keyboard: false, zIndexOffset: -1000 };
    L.marker([Number(lat), Number(lng)], options).addTo(map);
    written.push(text);
  }
  const show = () => {
    element.classList.toggle("hides-small-names", map.getZoom() < NAMES_FROM.all);
    element.classList.toggle("hides-names", map.getZoom() < NAMES_FROM.large);
    keepApart(written);
  };
  map.on("zoomend", show);
  map.whenReady(show);
}

/** Let no name be written over another: one that would be is left out at this zoom. */
function keepApart(written) {
  for (const text of written) text.classList.remove("is-crowded");
  const taken = [];
  for (const text of written) {
    const box = text.getBoundingClientRect();
    const meets = (other) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    if (taken.some(meets)) text.classList.add("is-crowded");
    else if (box.width) taken.push(box);
  }
}

/** Put a pin at a position; what it stands for is told by the list, so it takes no tab stop. */
export function pin(map, { lat, lng, text = "", title = "", className = "pin" }) {
  const L = window.L;
  const mark = document.createElement("span");
  mark.textContent = text;
  const icon = L.divIcon({ className, html: mark, iconSize: null });
  return L.marker([lat, lng], { icon, title, keyboard: false, alt: "" }).addTo(map);
}

/** Draw the circle of fifteen minutes round a position. */
export function circle(map, { lat, lng }, metres) {
  return window.L.circle([lat, lng], { radius: Number(metres), className: "walk-circle", interactive: false }).addTo(map);
}

/** Read a position from an element's data; null where it has none. */
export function positionOf(element) {
  const lat = Number(element.dataset.latitude);
  const lng = Number(element.dataset.longitude);
  return element.dataset.latitude && Number.isFinite(lat) && Number.isFinite(lng) ? { lat, lng } : null;
}
