/** Areas of a frame as a layer of Leaflet, with a panel, for the mouse and for the keyboard. */
(function () {
  "use strict";
  const { OPACITY, fillOf, make, panel } = window.geoLvAreaPanel;

  const UNITS_PER_DEGREE = 1e6;
  /** Pixels from which a map has room for an open panel. */
  const WIDE = 600;
  /** @type {Object<string, number>} */
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /** Places from a first one and steps. @param {number[]} steps @returns {L.LatLngTuple[]} */
  function ring(steps) {
    /** @type {L.LatLngTuple[]} */
    const places = [];
    for (let n = 0, x = 0, y = 0; n < steps.length; n += 2) {
      x += steps[n];
      y += steps[n + 1];
      places.push([y / UNITS_PER_DEGREE, x / UNITS_PER_DEGREE]);
    }
    return places;
  }

  /**
   * The index of the area to go to, or nothing if the key means something else.
   * @param {KeyboardEvent} event @param {ShownArea[]} areas @param {number} at
   */
  function target(event, areas, at) {
    if (event.key === "Home") return 0;
    if (event.key === "End") return areas.length - 1;
    if (event.key in STEPS) return Math.min(Math.max(at + STEPS[event.key], 0), areas.length - 1);
    if (event.key.length !== 1 || event.key === " ") return undefined;
    const starts = (/** @type {ShownArea} */ area) => area.name.toLowerCase().startsWith(event.key.toLowerCase());
    const after = [...areas.keys()].map((n) => (at + 1 + n) % areas.length);
    return after.find((n) => starts(areas[n]));
  }

  /**
   * The areas as drawn on a map, once for each time that the layer is switched on.
   * @param {L.Map} map @param {L.LatLngTuple[][][][]} places of each area @param {string} title
   */
  function draw(map, places, title) {
    // renderers of its own: one list for the keyboard, also on a map that draws on a canvas
    const renderer = L.svg({ padding: 0.5 }), above = L.svg({ padding: 0.5, pane: "markerPane" });
    const look = { renderer, color: "#16202a", weight: 1, className: "geo-lv-area" };
    const polygons = places.map((rings) => L.polygon(rings, look).addTo(map));
    const marks = [{ color: "#fff", weight: 7 }, { color: "#0b5a73", weight: 3 }].map((line) =>
      L.polygon([], { ...line, fill: false, interactive: false, renderer: above }).addTo(map));
    const tip = L.tooltip({ direction: "top", className: "geo-lv-tip" });
    const elements = polygons.map((polygon) => /** @type {SVGElement} */ (polygon.getElement()));
    const list = /** @type {Element} */ (elements[0].ownerSVGElement);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", title);
    Array.from(list.children, (group) => group.setAttribute("role", "none"));
    elements.forEach((element) => element.setAttribute("role", "option"));
    /** @type {Element} */ (marks[0].getElement()).closest("svg")?.setAttribute("aria-hidden", "true");
    return {
      polygons, elements,
      /** Mark an area and tell its figure beside it. @param {number} n @param {string} words */
      show(n, words) {
        marks.forEach((mark) => mark.setLatLngs(/** @type {L.LatLng[][][]} */ (polygons[n].getLatLngs())));
        tip.setLatLng(polygons[n].getBounds().getCenter()).setContent(make("span", "", words)).addTo(map);
      },
      leave() {
        marks.forEach((mark) => mark.setLatLngs([]));
        tip.remove();
      },
      /** Take the figure away and leave the mark: the keyboard is still there. */
      hush() {
        tip.remove();
      },
      remove() {
        [...polygons, ...marks, tip, renderer, above].forEach((part) => part.remove());
      },
    };
  }

  /** @param {string} id of the layer @param {LayerData} data */
  function areaLayer(id, data) {
    const places = data.areas.map((area) => area.polygons.map((polygon) => polygon.map(ring)));
    const control = new L.Control({ position: "topright" });
    const view = panel(id, data, (n) => { chosen = n; paint(); });
    let chosen = 0, current = 0, picked = false;
    /** @type {L.Map} */
    let map;
    /** @type {ReturnType<typeof draw>} */
    let drawn;

    /** @param {number} n */
    function words(n) {
      return data.areas[n].name + ": " + data.measures[chosen].texts[n];
    }

    function paint() {
      const measure = data.measures[chosen];
      view.fill(measure);
      drawn.polygons.forEach((polygon, n) => {
        polygon.setStyle({ fillColor: fillOf(id, measure, measure.bins[n]), fillOpacity: OPACITY });
        drawn.elements[n].setAttribute("aria-label", words(n));
      });
      stop();
    }

    /** The current area is the one that Tab reaches; once a reader chose it, the status tells it. */
    function stop() {
      if (picked) view.status.textContent = words(current);
      drawn.elements.forEach((element, n) => {
        element.setAttribute("aria-selected", String(picked && n === current));
        element.setAttribute("tabindex", n === current ? "0" : "-1");
      });
    }

    /** @param {number} n */
    function goTo(n) {
      [current, picked] = [n, true];
      stop();
      drawn.show(n, words(n));
      const middle = drawn.polygons[n].getBounds().getCenter();
      // not for a pointer: the map would move away under the click
      if (drawn.elements[n].matches(":focus-visible") && !map.getBounds().contains(middle)) map.panTo(middle, { animate: false });
    }

    /** Back to the area that has the keyboard, if one has. */
    function rest() {
      if (document.activeElement === drawn.elements[current]) drawn.show(current, words(current));
      else drawn.leave();
    }

    /** @param {KeyboardEvent} event @param {number} n */
    function key(event, n) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") drawn.hush();
      const next = target(event, data.areas, n);
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      drawn.elements[next].focus({ preventScroll: true });
    }

    function wire() {
      drawn.polygons.forEach((polygon, n) => {
        polygon.on({ mouseover: () => drawn.show(n, words(n)), mouseout: rest, click: () => goTo(n) });
        drawn.elements[n].addEventListener("focus", () => goTo(n));
        drawn.elements[n].addEventListener("blur", drawn.leave);
        drawn.elements[n].addEventListener("keydown", (event) => key(event, n));
      });
    }

    control.onAdd = () => view.element;
    L.DomEvent.disableClickPropagation(view.element).disableScrollPropagation(view.element);
    // keys in the panel are for the panel: the map would move along
    view.element.addEventListener("keydown", (event) => event.stopPropagation());

    return Object.assign(new L.Layer(), {
      /** @param {L.Map} on */
      onAdd(on) {
        // open where there is room: the first of a wide map
        const others = on.getContainer().querySelector(".geo-lv-panel details[open]");
        if (!map) view.details.open = on.getSize().x >= WIDE && !others;
        map = on;
        drawn = draw(map, places, data.title);
        control.addTo(map);
        wire();
        paint();
      },
      onRemove() {
        drawn.remove();
        control.remove();
      },
      getBounds: () => L.latLngBounds(places.flat(3)),
    });
  }

  /** Make the layer whose data stand in this page. @param {string} id */
  window.geoLvAreaLayer = function (id) {
    const block = /** @type {HTMLElement} */ (document.getElementById(id + "_data"));
    return areaLayer(id, JSON.parse(block.textContent || ""));
  };
})();
