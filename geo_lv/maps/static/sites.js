/** New-build sites: a symbol whose size follows the number of homes. */
(function (geoLv) {
  "use strict";

  const LETTERS = { number: "", nnb: "?", percentage: "%" };

  /** @param {string} tag @param {Object<string, string|number>} attributes */
  function svg(tag, attributes) {
    const made = L.SVG.create(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, String(value)));
    return made;
  }

  /** @param {Site} site @param {number} box */
  function symbol(site, box) {
    const root = svg("svg", { width: box, height: box, class: "site site-" + site.kind,
      "aria-hidden": "true", focusable: "false" });
    const centre = { cx: box / 2, cy: box / 2 };
    if (site.approximate) root.append(svg("circle", { ...centre, r: site.radius, class: "site-ring" }));
    root.append(svg("circle", { ...centre, r: site.radius * 0.78 }));
    const letter = svg("text", { x: box / 2, y: box / 2 + 4.5 });
    letter.textContent = LETTERS[site.kind];
    root.append(letter);
    const html = geoLv.make("span", "");
    html.append(root);
    return html;
  }

  /** @param {Site} site */
  function marker(site) {
    const box = Math.max(24, 2 * site.radius + 2);
    const made = L.marker(geoLv.shapes.place(site.at), {
      icon: L.divIcon({ html: symbol(site, box), className: "site-marker", iconSize: [box, box],
        iconAnchor: [box / 2 - site.dx, box / 2 - site.dy] }),
      keyboard: false, riseOnHover: true, bubblingMouseEvents: false,
    }).addTo(geoLv.map);
    const element = /** @type {HTMLElement} */ (made.getElement());
    element.classList.add("site");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", site.name + ": " + site.programme);
    const show = () => geoLv.card.show({ site });
    made.on("mouseover", show).on("mouseout", geoLv.areas.rest);
    made.on("click", () => { show(); geoLv.card.reveal(); });
    element.addEventListener("focus", () => {
      show();
      // not for a pointer: the map would move away under the click
      if (element.matches(":focus-visible")) geoLv.areas.bringIntoView(made.getLatLng());
    });
    element.addEventListener("blur", geoLv.areas.rest);
    return element;
  }

  function start() {
    const elements = geoLv.data.sites.map(marker);
    const walk = geoLv.roving(() => elements, {
      enter: geoLv.card.reveal, leave: geoLv.areas.rest,
    });
    elements.forEach(walk.add);
    walk.reset();
  }

  geoLv.sites = { start };
})(window.geoLv);
