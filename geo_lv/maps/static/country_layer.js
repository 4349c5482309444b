/** The map: all buurten on one canvas, and on another what is pointed at. */
(function (geoLv) {
  "use strict";
  const country = geoLv.country, shapes = country.shapes;

  const EARTH = 2 * Math.PI * 6378137;
  /** Metres of the map per pixel, from which on buurten have no line of their own. */
  const FAR = 130;
  /** Pixels: an area that is smaller gets a ring around it when it is pointed at. */
  const SMALL = 14;
  const CLASSES = ["class-0", "class-1", "class-2", "class-3", "class-4"];
  const LOOKS = ["missing", "suppressed", "not-applicable", "not-built"];
  /** Lines of the hatch of each, in a tile of eight pixels. */
  const HATCHES = ["M2 2h.01M6 6h.01", "M0 0l8 8M8 0l-8 8", "M0 2h8M0 6h8", "M-2 6l4 4M0 0l8 8M6 -2l4 4"];
  /** Which dots of such a tile are dark from far away. @type {Array<function(number, number): boolean>} */
  const FINE = [(x, y) => x % 2 + y % 2 === 0, (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x, y) => (x - y) % 4 === 0];

  /** @type {L.Map} */
  let map;
  /** @type {AreasLayer} */
  let layer;
  /** @type {Record<string, string>} */
  let colours = {};
  /** @type {HTMLCanvasElement[]} */
  let tiles = [];
  /** @type {HTMLCanvasElement[]} */
  let farTiles = [];

  /** Colours of the style sheet, which follow the choice for light or dark. */
  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = CLASSES.concat("ground", "hatch-line", "edge", "casing", "accent", "not-built");
    colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
    makeTiles();
  }

  /** @param {string} ground @returns {CanvasRenderingContext2D} a small piece of one colour */
  function piece(ground) {
    const made = document.createElement("canvas");
    made.width = made.height = 8;
    const brush = /** @type {CanvasRenderingContext2D} */ (made.getContext("2d", { willReadFrequently: true }));
    brush.fillStyle = ground;
    brush.fillRect(0, 0, 8, 8);
    return brush;
  }

  /** @param {number} reason */
  function groundOf(reason) {
    return colours[LOOKS[reason] === "not-built" ? "not-built" : "ground"];
  }

  /** @param {number} reason @returns {HTMLCanvasElement} a piece of hatch */
  function hatch(reason) {
    const brush = piece(groundOf(reason));
    brush.strokeStyle = colours["hatch-line"];
    brush.lineCap = "round";
    brush.lineWidth = reason ? 1.2 : 2.4;
    brush.stroke(new Path2D(HATCHES[reason]));
    return brush.canvas;
  }

  /** So fine that a buurt of a few dots still differs from every class. @param {number} reason @returns {HTMLCanvasElement} */
  function fineHatch(reason) {
    const brush = piece(groundOf(reason));
    brush.fillStyle = colours["hatch-line"];
    for (let dot = 0; dot < 64; dot += 1) {
      if (FINE[reason](dot % 8, dot >> 3)) brush.fillRect(dot % 8, dot >> 3, 1, 1);
    }
    return brush.canvas;
  }

  /** Pieces for nearby, and for far away: of each class, and of each reason from the last one on. */
  function makeTiles() {
    const plain = CLASSES.map((name) => piece(colours[name]).canvas);
    tiles = plain.concat(LOOKS.map((_, n) => hatch(n)).reverse());
    farTiles = plain.concat(LOOKS.map((_, n) => fineHatch(n)).reverse());
  }

  /**
   * How grid becomes screen: pixels per unit, and where the corner of the grid is.
   * @returns {CountryView}
   */
  function view() {
    const frame = country.frame, world = 256 * 2 ** map.getZoom();
    const corner = /** @type {L.Point} */ (map.getPixelBounds().min);
    return {
      scale: frame.unit * world / EARTH,
      x: (frame.west / EARTH + 0.5) * world - corner.x,
      y: (0.5 - frame.north / EARTH) * world - corner.y,
    };
  }

  /** @param {number} x @param {number} y on the grid @returns {L.LatLng} */
  function place(x, y) {
    const frame = country.frame;
    return L.Projection.SphericalMercator.unproject(L.point(frame.west + x * frame.unit, frame.north - y * frame.unit));
  }

  /** @param {ArrayLike<number>} box @returns {L.LatLngBounds} */
  function boundsOf(box) {
    return L.latLngBounds(place(box[0], box[3]), place(box[2], box[1]));
  }

  /** @param {CanvasRenderingContext2D} brush @param {number} kind class, or -1 - reason */
  function fillOf(brush, kind) {
    if (kind >= 0) return colours["class-" + kind];
    const pattern = brush.createPattern(tiles[tiles.length + kind], "repeat");
    if (pattern) pattern.setTransform(new DOMMatrix().scale(1 / view().scale));
    return pattern || colours.ground;
  }

  /** @returns {number[]} west, north, east and south of what is in view, on the grid */
  function seen() {
    const { scale, x, y } = view(), size = map.getSize();
    return [-x / scale, -y / scale, (size.x - x) / scale, (size.y - y) / scale];
  }

  /** @returns {Map<number, number[]>} the areas in view by class or reason */
  function inView() {
    const { kinds } = /** @type {CountryIndicator} */ (country.indicator());
    /** @type {Map<number, number[]>} */
    const found = new Map();
    shapes.within(seen()).forEach((n) => {
      const group = found.get(kinds[n]);
      if (group) group.push(n); else found.set(kinds[n], [n]);
    });
    return found;
  }

  /** Each buurt with a line around it. @param {CanvasRenderingContext2D} brush @param {number} scale */
  function paintNear(brush, scale) {
    brush.strokeStyle = colours.edge;
    brush.lineWidth = 0.5 / scale;
    const fine = shapes.level(scale);
    inView().forEach((group, kind) => {
      brush.fillStyle = fillOf(brush, kind);
      group.forEach((n) => {
        const path = shapes.path(n, fine);
        brush.fill(path, "evenodd");
        brush.stroke(path);
      });
    });
  }

  /** Without lines: there would be nothing but lines. @param {CanvasRenderingContext2D} brush */
  function paintFar(brush) {
    const ratio = window.devicePixelRatio || 1, { scale, x, y } = view();
    country.raster.paint(brush, { scale: scale * ratio, x: x * ratio, y: y * ratio }, farTiles);
  }

  /** @param {CanvasRenderingContext2D} brush */
  function paintAreas(brush) {
    if (!country.indicator()) return;
    const { scale } = view(), far = country.frame.unit / scale > FAR, fine = shapes.level(scale);
    if (far) paintFar(brush); else paintNear(brush, scale);
    brush.strokeStyle = colours.edge;
    brush.lineWidth = (far ? 0.7 : 1.8) / scale;
    brush.stroke(shapes.gemeenteLines(fine, seen()));
  }

  /** @param {CanvasRenderingContext2D} brush @param {number} n @param {string} colour */
  function paintRing(brush, n, colour) {
    const { scale } = view(), { x, y } = shapes.centre(n);
    const ring = new Path2D();
    ring.arc(x, y, (SMALL - 3) / scale, 0, 2 * Math.PI);
    outline(brush, ring, colour, scale);
  }

  /** @param {CanvasRenderingContext2D} brush @param {Path2D} path @param {string} colour @param {number} scale */
  function outline(brush, path, colour, scale) {
    brush.lineJoin = "round";
    brush.strokeStyle = colours.casing;
    brush.lineWidth = 6 / scale;
    brush.stroke(path);
    brush.strokeStyle = colour;
    brush.lineWidth = 3 / scale;
    brush.stroke(path);
  }

  /** @param {CanvasRenderingContext2D} brush */
  function paintMarks(brush) {
    const { scale } = view();
    const chosen = country.gemeenten.findIndex((each) => each.code === country.state.gemeente);
    if (chosen >= 0) outline(brush, shapes.gemeenteLine(chosen, shapes.level(scale), seen()), colours.edge, scale);
    const marked = [[country.placeOf(country.state.area), colours.edge], [country.pointed, colours.accent]];
    /** @type {Array<[number, string]>} */ (marked).forEach(([n, colour]) => {
      if (n < 0 || !shapes.has(n)) return;
      outline(brush, shapes.path(n, shapes.level(scale)), colour, scale);
      const box = shapes.boxOf([n]);
      if (Math.max(box[2] - box[0], box[3] - box[1]) * scale < SMALL) paintRing(brush, n, colour);
    });
  }

  /** Two canvases that follow the map. */
  class AreasLayer extends L.Layer {
    /** @param {L.Map} onto @returns {this} */
    onAdd(onto) {
      /** @type {HTMLCanvasElement[]} */
      this.sheets = ["areas", "marks"].map((name) => {
        const sheet = document.createElement("canvas");
        sheet.className = "country-" + name;
        onto.getPanes().overlayPane.append(sheet);
        return sheet;
      });
      onto.on("moveend resize", this.draw, this);
      this.draw();
      return this;
    }

    draw() {
      const size = map.getSize(), ratio = window.devicePixelRatio || 1;
      // on paper the map has no place
      if (!size.x || !size.y) return;
      const corner = map.containerPointToLayerPoint([0, 0]);
      (this.sheets || []).forEach((sheet) => {
        L.DomUtil.setPosition(sheet, corner);
        [sheet.width, sheet.height] = [size.x * ratio, size.y * ratio];
        [sheet.style.width, sheet.style.height] = [size.x + "px", size.y + "px"];
      });
      this.paint(0, paintAreas);
      this.mark();
    }

    mark() {
      this.paint(1, paintMarks);
    }

    /** @param {number} n of the sheet @param {function(CanvasRenderingContext2D): void} act */
    paint(n, act) {
      const sheet = (this.sheets || [])[n], ratio = window.devicePixelRatio || 1, { scale, x, y } = view();
      const brush = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
      brush.setTransform(1, 0, 0, 1, 0, 0);
      brush.clearRect(0, 0, sheet.width, sheet.height);
      brush.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
      act(brush);
    }
  }

  /** @param {L.LatLng} point @returns {number} the area there, or -1 */
  function areaAt(point) {
    const { x, y } = L.Projection.SphericalMercator.project(point), frame = country.frame;
    return shapes.at((x - frame.west) / frame.unit, (frame.north - y) / frame.unit);
  }

  /** @param {Iterable<number>} several @param {number} around share of their size that is shown around them */
  function show(several, around) {
    const box = shapes.boxOf(several);
    if (box[0] <= box[2]) map.fitBounds(boundsOf(box).pad(around), { animate: false });
  }

  /** Bring an area into view without zooming. @param {number} n */
  function reveal(n) {
    if (!shapes.has(n)) return;
    const { x, y } = shapes.centre(n), spot = place(x, y);
    if (!map.getBounds().pad(-0.1).contains(spot)) map.panTo(spot, { animate: false });
  }

  function whole() {
    const frame = country.frame;
    map.fitBounds(boundsOf([0, 0, frame.width, frame.height]), { padding: [6, 6], animate: false });
  }

  /** @returns {L.Map} */
  function make() {
    const made = L.map("landkaart", { zoomControl: false, attributionControl: false, keyboard: false,
      scrollWheelZoom: false, zoomSnap: 0.25, zoomAnimation: false, fadeAnimation: false, maxZoom: 16,
      inertia: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
    L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(made);
    L.control.scale({ imperial: false }).addTo(made);
    return made;
  }

  function start() {
    readColours();
    map = geoLv.map = make();
    whole();
    map.setMinZoom(map.getZoom() - 1);
    layer = /** @type {AreasLayer} */ (new AreasLayer().addTo(map));
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); layer.draw(); });
    country.listen((now, before) => (now.indicator === before.indicator ? layer.mark() : layer.draw()));
  }

  country.layer = { start, areaAt, place, show, reveal, whole, mark: () => layer.mark() };
})(window.geoLv);
