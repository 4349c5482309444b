/** The year slider of the heat transition: colours the plan areas and says what holds that year. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @param {string} className @returns {string} without the phase of another year */
  function withoutPhase(className) {
    return className.split(/\s+/).filter((word) => !word.startsWith("phase-")).join(" ");
  }

  /** @param {Element} element @param {string} look */
  function dress(element, look) {
    element.setAttribute("class", withoutPhase(element.getAttribute("class")) + " " + look);
  }

  /** @param {State} state */
  function draw(state) {
    const year = geoLv.data.phasing.by_year[state.year] || {};
    geoLv.areas.twins.filter((twin) => twin.kind === "phase").forEach((twin) => {
      const look = (year[twin.slug] || ["phase-none"])[0];
      [twin.use, twin.element].forEach((element) => dress(element, look));
    });
    document.querySelectorAll("#jaar-tekst li").forEach((row) => {
      const [look, sentence] = year[row.dataset.slug] || ["phase-none", 0];
      const text = geoLv.data.texts[sentence];
      row.hidden = !text;
      dress(row.querySelector(".phase"), look);
      row.querySelector(".sentence").textContent = text;
    });
    byId("kies-jaar").value = state.year;
    byId("jaar-nu").textContent = state.year;
    byId("jaar-tekst-jaar").textContent = state.year;
  }

  function start() {
    const slider = /** @type {HTMLInputElement} */ (byId("kies-jaar"));
    if (!slider || !geoLv.data.phasing) return;
    byId("kaart-jaar").hidden = false;
    geoLv.state.year = String(geoLv.data.phasing.year);
    slider.addEventListener("input", () => geoLv.set({ year: slider.value }));
    geoLv.listen(draw);
  }

  geoLv.phasing = { start };
})(window.geoLv);
