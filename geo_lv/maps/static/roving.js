/** One tab stop for many things: arrows, Home and End walk, Enter and Escape act. */
(function (geoLv) {
  "use strict";

  /** @type {Object<string, number>} */
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /**
   * @param {function(): Focusable[]} visible the things in order, asked at every step
   * @param {{enter: function(Focusable): void, leave: function(): void}} act
   * @returns {Walk}
   */
  function roving(visible, act) {
    /** @param {Focusable|undefined} chosen */
    function stop(chosen) {
      visible().forEach((each) => each.setAttribute("tabindex", each === chosen ? "0" : "-1"));
    }

    /** @param {KeyboardEvent} event @param {Focusable} here */
    function target(event, here) {
      const all = visible();
      const at = all.indexOf(here);
      if (event.key === "Home") return all[0];
      if (event.key === "End") return all[all.length - 1];
      return all[at + STEPS[event.key]];
    }

    /** @param {KeyboardEvent} event @param {Focusable} here */
    function key(event, here) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") act.enter(here);
      else if (event.key === "Escape") act.leave();
      else if (event.key in STEPS || event.key === "Home" || event.key === "End") {
        const next = target(event, here);
        if (next) { stop(next); next.focus({ preventScroll: true }); }
      } else return;
      // with Escape the browser also closes an explanation that is open
      if (event.key !== "Escape") event.preventDefault();
      event.stopPropagation();
    }

    return {
      /** @param {Focusable} element */
      add(element) {
        element.setAttribute("tabindex", "-1");
        element.addEventListener("keydown", (event) => key(event, element));
        element.addEventListener("focus", () => stop(element));
      },
      /** Put the tab stop on the first thing again, unless it is on a visible one. */
      reset() {
        const all = visible();
        stop(all.find((each) => each.getAttribute("tabindex") === "0") || all[0]);
      },
    };
  }

  geoLv.roving = roving;
})(window.geoLv);
