/** Find a wijk or buurt by its name. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @returns {Array<[string, string]>} text to choose, and code */
  function choices() {
    return Object.entries(geoLv.data.areas)
      .map(([code, area]) => [area.name + " (" + area.level + ")", code]);
  }

  /** Letters only, so that accents, dashes and capitals do not matter. @param {string} text */
  function plain(text) {
    return text.normalize("NFD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase().trim();
  }

  /** @param {string} wanted @returns {Array<[string, string]>} the best matches */
  function matches(wanted) {
    const all = choices();
    const exact = all.filter(([text]) => plain(text) === wanted);
    return exact.length ? exact : all.filter(([text]) => plain(text).includes(wanted));
  }

  /** @param {string} text as the reader wrote it */
  function find(text) {
    const wanted = plain(text);
    if (!wanted) { geoLv.message(""); return; }
    const found = matches(wanted);
    if (found.length > 1) geoLv.message("Kies er één: " + found.map(([name]) => name).join(", ") + ".");
    else geoLv.message(found.length ? "" : "Geen wijk of buurt op deze kaart heet “" + text + "”.");
    if (found.length === 1) geoLv.areas.goTo(found[0][1]);
  }

  function start() {
    const box = /** @type {HTMLInputElement} */ (byId("zoek-gebied"));
    byId("zoek-namen").append(...choices().map(([text]) => {
      const option = document.createElement("option");
      option.value = text;
      return option;
    }));
    box.addEventListener("change", () => find(box.value));
  }

  geoLv.find = { start };
})(window.geoLv);
