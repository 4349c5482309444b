/** The indicator chooser, and the legend that goes with the choice. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @param {string} id @param {string} text */
  function write(id, text) {
    byId(id).textContent = text;
  }

  /** @param {Indicator} chosen */
  function classes(chosen) {
    Array.from(byId("legenda-klassen").children).forEach((row, n) => {
      row.hidden = n >= chosen.classes.length;
      if (row.hidden) return;
      row.querySelector(".class-text").textContent = chosen.classes[n];
      row.querySelector(".count").textContent = String(chosen.counts[n]);
      row.querySelector(".bar rect").setAttribute("width", chosen.bars[n] + "%");
    });
  }

  /** @param {Indicator} chosen */
  function words(chosen) {
    const year = chosen.year ? " (" + chosen.year + ")" : "";
    const unit = chosen.unit.toLowerCase() === chosen.label.toLowerCase() ? "" : chosen.unit;
    write("legenda-label", [chosen.label, unit].filter(Boolean).join(", ") + year);
    write("legenda-niveau", chosen.level === "wijk" ? "wijken" : "buurten");
    write("uitleg-tekst", geoLv.data.texts[chosen.explanation]);
    write("uitleg-bron", geoLv.data.texts[chosen.source]);
  }

  function legend() {
    const chosen = geoLv.indicator();
    byId("legenda").hidden = !chosen;
    byId("uitleg").hidden = !chosen;
    document.querySelector(".legend-fictitious").hidden = !(chosen && chosen.fictitious);
    document.querySelectorAll("[data-reason]").forEach((row) => {
      row.hidden = !(chosen && chosen.reasons.includes(row.dataset.reason));
    });
    if (chosen) { classes(chosen); words(chosen); }
  }

  function start() {
    const select = /** @type {HTMLSelectElement} */ (byId("kies-cijfer"));
    byId("kaart-keuze").hidden = false;
    byId("kaart-keuze").addEventListener("submit", (event) => event.preventDefault());
    select.addEventListener("change", () => geoLv.set({ indicator: select.value }));
    geoLv.state.indicator = select.value;
    geoLv.listen((state) => { select.value = state.indicator; legend(); });
  }

  geoLv.chooser = { start };
})(window.geoLv);
