/** The areas on the map: a twin of every shape in the drawing, so that both always look the same. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /**
   * @typedef {{use: Element, layer: L.Polyline, element: Element, kind: string, code: string,
   *   slug: string, level: string}} Twin
   * @type {Twin[]}
   */
  const twins = [];
  /** @type {L.Map} */
  let map;
  let renderer, walk, outline;

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

  /** @param {Twin} each */
  function paint(each) {
    const chosen = geoLv.indicator();
    const cell = chosen && chosen.level === each.level ? chosen.cells[each.code] : undefined;
    const look = geoLv.look(cell);
    [each.use, each.element].forEach((element) => {
      const kept = element.getAttribute("class").split(/\s+/)
        .filter((word) => !/^(class-\d|no-figure|missing|suppressed|not-applicable)$/.test(word));
      element.setAttribute("class", [...kept, look].join(" "));
    });
    const year = cell && chosen.year ? " (" + chosen.year + ")" : "";
    const name = geoLv.data.areas[each.code].name;
    const text = cell ? name + ": " + geoLv.figure(chosen, cell) + year : name;
    each.element.setAttribute("aria-label", text);
    each.element.setAttribute("aria-pressed", String(geoLv.state.pinned === each.code));
    each.use.querySelector("title").textContent = text;
  }

  function redraw() {
    const figure = byId("kaart-figuur");
    figure.classList.toggle("level-buurt", level() === "buurt");
    figure.classList.toggle("level-wijk", level() === "wijk");
    twins.filter((each) => each.kind === "area").forEach(paint);
    const pinned = geoLv.data.areas[geoLv.state.pinned];
    if (pinned && pinned.level !== level()) { geoLv.set({ pinned: "" }); rest(); return; }
    walk.reset();
    declutter();
  }

  /** @param {Twin|undefined} each */
  function highlight(each) {
    outline.forEach((line) => line.setLatLngs(each ? each.layer.getLatLngs() : []));
  }

  /** @param {Twin} each */
  function point(each) {
    highlight(each);
    geoLv.card.show({ code: each.code });
  }

  /** Back to what is pinned, or to the page's own area. */
  function rest() {
    const pinned = twins.find((each) => each.kind === "area" && each.code === geoLv.state.pinned);
    if (pinned) point(pinned);
    else { highlight(undefined); geoLv.card.show({}); }
  }

  /** @param {Twin} each */
  function pin(each) {
    const on = geoLv.state.pinned !== each.code;
    geoLv.set({ pinned: on ? each.code : "" });
    point(each);
    geoLv.card.say(geoLv.data.areas[each.code].name + (on ? " vastgezet" : " losgelaten"));
  }

  function release() {
    const pinned = geoLv.data.areas[geoLv.state.pinned];
    geoLv.set({ pinned: "" });
    rest();
    if (pinned) geoLv.card.say(pinned.name + " losgelaten");
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
      point(each);
      // not for a pointer: the map would move away under the click
      if (each.element.matches(":focus-visible")) bringIntoView(each);
    });
    each.element.addEventListener("blur", rest);
    each.layer.on("mouseover", () => point(each));
    each.layer.on("mouseout", rest);
    each.layer.on("click", () => { pin(each); geoLv.card.reveal(); });
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

  /** @param {L.Map} leaflet */
  function start(leaflet) {
    map = leaflet;
    renderer = L.svg({ padding: 1 }); // so that a drag shows no empty edge
    const drawing = byId("tekening");
    drawing.querySelectorAll("use").forEach((use) => twins.push(twin(use)));
    outline = ["highlight-casing", "highlight"].map((className) =>
      L.polyline([], { className, interactive: false, smoothFactor: 0, noClip: true, renderer }).addTo(map));
    drawing.querySelectorAll(".area-label").forEach(label);
    const svg = map.getPane("overlayPane").querySelector("svg");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", "Gebieden op de kaart");
    walk = geoLv.roving(() => seen().map((each) => each.element), {
      enter: (element) => pin(twins.find((each) => each.element === element)), leave: release,
    });
    twins.filter((each) => each.kind === "area").forEach(wire);
    map.on("click", release).on("zoomend", declutter);
    if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
    geoLv.listen(redraw);
  }

  geoLv.areas = { start, twins, rest };
})(window.geoLv);
