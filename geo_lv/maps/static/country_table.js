/** The buurten of the map in a table: of a municipality, of what was found, or of the country. */
(function (geoLv) {
  "use strict";
  const { byId, make } = geoLv;
  const country = geoLv.country;

  /** Rows at a time: a table of the country would hold up the whole page. */
  const ROWS = 100;

  /** @type {number[]} */
  let shown = [];
  let caption = "";
  let page = 0;
  /** @type {{column: string, down: boolean}} */
  let order = { column: "", down: false };
  /** @type {Intl.Collator|undefined} made when somebody sorts: it takes longer than the map */
  let words;

  /** @param {string} column @returns {function(number, number): number} */
  function comparing(column) {
    const { compare } = words = words || new Intl.Collator("nl", { numeric: true });
    if (column === "name") return (a, b) => compare(country.areas.names[a], country.areas.names[b]);
    if (column === "gemeente") return (a, b) => compare(country.gemeenteOf(a).name, country.gemeenteOf(b).name);
    const { values } = country.indicators[Number(column)];
    return (a, b) => values[a] - values[b];
  }

  /** @param {number} n @returns {boolean} whether it has nothing to sort by */
  function blank(n) {
    return /^\d+$/.test(order.column) && country.indicators[Number(order.column)].kinds[n] < 0;
  }

  /** @returns {number[]} without a figure last, whichever way it is sorted */
  function sorted() {
    if (!order.column) return shown;
    const compare = comparing(order.column), sign = order.down ? -1 : 1;
    const full = shown.filter((n) => !blank(n)).sort((a, b) => sign * compare(a, b) || a - b);
    return full.concat(shown.filter(blank));
  }

  /** @param {CountryIndicator} item @param {number} n */
  function cell(item, n) {
    const text = country.text(item, n);
    return make("td", "num", item.kinds[n] < 0 ? make("i", "", text) : text);
  }

  /** @param {number} n */
  function row(n) {
    const button = make("button", "show-area", make("bdi", "", country.areas.names[n]));
    button.setAttribute("type", "button");
    button.dataset.code = country.codeOf(n);
    const head = make("th", "", button);
    head.setAttribute("scope", "row");
    const cells = country.indicators.map((item) => cell(item, n));
    return make("tr", "", head, make("td", "", make("bdi", "", country.gemeenteOf(n).name)), ...cells);
  }

  /** A button that leads nowhere; who was on it goes on from the other one. @param {string} id @param {boolean} off @param {string} other */
  function disable(id, off, other) {
    const button = /** @type {HTMLButtonElement} */ (byId(id)), inside = document.activeElement === button;
    button.disabled = off;
    if (off && inside) byId(other).focus();
  }

  function fill() {
    const pages = Math.max(1, Math.ceil(shown.length / ROWS)), first = page * ROWS;
    const rows = sorted().slice(first, first + ROWS);
    byId("tabel-buurten-titel").firstChild?.replaceWith(caption);
    byId("buurten-telling").textContent = country.digits(shown.length, 0) + (shown.length === 1 ? " buurt" : " buurten");
    byId("buurten-plek").textContent = "Bladzijde " + (page + 1) + " van " + pages;
    // what leads somewhere first, so that it can take the focus
    const ways = /** @type {Array<[string, boolean, string]>} */ ([
      ["buurten-vorige", page === 0, "buurten-volgende"],
      ["buurten-volgende", page >= pages - 1, "buurten-vorige"],
    ]);
    ways.sort((a, b) => Number(a[1]) - Number(b[1])).forEach((way) => disable(...way));
    /** @type {HTMLTableElement} */ (byId("tabel-buurten")).tBodies[0].replaceChildren(...rows.map(row));
  }

  /** @param {string} title @param {number[]} several */
  function show(title, several) {
    [caption, shown, page] = [title, several, 0];
    fill();
  }

  /** @param {string} wanted @param {number[]} several */
  function showFound(wanted, several) {
    show("Buurten gevonden met “" + wanted + "”", several);
    byId("buurten-terug").hidden = false;
    byId("buurten").scrollIntoView();
  }

  /** The buurten of the chosen municipality, or all of them. */
  function showChosen() {
    byId("buurten-terug").hidden = true;
    const place = country.gemeenten.findIndex((each) => each.code === country.state.gemeente);
    const all = Array.from(country.areas.names, (_, n) => n);
    if (place < 0) show("Cijfers per buurt, alle gemeenten", all);
    else show("Cijfers per buurt in " + country.gemeenten[place].name, all.filter((n) => country.areas.gemeenten[n] === place));
  }

  /** @param {HTMLElement} head */
  function sort(head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    byId("tabel-buurten").querySelectorAll("th").forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    order = { column: head.dataset.column || "", down };
    page = 0;
    fill();
  }

  function heads() {
    /** @type {NodeListOf<HTMLElement>} */
    (byId("tabel-buurten").querySelectorAll("thead th")).forEach((head) => {
      const button = make("button", "", ...head.childNodes);
      button.setAttribute("type", "button");
      button.addEventListener("click", () => sort(head));
      head.append(button);
    });
  }

  /** @param {number} by */
  function turn(by) {
    page += by;
    fill();
    byId("tabel-buurten-titel").scrollIntoView({ block: "nearest" });
  }

  function start() {
    byId("buurten").hidden = false;
    heads();
    byId("buurten-vorige").addEventListener("click", () => turn(-1));
    byId("buurten-volgende").addEventListener("click", () => turn(1));
    byId("buurten-terug").addEventListener("click", () => { showChosen(); byId("tabel-buurten").parentElement?.focus(); });
    byId("tabel-buurten").addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest(".show-area");
      if (!(button instanceof HTMLElement)) return;
      country.goTo({ area: button.dataset.code || "" });
      byId("landkaart").focus();
    });
    showChosen();
    country.listen((now, before) => { if (now.gemeente !== before.gemeente) showChosen(); });
  }

  country.table = { start, showFound };
})(window.geoLv);
