// The fifteen-minute circle on a map; the table below it says the same.
import { circle, lookAt, makeBoard, pin, positionOf } from "../../map/board.js";

const element = document.querySelector("[data-map=coverage]");
if (element && window.L) {
  const map = makeBoard(element);
  const positions = [];
  for (const [lng, lat, title] of JSON.parse(element.dataset.stations)) {
    const place = { lat: Number(lat), lng: Number(lng) };
    circle(map, place, element.dataset.circle).getElement()?.classList.add("is-faint");
    pin(map, { ...place, title });
    positions.push([place.lat, place.lng]);
  }
  for (const row of document.querySelectorAll("[data-community]")) {
    const place = positionOf(row);
    const within = row.dataset.within === "yes";
    const className = within ? "pin is-near" : "pin is-far";
    pin(map, { ...place, className, text: within ? "" : "−", title: row.dataset.community });
    positions.push([place.lat, place.lng]);
  }
  lookAt(map, positions);
  for (const legend of document.querySelectorAll("[data-part=legend]")) legend.hidden = false;
}
