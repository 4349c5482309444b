/** Two areas that the reader pinned, side by side, with every figure of the map. */
(function (geoLv) {
  "use strict";
  const { byId, make } = geoLv;

  /** @param {string} tag @param {string} text @param {string} scope */
  function head(tag, text, scope) {
    const made = make(tag, "", make("bdi", "", text));
    made.setAttribute("scope", scope);
    return made;
  }

  /** @param {Indicator} chosen @param {string} code */
  function cell(chosen, code) {
    const found = chosen.cells[code];
    const text = found ? found.reason || found.text : "niet per " + geoLv.data.areas[code].level;
    return make("td", "num" + (found && found.text ? "" : " no-value"), text);
  }

  /** @param {Indicator} chosen @param {string[]} codes */
  function row(chosen, codes) {
    const name = geoLv.titleOf(chosen) + (chosen.fictitious ? " – fictief" : "");
    return make("tr", chosen.id === geoLv.state.indicator ? "chosen" : "", head("th", name, "row"),
      ...codes.map((code) => cell(chosen, code)), make("td", "num", chosen.municipal || "–"));
  }

  function draw() {
    const codes = geoLv.pinned();
    byId("vergelijk").hidden = codes.length < 2;
    if (codes.length < 2) return;
    const names = codes.map((code) => geoLv.data.areas[code].name);
    byId("vergelijk-titel").replaceChildren(make("bdi", "", names[0]), " naast ", make("bdi", "", names[1]));
    const heads = ["Cijfer", ...names, "Gemeente"].map((text) => head("th", text, "col"));
    const rows = geoLv.data.indicators
      .filter((chosen) => codes.some((code) => chosen.cells[code]))
      .map((chosen) => row(chosen, codes));
    byId("vergelijk-tabel").replaceChildren(make("table", "",
      make("caption", "visually-hidden", "Alle cijfers van " + names.join(" en ")),
      make("thead", "", make("tr", "", ...heads)), make("tbody", "", ...rows)));
  }

  function start() {
    geoLv.listen(draw);
  }

  geoLv.compare = { start };
})(window.geoLv);
