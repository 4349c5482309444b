/** The areas on the map: a twin of every shape in the drawing, so that both always look the same. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** From this many drawing units per pixel on, dots are small; drawing.py has the same. */
  const FAR = 4;

  /**
   * @typedef {{use: Element, layer: L.Polyline, element: Element, kind: string, code: string,
   *   slug: string, level: string}} Twin
   * @type {Twin[]}
   */
  const twins = [];
  /** Class of each reason why there is no figure. */
  const LOOKS = { "ontbreekt": "missing", "geheim": "suppressed", "niet van toepassing": "not-applicable" };
  const MOST_PINNED = 2;
  /** @type {L.Map} */
  let map;
  let renderer, walk, highlights;

  /** @param {Element} use @returns {Twin} */
  function twin(use) {
    const path = document.querySelector(use.getAttribute("href")).getAttribute("d");
    const code = use.dataset.code || "";
    const kind = use.classList[0];
    const options = {
      className: use.getAttribute("class"), interactive: kind === "area",
      bubblingMouseEvents: false, smoothFactor: 0, noClip: true, renderer,
    };
    const draw = path.includes("z") ? L.polygon : L.polyline;
    const layer = draw(geoLv.shapes.places(path), options).addTo(map);
    const level = code ? geoLv.data.areas[code].level : "";
    return { use, layer, element: layer.getElement(), kind, code, slug: use.dataset.slug || "", level };
  }

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
    if (cell.reason) return LOOKS[cell.reason];
    return cell.bin === null ? "no-figure" : "class-" + cell.bin;
  }

  /** @param {Twin} each */
  function paint(each) {
    const chosen = geoLv.indicator();
    const cell = chosen && chosen.cells[each.code];
    const look = lookOf(cell);
    [each.use, each.element].forEach((element) => {
      const kept = element.getAttribute("class").split(/\s+/)
        .filter((word) => !/^(class-\d|no-figure|missing|suppressed|not-applicable)$/.test(word));
      element.setAttribute("class", [...kept, look].join(" "));
    });
    const year = cell && chosen.year ? " (" + chosen.year + ")" : "";
    const name = geoLv.data.areas[each.code].name;
    const text = cell ? name + ": " + geoLv.figure(chosen, cell) + year : name;
    each.element.setAttribute("aria-label", text);
    each.element.setAttribute("aria-pressed", String(geoLv.pinned().includes(each.code)));
    each.use.querySelector("title").textContent = text;
  }

  function redraw() {
    const figure = byId("kaart-figuur");
    figure.classList.toggle("level-buurt", level() === "buurt");
    figure.classList.toggle("level-wijk", level() === "wijk");
    twins.filter((each) => each.kind === "area").forEach(paint);
    walk.reset();
    declutter();
  }

  /** @param {string} code */
  function areaTwin(code) {
    return twins.find((each) => each.kind === "area" && each.code === code);
  }

  /** Mark the pinned areas and the one that the reader points at. @param {string} [code] */
  function highlight(code) {
    const codes = code ? [...geoLv.pinned(), code] : geoLv.pinned();
    const lines = codes.flatMap((each) => areaTwin(each).layer.getLatLngs());
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
    bringIntoView(areaTwin(code));
  }

  /** @param {Twin} each */
  function bringIntoView(each) {
    byId("kaart-figuur").querySelector(".map-frame").scrollIntoView({ block: "nearest" });
    const centre = each.layer.getBounds().getCenter();
    if (!map.getBounds().pad(-0.15).contains(centre)) map.panTo(centre, { animate: false });
  }

  /** @param {Twin} each */
  function wire(each) {
    each.element.setAttribute("role", "button");
    walk.add(each.element);
    each.element.addEventListener("focus", () => {
      point(each.code);
      // not for a pointer: the map would move away under the click
      if (each.element.matches(":focus-visible")) bringIntoView(each);
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
    const at = text.dataset.at.split(",").map(Number);
    const level = text.classList.contains("of-wijk") ? "of-wijk" : "of-buurt";
    L.marker(geoLv.shapes.place(at), {
      icon: L.divIcon({ html, className: "map-label " + level, iconSize: [0, 0],
        iconAnchor: [0, -Number(text.dataset.dy || 0)] }),
      interactive: false, keyboard: false,
    }).addTo(map).getElement().setAttribute("aria-hidden", "true");
  }

  /** Show the names that have room, hide those that would lie over another. */
  function declutter() {
    const taken = Array.from(document.querySelectorAll(".site-marker"),
      (symbol) => symbol.getBoundingClientRect()).filter((box) => box.width);
    document.querySelectorAll(".map-label").forEach((name) => {
      name.classList.remove("crowded");
      const box = name.firstChild.getBoundingClientRect();
      const free = taken.every((other) => box.right < other.left || box.left > other.right
        || box.bottom < other.top || box.top > other.bottom);
      if (free && box.width) taken.push(box);
      else name.classList.add("crowded");
    });
  }

  /** A line over the areas that gets its places later. @param {string} className */
  function line(className) {
    const options = { className, interactive: false, smoothFactor: 0, noClip: true, renderer };
    return L.polyline([], options).addTo(map);
  }

  /** The dots of the drawing, laid over the map as they are. @param {SVGSVGElement} drawing */
  function homes(drawing) {
    const dots = drawing.querySelector(".homes");
    if (!dots) return;
    const { x, y, width, height } = drawing.viewBox.baseVal;
    const svg = document.createElementNS(drawing.namespaceURI, "svg");
    svg.setAttribute("viewBox", drawing.getAttribute("viewBox"));
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    svg.append(dots.cloneNode(true));
    const corners = [[x, y], [x + width, y + height]].map(geoLv.shapes.place);
    L.svgOverlay(svg, corners, { className: "home-layer" }).addTo(map);
    // small dots while much is in view, as in the drawing
    const far = () => svg.classList.toggle("far", width >= FAR * svg.clientWidth);
    map.on("zoomend", far);
    far();
  }

  /** @param {L.Map} leaflet */
  function start(leaflet) {
    map = leaflet;
    renderer = L.svg({ padding: 1 }); // so that a drag shows no empty edge
    const drawing = byId("tekening");
    drawing.querySelectorAll("use:not(.homes use)").forEach((use) => twins.push(twin(use)));
    highlights = ["highlight-casing", "highlight"].map(line);
    homes(drawing);
    drawing.querySelectorAll(".area-label").forEach(label);
    const svg = map.getPane("overlayPane").querySelector("svg");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", "Gebieden op de kaart");
    walk = geoLv.roving(() => seen().map((each) => each.element), {
      enter: (element) => pin(twins.find((each) => each.element === element).code), leave: release,
    });
    twins.filter((each) => each.kind === "area").forEach(wire);
    map.on("click", release).on("zoomend", declutter);
    if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
    geoLv.listen(redraw);
  }

  geoLv.areas = { start, twins, seen, rest, goTo, pin, line, areaTwin };
})(window.geoLv);
