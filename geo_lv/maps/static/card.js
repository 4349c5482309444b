/** The card: everything about the area or site that the reader points at. */
(function (geoLv) {
  "use strict";
  const { byId, make } = geoLv;

  /** @type {{code?: string, site?: Object}} what the card shows; empty for the page's own area */
  let subject = {};

  /** @param {Array<[string, string]>} pairs */
  function list(pairs) {
    const made = make("dl", "");
    pairs.filter((pair) => pair[1]).forEach(([term, text]) => {
      made.append(make("dt", "", term), make("dd", "", make("bdi", "", text)));
    });
    return made;
  }

  /** A figure in large type; words after a percent sign are smaller. */
  function value(chosen, cell) {
    const text = geoLv.figure(chosen, cell);
    const end = chosen.unit.startsWith("% ") ? text.indexOf("%") + 1 : text.length;
    return make("p", "value", text.slice(0, end), make("span", "unit", text.slice(end)));
  }

  /**
   * @param {string} code of an area, or the slug of a plan area
   * @returns {Node[]}
   */
  function figureOf(code) {
    const chosen = geoLv.indicator();
    if (!chosen) return [];
    const cell = chosen.cells[code];
    const what = chosen.label + (chosen.year ? " (" + chosen.year + ")" : "");
    const parts = [make("p", "what", what)];
    if (cell) {
      const none = cell[1] in geoLv.data.reasons;
      parts.push(none ? make("p", "value none", geoLv.figure(chosen, cell)) : value(chosen, cell));
    }
    const municipal = chosen.municipal && geoLv.withUnit(chosen.municipal, chosen.unit);
    parts.push(list([["Gemeente", municipal], ["Vergelijking", cell ? cell[2] : ""],
      ["Bron", geoLv.data.texts[chosen.source]]]));
    const note = cell && geoLv.data.texts[cell[3] || 0];
    if (note) parts.push(make("p", "remark", note));
    if (chosen.fictitious) parts.push(make("p", "badge fictitious", "FICTIEVE VOORBEELDGEGEVENS"));
    return parts;
  }

  /** @param {string} code */
  function listings(code) {
    return geoLv.data.attention.filter((entry) => entry.codes.includes(code))
      .map((entry) => make("p", "remark listed", "Staat op de afgesproken lijst: " + entry.text));
  }

  /** @param {Object} site */
  function siteParts(site) {
    return [
      make("p", "what", "Nieuwbouw, " + site.corporation),
      make("p", "value none", site.programme),
      list([["Middenhuur", site.mid], ["Doelgroep", site.target_group], ["Periode", site.period],
        ["Plaats", site.place], ["Laatst bekend", site.status]]),
    ];
  }

  /** @returns {[string, Node[]]} */
  function idle() {
    const plan = geoLv.data.outlines.find((each) => each.current);
    if (plan) return [plan.name, figureOf(plan.slug)];
    return [geoLv.indicator() ? "Hele gemeente" : "Kies een gebied", figureOf("")];
  }

  function content() {
    if (subject.site) return [subject.site.name, siteParts(subject.site)];
    const area = geoLv.data.areas[subject.code];
    return area ? [area.name, [...figureOf(subject.code), ...listings(subject.code)]] : idle();
  }

  function draw() {
    const [name, parts] = content();
    byId("kaartje-titel").replaceChildren(make("bdi", "", name));
    const pinned = subject.code && subject.code === geoLv.state.pinned;
    if (pinned) parts.unshift(make("p", "pinned", "vastgezet"));
    byId("kaartje-inhoud").replaceChildren(...parts);
    byId("kaartje-hint").hidden = Boolean(subject.code || subject.site);
  }

  /**
   * Show an area, a site, or with nothing the page's own area.
   * @param {{code?: string, site?: Object}} next
   */
  function show(next) {
    subject = next;
    draw();
  }

  /** Bring the card in view for who tapped; on a wide screen it already is. */
  function reveal() {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    byId("kaartje").scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  /** @param {string} text spoken by a screen reader */
  function say(text) {
    byId("kaartje-melding").textContent = text;
  }

  function start() {
    byId("kaartje").hidden = false;
    geoLv.listen(draw);
  }

  geoLv.card = { start, show, reveal, say };
})(window.geoLv);
