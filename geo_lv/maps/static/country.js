/** Brings the page of the country to life. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;
  const country = geoLv.country;

  /** Show on the map what is chosen: a buurt with what lies around it, a municipality, or all. */
  function look() {
    const area = country.placeOf(country.state.area);
    if (area >= 0) { country.layer.show([area], 2); return; }
    const place = country.gemeenten.findIndex((each) => each.code === country.state.gemeente);
    if (place < 0) { country.layer.whole(); return; }
    const inside = Array.from(country.areas.names, (_, n) => n).filter((n) => country.areas.gemeenten[n] === place);
    country.layer.show(inside, 0.05);
  }

  /** @param {Partial<CountryState>} changes */
  function goTo(changes) {
    country.set(changes);
    look();
  }

  function choosers() {
    const figure = /** @type {HTMLSelectElement} */ (byId("kies-cijfer"));
    const gemeente = /** @type {HTMLSelectElement} */ (byId("kies-gemeente"));
    byId("kaart-keuze").hidden = false;
    byId("kaart-keuze").addEventListener("submit", (event) => event.preventDefault());
    figure.addEventListener("change", () => country.set({ indicator: figure.value }));
    gemeente.addEventListener("change", () => goTo({ gemeente: gemeente.value, area: "" }));
    country.join((now) => { figure.value = now.indicator; gemeente.value = now.gemeente; });
  }

  /** What is around the map, when all of the page has been read. */
  function rest() {
    choosers();
    country.card.start();
    country.keys.start();
    country.find.start();
    country.table.start();
    byId("kaart").dataset.ready = "";
  }

  /** Take over the data; who cannot has the drawing and the table of municipalities. */
  async function read() {
    try { await country.read(); } catch (error) {
      byId("kaart").classList.add("failed");
      geoLv.message("De kaart met alle buurten kan hier niet worden getoond: de browser is te oud, of de pagina is niet heel. De gemeenten staan in de tekening en de tabel, alle buurten in het bestand (csv).");
      throw error;
    }
  }

  async function start() {
    await read();
    Object.assign(country, { goTo, look });
    country.layer.start();
    country.startState();
    byId("kaart").classList.add("live");
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", rest);
    else rest();
  } start();
})(window.geoLv);
