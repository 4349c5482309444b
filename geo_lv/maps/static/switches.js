/** What is drawn over the areas, each with a switch and a line in the legend. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  const FAILED = "De achtergrondkaart kon niet worden geladen. De kaart zelf is compleet.";

  /** @returns {HTMLInputElement[]} */
  function boxes() {
    return Array.from(document.querySelectorAll("#kaart-keuze input[type=checkbox]"));
  }

  /** @param {State} state */
  function draw(state) {
    const on = geoLv.words(state.layers);
    boxes().forEach((box) => {
      box.checked = on.includes(box.name);
      byId("kaart-figuur").classList.toggle("show-" + box.name, box.checked);
    });
  }

  /** @param {L.TileLayer} basemap */
  function background(basemap) {
    const { map } = geoLv;
    const source = byId("kaart-bron-tegels");
    source.textContent = "Achtergrond: " + basemap.options.attribution;
    basemap.on("tileerror", () => geoLv.message(FAILED));
    geoLv.listen((state) => {
      const on = geoLv.words(state.layers).includes("basemap");
      source.hidden = !on;
      if (on === map.hasLayer(basemap)) return;
      geoLv.message("");
      if (on) basemap.addTo(map); else basemap.remove();
    });
  }

  /** @param {L.TileLayer|null} basemap */
  function start(basemap) {
    const read = () => boxes().filter((box) => box.checked).map((box) => box.name).join(" ");
    geoLv.state.layers = read();
    boxes().forEach((box) => {
      box.addEventListener("change", () => geoLv.set({ layers: read() }));
    });
    geoLv.listen(draw);
    if (basemap) background(basemap);
  }

  /** @returns {string[]} every layer of this map */
  function names() {
    return boxes().map((box) => box.name);
  }

  geoLv.switches = { start, names };
})(window.geoLv);
