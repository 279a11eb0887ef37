// What the newsroom's forms need beyond Django's own scripts. Without it everything still works.

/** Give the suggestion boxes the names of their labels: select2 gives them none. */
function nameSuggestions(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const box = select.nextElementSibling;
    const label = select.labels?.[0] ?? document.querySelector(`label[for="${select.id}"]`);
    if (!box?.classList.contains("select2") || !label) continue;
    const name = label.firstChild.textContent.trim();
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], input")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", part.title ? `${name} ${part.title}` : name);
    }
  }
}

/** Name the search field that opens with a suggestion box after the box it belongs to. */
function nameOpenSearch() {
  const box = document.querySelector(".select2-container--open [role=combobox]");
  const search = document.querySelector(".select2-container--open .select2-search__field");
  if (box && search && !search.getAttribute("aria-label")) {
    search.setAttribute("aria-label", box.getAttribute("aria-label") ?? "");
  }
}

/** Stop a half-typed date or time, which browsers would send as empty and so silently lose. */
function keepHalfTypedTimes(event) {
  const half = [...event.target.querySelectorAll("input")].find((input) => input.validity.badInput);
  if (half) {
    event.preventDefault();
    half.reportValidity();
  }
}

const $ = window.django?.jQuery;
const form = document.querySelector("#content-main form");
if (form) {
  form.addEventListener("submit", keepHalfTypedTimes);
  $?.(() => nameSuggestions(form));
  document.addEventListener("formset:added", (event) => setTimeout(nameSuggestions, 0, event.target));
  $?.(document).on("select2:open", nameOpenSearch);
  $?.(document).on("select2:select select2:unselect select2:clear", () => setTimeout(nameSuggestions, 0, form));
}
