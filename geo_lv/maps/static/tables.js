/** Tables that sort by a button in the head of each column. */
(function (geoLv) {
  "use strict";

  const NUMBER = /^([+−-]?)(?:€ )?(\d[\d.]*(?:,\d+)?)/;
  const LABEL = /^[A-G]\+*$/;

  /** @param {HTMLElement} cell @returns {string} its text without the number of a note */
  function text(cell) {
    return Array.from(cell.childNodes, (part) => part.nodeName === "SUP" ? "" : part.textContent).join("").trim();
  }

  /**
   * Value of a Dutch number.
   * @param {string} written such as 12.345, −3,4 % or € 339.000
   * @returns {number|null} null for a reason or a blank
   */
  function number(written) {
    const found = written.match(NUMBER);
    if (!found) return null;
    const size = Number(found[2].replace(/\./g, "").replace(",", "."));
    return "−-".includes(found[1] || "+") ? -size : size;
  }

  /** @param {string} a @param {string} b @param {boolean} numeric @param {number} sign */
  function compare(a, b, numeric, sign) {
    const labels = LABEL.test(a) && LABEL.test(b);
    // A++ comes before A+, and that before A
    if (labels) return sign * (a.charCodeAt(0) - b.charCodeAt(0) || b.length - a.length);
    if (!numeric) return sign * a.localeCompare(b, "nl", { numeric: true });
    const [x, y] = [number(a), number(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  }

  /** @param {HTMLTableElement} table @param {HTMLTableCellElement} head */
  function sort(table, head) {
    const next = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    table.querySelectorAll("thead th").forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", next);
    const numeric = head.matches(".num, .figures th");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, key: text(row.cells[head.cellIndex]) }));
    rows.sort((a, b) => compare(a.key, b.key, numeric, next === "ascending" ? 1 : -1));
    body.append(...rows.map((each) => each.row));
  }

  /** @type {NodeListOf<HTMLTableElement>} */
  const sortable = document.querySelectorAll("table.sortable");
  sortable.forEach((table) => {
    if (table.tBodies[0].rows.length < 3) return;
    /** @type {NodeListOf<HTMLTableCellElement>} */
    const heads = table.querySelectorAll("thead th");
    heads.forEach((head) => {
      const button = geoLv.make("button", "", ...head.childNodes);
      button.setAttribute("type", "button");
      button.addEventListener("click", () => sort(table, head));
      // a browser leaves a button be that is in view for one pixel
      button.addEventListener("focus", () => button.scrollIntoView({ block: "nearest", inline: "nearest" }));
      head.append(button);
    });
  });

  geoLv.number = number;
})(window.geoLv);
