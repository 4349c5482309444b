/**
 * The map as a picture of its own: an SVG that needs no style sheet, and the same as a PNG.
 *
 * A picture ends in a report, so it has the colours of paper, whatever the screen has. The policy of
 * a page lets no image load, so the PNG is not made from the SVG but painted shape by shape. For that
 * the SVG is plain: each shape says its own place, and how it looks other than the sheet.
 */
(function (geoLv) {
  "use strict";

  /** In pixels: the map, the legend beside it, the edge around them; a PNG has SHARP times as many. */
  const WIDE = 760, HIGH = 560, SIDE = 250, EDGE = 28, SHARP = 2;
  const RIGHT = EDGE + WIDE + EDGE, FULL = RIGHT + SIDE + EDGE;
  const PLACE = ["x", "y", "width", "height", "cx", "cy", "r", "d", "patternUnits"];
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];
  /** @type {SVGElement} */
  let sheet;
  /** @type {Attributes} How the sheet looks, which its shapes need not say. */
  let common;
  /** @type {number} Where the next text can stand. */
  let foot;

  /** @param {string|null} selector of a part that the page has */
  const find = (selector) => /** @type {Element} */ (document.querySelector(/** @type {string} */ (selector)));

  /** @param {string|null} text @param {number[]} none what stands for a text without numbers */
  const numbers = (text, none = []) => (String(text).match(/-?[\d.]+/g) || none).map(Number);

  /** @param {Node} to @param {string} tag @param {Object<string, string|number>} own @param {string|null} text */
  function add(to, tag, own, text = "") {
    const made = to.appendChild(L.SVG.create(tag));
    Object.keys(own).forEach((name) => made.setAttribute(name, String(own[name])));
    made.textContent = text;
    return made;
  }

  /** @param {Element} shape @returns {Attributes} its geometry */
  function place(shape) {
    return Object.fromEntries(PLACE.map((name) => [name, shape.getAttribute(name)]).filter((pair) => pair[1]));
  }

  /**
   * What the style sheet says.
   * @param {Element} shape @param {number} size which the width of its lines may not follow
   * @param {Attributes} known what need not be said
   * @returns {Attributes}
   */
  function looks(shape, size, known) {
    const style = getComputedStyle(shape), times = style.vectorEffect === "none" ? 1 : size;
    return Object.fromEntries(LOOKS.map((name) => [name, style.getPropertyValue(name).replace(/"/g, "").replace(/([\d.]+)px/g,
      (_, length) => String(+(length / (name === "font-size" ? 1 : times)).toFixed(2)))])
      .filter(([name, value]) => value !== known[name]));
  }

  /** Take a hatch along, once. @param {string} id with # */
  function hatch(id) {
    if (sheet.querySelector(id)) return;
    const used = find(id), tile = find(used.getAttribute("href") || id);
    const patternTransform = used.getAttribute("patternTransform") || "scale(1)";
    copyAll(tile, add(sheet, "pattern", { ...place(tile), id: id.slice(1), patternTransform }), [0, 0, 1]);
  }

  /** Copy what is shown, with its name. @param {Element} source @param {Element} to @param {Spot} at */
  function copy(source, to, at) {
    const tag = source.tagName, { display, fontSize } = getComputedStyle(source), [left, top, size] = at;
    if (tag === "title") add(to, tag, {}, source.textContent);
    else if (display === "none") return;
    else if (tag === "g") {
      const [x, y, times] = numbers(source.getAttribute("transform"), [0, 0, 1]);
      copyAll(source, add(to, tag, {}), [left + x * size, top + y * size, size * times]);
    } else copyShape(source, to, at, 1.15 * parseFloat(fontSize));
  }

  /** @param {Element} source @param {Element} to @param {Spot} at @param {number} line height of one */
  function copyShape(source, to, at, line) {
    const [left, top, size] = at, shape = source.tagName === "use" ? find(source.getAttribute("href")) : source;
    /** @type {Attributes} */
    const own = { ...looks(source, size, common), ...place(shape), transform: `translate(${left} ${top})scale(${size})` };
    if (/^url/.test(own.fill)) hatch(own.fill.slice(4, -1));
    if (shape.tagName !== "text") return copyAll(source, add(to, shape.tagName, own), at);
    // not every program knows the lines inside a text
    source.childNodes.forEach((part, n) => add(to, "text", { ...own, y: +own.y + n * line }, part.textContent));
  }

  /** @param {Element} source @param {Element} to @param {Spot} at */
  function copyAll(source, to, at) {
    Array.from(source.children, (each) => copy(each, to, at));
  }

  /**
   * Write what the reader sees of a part of the page, in lines as long as most letters fit.
   * @param {string} selector @param {number} size @param {number} weight @param {number} x @param {number} width
   */
  function write(selector, size, weight, x = EDGE, width = FULL - 2 * EDGE) {
    document.querySelectorAll(selector).forEach((each) => {
      if (each.closest("[hidden]") || getComputedStyle(each).display === "none") return;
      const swatch = each.querySelector(".swatch"), indent = swatch ? 36 : 0;
      if (swatch) copyAll(swatch, sheet, [x, foot, 1]);
      const { childNodes } = /** @type {Node} */ (swatch ? swatch.nextSibling : each);
      const text = Array.from(childNodes, (part) => part.textContent).join(" ").replace(/\s+/g, " ");
      const row = new RegExp(".{1," + Math.floor((width - indent) / size / 0.54) + "}( |$)|\\S+", "g");
      for (const [line] of text.matchAll(row)) {
        add(sheet, "text", { x: x + indent, y: foot + size, "font-size": size, "font-weight": weight }, line.trim());
        foot += Math.round(size * 1.35);
      }
      foot += size / 2;
    });
  }

  /** @param {Element} to */
  function drawMap(to) {
    const drawing = find("#tekening"), [x, y, width, height] = numbers(drawing.getAttribute("viewBox"));
    const size = Math.min(WIDE / width, HIGH / height);
    /** As large as the map. @param {number} margin @param {Object<string, string|number>} own */
    const rect = (margin, own) => add(to, "rect", { x: EDGE - margin, y: foot - margin,
      width: WIDE + 2 * margin, height: HIGH + 2 * margin, ...own });
    const across = (WIDE - width * size) / 2, down = (HIGH - height * size) / 2;
    /** @type {Object<string, number[]>} how far these move to stand in a corner */
    const corners = { scale: [-across, down], north: [across, -down] };
    rect(0, { fill: getComputedStyle(/** @type {Element} */ (drawing.parentElement)).backgroundColor });
    drawing.querySelectorAll("svg > use, svg > g").forEach((each) => {
      const [right, low] = corners[each.classList[0]] || [0, 0];
      copy(each, to, [EDGE + across - x * size + right, foot + down - y * size + low, size]);
    });
    // a white mat around it needs no clipping
    rect(1e3, { fill: "none", stroke: "#fff", "stroke-width": 2e3 });
  }

  function compose() {
    const { body } = document;
    common = { ...looks(body, 1, {}), fill: getComputedStyle(body).color };
    sheet = add(new DocumentFragment(), "svg", { ...common, lang: "nl", width: FULL });
    add(sheet, "title", {}, document.title);
    add(sheet, "desc", {}, find("#tekening-titel").textContent);
    const map = add(sheet, "g", {});
    foot = EDGE;
    write("h1", 26, 700);
    write("#legenda-label", 17, 600);
    write(".banner.intern, .legend-fictitious, body:has(.show-homes) .banner.fictitious strong", 15, 700);
    write(".meta div", 13, 400);
    const under = foot + HIGH + 8;
    drawMap(map);
    write("#legenda li", 13, 400, RIGHT, SIDE);
    write(".show-phasing :is(.year-heading, .year-text li), .overlays li", 13, 400, RIGHT, SIDE);
    foot = Math.max(foot, under);
    write("#uitleg .note:has(#uitleg-bron), .show-sites > .note, .show-homes > .note", 12, 400);
    write("figcaption .attribution:not([id])", 12, 400);
    sheet.setAttribute("height", String(Math.ceil(foot) + EDGE / 2));
  }

  /** The screen keeps its own colours, and shows no change. */
  function onPaper() {
    const { classList } = document.documentElement;
    classList.add("on-paper");
    try { compose(); } finally { classList.remove("on-paper"); }
    document.getAnimations().forEach((each) => each.cancel());
  }

  /** @param {Element} area with a size @param {string} shapes in it */
  function canvas(area, shapes) {
    const made = document.createElement("canvas"), brush = /** @type {CanvasRenderingContext2D} */ (made.getContext("2d"));
    [made.width, made.height] = ["width", "height"].map((name) => Number(area.getAttribute(name)) * SHARP);
    area.querySelectorAll(shapes).forEach((shape) => paint(brush, shape));
    return made;
  }

  /** @param {CanvasRenderingContext2D} brush @param {string} fill @returns {string|CanvasPattern} */
  function ink(brush, fill) {
    const hatched = /^url/.test(fill) && sheet.querySelector(fill.slice(4, -1));
    if (!hatched) return fill;
    const made = /** @type {CanvasPattern} */ (brush.createPattern(canvas(hatched, "*"), "repeat"));
    made.setTransform(new DOMMatrix().scale(numbers(hatched.getAttribute("patternTransform"))[0] / SHARP));
    return made;
  }

  /** Set place, lines and letters. @param {CanvasRenderingContext2D} brush @param {function(string): string} own */
  function setUp(brush, own) {
    const [left, top, size] = numbers(own("transform"), [0, 0, 1]).map((part) => part * SHARP);
    brush.setTransform(size, 0, 0, size, left, top);
    brush.lineWidth = +own("stroke-width");
    brush.lineCap = /** @type {CanvasLineCap} */ (own("stroke-linecap"));
    brush.lineJoin = /** @type {CanvasLineJoin} */ (own("stroke-linejoin"));
    brush.setLineDash(numbers(own("stroke-dasharray")));
    brush.font = `${own("font-weight")} ${own("font-size")}px ${own("font-family")}`;
    brush.textAlign = /** @type {CanvasTextAlign} */ (own("text-anchor").replace("middle", "center"));
  }

  /** @param {CanvasRenderingContext2D} brush @param {Element} shape */
  function paint(brush, shape) {
    /** @param {string} name */
    const own = (name) => shape.getAttribute(name) || common[name] || "";
    const [x, y, width, height, cx, cy, r] = PLACE.map((name) => +own(name));
    // a canvas draws no line without length, which is how a home is drawn
    const path = new Path2D(own("d").replace(/h0(?!\.)/g, "h.01"));
    if (r) path.arc(cx, cy, r, 0, 7);
    if (width) path.rect(x, y, width, height);
    setUp(brush, own);
    /** @type {("fill"|"stroke")[]} */
    const kinds = own("paint-order") === "stroke" ? ["stroke", "fill"] : ["fill", "stroke"];
    kinds.filter((kind) => own(kind) !== "none").forEach((kind) => {
      brush[/** @type {const} */ (`${kind}Style`)] = ink(brush, own(kind));
      brush.globalAlpha = +own(kind + "-opacity");
      if (shape.tagName === "text") brush[/** @type {const} */ (`${kind}Text`)](/** @type {string} */ (shape.textContent), x, y);
      // to stroke a path is to ask the same as to fill one
      else brush[/** @type {"fill"} */ (kind)](path);
    });
  }

  function svg() {
    onPaper();
    return new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" });
  }

  /** @returns {Promise<Blob|null>} */
  function png() {
    onPaper();
    return new Promise((done) => canvas(sheet, ":not(pattern) > :is(path, rect, circle, text)").toBlob(done));
  }

  geoLv.picture = { svg, png };
})(window.geoLv);
