/** The map with mouse, finger and keys: one tab stop, arrows walk from buurt to buurt. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;
  const country = geoLv.country;

  /** @type {Record<string, [number, number]>} right and down on the grid */
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /** Where the keys are: at what is pointed at, or fixed, or in the middle of the map. */
  function here() {
    if (country.pointed >= 0) return country.pointed;
    const fixed = country.placeOf(country.state.area);
    if (fixed >= 0) return fixed;
    const middle = country.layer.areaAt(geoLv.map.getCenter());
    return middle >= 0 ? middle : 0;
  }

  /** @param {number} n */
  function walkTo(n) {
    country.layer.reveal(n);
    country.card.point(n);
    country.card.say(n);
  }

  /** @param {[number, number]} way */
  function step(way) {
    const from = here();
    const next = country.pointed < 0 ? from : country.shapes.towards(from, ...way);
    if (next >= 0) walkTo(next);
  }

  /** Fix a buurt, or let it go when it was fixed. @param {number} n */
  function toggle(n) {
    const code = country.codeOf(n), fixed = country.state.area === code;
    country.set({ area: fixed ? "" : code });
    country.card.say(n, fixed ? ", losgelaten" : ", vastgezet");
  }

  function letGo() {
    const fixed = country.placeOf(country.state.area);
    country.card.point(-1);
    country.set({ area: "" });
    if (fixed >= 0) country.card.say(fixed, ", losgelaten");
  }

  /** @param {number} by levels */
  function zoom(by) {
    const n = here(), { x, y } = country.shapes.centre(n);
    if (!country.shapes.has(n)) geoLv.map.setZoom(geoLv.map.getZoom() + by);
    else geoLv.map.setZoomAround(country.layer.place(x, y), geoLv.map.getZoom() + by, { animate: false });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    if (event.key in WAYS) step(WAYS[event.key]);
    else if (event.key === "Enter" || event.key === " ") toggle(here());
    else if (event.key === "Escape") letGo();
    else if (event.key === "+" || event.key === "=") zoom(1);
    else if (event.key === "-") zoom(-1);
    else return;
    event.preventDefault();
  }

  function start() {
    const box = byId("landkaart");
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-roledescription", "kaart");
    box.setAttribute("aria-label", "Kaart van alle buurten: pijltjes om te lopen");
    box.setAttribute("aria-describedby", "kaart-uitleg");
    box.addEventListener("keydown", key);
    box.addEventListener("focus", () => { if (box.matches(":focus-visible")) walkTo(here()); });
    box.addEventListener("blur", () => country.card.point(-1));
    geoLv.map.on("mousemove", (event) => country.card.point(country.layer.areaAt(event.latlng)));
    geoLv.map.on("mouseout", () => country.card.point(-1));
    geoLv.map.on("click", (event) => {
      const n = country.layer.areaAt(event.latlng);
      if (n >= 0) toggle(n);
    });
  }

  country.keys = { start };
})(window.geoLv);
