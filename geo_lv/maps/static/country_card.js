/** What is said of a buurt, and the legend of the chosen figure. */
(function (geoLv) {
  "use strict";
  const { byId, make } = geoLv;
  const country = geoLv.country;
  const HINT = "Wijs een buurt aan of tik erop.";

  /** @param {string} term @param {string|Node} value */
  function line(term, value) {
    return [make("dt", "", term), make("dd", "", value)];
  }

  /** A name of another direction keeps that to itself. @param {string} text */
  function name(text) {
    return make("bdi", "", text);
  }

  /** @param {CountryGemeente} gemeente */
  function gemeenteName(gemeente) {
    if (!gemeente.href) return name(gemeente.name);
    const link = make("a", "", name(gemeente.name));
    link.setAttribute("href", gemeente.href);
    return link;
  }

  /** @param {CountryIndicator} item @param {number} n */
  function value(item, n) {
    const none = item.kinds[n] < 0;
    const found = make("p", none ? "value none" : "value", none ? country.text(item, n) : item.before + country.text(item, n));
    if (!none && item.after) found.append(make("span", "unit", item.after));
    return found;
  }

  /** @param {number} n @returns {Node[]} */
  function content(n) {
    const item = country.indicator(), gemeente = country.gemeenteOf(n);
    const facts = make("dl", "", ...line("Gemeente", gemeenteName(gemeente)), ...line("Code", country.codeOf(n)));
    if (gemeente.problem) facts.append(...line("Reden", name(gemeente.problem)));
    if (!item) return [facts];
    if (item.year) facts.append(...line("Jaar", item.year));
    if (item.source) facts.append(...line("Bron", item.source));
    return [value(item, n), make("p", "what", item.label), facts];
  }

  /** @param {number} n of the buurt, or -1 for none */
  function fill(n) {
    const fixed = n >= 0 && country.codeOf(n) === country.state.area;
    byId("kaartje-titel").replaceChildren(n < 0 ? "Kies een buurt" : name(country.areas.names[n]));
    byId("kaartje-inhoud").replaceChildren(...(n < 0 ? [] : content(n)));
    byId("kaartje-hint").textContent = fixed ? "Vastgezet. Escape of nog een keer klikken laat de buurt los." : HINT;
  }

  /** Show the buurt that is pointed at, else the one that is fixed. */
  function show() {
    fill(country.pointed >= 0 ? country.pointed : country.placeOf(country.state.area));
  }

  /** @param {number} n @param {string} more */
  function say(n, more = "") {
    const item = country.indicator();
    const words = [country.areas.names[n] + " (" + country.gemeenteOf(n).name + ")"];
    if (item) words.push(": " + country.figure(item, n));
    byId("kaartje-melding").textContent = words.join("") + more;
  }

  /** Point at a buurt, or at none. @param {number} n */
  function point(n) {
    if (n === country.pointed) return;
    country.pointed = n;
    country.layer.mark();
    show();
  }

  /** @param {CountryIndicator} item */
  function classes(item) {
    const most = Math.max(...item.counts, 1);
    /** @type {NodeListOf<HTMLElement>} */
    (byId("legenda-klassen").querySelectorAll("li")).forEach((row, n) => {
      row.hidden = n >= item.classes.length;
      if (row.hidden) return;
      const [text, count, bar] = [".class-text", ".count", ".bar rect"]
        .map((part) => /** @type {Element} */ (row.querySelector(part)));
      text.textContent = item.classes[n];
      count.textContent = country.digits(item.counts[n], 0);
      bar.setAttribute("width", Math.round(100 * item.counts[n] / most) + "%");
    });
  }

  /** @param {CountryIndicator} item */
  function reasons(item) {
    /** @type {NodeListOf<HTMLElement>} */
    (byId("legenda-redenen").querySelectorAll("li")).forEach((row, n) => {
      row.hidden = !item.absent[n];
      /** @type {Element} */ (row.querySelector(".count")).textContent = country.digits(item.absent[n], 0);
    });
  }

  /** The drawing for paper gets the colours of the chosen figure too. @param {CountryIndicator} item */
  function drawing(item) {
    const looks = Array.from(byId("legenda-redenen").children, (row) => /** @type {HTMLElement} */ (row).dataset.look);
    const kinds = new Map(country.gemeenten.map((each, n) => [each.code, item.looks[n]]));
    /** @type {NodeListOf<SVGPathElement>} */
    (byId("tekening").querySelectorAll("path[data-code]")).forEach((path) => {
      const kind = kinds.get(path.dataset.code || "") || 0;
      path.setAttribute("class", "area " + (kind < 0 ? looks[-1 - kind] : "class-" + kind));
      const title = path.querySelector("title");
      if (title) title.textContent = (title.textContent || "").split(": ")[0];
    });
  }

  function legend() {
    const item = country.indicator();
    if (!item) return;
    byId("legenda-label").textContent = item.title;
    byId("legenda-bron").textContent = item.source && "Bron: " + item.source;
    classes(item);
    reasons(item);
  }

  function start() {
    byId("kaartje").hidden = false;
    let drawn = country.indicators.length ? country.indicators[0].id : "";
    country.join((now, before) => {
      if (now.indicator !== before.indicator) legend();
      show();
    });
    // the drawing is only seen on paper: nobody waits for it
    window.addEventListener("beforeprint", () => {
      const item = country.indicator();
      if (item && item.id !== drawn) { drawn = item.id; drawing(item); }
    });
  }

  Object.assign(country, { pointed: -1, card: { start, say, point } });
})(window.geoLv);
