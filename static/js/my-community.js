// The reader's own community. This browser alone remembers it: no cookie, and all the server ever
// sees is a request for that community's public page.

const KEY = "bulletin.my-community";
const SLUG = /^[-a-zA-Z0-9_]+$/;

function remembered() {
  try {
    const kept = localStorage.getItem(KEY) ?? "";
    return SLUG.test(kept) ? kept : "";
  } catch {
    // A browser may refuse to remember anything.
    return "";
  }
}

function remember(slug) {
  try {
    if (slug) localStorage.setItem(KEY, slug);
    else localStorage.removeItem(KEY);
  } catch {
    // Then the button says what is so: nothing is remembered.
  }
}

/** The button on a community's page: press it to choose the place, press it again to let it go. */
function offer(button) {
  const slug = button.dataset.slug;
  const show = () => {
    const mine = remembered() === slug;
    button.setAttribute("aria-pressed", String(mine));
    button.textContent = mine ? button.dataset.chosen : button.dataset.choose;
  };
  button.addEventListener("click", () => {
    remember(remembered() === slug ? "" : slug);
    show();
  });
  show();
  button.hidden = false;
}

/** The place on the home page where the chosen community's news leads. */
async function lead(section) {
  const slug = remembered();
  if (!slug) return;
  const answer = await fetch(section.dataset.address.replace("slug", slug), { credentials: "omit" });
  if (answer.status === 404) remember("");
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  section.replaceChildren(...page.body.childNodes);
  section.hidden = false;
}

document.querySelectorAll("[data-my-community]").forEach(offer);
document.querySelectorAll("[data-my-news]").forEach((section) => lead(section).catch(() => {}));
