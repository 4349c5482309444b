/**
 * The one global name, the data of the page, and the state that every part listens to.
 *
 * @typedef {[string, (number|string|null), string?, number?]} Cell text, class or reason,
 *   difference from the municipality, number of the note in texts
 * @typedef {{id: string, label: string, unit: string, year: string, level: string,
 *   municipal: string, source: number, explanation: number, fictitious: boolean,
 *   classes: string[], counts: number[], bars: number[], reasons: string[],
 *   cells: Object<string, Cell>}} Indicator
 * @typedef {{indicator: string, year: string, pinned: string, layers: string}} State
 */
window.geoLv = (function () {
  "use strict";

  /** @type {State} All text, so that it can stand in an address. */
  const state = { indicator: "", year: "", pinned: "", layers: "" };
  /** @type {Array<function(State): void>} */
  const listeners = [];

  /**
   * @param {string} id
   * @returns {HTMLElement|null}
   */
  function byId(id) {
    return document.getElementById(id);
  }

  /**
   * Make an element; strings become text, never html.
   * @param {string} tag
   * @param {string} className
   * @param {...(string|Node)} content
   * @returns {HTMLElement}
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

  /** @returns {Indicator|undefined} the chosen indicator, if any */
  function indicator() {
    return geoLv.data.indicators.find((each) => each.id === state.indicator);
  }

  /** A percent sign stands against the number. @param {string} text @param {string} unit */
  function withUnit(text, unit) {
    return unit.startsWith("%") ? text + unit : [text, unit].filter(Boolean).join(" ");
  }

  /**
   * A figure with its unit, or why there is none.
   * @param {Indicator} chosen
   * @param {Cell} cell
   */
  function figure(chosen, cell) {
    const reason = geoLv.data.reasons[String(cell[1])];
    return reason || withUnit(cell[0], chosen.unit);
  }

  /**
   * Class for the colour of a figure: the same words as in the drawing.
   * @param {Cell|undefined} cell
   */
  function look(cell) {
    if (!cell || cell[1] === null) return "no-figure";
    return typeof cell[1] === "number" ? "class-" + cell[1] : cell[1].replace("_", "-");
  }

  /**
   * Bring the map to life; called by the script that folium wrote.
   * @param {L.Map} map
   * @param {L.TileLayer|null} basemap
   */
  function start(map, basemap) {
    geoLv.data = JSON.parse(byId("geo-lv-data").textContent);
    geoLv.card.start();
    geoLv.areas.start(map);
    geoLv.sites.start(map);
    geoLv.chooser.start();
    geoLv.phasing.start();
    geoLv.switches.start(map, basemap);
    byId("kaart-figuur").classList.add("live");
    set({});
  }

  const geoLv = { data: null, state, byId, make, set, listen, indicator, figure, withUnit, look, start };
  return geoLv;
})();
