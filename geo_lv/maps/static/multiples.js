/** The small maps: who chooses one sees that figure in the large map. Only on pages that have them. */
(function (geoLv) {
  "use strict";
  /** The frame of the map can have the focus, and is then called after the figure it shows. */
  const frame = /** @type {HTMLElement} */ (document.querySelector(".map-frame"));

  /** @param {MouseEvent} event */
  function choose(event) {
    // with a key held down the reader wants another tab, and there the address does the work
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    geoLv.set({ indicator: link.hash.split("=")[1] });
    frame.focus({ preventScroll: true });
    frame.scrollIntoView({ block: "center" });
  }

  frame.tabIndex = -1;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-labelledby", "legenda-label");
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".multiples a");
  links.forEach((link) => link.addEventListener("click", choose));
})(window.geoLv);
