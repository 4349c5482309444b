/** From the path data of the drawing to places on the earth. */
(function (geoLv) {
  "use strict";

  /** @type {Object<string, L.LatLng[][]>} */
  const read = {};
  const NUMBER = /-?\d+(\.\d+)?/g;

  /**
   * Read path data: each ring starts at an absolute M, and every further point is relative.
   * @param {string} path
   * @returns {Array<Array<[number, number]>>} one list of points per ring
   */
  function rings(path) {
    return path.split("M").slice(1).map((part) => {
      const steps = (part.match(NUMBER) || []).map(Number);
      /** @type {Array<[number, number]>} */
      const ring = [];
      for (let n = 0, x = 0, y = 0; n < steps.length; n += 2) {
        x += steps[n];
        y += steps[n + 1];
        ring.push([x, y]);
      }
      return ring;
    });
  }

  /**
   * @param {[number, number]} point in drawing units
   * @returns {L.LatLng}
   */
  function place(point) {
    const frame = geoLv.data.frame;
    return L.Projection.SphericalMercator.unproject(
      L.point(frame.west + point[0] * frame.unit, frame.north - point[1] * frame.unit));
  }

  /** @param {string} path @returns {L.LatLng[][]} read once: several parts repeat a shape */
  function places(path) {
    read[path] = read[path] || rings(path).map((ring) => ring.map(place));
    return read[path];
  }

  /** Path data of the shape that a part of the drawing repeats. @param {SVGUseElement} use */
  function outline(use) {
    const shape = document.querySelector(use.href.baseVal);
    return (shape && shape.getAttribute("d")) || "";
  }

  geoLv.shapes = { outline, place, places };
})(window.geoLv);
