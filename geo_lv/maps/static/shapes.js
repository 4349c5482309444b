/** From the path data of the drawing to places on the earth. */
(function (geoLv) {
  "use strict";

  const TOKEN = /[Mlz]|-?\d+(?:\.\d+)?/g;

  /**
   * Read path data: absolute M, relative l, z.
   * @param {string} path
   * @returns {Array<Array<[number, number]>>} one list of points per ring
   */
  function rings(path) {
    /** @type {Array<Array<[number, number]>>} */
    const found = [];
    /** @type {number|null} */
    let first = null;
    let command = "", x = 0, y = 0;
    for (const token of path.match(TOKEN) || []) {
      if (/[Mlz]/.test(token)) {
        command = token;
        if (token === "M") { found.push([]); x = 0; y = 0; }
      } else if (first === null) {
        first = Number(token);
      } else {
        x += first;
        y += Number(token);
        found[found.length - 1].push([x, y]);
        if (command === "M") command = "l";
        first = null;
      }
    }
    return found;
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

  /**
   * @param {string} path
   * @returns {L.LatLng[][]}
   */
  function places(path) {
    return rings(path).map((ring) => ring.map(place));
  }

  /** Path data of the shape that a part of the drawing repeats. @param {SVGUseElement} use */
  function outline(use) {
    const shape = document.querySelector(use.href.baseVal);
    return (shape && shape.getAttribute("d")) || "";
  }

  geoLv.shapes = { outline, rings, place, places };
})(window.geoLv);
