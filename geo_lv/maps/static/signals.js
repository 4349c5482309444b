/** The outline of areas whose figure stands out, on the map and in the drawing. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  const LEVELS = ["watch", "strong"];
  /** @type {L.Polygon[][]} casing and line of each level */
  let lines;

  /** @param {string} signal @returns {Twin[]} the areas that have it */
  function areasWith(signal) {
    const chosen = geoLv.indicator();
    if (!chosen) return [];
    return Object.keys(chosen.cells).filter((code) => chosen.cells[code].signal === signal)
      .filter((code) => code in geoLv.data.areas).map(geoLv.areas.areaTwin);
  }

  /** @param {Element} use of the area @param {string} className */
  function copy(use, className) {
    const made = L.SVG.create("use");
    made.setAttribute("href", use.getAttribute("href") || "");
    made.setAttribute("class", className);
    return made;
  }

  function draw() {
    const found = LEVELS.map(areasWith);
    lines.forEach(([casing, line], n) => {
      const places = found[n].flatMap(geoLv.areas.places);
      [casing, line].forEach((each) => each.setLatLngs(places));
    });
    byId("signalen").replaceChildren(...found.flatMap((twins, n) => twins.flatMap((twin) =>
      [copy(twin.use, "signal-casing " + LEVELS[n]), copy(twin.use, "signal " + LEVELS[n])])));
    LEVELS.forEach((level, n) => { byId("signaal-" + level).hidden = !found[n].length; });
    byId("signaal-geen").hidden = !geoLv.indicator() || found.some((twins) => twins.length);
  }

  function start() {
    lines = LEVELS.map((level) => ["signal-casing " + level, "signal " + level].map(geoLv.areas.line));
    geoLv.areas.raise();
    geoLv.listen(draw);
  }

  geoLv.signals = { start };
})(window.geoLv);
