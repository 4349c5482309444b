/** The year slider of the heat transition: colours the plan areas and says what holds that year. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  const PACE = 1500;
  let timer = 0;

  /** Take off the phase of another year. @param {Element} element @param {string} look */
  function dress(element, look) {
    const others = Array.from(element.classList).filter((word) => word.startsWith("phase-"));
    element.classList.remove(...others);
    element.classList.add(look);
  }

  function slider() {
    return /** @type {HTMLInputElement} */ (byId("kies-jaar"));
  }

  /** The chart of this page; nothing here starts on a page without. */
  function chart() {
    return /** @type {Phasing} */ (geoLv.data.phasing);
  }

  /** @param {State} state */
  function draw(state) {
    /** @type {Object<string, PhaseOfYear>} */
    const year = chart().by_year[state.year] || {};
    geoLv.areas.twins.filter((twin) => twin.kind === "phase").forEach((twin) => {
      const look = (year[twin.slug] || ["phase-none"])[0];
      [twin.use, twin.element].forEach((element) => dress(element, look));
    });
    /** @type {NodeListOf<HTMLElement>} */
    const rows = document.querySelectorAll("#jaar-tekst li");
    rows.forEach((row) => {
      const [look, sentence] = year[row.dataset.slug || ""] || ["phase-none", 0];
      const text = geoLv.data.texts[sentence];
      row.hidden = !text;
      row.querySelectorAll(".phase").forEach((swatch) => dress(swatch, look));
      row.querySelectorAll(".sentence").forEach((words) => { words.textContent = text; });
    });
    slider().value = state.year;
    slider().setAttribute("aria-valuetext", state.year + ": " + spoken());
    byId("jaar-nu").textContent = state.year;
    byId("jaar-tekst-jaar").textContent = state.year;
  }

  /** What holds in the chosen year, for who hears the slider. */
  function spoken() {
    const rows = Array.from(document.querySelectorAll("#jaar-tekst li:not([hidden]) .sentence"));
    return rows.map((row) => row.textContent).join(" ");
  }

  function pause() {
    window.clearInterval(timer);
    timer = 0;
    byId("speel-jaren").textContent = "Afspelen";
    byId("jaar-tekst").setAttribute("aria-live", "polite");
  }

  function step() {
    const { year } = geoLv.state;
    if (Number(year) >= chart().end) pause();
    else geoLv.set({ year: String(Number(year) + 1) });
  }

  /** Walk through the years, from the first when the last is shown. */
  function play() {
    const { start, end } = chart();
    if (Number(geoLv.state.year) >= end) geoLv.set({ year: String(start) });
    timer = window.setInterval(step, PACE);
    byId("speel-jaren").textContent = "Pauze";
    // only the slider speaks then, or the sentences of each year would run into one another
    byId("jaar-tekst").setAttribute("aria-live", "off");
  }

  /** @param {string} year @returns {boolean} whether the slider has it */
  function has(year) {
    if (!geoLv.data.phasing || !/^\d{4}$/.test(year)) return false;
    return Number(year) >= chart().start && Number(year) <= chart().end;
  }

  function start() {
    if (!geoLv.data.phasing) return;
    byId("kaart-jaar").hidden = false;
    geoLv.state.year = String(chart().year);
    slider().addEventListener("input", () => { pause(); geoLv.set({ year: slider().value }); });
    byId("speel-jaren").addEventListener("click", () => (timer ? pause() : play()));
    geoLv.listen(draw);
  }

  geoLv.phasing = { start, has };
})(window.geoLv);
