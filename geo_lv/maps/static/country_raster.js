/**
 * The map from far away, dot by dot: which area is where is worked out once for a view, so that
 * another figure only changes colours.
 */
(function (geoLv) {
  "use strict";
  const country = geoLv.country, shapes = country.shapes;

  /** Crossings are sorted as one number: where, in parts of a dot, and the area that starts there. */
  const PARTS = 2 ** 18, AREAS = 2 ** 17, SHIFT = 2 ** 15;
  const TILE = 8;

  /** @type {{ids: Int32Array, width: number, height: number, key: string}} */
  let known = { ids: new Int32Array(0), width: 0, height: 0, key: "" };

  /** @type {Float64Array} */
  let keys = new Float64Array(2 ** 16);
  let keyRows = new Int32Array(2 ** 16);

  /** Keep a crossing. @param {number} at @param {number} row @param {number} key */
  function keep(at, row, key) {
    if (at === keys.length) {
      const [old, oldRows] = [keys, keyRows];
      keys = new Float64Array(2 * at);
      keyRows = new Int32Array(2 * at);
      keys.set(old);
      keyRows.set(oldRows);
    }
    keys[at] = key;
    keyRows[at] = row;
  }

  /**
   * Keep each place where a border crosses the middle of a row of dots.
   * @param {CountryView} view @param {number} height in dots
   * @returns {number} how many there are
   */
  function cross(view, height) {
    const { points, starts } = shapes.arcsAt(shapes.level(view.scale)), sides = shapes.sides();
    let count = 0;
    for (let arc = 0; arc < starts.length - 1; arc += 1) {
      const first = starts[arc], end = starts[arc + 1];
      let fromX = points[2 * first] * view.scale + view.x, fromY = points[2 * first + 1] * view.scale + view.y;
      for (let p = first + 1; p < end; p += 1) {
        const x = points[2 * p] * view.scale + view.x, y = points[2 * p + 1] * view.scale + view.y;
        const last = Math.min(height, Math.ceil(Math.max(fromY, y) - 0.5));
        let row = Math.max(0, Math.ceil(Math.min(fromY, y) - 0.5));
        for (; row < last; row += 1) {
          const place = fromX + (row + 0.5 - fromY) / (y - fromY) * (x - fromX);
          // an area lies to the left of the arcs that it walks forwards
          keep(count, row, Math.floor((place + SHIFT) * PARTS) * AREAS + sides[2 * arc + (y > fromY ? 0 : 1)] + 1);
          count += 1;
        }
        fromX = x;
        fromY = y;
      }
    }
    return count;
  }

  /** @param {CountryView} view @param {number} height @returns {{sorted: Float64Array, rows: Int32Array}} */
  function crossings(view, height) {
    const count = cross(view, height), rows = new Int32Array(height + 1), sorted = new Float64Array(count);
    for (let n = 0; n < count; n += 1) rows[keyRows[n] + 1] += 1;
    for (let row = 0; row < height; row += 1) rows[row + 1] += rows[row];
    const next = rows.slice();
    for (let n = 0; n < count; n += 1) {
      sorted[next[keyRows[n]]] = keys[n];
      next[keyRows[n]] += 1;
    }
    return { sorted, rows };
  }

  /**
   * The area at each dot, -1 for none.
   * @param {CountryView} view @param {number} width @param {number} height
   */
  function areas(view, width, height) {
    const ids = new Int32Array(width * height).fill(-1);
    const { sorted, rows } = crossings(view, height);
    for (let row = 0; row < height; row += 1) {
      const line = sorted.subarray(rows[row], rows[row + 1]).sort();
      let from = 0, area = -1;
      for (let n = 0; n <= line.length && from < width; n += 1) {
        const x = n < line.length ? Math.floor(line[n] / AREAS) / PARTS - SHIFT : width;
        const to = Math.min(width, Math.max(from, Math.ceil(x - 0.5)));
        if (area >= 0) ids.fill(area, row * width + from, row * width + to);
        from = to;
        area = n < line.length ? line[n] % AREAS - 1 : -1;
      }
    }
    return ids;
  }

  /**
   * Colours per dot as a canvas has them.
   * @param {HTMLCanvasElement[]} tiles by class, then by reason
   * @returns {Uint32Array[]}
   */
  function inks(tiles) {
    return tiles.map((tile) => {
      const brush = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
      return new Uint32Array(brush.getImageData(0, 0, TILE, TILE).data.buffer);
    });
  }

  /**
   * @param {CanvasRenderingContext2D} brush of a sheet
   * @param {CountryView} view in dots of the sheet
   * @param {HTMLCanvasElement[]} tiles pieces of each colour and hatch: reasons from the last one on
   */
  function paint(brush, view, tiles) {
    const { width, height } = brush.canvas, key = [view.scale, view.x, view.y, width, height].join();
    if (known.key !== key) known = { ids: areas(view, width, height), width, height, key };
    const { kinds } = /** @type {CountryIndicator} */ (country.indicator());
    const all = inks(tiles), picture = brush.createImageData(width, height);
    const dots = new Uint32Array(picture.data.buffer), { ids } = known;
    for (let row = 0, at = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1, at += 1) {
        if (ids[at] < 0) continue;
        const kind = kinds[ids[at]];
        dots[at] = all[kind < 0 ? all.length + kind : kind][(row % TILE) * TILE + column % TILE];
      }
    }
    brush.putImageData(picture, 0, 0);
  }

  country.raster = { paint };
})(window.geoLv);
