// Putting a fresh board in the place of the old one, only where it differs, with the focus kept.

export class Regions {
  /** @param board  the element that holds all regions, whose HTML the server sends anew */
  constructor(board) {
    this.board = board;
    this.sources = this.sourcesOf(board);
  }

  sourcesOf(root) {
    return new Map([...root.querySelectorAll("[data-region]")].map((region) => [region.dataset.region, region.outerHTML]));
  }

  /** What was moved here before the server knew is replaced by the next answer in any case. */
  forget(element) {
    const region = element?.closest("[data-region]");
    if (region) this.sources.set(region.dataset.region, "");
  }

  /** Show a fresh board. */
  refresh(html) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    const sources = this.sourcesOf(fresh);
    const focused = this.board.contains(document.activeElement) ? document.activeElement.id : "";
    const names = (map) => [...map.keys()].join();
    if (names(sources) !== names(this.sources)) {
      // A page came or went.
      this.board.querySelector(".sheets").replaceWith(fresh.querySelector(".sheets"));
    }
    for (const region of fresh.querySelectorAll("[data-region]")) {
      const name = region.dataset.region;
      if (sources.get(name) === this.sources.get(name)) continue;
      this.board.querySelector(`[data-region="${name}"]`).replaceWith(region);
    }
    this.sources = sources;
    if (focused && document.activeElement.id !== focused) this.focus(focused);
  }

  /** Focus what had the focus; a story that has come to another page is found there. */
  focus(id) {
    const [what, , story] = id.split("-");
    const found = document.getElementById(id) ?? this.board.querySelector(`[id^="${what}-"][id$="-${story}"]`);
    found?.focus({ preventScroll: true });
  }
}
