/** Presentation for a meeting room: large type, and keys instead of a mouse. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @type {Object<string, number>} Step of each key through the figures. */
  const FIGURES = { ArrowRight: 1, ArrowLeft: -1 };
  /** @type {Object<string, string>} Keys that lead to the page of another area. */
  const PAGES = { ArrowDown: "next", ArrowUp: "prev" };
  /** @type {Object<string, number>} Keys that do both in turn. */
  const TOUR = { PageDown: 1, PageUp: -1 };

  function on() {
    return geoLv.state.view === "presentatie";
  }

  /** @param {number} step @returns {boolean} whether there was a figure to go to */
  function figure(step) {
    const all = geoLv.data.indicators;
    const next = all[all.findIndex((each) => each.id === geoLv.state.indicator) + step];
    if (next) geoLv.set({ indicator: next.id });
    return Boolean(next);
  }

  /** Go to the page of the next or previous area, if there is one. @param {string} rel */
  function page(rel) {
    const link = /** @type {HTMLLinkElement|null} */ (document.querySelector("link[rel=" + rel + "]"));
    if (link) location.href = link.href + "#weergave=presentatie";
    else geoLv.message(rel === "next" ? "Dit is het laatste gebied." : "Dit is het eerste gebied.");
  }

  /** One key for everything: the figures of an area, then the next area. @param {number} step */
  function tour(step) {
    if (!figure(step)) page(step > 0 ? "next" : "prev");
  }

  function stop() {
    if (document.fullscreenElement) document.exitFullscreen();
    geoLv.set({ view: "" });
    byId("presenteer").focus();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {Element} */ (event.target);
    if (!on() || event.ctrlKey || event.altKey || event.metaKey || target.matches("input, select, textarea")) return;
    if (event.key in FIGURES) figure(FIGURES[event.key]);
    else if (event.key in PAGES) page(PAGES[event.key]);
    else if (event.key in TOUR) tour(TOUR[event.key]);
    else if (event.key === "Escape") stop();
    else return;
    event.preventDefault();
  }

  function begin() {
    geoLv.set({ view: "presentatie" });
    byId("presentatie-volgende").focus();
    // a refusal leaves the large type, which is what counts
    if (document.documentElement.requestFullscreen) {
      document.documentElement.requestFullscreen().catch(() => undefined);
    }
  }

  function draw() {
    const before = document.documentElement.classList.contains("presenting");
    document.documentElement.classList.toggle("presenting", on());
    byId("presentatie-balk").hidden = !on();
    document.querySelectorAll(".map-side").forEach((side) => {
      // it scrolls then, which must work without a mouse
      if (on()) side.setAttribute("tabindex", "0"); else side.removeAttribute("tabindex");
    });
    if (before !== on()) geoLv.map.invalidateSize();
    const chosen = geoLv.indicator();
    byId("presentatie-cijfer").textContent = on() && chosen ? geoLv.titleOf(chosen) : "";
  }

  function start() {
    byId("presenteer").addEventListener("click", begin);
    byId("presentatie-vorige").addEventListener("click", () => tour(-1));
    byId("presentatie-volgende").addEventListener("click", () => tour(1));
    byId("presentatie-stop").addEventListener("click", stop);
    document.addEventListener("keydown", key);
    geoLv.listen(draw);
  }

  geoLv.present = { start };
})(window.geoLv);
