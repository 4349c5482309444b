/**
 * The one global name, the data of the page, and the state that every part listens to.
 *
 * @typedef {{text: string, bin: number|null, reason: string, difference: string, note: string,
 *   signal: string, signalText: string}} Cell
 * @typedef {{id: string, label: string, unit: string, year: string, level: string,
 *   municipal: string, source: string, explanation: string, certainty: string,
 *   fictitious: boolean, classes: string[], counts: number[],
 *   cells: Object<string, Cell>}} Indicator
 * @typedef {{name: string, level: string}} Area
 * @typedef {{indicator: string, year: string, pinned: string, layers: string, view: string,
 *   paper: string}} State
 */
window.geoLv = (function () {
  "use strict";

  /** @type {State} All text, so that it can stand in an address; lists with spaces between. */
  const state = { indicator: "", year: "", pinned: "", layers: "", view: "", paper: "" };
  /** @type {Array<function(State): void>} */
  const listeners = [];

  /** @param {string} id of a part that every page with a map has @returns {HTMLElement} */
  function byId(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  /**
   * Make an element; strings become text, never html.
   * @param {string} tag
   * @param {string} className
   * @param {...(string|Node)} content
   */
  function make(tag, className, ...content) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  /**
   * Change the state and tell every part that listens.
   * @param {Partial<State>} changes
   */
  function set(changes) {
    Object.assign(state, changes);
    listeners.forEach((listener) => listener(state));
  }

  /** @param {function(State): void} listener */
  function listen(listener) {
    listeners.push(listener);
  }

  /** @param {string} list of words @returns {string[]} */
  function words(list) {
    return list.split(" ").filter(Boolean);
  }

  /** @returns {string[]} codes of the areas that the reader keeps in view */
  function pinned() {
    return words(state.pinned).filter((code) => code in geoLv.data.areas);
  }

  /** @returns {Indicator|undefined} the chosen indicator, if any */
  function indicator() {
    return geoLv.data.indicators.find((each) => each.id === state.indicator);
  }

  /** Units that stand before what they count: class 1, label C. */
  const RANKS = ["klasse", "label"];

  /** A percent sign stands against the number. @param {string} text @param {string} unit */
  function withUnit(text, unit) {
    if (RANKS.includes(unit)) return unit + " " + text;
    return unit.startsWith("%") ? text + unit : [text, unit].filter(Boolean).join(" ");
  }

  /**
   * A figure with its unit, or why there is none.
   * @param {Indicator} chosen
   * @param {Cell} cell
   */
  function figure(chosen, cell) {
    return cell.reason || withUnit(cell.text, chosen.unit);
  }

  /** @param {Indicator} chosen */
  function titleOf(chosen) {
    const unit = chosen.unit.toLowerCase() === chosen.label.toLowerCase() ? "" : chosen.unit;
    const year = chosen.year ? " (" + chosen.year + ")" : "";
    return [chosen.label, unit].filter(Boolean).join(", ") + year;
  }

  /** Say something to who sees the map and to who hears it. @param {string} text */
  function message(text) {
    byId("kaart-melding").textContent = text;
  }

  /** Parts of an indicator that stand in the list of texts, written once. */
  const POOLED = ["certainty", "ending", "explanation", "label", "level", "source", "unit"];

  /**
   * From one list per name to one thing per indicator.
   * @param {Object<string, any[]>} columns
   * @param {string[]} texts
   */
  function rows(columns, texts) {
    return (columns.id || []).map((_, n) => Object.fromEntries(Object.keys(columns).map((name) => {
      const value = columns[name][n];
      return [name, POOLED.includes(name) ? texts[value] : value];
    })));
  }

  /**
   * @param {RawCell} raw
   * @param {string} ending of the differences of its indicator
   * @param {RawData} data
   * @returns {Cell}
   */
  function cellOf([text, kind, difference, note, signal, signalText], ending, { texts, reasons }) {
    const none = kind !== null && kind < 0;
    return {
      text, bin: none ? null : kind, reason: none ? reasons[-1 - kind] : "",
      difference: difference ? difference + ending : "",
      note: texts[note || 0], signal: signal || "", signalText: texts[signalText || 0],
    };
  }

  /** Take over the data of the page: lists become things that can be looked up. */
  function read() {
    /** @type {RawData} */
    const data = JSON.parse(byId("geo-lv-data").textContent || "");
    /** @type {Object<string, string[]>} codes in the order of the cells, per level */
    const order = {};
    /** @type {Object<string, Area>} */
    const areas = Object.create(null);
    Object.entries(data.areas).forEach(([level, pairs]) => {
      order[level] = pairs.map((pair) => pair[0]).concat(data.outlines.map((each) => each.slug));
      pairs.forEach(([code, name]) => { areas[code] = { name, level }; });
    });
    const indicators = rows(data.indicators, data.texts).map((raw) => {
      const pairs = order[raw.level].map((code, n) => [code, raw.cells[n]]).filter((pair) => pair[1]);
      const cells = pairs.map(([code, cell]) => [code, cellOf(cell, raw.ending, data)]);
      return /** @type {Indicator} */ ({ ...raw, cells: Object.fromEntries(cells) });
    });
    geoLv.data = { ...data, areas, indicators };
  }

  /** What stands around the map, and what the address asks for. @param {L.TileLayer|null} basemap */
  function startPage(basemap) {
    read();
    geoLv.card.start();
    geoLv.chooser.start();
    geoLv.phasing.start();
    geoLv.switches.start(basemap);
    geoLv.compare.start();
    geoLv.tools.start();
    geoLv.present.start();
    geoLv.address.start();
  }

  function startMap() {
    geoLv.areas.start();
    geoLv.signals.start();
    if (geoLv.homes) geoLv.homes.start();
    geoLv.sites.start();
    geoLv.find.start();
    byId("kaart").classList.add("live");
    set({});
  }

  /**
   * Called by the script that folium wrote. The drawing, with what the address asks for, is painted
   * before the map that moves is made, which looks the same.
   * @param {L.Map} map
   * @param {L.TileLayer|null} basemap
   */
  function start(map, basemap) {
    geoLv.map = map;
    startPage(basemap);
    requestAnimationFrame(() => window.setTimeout(startMap));
  }

  const geoLv = /** @type {GeoLv} */ (/** @type {unknown} */ ({ state, byId, make, set, listen, words, pinned, indicator, figure,
    withUnit, titleOf, message, start }));
  return geoLv;
})();
