/** The small maps: who chooses one sees that figure in the large map. */
(function (geoLv) {
  "use strict";

  /** @param {MouseEvent} event */
  function choose(event) {
    // with a key held down the reader wants another tab, and there the address does the work
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    geoLv.set({ indicator: link.hash.split("=")[1] });
    const frame = document.querySelector(".map-frame");
    frame.focus({ preventScroll: true });
    frame.scrollIntoView({ block: "center" });
  }

  /** The frame of the map can have the focus, and is then called after the figure it shows. */
  function start() {
    const links = document.querySelectorAll(".multiples a");
    if (!links.length) return;
    const frame = document.querySelector(".map-frame");
    frame.tabIndex = -1;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-labelledby", "legenda-label");
    links.forEach((link) => link.addEventListener("click", choose));
  }

  geoLv.multiples = { start };
})(window.geoLv);
