/** The monitor: show the goals of one part, party or state, and open the reasons of a linked goal. */
(function () {
  "use strict";

  const form = /** @type {HTMLFormElement} */ (document.getElementById("filter"));
  const found = /** @type {HTMLElement} */ (document.querySelector(".filter-found"));
  if (!form) return; // a page with some of the goals, and nothing to choose

  /** @type {NodeListOf<HTMLTableSectionElement>} */
  const rows = document.querySelectorAll("tbody[data-state]");
  const goals = Array.from(rows).filter((row) => row.dataset.state);
  /** Name in the address of each choice, with its field. */
  const fields = ["deel", "partij", "stand"].map((name) => ({
    name, field: /** @type {HTMLSelectElement} */ (document.getElementById("filter-" + name)),
  }));

  /** @param {string} name @returns {string} what is chosen */
  function chosen(name) {
    const one = fields.find((each) => each.name === name);
    return one ? one.field.value : "";
  }

  /** @param {HTMLTableSectionElement} row */
  function fits(row) {
    const part = row.closest("section");
    const parties = (row.dataset.parties || "").split("|");
    return (!chosen("deel") || (part && part.id === chosen("deel")))
      && (!chosen("partij") || parties.includes(chosen("partij")))
      && (!chosen("stand") || row.dataset.state === chosen("stand"));
  }

  function apply() {
    rows.forEach((row) => { row.hidden = !fits(row); });
    document.querySelectorAll(".part-monitor:has(tbody[data-state])").forEach((part) => {
      part.querySelectorAll(".table-frame").forEach((frame) => {
        frame.toggleAttribute("hidden", !frame.querySelector("tbody[data-state]:not([hidden])"));
      });
      part.toggleAttribute("hidden", !part.querySelector("tbody[data-state]:not([hidden])"));
    });
    const named = fields.filter(({ field }) => field.value)
      .map(({ field }) => field.selectedOptions[0].text);
    const shown = goals.filter((row) => !row.hidden).length;
    const words = shown === 1 ? " doel" : " doelen";
    found.textContent = named.length
      ? shown + " van " + goals.length + words + ": " + named.join(", ") + "." : "";
  }

  /** Put the choice in the address, so that a link shows the same goals. */
  function store() {
    const parts = fields.filter(({ field }) => field.value)
      .map(({ name, field }) => name + "=" + encodeURIComponent(field.value));
    history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname);
  }

  /** Do what the address says: choose, or open the reasons of one goal. */
  function follow() {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      const wanted = new URLSearchParams(hash);
      fields.forEach(({ name, field }) => { field.value = wanted.get(name) || ""; });
      fields.forEach(({ field }) => { if (field.selectedIndex < 0) field.value = ""; });
      apply();
      return;
    }
    const row = hash && document.getElementById(decodeURIComponent(hash));
    const reasons = row && row.querySelector("details.reasons");
    if (!row || !reasons) return;
    if (row.hidden) {
      form.reset();
      apply();
    }
    reasons.setAttribute("open", "");
    row.scrollIntoView({ block: "start" });
  }

  form.hidden = false;
  form.addEventListener("change", () => { apply(); store(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  follow();
})();
