/** The panel of an area layer: a chooser, a legend and a table; all texts stay text. */
(function () {
  "use strict";

  /** Even steps in lightness: told apart in grey and with colour blindness. */
  const COLOURS = ["#f4ecd8", "#b8d0bb", "#8cb5ac", "#5f959b", "#3a7a8c"];
  /** Of each reason: the side of a tile and what is drawn on its grey ground. */
  const HATCHES = [
    { side: 10, mark: "M1.5,2.5h2M6.5,7.5h2", width: 2 },
    { side: 7, mark: "M0,0l7,7M7,0l-7,7", width: 1 },
    { side: 6, mark: "M0,3h6", width: 1 },
  ];
  /** A background map shows through. */
  const OPACITY = 0.85;

  /**
   * An element with text that is never read as HTML.
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag @param {string} [className] @param {string} [text]
   * @returns {HTMLElementTagNameMap[K]}
   */
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = "geo-lv-" + className;
    if (text) element.textContent = text;
    return element;
  }

  /** @param {string} tag @param {Object<string, string|number>} attributes @param {...Element} children */
  function svg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, String(value)));
    element.append(...children);
    return element;
  }

  /** Hatches for what has no figure; a map may hide them from view, never from the page. @param {string} id */
  function hatches(id) {
    const patterns = HATCHES.map(({ side, mark, width }, n) => svg("pattern",
      { id: id + "_" + n, width: side, height: side, patternUnits: "userSpaceOnUse" },
      svg("path", { d: "M0,0h" + side + "v" + side + "h-" + side + "z", fill: "#f3f3f1" }),
      svg("path", { d: mark, fill: "none", stroke: "#77818b", "stroke-width": width })));
    return svg("svg", { class: "geo-lv-hatches", width: 0, height: 0, "aria-hidden": "true" },
      svg("defs", {}, ...patterns));
  }

  /** Colour of a class or hatch of a reason. @param {string} id @param {ShownMeasure} measure @param {number} bin */
  function fillOf(id, measure, bin) {
    if (bin < 0) return "url(#" + id + "_" + (-1 - bin) + ")";
    const last = measure.classes.length - 1;
    return COLOURS[last ? Math.round(bin * (COLOURS.length - 1) / last) : 2];
  }

  /** @param {string} id @param {LayerData} data @param {ShownMeasure} measure @returns {HTMLElement[]} lines of the legend */
  function legend(id, data, measure) {
    const count = (/** @type {number} */ bin) => measure.bins.filter((each) => each === bin).length;
    const classes = measure.classes.map((words, bin) => ({ words, bin }));
    const reasons = data.reasons.map((words, n) => ({ words, bin: -1 - n }));
    return [...classes, ...reasons.filter(({ bin }) => count(bin))].map(({ words, bin }) => {
      const line = make("li");
      line.append(svg("svg", { width: 22, height: 14, "aria-hidden": "true" },
        svg("rect", { width: 22, height: 14, fill: fillOf(id, measure, bin), "fill-opacity": OPACITY, stroke: "#16202a" })),
      make("span", "", words + " (" + count(bin) + ")"));
      return line;
    });
  }

  /** @param {HTMLElement} row @param {string[]} texts @param {"row"|"col"} scope of the first, or of all */
  function cells(row, texts, scope) {
    texts.forEach((text, n) => {
      const cell = make(scope === "col" || n === 0 ? "th" : "td", "", text);
      if (cell.tagName === "TH") cell.setAttribute("scope", scope);
      row.append(cell);
    });
    return row;
  }

  /** The same figures as the map. @param {LayerData} data */
  function table(data) {
    const element = make("table"), head = make("thead"), body = make("tbody");
    const titles = ["Gebied", ...data.measures.map((measure) => measure.label)];
    head.append(cells(make("tr"), titles, "col"));
    body.append(...data.areas.map((area, n) =>
      cells(make("tr"), [area.name, ...data.measures.map((measure) => measure.texts[n])], "row")));
    element.append(make("caption", "", data.title), head, body);
    return element;
  }

  /** A button and what it opens. @param {LayerData} data */
  function tableButton(data) {
    const button = make("button", "button", "Tabel");
    const dialog = make("dialog", "dialog"), form = make("form");
    dialog.setAttribute("aria-label", "Tabel: " + data.title);
    form.method = "dialog";
    form.append(make("button", "button", "Sluiten"));
    button.type = "button";
    button.addEventListener("click", () => {
      if (!dialog.childElementCount) {
        const frame = make("div", "scroll");
        frame.tabIndex = 0;
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", data.title);
        frame.append(table(data));
        dialog.append(form, frame);
      }
      dialog.showModal();
    });
    return [button, dialog];
  }

  /** @param {LayerData} data @param {function(number): void} choose */
  function chooser(data, choose) {
    if (data.measures.length === 1) return make("p", "measure", data.measures[0].label);
    const label = make("label", "measure", "Cijfer "), select = make("select");
    select.append(...data.measures.map((measure) => make("option", "", measure.label)));
    select.addEventListener("change", () => choose(select.selectedIndex));
    label.append(select);
    return label;
  }

  /**
   * @param {string} id @param {LayerData} data @param {function(number): void} choose
   * @returns {LayerPanel}
   */
  function panel(id, data, choose) {
    const element = make("section", "panel"), details = make("details");
    const lines = make("ul", "legend"), about = make("div", "about"), status = make("p", "status");
    element.setAttribute("aria-label", data.title);
    lines.setAttribute("aria-label", "Legenda");
    status.setAttribute("role", "status");
    details.append(make("summary", "", data.title), chooser(data, choose), lines, about, ...tableButton(data));
    element.append(details, status, hatches(id));
    return { element, details, status, fill(measure) {
      lines.replaceChildren(...legend(id, data, measure));
      about.replaceChildren(...[measure.note, measure.source && "Bron: " + measure.source]
        .filter(Boolean).map((text) => make("p", "", text)));
    } };
  }

  window.geoLvAreaPanel = { OPACITY, fillOf, make, panel };
})();
