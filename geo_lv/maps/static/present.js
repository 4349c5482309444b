/** Presentation for a meeting room: large type, and keys instead of a mouse. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @type {Object<string, number>} Step of each key through the figures. */
  const FIGURES = { ArrowRight: 1, ArrowLeft: -1 };
  /** @type {Object<string, string>} Keys that lead to the page that stands before or after this one. */
  const PAGES = { ArrowDown: "next", ArrowUp: "prev" };
  /** @type {Object<string, number>} Keys that do both in turn. */
  const TOUR = { PageDown: 1, PageUp: -1 };

  function on() {
    return geoLv.state.view === "presentatie";
  }

  /** Figure at which the presentation began: a tour of all of them starts and ends there. */
  let home = "";

  /** @param {number} step @returns {string} the figure so many steps away, round and round */
  function away(step) {
    const all = geoLv.data.indicators.map((each) => each.id);
    return all[(all.indexOf(geoLv.state.indicator) + step + all.length) % all.length] || "";
  }

  /** Go to the next or previous page, if there is one. @param {string} rel @param {string} [also] */
  function page(rel, also = "") {
    const link = /** @type {HTMLLinkElement|null} */ (document.querySelector("link[rel=" + rel + "]"));
    if (link) location.href = link.href + "#weergave=presentatie" + also;
    else geoLv.message(rel === "next" ? "Dit is de laatste pagina." : "Dit is de eerste pagina.");
  }

  /** One key for everything: the figures of a page, then the next page. @param {number} step */
  function tour(step) {
    const { indicator } = geoLv.state;
    if (indicator && (step > 0 ? away(1) : indicator) === home) page(step > 0 ? "next" : "prev");
    else geoLv.set({ indicator: away(step) });
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
    if (event.key in FIGURES) geoLv.set({ indicator: away(FIGURES[event.key]) });
    else if (event.key in PAGES) page(PAGES[event.key], "&indicator=" + geoLv.state.indicator);
    else if (event.key in TOUR) tour(TOUR[event.key]);
    else if (event.key === "Escape") stop();
    else return;
    event.preventDefault();
  }

  /** Large type fills the window; the whole screen only for who just asked for it. */
  function begin() {
    home = geoLv.state.indicator || away(1);
    byId("presentatie-volgende").focus();
    // a refusal leaves the large type, which is what counts
    if (navigator.userActivation.isActive) document.documentElement.requestFullscreen().catch(() => undefined);
  }

  function draw() {
    const begun = !byId("presentatie-balk").hidden;
    byId("presentatie-balk").hidden = !on();
    document.querySelectorAll(".map-side").forEach((side) => {
      // it scrolls then, which must work without a mouse
      if (on()) side.setAttribute("tabindex", "0"); else side.removeAttribute("tabindex");
    });
    if (begun !== on()) geoLv.map.invalidateSize();
    if (on() && !begun) begin();
    const chosen = geoLv.indicator();
    byId("presentatie-cijfer").textContent = on() && chosen ? geoLv.titleOf(chosen) : "";
  }

  byId("presentatie-vorige").addEventListener("click", () => tour(-1));
  byId("presentatie-volgende").addEventListener("click", () => tour(1));
  byId("presentatie-stop").addEventListener("click", stop);
  document.addEventListener("keydown", key);
  geoLv.listen(draw);
  if (geoLv.data) draw();
})(window.geoLv);
