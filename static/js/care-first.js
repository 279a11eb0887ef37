// Puts on what the reader chose of the care edition before the first line is drawn, so that nothing
// jumps. Kept by this browser alone; see care.js for what may be chosen.
(() => {
  const { styles } = document.currentScript.dataset;
  /** The edition's style sheet is fetched when it is first wanted. */
  function dress() {
    if (document.querySelector("[data-care-styles]")) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = styles;
    link.dataset.careStyles = "";
    link.blocking = "render";
    document.head.append(link);
  }
  // So care.js asks for it when the edition is chosen on a page that stands already.
  addEventListener("bulletin:care", dress);
  try {
    const kept = JSON.parse(localStorage.getItem("bulletin.care") || "null");
    if (!kept || !kept.on) return;
    const page = document.documentElement;
    dress();
    page.dataset.care = "";
    page.dataset.size = String(Number(kept.size) || 1);
    page.dataset.colours = /^[a-z]+$/.test(kept.colours) ? kept.colours : "plain";
  } catch {
    // A browser may refuse to remember anything.
  }
})();
