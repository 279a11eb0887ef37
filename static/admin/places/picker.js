// A position chosen on a map. The two number fields are what is saved; without this they still work.
import { lookAt, makeBoard } from "../../map/board.js";

const longitude = document.querySelector("#id_longitude");
const latitude = document.querySelector("#id_latitude");
const picker = document.querySelector("[data-part=picker]");
const PAIR = /^\s*(-?\d+(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d+(?:\.\d+)?)\s*$/;
const PLACES = 6;

/** Divide a pair; in China no latitude is as great as any longitude, so either order is understood. */
function divided(text) {
  const pair = PAIR.exec(text.normalize("NFKC"));
  if (!pair) return null;
  const [, first, second] = pair;
  const turned = Math.abs(first) < 60 && second > 70 && second < 138;
  return turned ? [second, first] : [first, second];
}

function start() {
  const L = window.L;
  const said = picker.querySelector("[data-part=picked]");
  (longitude.closest(".form-row") ?? longitude.parentElement).after(picker);
  picker.hidden = false;
  const map = makeBoard(picker.querySelector("[data-map=picker]"));
  let marker = null;

  function read() {
    const lat = Number(latitude.value);
    const lng = Number(longitude.value);
    const given = latitude.value.trim() && longitude.value.trim();
    return given && Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
  }

  function write({ lat, lng }) {
    longitude.value = lng.toFixed(PLACES);
    latitude.value = lat.toFixed(PLACES);
    for (const field of [longitude, latitude]) field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function draw() {
    const place = read();
    if (!place) {
      marker?.remove();
      marker = null;
      said.textContent = "";
      return;
    }
    if (marker) marker.setLatLng(place);
    else {
      const icon = L.divIcon({ className: "pin", html: document.createElement("span"), iconSize: null });
      marker = L.marker(place, { icon, draggable: true, keyboard: false, alt: "" }).addTo(map);
      marker.on("dragend", () => write(marker.getLatLng()));
    }
    said.textContent = said.dataset.words
      .replace("{longitude}", longitude.value)
      .replace("{latitude}", latitude.value);
  }

  function look() {
    const place = read();
    if (place && !map.getBounds().contains(place)) map.panTo(place);
  }

  map.on("click", ({ latlng }) => write(latlng));
  for (const field of [longitude, latitude]) {
    field.addEventListener("change", () => {
      const pair = divided(field.value);
      if (pair) [longitude.value, latitude.value] = pair;
      draw();
      look();
    });
    field.addEventListener("paste", (event) => {
      const pair = divided(event.clipboardData?.getData("text") ?? "");
      if (!pair) return;
      event.preventDefault();
      [longitude.value, latitude.value] = pair;
      longitude.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  draw();
  const place = read();
  if (place) lookAt(map, [[place.lat, place.lng]]);
}

if (longitude && latitude && picker && window.L) start();
