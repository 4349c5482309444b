/** Borders as arcs, each of them once: what is drawn, what lies where, what lies beside what. */
(function (geoLv) {
  "use strict";
  const country = geoLv.country;

  /** @type {Int32Array} x and y of all points of all arcs, on the grid of the page */
  let points;
  /** @type {Float64Array} where each arc starts in the points, and where the last one ends */
  let arcStarts;
  /** @type {Int32Array} arcs of all rings; below zero -1 - an arc that is walked backwards */
  let references;
  /** @type {Float64Array} where each ring starts in the references */
  let ringStarts;
  /** @type {Float64Array} where each area starts in the rings */
  let areaStarts;
  /** @type {Float64Array} west, north, east and south of each arc */
  let arcBounds;
  /** @type {Float64Array} the same of each area */
  let bounds;
  /** @type {Int32Array} the area that walks an arc forwards and the one that walks it back, or -1 */
  let sides;
  /** Units of the grid within which points are left out of what is drawn, when a pixel has more. */
  const STEPS = [128, 32, 16, 8, 0];
  /** @type {Array<Array<Path2D|undefined>>} per step what is drawn of each area */
  const paths = STEPS.map(() => []);
  /** @type {Array<{points: Int32Array, starts: Float64Array}|undefined>} per step the arcs */
  const arcs = [];

  /** @param {Float64Array} lengths @returns {Float64Array} */
  function starts(lengths) {
    const found = new Float64Array(lengths.length + 1);
    lengths.forEach((length, n) => { found[n + 1] = found[n] + length; });
    return found;
  }

  /** @param {number} reference @returns {number} */
  function arcOf(reference) {
    return reference < 0 ? -1 - reference : reference;
  }

  /** Call with each arc of an area. @param {number} n @param {function(number, number): void} act gets 1 for one that is walked back */
  function eachArc(n, act) {
    const end = ringStarts[areaStarts[n + 1]];
    for (let at = ringStarts[areaStarts[n]]; at < end; at += 1) act(arcOf(references[at]), Number(references[at] < 0));
  }

  /**
   * Call with each point of a ring, as it is walked.
   * @param {number} ring @param {function(number, number): void} act
   */
  function eachPoint(ring, act) {
    for (let at = ringStarts[ring]; at < ringStarts[ring + 1]; at += 1) {
      const reference = references[at], arc = arcOf(reference);
      const first = arcStarts[arc], last = arcStarts[arc + 1] - 1;
      if (reference < 0) for (let p = last; p > first; p -= 1) act(points[2 * p], points[2 * p + 1]);
      else for (let p = first; p < last; p += 1) act(points[2 * p], points[2 * p + 1]);
    }
  }

  /** Make a box hold another one too. @param {Float64Array} boxes @param {number} n @param {Float64Array} others @param {number} m */
  function widen(boxes, n, others, m) {
    if (others[4 * m] < boxes[4 * n]) boxes[4 * n] = others[4 * m];
    if (others[4 * m + 1] < boxes[4 * n + 1]) boxes[4 * n + 1] = others[4 * m + 1];
    if (others[4 * m + 2] > boxes[4 * n + 2]) boxes[4 * n + 2] = others[4 * m + 2];
    if (others[4 * m + 3] > boxes[4 * n + 3]) boxes[4 * n + 3] = others[4 * m + 3];
  }

  /** @param {number} count @returns {Float64Array} boxes around nothing */
  function noBoxes(count) {
    const boxes = new Float64Array(4 * count).fill(Infinity);
    for (let n = 0; n < boxes.length; n += 4) boxes[n + 2] = boxes[n + 3] = -Infinity;
    return boxes;
  }

  /** @returns {Float64Array} a box around each arc */
  function arcBoxes() {
    const boxes = noBoxes(arcStarts.length - 1);
    for (let arc = 0; arc < arcStarts.length - 1; arc += 1) {
      for (let p = arcStarts[arc]; p < arcStarts[arc + 1]; p += 1) {
        const x = points[2 * p], y = points[2 * p + 1];
        if (x < boxes[4 * arc]) boxes[4 * arc] = x;
        if (x > boxes[4 * arc + 2]) boxes[4 * arc + 2] = x;
        if (y < boxes[4 * arc + 1]) boxes[4 * arc + 1] = y;
        if (y > boxes[4 * arc + 3]) boxes[4 * arc + 3] = y;
      }
    }
    return boxes;
  }

  /** @param {Int32Array} x @param {Int32Array} y @returns {Int32Array} in turn */
  function inPairs(x, y) {
    const found = new Int32Array(2 * x.length);
    for (let p = 0; p < x.length; p += 1) { found[2 * p] = x[p]; found[2 * p + 1] = y[p]; }
    return found;
  }

  /** @param {RawCountryShapes} raw */
  function read(raw) {
    points = inPairs(country.walk(raw.x), country.walk(raw.y));
    arcStarts = starts(country.unpack(raw.arcs));
    references = country.walk(raw.references);
    ringStarts = starts(country.unpack(raw.rings));
    areaStarts = starts(country.unpack(raw.per_area));
    const count = areaStarts.length - 1;
    arcBounds = arcBoxes();
    bounds = noBoxes(count);
    sides = new Int32Array(2 * (arcStarts.length - 1)).fill(-1);
    for (let n = 0; n < count; n += 1) {
      eachArc(n, (arc, back) => {
        widen(bounds, n, arcBounds, arc);
        sides[2 * arc + back] = n;
      });
    }
  }

  /** @param {number} unit pixels per unit of the grid @returns {number} how fine to draw */
  function level(unit) {
    return STEPS.findIndex((step) => step * unit <= 1);
  }

  /** Whether an arc that ends where it starts would be nothing with few points. @param {number} first @param {number} last */
  function closed(first, last) {
    return points[2 * first] === points[2 * last] && points[2 * first + 1] === points[2 * last + 1];
  }

  /** The arcs without points that lie too near to the one before. @param {number} least */
  function coarser(least) {
    const kept = new Int32Array(points.length), from = new Float64Array(arcStarts.length);
    let count = 0;
    for (let arc = 0; arc < arcStarts.length - 1; arc += 1) {
      const first = arcStarts[arc], last = arcStarts[arc + 1] - 1, all = closed(first, last);
      let x = NaN, y = NaN;
      for (let p = first; p <= last; p += 1) {
        if (p > first && p < last && !all && Math.abs(points[2 * p] - x) + Math.abs(points[2 * p + 1] - y) < least) continue;
        x = kept[2 * count] = points[2 * p];
        y = kept[2 * count + 1] = points[2 * p + 1];
        count += 1;
      }
      from[arc + 1] = count;
    }
    return { points: kept.slice(0, 2 * count), starts: from };
  }

  /** @param {number} fine level */
  function arcsAt(fine) {
    const found = arcs[fine] || (STEPS[fine] ? coarser(STEPS[fine]) : { points, starts: arcStarts });
    arcs[fine] = found;
    return found;
  }

  /** Add a ring to what is drawn. @param {Path2D} made @param {number} ring @param {number} fine */
  function draw(made, ring, fine) {
    const { points: all, starts: from } = arcsAt(fine);
    let fresh = true;
    for (let at = ringStarts[ring]; at < ringStarts[ring + 1]; at += 1) {
      const reference = references[at], arc = arcOf(reference), by = reference < 0 ? -1 : 1;
      let p = by < 0 ? from[arc + 1] - 1 : from[arc];
      for (let left = from[arc + 1] - from[arc] - 1; left > 0; left -= 1, p += by) {
        if (fresh) made.moveTo(all[2 * p], all[2 * p + 1]); else made.lineTo(all[2 * p], all[2 * p + 1]);
        fresh = false;
      }
    }
    made.closePath();
  }

  /** What to draw of an area, made once. @param {number} n @param {number} fine level @returns {Path2D} */
  function path(n, fine) {
    const known = paths[fine][n];
    if (known) return known;
    const made = new Path2D();
    for (let ring = areaStarts[n]; ring < areaStarts[n + 1]; ring += 1) draw(made, ring, fine);
    paths[fine][n] = made;
    return made;
  }

  /** Whether two boxes have something in common. @param {ArrayLike<number>} boxes @param {number} n @param {ArrayLike<number>} view */
  function meets(boxes, n, view) {
    return boxes[4 * n] <= view[2] && boxes[4 * n + 2] >= view[0] && boxes[4 * n + 1] <= view[3] && boxes[4 * n + 3] >= view[1];
  }

  /**
   * Lines along arcs of which the two sides differ.
   * @param {number} fine level @param {ArrayLike<number>} view box that they are seen in
   * @param {function(number, number): boolean} differ gets the areas, -1 for none
   * @returns {Path2D}
   */
  function linesBetween(fine, view, differ) {
    const made = new Path2D(), { points: all, starts: from } = arcsAt(fine);
    for (let arc = 0; arc < from.length - 1; arc += 1) {
      if (!meets(arcBounds, arc, view) || !differ(sides[2 * arc], sides[2 * arc + 1])) continue;
      made.moveTo(all[2 * from[arc]], all[2 * from[arc] + 1]);
      for (let p = from[arc] + 1; p < from[arc + 1]; p += 1) made.lineTo(all[2 * p], all[2 * p + 1]);
    }
    return made;
  }

  /** Lines between municipalities, and around the country. @param {number} fine level @param {ArrayLike<number>} view */
  function gemeenteLines(fine, view) {
    const of = country.areas.gemeenten;
    return linesBetween(fine, view, (a, b) => a < 0 || b < 0 || of[a] !== of[b]);
  }

  /** The line around one municipality. @param {number} place @param {number} fine level @param {ArrayLike<number>} view */
  function gemeenteLine(place, fine, view) {
    const of = country.areas.gemeenten;
    return linesBetween(fine, view, (a, b) => (a >= 0 && of[a] === place) !== (b >= 0 && of[b] === place));
  }

  /** Whether a point lies in an area: a line from it to the west crosses an odd number of borders. @param {number} n @param {number} x @param {number} y */
  function contains(n, x, y) {
    let inside = false;
    eachArc(n, (arc) => {
      for (let p = arcStarts[arc] + 1; p < arcStarts[arc + 1]; p += 1) {
        const x1 = points[2 * p - 2], y1 = points[2 * p - 1], x2 = points[2 * p], y2 = points[2 * p + 1];
        if (y1 > y !== y2 > y && x > x1 + (y - y1) / (y2 - y1) * (x2 - x1)) inside = !inside;
      }
    });
    return inside;
  }

  /** @param {number} x @param {number} y on the grid @returns {number} the area there, or -1 */
  function at(x, y) {
    for (let n = 0; n < areaStarts.length - 1; n += 1) {
      if (x >= bounds[4 * n] && x <= bounds[4 * n + 2] && y >= bounds[4 * n + 1] && y <= bounds[4 * n + 3]
        && contains(n, x, y)) return n;
    }
    return -1;
  }

  /** Middle and size of a ring. @param {number} ring @returns {{x: number, y: number, size: number}} */
  function middle(ring) {
    let size = 0, x = 0, y = 0, fromX = 0, fromY = 0, firstX = NaN, firstY = NaN;
    /** @param {number} toX @param {number} toY */
    function step(toX, toY) {
      const part = fromX * toY - toX * fromY;
      size += part; x += (fromX + toX) * part; y += (fromY + toY) * part;
      fromX = toX; fromY = toY;
    }
    // from the first point of the ring, so that the numbers stay small
    eachPoint(ring, (toX, toY) => {
      if (Number.isNaN(firstX)) { firstX = toX; firstY = toY; } else step(toX - firstX, toY - firstY);
    });
    if (!size) return { x: firstX, y: firstY, size: 0 };
    return { x: firstX + x / (3 * size), y: firstY + y / (3 * size), size: Math.abs(size) };
  }

  /** Middle of the largest part of an area. @param {number} n @returns {{x: number, y: number}} */
  function centre(n) {
    let best = { x: NaN, y: NaN, size: -1 };
    for (let ring = areaStarts[n]; ring < areaStarts[n + 1]; ring += 1) {
      const found = middle(ring);
      if (found.size > best.size) best = found;
    }
    return best;
  }

  /** @param {number} n @returns {number[]} the areas that share a border with it */
  function neighbours(n) {
    /** @type {Set<number>} */
    const found = new Set();
    eachArc(n, (arc) => { found.add(sides[2 * arc]); found.add(sides[2 * arc + 1]); });
    return [...found].filter((other) => other >= 0 && other !== n);
  }

  /**
   * The neighbour that lies most in a direction; without one, the nearest area that way.
   * @param {number} n @param {number} dx -1, 0 or 1 @param {number} dy
   * @returns {number} -1 at the edge
   */
  function towards(n, dx, dy) {
    const from = centre(n);
    let best = -1, least = Infinity;
    /** @param {number} other @param {function(number, number): number} worth */
    function weigh(other, worth) {
      const to = centre(other);
      const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
      const across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
      const found = along > 0 && across <= 1.5 * along ? worth(along, across) : Infinity;
      if (found < least) { least = found; best = other; }
    }
    neighbours(n).forEach((other) => weigh(other, (along, across) => across / along));
    if (best < 0) for (let other = 0; other < areaStarts.length - 1; other += 1) {
      if (other !== n) weigh(other, (along, across) => along + 2 * across);
    }
    return best;
  }

  /** @param {number} n @returns {boolean} whether it is on the map at all */
  function has(n) {
    return areaStarts[n + 1] > areaStarts[n];
  }

  /** Box around some areas. @param {Iterable<number>} several @returns {Float64Array} */
  function boxOf(several) {
    const box = noBoxes(1);
    for (const n of several) widen(box, 0, bounds, n);
    return box;
  }

  /** @param {ArrayLike<number>} view box @returns {number[]} the areas that may be seen in it */
  function within(view) {
    /** @type {number[]} */
    const found = [];
    for (let n = 0; n < areaStarts.length - 1; n += 1) if (meets(bounds, n, view)) found.push(n);
    return found;
  }

  country.shapes = { read, within, sides: () => sides, arcsAt, level, path, gemeenteLines, gemeenteLine, at, centre, towards, has, boxOf };
})(window.geoLv);
