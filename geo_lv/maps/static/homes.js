/** The homes of the internal edition. Only on pages that have them. */
(function (geoLv) {
  "use strict";

  /** From this many drawing units per pixel on, dots are small; drawing.py has the same. */
  const FAR = 4;

  /** The dots of the drawing, laid over the map as they are. */
  function start() {
    const { map } = geoLv;
    const drawing = /** @type {SVGSVGElement} */ (/** @type {Element} */ (geoLv.byId("tekening")));
    const dots = /** @type {Element} */ (drawing.querySelector(".homes"));
    const { x, y, width, height } = drawing.viewBox.baseVal;
    const svg = L.SVG.create("svg");
    svg.setAttribute("viewBox", drawing.getAttribute("viewBox") || "");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    svg.append(dots.cloneNode(true));
    const { place } = geoLv.shapes;
    const corners = L.latLngBounds(place([x, y]), place([x + width, y + height]));
    L.svgOverlay(/** @type {SVGElement} */ (svg), corners, { className: "home-layer" }).addTo(map);
    // small dots while much is in view, as in the drawing
    const far = () => svg.classList.toggle("far", width >= FAR * svg.clientWidth);
    map.on("zoomend", far);
    far();
  }

  geoLv.homes = { start };
})(window.geoLv);
