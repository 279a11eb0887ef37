// The finder's map, and the two ways to say where one is that a form cannot take. Without it the
// form and the list still work. A position goes to our own server, in the body of a request without
// cookies or referrer; it is kept in this page's memory alone, and gone with the page.
import { circle, lookAt, makeBoard, pin, positionOf } from "./board.js";

const form = document.querySelector("form.finder");
const words = form.dataset;
const said = document.querySelector("[data-part=said]");
const answer = document.querySelector("[data-part=answer]");
const element = document.querySelector("[data-map=finder]");
// Four places are eleven metres: nobody's flat, and near enough for a walk.
const PLACES = 4;
const WAIT = 15_000;

let map = null;
let drawn = [];
let near = null;
let asked = 0;

function say(text) {
  said.textContent = text;
}

/** Draw what the list says; a pin leads to its station in the list, and back. */
function draw() {
  if (!map) return;
  for (const one of drawn) one.remove();
  drawn = [];
  const positions = [];
  const start = answer.querySelector("[data-start-latitude]");
  if (start) {
    const from = { lat: Number(start.dataset.startLatitude), lng: Number(start.dataset.startLongitude) };
    drawn.push(circle(map, from, element.dataset.circle));
    drawn.push(pin(map, { ...from, className: "pin is-start", text: element.dataset.you }));
    positions.push([from.lat, from.lng]);
  }
  for (const row of answer.querySelectorAll("[data-station]")) {
    const place = positionOf(row);
    if (!place) continue;
    const mark = pin(map, { ...place, text: row.dataset.number ?? "", title: row.dataset.name });
    mark.on("click", () => (pointing ? choose(place) : show(row)));
    row.addEventListener("focusin", () => mark.getElement()?.classList.add("is-meant"));
    row.addEventListener("focusout", () => mark.getElement()?.classList.remove("is-meant"));
    row.addEventListener("mouseenter", () => mark.getElement()?.classList.add("is-meant"));
    row.addEventListener("mouseleave", () => mark.getElement()?.classList.remove("is-meant"));
    drawn.push(mark);
    // Of what is found near somebody the nearest eight are looked at, so that streets stay apart.
    if (!start || positions.length < 9) positions.push([place.lat, place.lng]);
  }
  if (positions.length) lookAt(map, positions);
}

function show(row) {
  for (const other of answer.querySelectorAll(".is-meant")) other.classList.remove("is-meant");
  row.classList.add("is-meant");
  row.querySelector("a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

/** Ask the server what is near, with what the form says is wanted. */
async function look() {
  const mine = ++asked;
  const body = new URLSearchParams(new FormData(form));
  body.delete("place");
  for (const [name, value] of Object.entries(near)) body.set(name, value);
  say(words.wordsLooking);
  try {
    const response = await fetch(words.near, {
      method: "POST",
      body,
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok) throw new Error(response.status);
    const text = await response.text();
    if (mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    answer.replaceChildren(...page.body.childNodes);
  } catch {
    if (mine === asked) say(words.wordsFailed);
    return;
  }
  draw();
  const rows = answer.querySelectorAll("[data-station]");
  say(
    rows.length
      ? words.wordsFound.replace("{count}", rows.length).replace("{nearest}", rows[0].dataset.name)
      : words.wordsNone,
  );
}

function choose({ lat, lng }, system = "gcj02") {
  stopPointing();
  form.elements.place.value = "";
  near = { latitude: lat.toFixed(PLACES), longitude: lng.toFixed(PLACES), system };
  look();
}

function askDevice() {
  stopPointing();
  if (!window.isSecureContext || !navigator.geolocation) {
    say(words.wordsInsecure);
    return;
  }
  say(words.wordsAsking);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => choose({ lat: coords.latitude, lng: coords.longitude }, "wgs84"),
    (problem) => say(problem.code === problem.PERMISSION_DENIED ? words.wordsDenied : words.wordsUnavailable),
    { enableHighAccuracy: true, timeout: WAIT, maximumAge: 60_000 },
  );
}

let pointing = false;

function startPointing() {
  if (!map) return;
  pointing = true;
  element.classList.add("is-pointing");
  say(words.wordsPointing);
  element.scrollIntoView({ block: "nearest" });
  element.focus({ preventScroll: true });
}

function stopPointing() {
  pointing = false;
  element.classList.remove("is-pointing");
}

if (window.L) {
  map = makeBoard(element);
  map.on("click", ({ latlng }) => pointing && choose(latlng));
  element.addEventListener("keydown", (event) => {
    if (!pointing || event.target !== element) return;
    if (event.key === "Enter") choose(map.getCenter());
    else if (event.key === "Escape") {
      stopPointing();
      say("");
    } else return;
    event.preventDefault();
  });
  for (const legend of document.querySelectorAll("[data-part=legend]")) legend.hidden = false;
  draw();
}
const ways = form.querySelector("[data-part=ways]");
ways.hidden = false;
const [position, point] = ways.querySelectorAll("button");
position.addEventListener("click", askDevice);
point.addEventListener("click", startPointing);
point.hidden = !map;
// Once a position is known, the form's conditions hold for it, until a place is typed instead.
form.addEventListener("submit", (event) => {
  if (!near || form.elements.place.value.trim()) return;
  event.preventDefault();
  look();
});
form.addEventListener("change", (event) => {
  if (near && event.target !== form.elements.place) look();
});
