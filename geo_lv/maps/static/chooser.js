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
    /** @type {NodeListOf<HTMLElement>} */
    (byId("legenda-klassen").querySelectorAll("li")).forEach((row, n) => {
      row.hidden = n >= chosen.classes.length;
      if (row.hidden) return;
      const [text, count, bar] = [".class-text", ".count", ".bar rect"]
        .map((part) => /** @type {Element} */ (row.querySelector(part)));
      text.textContent = chosen.classes[n];
      count.textContent = String(chosen.counts[n]);
      const width = Math.round(100 * chosen.counts[n] / (Math.max(...chosen.counts) || 1));
      bar.setAttribute("width", width + "%");
    });
  }

  /** @param {Indicator} chosen */
  function words(chosen) {
    write("legenda-label", geoLv.titleOf(chosen));
    write("legenda-niveau", chosen.level === "wijk" ? "wijken" : "buurten");
    write("uitleg-tekst", chosen.explanation);
    write("uitleg-bron", chosen.source);
    // the list of all figures has no years
    /** @type {HTMLAnchorElement} */ (byId("uitleg-meer")).hash = "cijfer-" + chosen.id.replace(/-\d{4}$/, "");
  }

  function legend() {
    const chosen = geoLv.indicator();
    byId("legenda").hidden = !chosen;
    byId("uitleg").hidden = !chosen;
    byId("legenda-fictief").hidden = !(chosen && chosen.fictitious);
    const reasons = chosen ? Object.values(chosen.cells).map((cell) => cell.reason) : [];
    /** @type {NodeListOf<HTMLElement>} */
    (document.querySelectorAll("[data-reason]")).forEach((row) => {
      row.hidden = !reasons.includes(row.dataset.reason || "");
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
