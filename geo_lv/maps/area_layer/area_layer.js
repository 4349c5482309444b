/** Areas of a frame as a layer of Leaflet: a chooser, a legend, a table, and the keyboard. */
(function () {
  "use strict";

  /**
   * @typedef {{code: string, name: string, polygons: number[][][]}} ShownArea
   * @typedef {{label: string, source: string, note: string, classes: string[], texts: string[], bins: number[]}} ShownMeasure
   * @typedef {{title: string, areas: ShownArea[], reasons: string[], measures: ShownMeasure[]}} LayerData
   * @typedef {{element: HTMLElement, details: HTMLDetailsElement, status: HTMLElement, fill: function(ShownMeasure): void}} LayerPanel
   */

  const UNITS_PER_DEGREE = 1e6;
  /** Even steps in lightness: told apart in grey and with colour blindness. */
  const COLOURS = ["#f4ecd8", "#b8d0bb", "#8cb5ac", "#5f959b", "#3a7a8c"];
  /** Of each reason: the side of a tile and what is drawn on its grey ground. */
  const HATCHES = [
    { side: 10, mark: "M1.5,2.5h2M6.5,7.5h2", width: 2 },
    { side: 7, mark: "M0,0l7,7M7,0l-7,7", width: 1 },
    { side: 6, mark: "M0,3h6", width: 1 },
  ];
  /** A background map shows through. */
  const OPACITY = 0.85;
  /** Pixels from which a map has room for an open panel. */
  const WIDE = 600;
  /** @type {Object<string, number>} */
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /**
   * An element with text that is never read as HTML.
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag @param {string} [className] @param {string} [text]
   * @returns {HTMLElementTagNameMap[K]}
   */
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = "geo-lv-" + className;
    if (text) element.textContent = text;
    return element;
  }

  /** @param {string} tag @param {Object<string, string|number>} attributes @param {...Element} children */
  function svg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, String(value)));
    element.append(...children);
    return element;
  }

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

  /** Hatches for what has no figure; a map may hide them from view, never from the page. @param {string} id */
  function hatches(id) {
    const patterns = HATCHES.map(({ side, mark, width }, n) => svg("pattern",
      { id: id + "_" + n, width: side, height: side, patternUnits: "userSpaceOnUse" },
      svg("path", { d: "M0,0h" + side + "v" + side + "h-" + side + "z", fill: "#f3f3f1" }),
      svg("path", { d: mark, fill: "none", stroke: "#77818b", "stroke-width": width })));
    return svg("svg", { class: "geo-lv-hatches", width: 0, height: 0, "aria-hidden": "true" },
      svg("defs", {}, ...patterns));
  }

  /** Colour of a class or hatch of a reason. @param {string} id @param {ShownMeasure} measure @param {number} bin */
  function fillOf(id, measure, bin) {
    if (bin < 0) return "url(#" + id + "_" + (-1 - bin) + ")";
    const last = measure.classes.length - 1;
    return COLOURS[last ? Math.round(bin * (COLOURS.length - 1) / last) : 2];
  }

  /** @param {string} id @param {LayerData} data @param {ShownMeasure} measure @returns {HTMLElement[]} lines of the legend */
  function legend(id, data, measure) {
    const count = (/** @type {number} */ bin) => measure.bins.filter((each) => each === bin).length;
    const classes = measure.classes.map((words, bin) => ({ words, bin }));
    const reasons = data.reasons.map((words, n) => ({ words, bin: -1 - n }));
    return [...classes, ...reasons.filter(({ bin }) => count(bin))].map(({ words, bin }) => {
      const line = make("li");
      line.append(svg("svg", { width: 22, height: 14, "aria-hidden": "true" },
        svg("rect", { width: 22, height: 14, fill: fillOf(id, measure, bin), "fill-opacity": OPACITY, stroke: "#16202a" })),
      make("span", "", words + " (" + count(bin) + ")"));
      return line;
    });
  }

  /** @param {HTMLElement} row @param {string[]} texts @param {"row"|"col"} scope of the first, or of all */
  function cells(row, texts, scope) {
    texts.forEach((text, n) => {
      const cell = make(scope === "col" || n === 0 ? "th" : "td", "", text);
      if (cell.tagName === "TH") cell.setAttribute("scope", scope);
      row.append(cell);
    });
    return row;
  }

  /** The same figures as the map. @param {LayerData} data */
  function table(data) {
    const element = make("table"), head = make("thead"), body = make("tbody");
    const titles = ["Gebied", ...data.measures.map((measure) => measure.label)];
    head.append(cells(make("tr"), titles, "col"));
    body.append(...data.areas.map((area, n) =>
      cells(make("tr"), [area.name, ...data.measures.map((measure) => measure.texts[n])], "row")));
    element.append(make("caption", "", data.title), head, body);
    return element;
  }

  /** A button and what it opens. @param {LayerData} data */
  function tableButton(data) {
    const button = make("button", "button", "Tabel");
    const dialog = make("dialog", "dialog"), form = make("form");
    dialog.setAttribute("aria-label", "Tabel: " + data.title);
    form.method = "dialog";
    form.append(make("button", "button", "Sluiten"));
    button.type = "button";
    button.addEventListener("click", () => {
      if (!dialog.childElementCount) {
        const frame = make("div", "scroll");
        frame.tabIndex = 0;
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", data.title);
        frame.append(table(data));
        dialog.append(form, frame);
      }
      dialog.showModal();
    });
    return [button, dialog];
  }

  /** @param {LayerData} data @param {function(number): void} choose */
  function chooser(data, choose) {
    if (data.measures.length === 1) return make("p", "measure", data.measures[0].label);
    const label = make("label", "measure", "Cijfer "), select = make("select");
    select.append(...data.measures.map((measure) => make("option", "", measure.label)));
    select.addEventListener("change", () => choose(select.selectedIndex));
    label.append(select);
    return label;
  }

  /**
   * @param {string} id @param {LayerData} data @param {function(number): void} choose
   * @returns {LayerPanel}
   */
  function panel(id, data, choose) {
    const element = make("section", "panel"), details = make("details");
    const lines = make("ul", "legend"), about = make("div", "about"), status = make("p", "status");
    element.setAttribute("aria-label", data.title);
    lines.setAttribute("aria-label", "Legenda");
    status.setAttribute("role", "status");
    details.append(make("summary", "", data.title), chooser(data, choose), lines, about, ...tableButton(data));
    element.append(details, status, hatches(id));
    return { element, details, status, fill(measure) {
      lines.replaceChildren(...legend(id, data, measure));
      about.replaceChildren(...[measure.note, measure.source && "Bron: " + measure.source]
        .filter(Boolean).map((text) => make("p", "", text)));
    } };
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
