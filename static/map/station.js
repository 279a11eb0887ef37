// The map on a station's page.
import { circle, lookAt, makeBoard, pin, positionOf } from "./board.js";

const element = document.querySelector("[data-map=station]");
if (element && window.L) {
  const map = makeBoard(element);
  const place = positionOf(element);
  circle(map, place, element.dataset.circle);
  pin(map, { ...place, title: element.dataset.name });
  lookAt(map, [[place.lat, place.lng]]);
  for (const legend of document.querySelectorAll("[data-part=legend]")) legend.hidden = false;
}
