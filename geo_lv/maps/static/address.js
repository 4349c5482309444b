/** The state in the address of the page, so that a link opens the same view. */
(function (geoLv) {
  "use strict";

  /** @type {Record<keyof State, string>} Name in the address of each part of the state. */
  const NAMES = { indicator: "indicator", year: "jaar", pinned: "gebied", layers: "lagen",
    view: "weergave", paper: "papier" };
  const KEYS = /** @type {Array<keyof State>} */ (Object.keys(NAMES));
  const VIEWS = ["", "presentatie"], PAPERS = ["", "a3"];
  const UNKNOWN = "Deze link noemt iets dat niet op deze pagina staat: ";

  /** @type {State} what the page shows before anyone touched it */
  let first;
  let written = "";

  /**
   * Layers without the background map: a link must not make a page ask another host.
   * @param {string} layers
   */
  function kept(layers) {
    return geoLv.words(layers).filter((name) => name !== "basemap").join(" ");
  }

  /** @param {State} state @returns {string} */
  function write(state) {
    const parts = KEYS.map((key) => {
      const name = NAMES[key];
      const value = key === "layers" ? kept(state.layers) || "geen" : state[key];
      if (key === "indicator") return [name, value || "geen"];
      return [name, value.replace(/ /g, ",")];
    });
    return "#" + parts.filter((part) => part[1])
      .map((part) => part[0] + "=" + part[1].split(",").map(encodeURIComponent).join(",")).join("&");
  }

  /** @param {string} text @returns {string} as it stands, when its escapes are broken */
  function decoded(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }

  /** What may stand in each part. @param {string} key @param {string} value */
  function known(key, value) {
    if (key === "indicator") return geoLv.data.indicators.some((each) => each.id === value);
    if (key === "pinned") return value in geoLv.data.areas;
    if (key === "year") return geoLv.phasing.has(value);
    if (key === "layers") return geoLv.switches.names().includes(value);
    return (key === "view" ? VIEWS : PAPERS).includes(value);
  }

  /** @param {string} hash @returns {{state: State, unknown: string[]}} */
  function parse(hash) {
    const state = { ...first };
    /** @type {string[]} */
    const unknown = [];
    hash.slice(1).split("&").forEach((part) => {
      const [name, value = ""] = part.split("=");
      const key = KEYS.find((each) => NAMES[each] === name);
      if (!key) return;
      const words = decoded(value).split(",").filter((word) => word && word !== "geen");
      unknown.push(...words.filter((word) => !known(key, word)));
      const good = words.filter((word) => known(key, word));
      if (good.length || words.length === 0) state[key] = good.slice(0, key === "pinned" ? 2 : 9).join(" ");
    });
    return { state, unknown };
  }

  /** Show what the address says; an address of something else on the page changes nothing. */
  function follow() {
    if (location.hash && !location.hash.includes("=")) return;
    const { state, unknown } = parse(location.hash);
    const basemap = geoLv.words(geoLv.state.layers).includes("basemap") ? " basemap" : "";
    const next = { ...state, layers: kept(state.layers) + basemap };
    // what is shown has this address in full, so a link that says less adds nothing to the history
    written = location.hash && write(next);
    // a presentation goes on where the next page does not have the figure
    geoLv.message(unknown.length && !next.view ? UNKNOWN + unknown.join(", ") + "." : "");
    geoLv.set(next);
  }

  /** Only the year changes many times in a row: that does not fill the history. @param {string} hash */
  function onlyYear(hash) {
    const without = (/** @type {string} */ text) => text.replace(/&jaar=\d*/, "");
    return without(hash) === without(written);
  }

  /** @param {State} state */
  function store(state) {
    const hash = write(state);
    if (hash === (written || write(first))) return;
    history[written && onlyYear(hash) ? "replaceState" : "pushState"](null, "", hash);
    written = hash;
  }

  /** @returns {string} the address of what is shown, whatever is in the bar */
  function link() {
    return location.href.split("#")[0] + write(geoLv.state);
  }

  function start() {
    first = { ...geoLv.state };
    follow();
    geoLv.listen(store);
    window.addEventListener("hashchange", follow);
  }

  geoLv.address = { start, link, write };
})(window.geoLv);
