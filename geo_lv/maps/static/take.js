/** Take away what is shown: its figures, its areas, its picture; made in the page, asking for nothing. */
(function (geoLv) {
  "use strict";

  const FAILED = "Bewaren is niet gelukt. Probeer het in een andere browser, of druk de kaart af.";
  /** What a spreadsheet would run; a figure below zero is none. */
  const FORMULA = /^(?![+-][\d.]+(,\d+)?$)[=+\-@\t\r\n]/;

  /**
   * An area in the words of the page; only its name when no figure is chosen.
   * @param {Twin} area @returns {Object<string, string|number|null|undefined>}
   */
  function record({ code }) {
    const chosen = geoLv.indicator(), { name, level } = geoLv.data.areas[code];
    const area = { code, naam: name, niveau: level };
    if (!chosen) return area;
    /** @type {Partial<Cell>} */
    const cell = chosen.cells[code] || {};
    const { text = "" } = cell;
    // a number to calculate with, or the letter of a label; nothing where a reason stands
    return { ...area, cijfer: chosen.label, jaar: chosen.year, waarde: geoLv.number(text) ?? (cell.reason ? null : text),
      eenheid: text.startsWith("€") ? "€" : chosen.unit, reden: cell.reason, vergelijking: (cell.difference || "").replace(/^[+−]/, "verschil $&"),
      signaal: cell.signalText, gemeente: chosen.municipal, zekerheid: chosen.certainty, bron: chosen.source, fictief: chosen.fictitious ? "FICTIEVE VOORBEELDGEGEVENS" : "" };
  }

  /** @param {string|number|null} [value] */
  function quoted(value) {
    const text = typeof value === "number" ? String(value).replace(".", ",") : value || "";
    const safe = text.replace(FORMULA, "'$&");
    return /[;"\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  /** For a Dutch spreadsheet, which knows the letters by the mark in front. */
  function csv() {
    const records = geoLv.areas.seen().map(record);
    const rows = [Object.keys(records[0]), ...records.map(Object.values)];
    return new Blob(["\ufeff", ...rows.map((row) => row.map(quoted).join(";") + "\r\n")], { type: "text/csv" });
  }

  /** Above zero when a ring turns to the left. @param {number[][]} ring */
  function turn(ring) {
    return ring.reduce((sum, [x, y], n) => sum + (n && ring[n - 1][0] * y - x * ring[n - 1][1]), 0);
  }

  /** Outer rings turn to the left and holes to the right, in the drawing as in RFC 7946. @param {Twin} area */
  function geometry(area) {
    /** @type {number[][][][]} */
    const parts = [];
    geoLv.areas.places(area).forEach((places) => {
      const ring = /** @type {ToCoordinates} */ (L.GeoJSON.latLngsToCoords)(places, 0, true, 6);
      if (turn(ring) > 0) parts.push([ring]); else parts[parts.length - 1].push(ring);
    });
    return parts[1] ? { type: "MultiPolygon", coordinates: parts } : { type: "Polygon", coordinates: parts[0] };
  }

  function geojson() {
    const features = geoLv.areas.seen().map((twin) => (
      { type: "Feature", properties: record(twin), geometry: geometry(twin) }));
    const { bron, fictief } = features[0].properties;
    const bronnen = [bron,
      /** @type {Element} */ (document.querySelector("figcaption .attribution")).textContent].filter(Boolean);
    const collection = { type: "FeatureCollection", bronnen, ...(fictief && { fictief }), features };
    return new Blob([JSON.stringify(collection)], { type: "application/geo+json" });
  }

  /** @param {string} kind @param {function(): (Blob|Promise<Blob|null>)} content */
  async function keep(kind, content) {
    const page = location.pathname.replace(/.*\/|\.html$/g, "") || "index";
    const link = document.createElement("a");
    link.download = (page + "-" + (geoLv.state.indicator || "kaart")).replace(/[^\w-]+/g, "-") + "." + kind;
    try {
      // a browser that could make no picture fails here as well
      link.href = URL.createObjectURL(/** @type {Blob} */ (await content()));
      link.click();
      geoLv.message("Bewaard: " + link.download);
    } catch {
      geoLv.message(FAILED);
    }
  }

  Object.entries({ csv, geojson, ...geoLv.picture }).forEach(([kind, content]) => {
    geoLv.tools.wire("bewaar-" + kind, () => keep(kind, content));
  });
})(window.geoLv);
