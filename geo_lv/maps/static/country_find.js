/** Find a buurt or municipality by its name: a text field with a list of what it may be. */
(function (geoLv) {
  "use strict";
  const { byId, make } = geoLv;
  const country = geoLv.country;

  /** So many are shown; of more, the number is said. */
  const MOST = 12;

  /** @type {string[]|undefined} */
  let names;
  /** @type {Array<{gemeente: string, area: string}>} */
  let choices = [];
  let active = -1;

  /** Names of buurten as they are compared, made when somebody starts to search. @returns {string[]} */
  function plainNames() {
    names = names || country.areas.names.map(country.plain);
    return names;
  }

  /** Buurten whose name has the words; names that start with them come first. @param {string} wanted @returns {number[]} */
  function buurten(wanted) {
    /** @type {number[]} */
    const first = [];
    /** @type {number[]} */
    const others = [];
    plainNames().forEach((each, n) => {
      const place = each.indexOf(wanted);
      if (place === 0) first.push(n); else if (place > 0) others.push(n);
    });
    return first.concat(others);
  }

  /** @param {string} wanted */
  function gemeenten(wanted) {
    return country.gemeenten.filter((each) => country.plain(each.name).includes(wanted));
  }

  function box() {
    return /** @type {HTMLInputElement} */ (byId("zoek-gebied"));
  }

  function close() {
    byId("zoek-lijst").hidden = true;
    box().setAttribute("aria-expanded", "false");
    box().removeAttribute("aria-activedescendant");
    active = -1;
  }

  /** @param {number} n of the choice */
  function choose(n) {
    const chosen = choices[n];
    box().value = "";
    close();
    geoLv.message("");
    country.card.point(-1);
    if (chosen.gemeente) { country.goTo({ gemeente: chosen.gemeente, area: "" }); return; }
    country.goTo({ area: chosen.area });
    country.card.say(country.placeOf(chosen.area), ", vastgezet");
  }

  /** @param {string[]} texts of the option @param {number} n */
  function option(texts, n) {
    const made = make("li", "", make("bdi", "", texts[0]), " ", make("span", "note", texts[1]));
    made.id = "zoek-" + n;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    // not a click: the field would lose the focus before it
    made.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(n); });
    return made;
  }

  /** @param {string} wanted */
  function list(wanted) {
    const places = gemeenten(wanted), areas = buurten(wanted);
    const all = [
      ...places.map((each) => ({ texts: [each.name, "gemeente"], to: { gemeente: each.code, area: "" } })),
      ...areas.slice(0, MOST).map((n) => ({
        texts: [country.areas.names[n], "buurt in " + country.gemeenteOf(n).name],
        to: { gemeente: "", area: country.codeOf(n) },
      })),
    ].slice(0, MOST);
    choices = all.map((each) => each.to);
    byId("zoek-lijst").replaceChildren(...all.map((each, n) => option(each.texts, n)));
    const count = places.length + areas.length;
    const more = count > MOST ? ", de eerste " + MOST + " staan in de lijst" : "";
    geoLv.message(country.digits(count, 0) + " gevonden" + more + ". Enter zonder keuze toont de buurten in de tabel.");
  }

  function search() {
    const wanted = country.plain(box().value);
    close();
    if (!wanted) { geoLv.message(""); return; }
    list(wanted);
    if (!choices.length) return;
    byId("zoek-lijst").hidden = false;
    box().setAttribute("aria-expanded", "true");
  }

  /** @param {number} by */
  function move(by) {
    if (byId("zoek-lijst").hidden) search();
    if (!choices.length || byId("zoek-lijst").hidden) return;
    active = active < 0 && by < 0 ? choices.length - 1 : (active + by + choices.length) % choices.length;
    byId("zoek-lijst").querySelectorAll("li").forEach((each, n) => {
      each.setAttribute("aria-selected", String(n === active));
      if (n === active) each.scrollIntoView({ block: "nearest" });
    });
    box().setAttribute("aria-activedescendant", "zoek-" + active);
  }

  /** Without a choice from the list, the table shows what was found. */
  function accept() {
    if (active >= 0) { choose(active); return; }
    const wanted = country.plain(box().value);
    close();
    if (!wanted) return;
    const inside = new Set(gemeenten(wanted).map((each) => country.gemeenten.indexOf(each)));
    const found = new Set(buurten(wanted));
    country.areas.gemeenten.forEach((gemeente, n) => { if (inside.has(gemeente)) found.add(n); });
    country.table.showFound(box().value.trim(), [...found]);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") accept();
    else if (event.key === "Escape" && box().value) { box().value = ""; close(); geoLv.message(""); } else return;
    event.preventDefault();
  }

  function start() {
    box().addEventListener("input", search);
    box().addEventListener("keydown", key);
    box().addEventListener("blur", close);
  }

  country.find = { start };
})(window.geoLv);
