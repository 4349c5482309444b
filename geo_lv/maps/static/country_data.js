/** The data of the page of the country: numbers out of their packing, figures in Dutch. */
(function (geoLv) {
  "use strict";

  /** @type {Uint8Array[]} of packed numbers */
  let columns = [];

  /** @param {string} text base64 @returns {Uint8Array} */
  function bytesOf(text) {
    const { fromBase64 } = /** @type {{fromBase64?: function(string): Uint8Array}} */ (/** @type {unknown} */ (Uint8Array));
    if (fromBase64) return fromBase64.call(Uint8Array, text);
    const made = atob(text), bytes = new Uint8Array(made.length);
    for (let n = 0; n < made.length; n += 1) bytes[n] = made.charCodeAt(n);
    return bytes;
  }

  /** @param {string} text base64 @param {CompressionFormat} format @returns {Promise<ArrayBuffer>} */
  function inflate(text, format) {
    const { readable, writable } = new DecompressionStream(format), writer = writable.getWriter();
    writer.write(/** @type {BufferSource} */ (bytesOf(text)));
    writer.close();
    return new Response(readable).arrayBuffer();
  }

  /** Whole numbers of zero and above, seven bits in each byte. @param {number} column */
  function unpack(column) {
    const bytes = columns[column], found = new Float64Array(bytes.length);
    let count = 0, value = 0, shift = 0;
    for (let n = 0; n < bytes.length; n += 1) {
      const byte = bytes[n];
      // what does not fit in the whole numbers of a processor is rare
      value += shift < 28 ? (byte & 127) << shift : (byte & 127) * 2 ** shift;
      shift += 7;
      if (byte < 128) { found[count] = value; count += 1; value = shift = 0; }
    }
    return found.slice(0, count);
  }

  /** Steps with a sign become places, all of them smaller than 2 ** 30. @param {number} column @returns {Int32Array} */
  function walk(column) {
    const bytes = columns[column], found = new Int32Array(bytes.length);
    let count = 0, plain = 0, shift = 0, place = 0;
    for (let n = 0; n < bytes.length; n += 1) {
      plain |= (bytes[n] & 127) << shift;
      shift += 7;
      if (bytes[n] >= 128) continue;
      place += (plain >>> 1) ^ -(plain & 1);
      found[count] = place;
      count += 1;
      plain = shift = 0;
    }
    return found.slice(0, count);
  }

  /** @param {number} size zero or above @param {number} decimals */
  function digits(size, decimals) {
    const [whole, rest] = size.toFixed(decimals).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
    return rest ? grouped + "," + rest : grouped;
  }

  /** To a whole number as Python rounds: a half goes to the even one. @param {number} value */
  function whole(value) {
    const below = Math.floor(value);
    return value - below === 0.5 ? below + below % 2 : Math.round(value);
  }

  /** A figure as text.py writes it. @param {CountryIndicator} item @param {number} n of the buurt */
  function text(item, n) {
    const kind = item.kinds[n];
    if (kind < 0) return geoLv.country.reasons[-1 - kind];
    const value = item.values[n] / 10 ** item.decimals;
    const size = item.euros ? whole(Math.abs(value) * item.euros) : Math.abs(value);
    const minus = value < 0 && size ? "−" : "";
    return item.euros ? minus + "€ " + digits(size, 0) : minus + digits(size, item.decimals);
  }

  /** With its unit. @param {CountryIndicator} item @param {number} n of the buurt */
  function figure(item, n) {
    return item.kinds[n] < 0 ? text(item, n) : item.before + text(item, n) + item.after;
  }

  /** Class of a figure. @param {number[]} breaks @param {number} value */
  function classOf(breaks, value) {
    let found = 0;
    while (found < breaks.length && value >= breaks[found]) found += 1;
    return found;
  }

  /**
   * Values and classes, worked out when they are asked for: a page opens with one figure.
   * @param {RawCountryIndicator} raw @param {number} reasons how many there are
   * @returns {CountryIndicator}
   */
  function indicator(raw, reasons) {
    /** @type {{kinds: Int8Array, values: Float64Array}|undefined} */
    let known;
    function worked() {
      if (known) return known;
      const values = unpack(raw.figures);
      const kinds = new Int8Array(values.length);
      for (let n = 0; n < values.length; n += 1) {
        if (values[n] < reasons) kinds[n] = -1 - values[n];
        else {
          values[n] += raw.low - reasons;
          kinds[n] = classOf(raw.breaks, values[n]);
        }
      }
      known = { kinds, values };
      return known;
    }
    return { ...raw, get kinds() { return worked().kinds; }, get values() { return worked().values; } };
  }

  /** @param {RawCountry} raw @returns {Promise<string[]>} names of the buurten; the columns are there too then */
  async function inflateAll(raw) {
    const [numbers, names] = await Promise.all([
      inflate(raw.columns.bytes, "deflate-raw"), inflate(raw.areas.names, "gzip"),
    ]);
    let end = 0;
    columns = raw.columns.lengths.map((length) => {
      end += length;
      return new Uint8Array(numbers, end - length, length);
    });
    return JSON.parse(new TextDecoder().decode(names));
  }

  /** Take over the data of the page. */
  async function read() {
    /** @type {RawCountry} */
    const raw = JSON.parse(geoLv.byId("geo-lv-data").textContent || "");
    const names = await inflateAll(raw), country = geoLv.country;
    country.frame = raw.frame;
    country.reasons = raw.reasons;
    country.gemeenten = raw.gemeenten.map(([code, name, href, problem]) => ({ code, name, href, problem }));
    country.areas = { codes: walk(raw.areas.codes), names, gemeenten: walk(raw.areas.gemeenten) };
    country.indicators = raw.indicators.map((each) => indicator(each, raw.reasons.length));
    country.shapes.read(raw.shapes);
  }

  /** @param {number} n @returns {string} */
  function codeOf(n) {
    return "BU" + String(geoLv.country.areas.codes[n]).padStart(8, "0");
  }

  /** @param {string} code @returns {number} -1 when no buurt has it */
  function placeOf(code) {
    return /^BU\d{8}$/.test(code) ? geoLv.country.areas.codes.indexOf(Number(code.slice(2))) : -1;
  }

  /** @param {number} n of a buurt @returns {CountryGemeente} */
  function gemeenteOf(n) {
    return geoLv.country.gemeenten[geoLv.country.areas.gemeenten[n]];
  }

  /** Letters only, so that accents, dashes and capitals do not matter. @param {string} words */
  function plain(words) {
    return words.normalize("NFD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase().trim();
  }

  geoLv.country = /** @type {Country} */ ({ read, unpack, walk, digits, text, figure, codeOf, placeOf,
    gemeenteOf, plain });
})(window.geoLv);
