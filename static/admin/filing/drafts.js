// Stories are kept while they are typed: on this device at once, on the server every few seconds.

import { Device } from "./drafts/device.js";
import { Tabs } from "./drafts/finding.js";
import { Keeper } from "./drafts/keeping.js";
import { Clock, Line } from "./drafts/line.js";
import { List } from "./drafts/listing.js";
import { leave, watch } from "./drafts/meeting.js";
import { Offer } from "./drafts/offering.js";
import { Sender } from "./drafts/sending.js";
import { Server } from "./drafts/server.js";

function begin(root) {
  const { user, article, zone, returned, ...rest } = root.dataset;
  const addresses = { list: rest.list, keep: rest.keep, drop: rest.drop, leave: rest.leave, token: rest.token };
  const clock = new Clock(zone, document.documentElement.lang || undefined);
  const device = new Device(user);
  const form = document.getElementById("article_form");
  const server = new Server(addresses, form);
  if (!form) {
    new List(root, device, server, clock).open();
    return;
  }
  const status = document.getElementById("draft-line");
  form.querySelector(".submit-row")?.prepend(status);
  const line = new Line(status, clock);
  status.hidden = false;
  const keeper = new Keeper({
    form,
    article: article ? Number(article) : null,
    user: Number(user),
    returned: Boolean(returned),
    device,
    server,
    line,
  });
  const tabs = new Tabs(() => keeper.key);
  watch(root, keeper, clock);
  leave(addresses, keeper);
  new Sender(form, keeper, server, line);
  keeper.start();
  new Offer(root, keeper, clock, tabs).open();
  offerTheirs(form);
}

/** Take a field over from the text that somebody else has saved. */
function offerTheirs(form) {
  for (const button of document.querySelectorAll("[data-take-theirs]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = form.elements[button.dataset.takeTheirs];
      field.value = button.parentElement.querySelector("template").content.textContent;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
}

const root = document.getElementById("drafts");
// Scripts that enrich the fields run when the document is ready; the form is read after them.
if (root) {
  if (document.readyState === "complete") begin(root);
  else document.addEventListener("DOMContentLoaded", () => setTimeout(begin, 0, root));
}
