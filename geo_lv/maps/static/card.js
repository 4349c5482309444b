/** The card: everything about the area or site that the reader points at or pinned. */
(function (geoLv) {
  "use strict";
  const { byId, make } = geoLv;

  /** @type {{code?: string, site?: Site}} what the reader points at; empty for nothing */
  let subject = {};
  /** What the card shows, to leave it alone when nothing changes: a click may be under way in it. */
  let shown = "";

  /** @param {Array<[string, string]>} pairs */
  function list(pairs) {
    const made = make("dl", "");
    pairs.filter((pair) => pair[1]).forEach(([term, text]) => {
      made.append(make("dt", "", term), make("dd", "", make("bdi", "", text)));
    });
    return made;
  }

  /**
   * A figure in large type; words after a percent sign are smaller.
   * @param {Indicator} chosen
   * @param {Cell} cell
   */
  function value(chosen, cell) {
    const text = geoLv.figure(chosen, cell);
    if (cell.reason) return make("p", "value none", text);
    const end = chosen.unit.startsWith("% ") ? text.indexOf("%") + 1 : text.length;
    return make("p", "value", text.slice(0, end), make("span", "unit", text.slice(end)));
  }

  /**
   * An area of the level on which the figure does not exist; of a buurt its wijk may have one.
   * @param {Indicator} chosen
   * @param {string} code
   */
  function elsewhere(chosen, code) {
    const { level } = geoLv.data.areas[code], wijk = code.replace(/^BU(.{6}).*/, "WK$1"), cell = chosen.cells[wijk];
    const parts = [make("p", "value none", "Dit cijfer is er per " + chosen.level + ", niet per " + level + ".")];
    if (cell) parts.push(make("p", "remark", "De hele wijk " + geoLv.data.areas[wijk].name + ": " + geoLv.figure(chosen, cell)));
    return parts;
  }

  /** The figure of an area or plan area, and what is said of that figure alone. @param {string} code */
  function figureOf(code) {
    const chosen = geoLv.indicator();
    if (!chosen) return [];
    const cell = chosen.cells[code], parts = [];
    if (cell) parts.push(value(chosen, cell));
    else if (code in geoLv.data.areas) parts.push(...elsewhere(chosen, code));
    if (cell) parts.push(list([["Vergelijking", cell.difference], ["Signaal", cell.signalText]]));
    if (cell && cell.note) parts.push(make("p", "remark", cell.note));
    return parts;
  }

  /** What holds for the figure of every area. */
  function context() {
    const chosen = geoLv.indicator();
    if (!chosen) return [];
    const municipal = chosen.municipal && geoLv.withUnit(chosen.municipal, chosen.unit);
    const parts = [list([["Gemeente", municipal], ["Zekerheid", chosen.certainty], ["Bron", chosen.source]])];
    if (chosen.fictitious) parts.push(make("p", "badge fictitious", "FICTIEVE VOORBEELDGEGEVENS"));
    return parts;
  }

  /** @returns {Node[]} name and year of the chosen figure */
  function what() {
    const chosen = geoLv.indicator();
    return chosen ? [make("p", "what", chosen.label + (chosen.year ? " (" + chosen.year + ")" : ""))] : [];
  }

  /** @param {string} code */
  function listings(code) {
    return geoLv.data.attention.filter((entry) => entry.codes.includes(code))
      .map((entry) => make("p", "remark listed", "Staat op de afgesproken lijst: " + entry.text));
  }

  /** A button to let a pinned area go: for who has no Escape. @param {string} code */
  function letGo(code) {
    if (!geoLv.pinned().includes(code)) return [];
    const button = make("button", "button", "Losmaken");
    button.setAttribute("type", "button");
    button.addEventListener("click", () => { geoLv.areas.pin(code); byId("kaartje-titel").focus(); });
    return [button];
  }

  /** @param {string} code */
  function areaParts(code) {
    return [...what(), ...figureOf(code), ...context(), ...listings(code), ...letGo(code)];
  }

  /** @param {Site} site */
  function siteParts(site) {
    return [
      make("p", "what", "Nieuwbouw, " + site.corporation),
      make("p", "value none", site.programme),
      list([["Middenhuur", site.mid], ["Doelgroep", site.target_group], ["Periode", site.period],
        ["Plaats", site.place], ["Laatst bekend", site.status]]),
    ];
  }

  /** The page's own area, when nothing is pointed at. @returns {[string, Node[]]} */
  function idle() {
    const plan = geoLv.data.outlines.find((each) => each.current);
    const name = geoLv.indicator() ? "Hele gemeente" : "Kies een gebied";
    return [plan ? plan.name : name, [...what(), ...figureOf(plan ? plan.slug : ""), ...context()]];
  }

  /** Two pinned areas side by side. @param {string[]} codes @returns {[string, Node[]]} */
  function pair(codes) {
    const sides = codes.map((code) => make("div", "side",
      make("h4", "", make("bdi", "", geoLv.data.areas[code].name)),
      ...figureOf(code), ...listings(code), ...letGo(code)));
    return ["Twee gebieden", [...what(), make("div", "sides", ...sides), ...context()]];
  }

  /** @param {string[]} codes of one or two areas, or none @returns {[string, Node[]]} */
  function content(codes) {
    if (subject.site) return [subject.site.name, siteParts(subject.site)];
    if (codes.length > 1) return pair(codes);
    return codes.length ? [geoLv.data.areas[codes[0]].name, areaParts(codes[0])] : idle();
  }

  function draw() {
    const pinned = geoLv.pinned();
    const codes = subject.code ? [subject.code] : pinned;
    const { indicator } = geoLv.state;
    const next = JSON.stringify([subject.site, codes, pinned, indicator]);
    if (next === shown) return;
    shown = next;
    const [name, parts] = content(codes);
    byId("kaartje-titel").replaceChildren(make("bdi", "", name));
    const all = !subject.site && codes.length && codes.every((code) => pinned.includes(code));
    if (all) parts.unshift(make("p", "pinned", "vastgezet"));
    byId("kaartje-inhoud").replaceChildren(...parts);
    byId("kaartje-hint").hidden = Boolean(subject.site || codes.length);
  }

  /**
   * Show an area, a site, or with nothing what is pinned or the page's own area.
   * @param {{code?: string, site?: Site}} next
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
