/** The areas on the map: a twin of every shape in the drawing, so that both always look the same. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @type {Twin[]} */
  const twins = [];
  /** Class of each reason why there is no figure, in the order of the reasons of the page. */
  const REASONS = ["missing", "suppressed", "not-applicable"];
  const LOOKS = ["no-figure", ...REASONS, ...[0, 1, 2, 3, 4].map((n) => "class-" + n)];
  const MOST_PINNED = 2;
  /** @type {L.Renderer} */
  let renderer;
  /** @type {Walk} */
  let walk;
  /** @type {L.Polyline[]} */
  let highlights;
  /** What was shown when the names last found their room. */
  let named = "";

  /** @param {SVGUseElement} use @returns {Twin} */
  function twin(use) {
    const path = geoLv.shapes.outline(use);
    const code = use.dataset.code || "";
    const kind = use.classList[0];
    const options = {
      className: use.getAttribute("class") || "", interactive: kind === "area",
      bubblingMouseEvents: false, smoothFactor: 0, noClip: true, renderer,
    };
    const rings = geoLv.shapes.places(path);
    const layer = (path.includes("z") ? L.polygon(rings, options) : L.polyline(rings, options)).addTo(geoLv.map);
    const level = code ? geoLv.data.areas[code].level : "";
    return { use, layer, element: elementOf(layer), kind, code, slug: use.dataset.slug || "", level };
  }

  /** @param {L.Path} layer @returns {SVGElement} its shape: it is on the map */
  function elementOf(layer) {
    return /** @type {SVGElement} */ (layer.getElement());
  }

  /** @returns {string} of the areas that the map shows */
  function level() {
    const chosen = geoLv.indicator();
    if (chosen) return chosen.level;
    return twins.some((each) => each.level === "buurt") ? "buurt" : "wijk";
  }

  /** @returns {Twin[]} areas that the reader sees, in the order of the page */
  function seen() {
    const shown = level();
    return twins.filter((each) => each.kind === "area" && each.level === shown);
  }

  /** Class for the colour of a figure: the same words as in the drawing. @param {Cell} [cell] */
  function lookOf(cell) {
    if (!cell) return "no-figure";
    if (cell.reason) return REASONS[geoLv.data.reasons.indexOf(cell.reason)];
    return cell.bin === null ? "no-figure" : "class-" + cell.bin;
  }

  /** @param {Twin} each */
  function paint(each) {
    const chosen = geoLv.indicator();
    const cell = chosen && chosen.cells[each.code];
    const look = lookOf(cell);
    [each.use, each.element].forEach((element) => {
      element.classList.remove(...LOOKS);
      element.classList.add(look);
    });
    const year = chosen && cell && chosen.year ? " (" + chosen.year + ")" : "";
    const name = geoLv.data.areas[each.code].name;
    const text = chosen && cell ? name + ": " + geoLv.figure(chosen, cell) + year : name;
    each.element.setAttribute("aria-label", text);
    each.element.setAttribute("aria-pressed", String(geoLv.pinned().includes(each.code)));
    Array.from(each.use.children, (title) => { title.textContent = text; });
  }

  /** @param {State} state */
  function redraw(state) {
    const figure = byId("kaart-figuur");
    figure.classList.toggle("level-buurt", level() === "buurt");
    figure.classList.toggle("level-wijk", level() === "wijk");
    twins.filter((each) => each.kind === "area").forEach(paint);
    walk.reset();
    highlight();
    const room = [level(), state.layers, state.view].join();
    if (room !== named) declutter();
    named = room;
  }

  /** @param {string} code of an area on this map @returns {Twin} */
  function areaTwin(code) {
    return /** @type {Twin} */ (twins.find((each) => each.kind === "area" && each.code === code));
  }

  /** @param {Twin} each @returns {L.LatLng[][]} its rings */
  function places(each) {
    return /** @type {L.LatLng[][]} */ (each.layer.getLatLngs());
  }

  /** Mark the pinned areas and the one that the reader points at. @param {string} [code] */
  function highlight(code) {
    const codes = code ? [...geoLv.pinned(), code] : geoLv.pinned();
    const lines = codes.flatMap((each) => places(areaTwin(each)));
    highlights.forEach((line) => line.setLatLngs(lines));
  }

  /** @param {string} code */
  function point(code) {
    highlight(code);
    geoLv.card.show({ code });
  }

  /** Back to what is pinned, or to the page's own area. */
  function rest() {
    highlight();
    geoLv.card.show({});
  }

  /** Keep an area in view beside at most one other, or let it go. @param {string} code */
  function pin(code) {
    const others = geoLv.pinned().filter((each) => each !== code);
    const on = others.length === geoLv.pinned().length;
    const kept = on ? [...others, code].slice(-MOST_PINNED) : others;
    geoLv.set({ pinned: kept.join(" ") });
    rest();
    geoLv.card.say(geoLv.data.areas[code].name + (on ? " vastgezet" : " losgelaten"));
  }

  function release() {
    const names = geoLv.pinned().map((code) => geoLv.data.areas[code].name);
    geoLv.set({ pinned: "" });
    rest();
    if (names.length) geoLv.card.say(names.join(" en ") + " losgelaten");
  }

  /** Pin an area that was asked for by name, and show it. @param {string} code */
  function goTo(code) {
    if (!geoLv.pinned().includes(code)) pin(code);
    bringIntoView(centre(areaTwin(code)));
  }

  /** @param {L.LatLng} place */
  function bringIntoView(place) {
    const { map } = geoLv;
    byId("kaart-kader").scrollIntoView({ block: "nearest" });
    if (!map.getBounds().pad(-0.15).contains(place)) map.panTo(place, { animate: false });
  }

  /** @param {Twin} each */
  function centre(each) {
    return each.layer.getBounds().getCenter();
  }

  /** @param {Twin} each */
  function wire(each) {
    each.element.setAttribute("role", "button");
    walk.add(each.element);
    each.element.addEventListener("focus", () => {
      point(each.code);
      // not for a pointer: the map would move away under the click
      if (each.element.matches(":focus-visible")) bringIntoView(centre(each));
    });
    each.element.addEventListener("blur", rest);
    each.layer.on("mouseover", () => point(each.code));
    each.layer.on("mouseout", rest);
    each.layer.on("click", () => { pin(each.code); geoLv.card.reveal(); });
  }

  /** Names on the map, as in the drawing. @param {SVGTextElement} text */
  function label(text) {
    const html = geoLv.make("span", "", ...Array.from(text.querySelectorAll("tspan"),
      (line) => geoLv.make("span", "", line.textContent)));
    const [x, y] = (text.dataset.at || "").split(",").map(Number);
    const marker = L.marker(geoLv.shapes.place([x, y]), {
      icon: L.divIcon({ html, className: "map-label " + text.classList[1], iconSize: [0, 0],
        iconAnchor: [0, -Number(text.dataset.dy || 0)] }),
      interactive: false, keyboard: false,
    }).addTo(geoLv.map);
    /** @type {HTMLElement} */ (marker.getElement()).setAttribute("aria-hidden", "true");
  }

  /** Show the names that have room, hide those that would lie over another. */
  function declutter() {
    const names = Array.from(document.querySelectorAll(".map-label"));
    names.forEach((name) => name.classList.remove("crowded"));
    const box = (/** @type {Element} */ element) => element.getBoundingClientRect();
    const taken = Array.from(document.querySelectorAll(".site-marker"), box).filter((each) => each.width);
    // all sizes first: one asked for after a change makes the browser lay out the page again
    const boxes = names.map((name) => box(name.children[0]));
    boxes.forEach((own, n) => {
      const free = taken.every((other) => own.right < other.left || own.left > other.right
        || own.bottom < other.top || own.top > other.bottom);
      if (free && own.width) taken.push(own);
      else names[n].classList.add("crowded");
    });
  }

  /** A line over the areas that gets its places later. @param {string} className */
  function line(className) {
    const options = { className, interactive: false, smoothFactor: 0, noClip: true, renderer };
    return L.polyline([], options).addTo(geoLv.map);
  }

  function start() {
    const { map } = geoLv;
    // drawn a screen beyond the edge, so that a drag shows no emptiness
    renderer = L.svg({ padding: 1 });
    const drawing = /** @type {SVGSVGElement} */ (/** @type {Element} */ (byId("tekening")));
    /** @type {NodeListOf<SVGUseElement>} */
    const uses = drawing.querySelectorAll("use:not(.homes use, #signalen use)");
    uses.forEach((use) => twins.push(twin(use)));
    highlights = ["highlight-casing", "highlight"].map(line);
    /** @type {NodeListOf<SVGTextElement>} */
    (drawing.querySelectorAll(".area-label")).forEach(label);
    const svg = /** @type {SVGElement} */ (document.querySelector(".leaflet-overlay-pane svg"));
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", "Gebieden op de kaart");
    walk = geoLv.roving(() => seen().map((each) => each.element), {
      enter: (element) => twins.filter((each) => each.element === element).forEach((each) => pin(each.code)),
      leave: release,
    });
    twins.filter((each) => each.kind === "area").forEach(wire);
    map.on("click", release).on("zoomend", declutter);
    if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
    geoLv.listen(redraw);
  }

  geoLv.areas = { start, twins, seen, rest, goTo, pin, line, areaTwin, places, bringIntoView };
})(window.geoLv);
