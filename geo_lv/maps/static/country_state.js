/** What is chosen, and the address of the page that says so. */
(function (geoLv) {
  "use strict";
  const country = geoLv.country;

  /** @type {CountryState} */
  const state = { indicator: "", gemeente: "", area: "" };
  /** @type {Record<keyof CountryState, string>} */
  const NAMES = { indicator: "indicator", gemeente: "gemeente", area: "gebied" };
  const KEYS = /** @type {Array<keyof CountryState>} */ (Object.keys(NAMES));
  /** @type {Array<function(CountryState, CountryState): void>} */
  const listeners = [];

  /** @param {function(CountryState, CountryState): void} listener gets what is and what was */
  function listen(listener) {
    listeners.push(listener);
  }

  /** Listen, and hear at once what is: for parts that start late. @param {function(CountryState, CountryState): void} listener */
  function join(listener) {
    listen(listener);
    listener(state, { indicator: "", gemeente: "", area: "" });
  }

  /** @param {Partial<CountryState>} changes */
  function change(changes) {
    const before = { ...state };
    Object.assign(state, changes);
    listeners.forEach((listener) => listener(state, before));
  }

  function hash() {
    const parts = KEYS.filter((key) => state[key]);
    return "#" + parts.map((key) => NAMES[key] + "=" + encodeURIComponent(state[key])).join("&");
  }

  /** Change it and keep the way back. @param {Partial<CountryState>} changes */
  function set(changes) {
    const before = hash();
    change(changes);
    if (hash() !== before) history.pushState(null, "", hash());
  }

  /** @param {keyof CountryState} key @param {string} value */
  function known(key, value) {
    if (key === "indicator") return country.indicators.some((each) => each.id === value);
    if (key === "gemeente") return country.gemeenten.some((each) => each.code === value);
    return country.placeOf(value) >= 0;
  }

  /** @param {string} text @returns {string} as it stands, when its escapes are broken */
  function decoded(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }

  /** What the address asks for; what it does not name is as on a fresh page. */
  function asked() {
    const found = { indicator: country.indicators.length ? country.indicators[0].id : "", gemeente: "", area: "" };
    /** @type {string[]} */
    const unknown = [];
    location.hash.slice(1).split("&").forEach((part) => {
      const [name, value = ""] = part.split("=").map(decoded);
      const key = KEYS.find((each) => NAMES[each] === name);
      if (key && known(key, value)) found[key] = value;
      else if (key && value) unknown.push(value);
    });
    return { found, unknown };
  }

  /** Show what the address says; an address of a place on the page changes nothing. */
  function follow() {
    if (location.hash && !location.hash.includes("=")) return;
    const { found, unknown } = asked();
    geoLv.message(unknown.length ? "Deze link noemt iets dat niet op deze pagina staat: " + unknown.join(", ") + "." : "");
    const { gemeente, area } = state;
    change(found);
    if (gemeente !== state.gemeente || area !== state.area) country.look();
  }

  function start() {
    follow();
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", follow);
  }

  /** @returns {CountryIndicator|undefined} */
  function indicator() {
    return country.indicators.find((each) => each.id === state.indicator);
  }

  Object.assign(country, { state, set, listen, join, indicator, startState: start });
})(window.geoLv);
