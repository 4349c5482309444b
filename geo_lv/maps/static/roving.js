/** One tab stop for many things: arrows, Home and End walk, Enter and Escape act. */
(function (geoLv) {
  "use strict";

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /**
   * @param {function(): Element[]} visible the things in order, asked at every step
   * @param {{enter: function(Element): void, leave: function(): void}} act
   */
  function roving(visible, act) {
    /** @param {Element|undefined} chosen */
    function stop(chosen) {
      visible().forEach((each) => each.setAttribute("tabindex", each === chosen ? "0" : "-1"));
    }

    /** @param {KeyboardEvent} event */
    function target(event) {
      const all = visible();
      const at = all.indexOf(/** @type {Element} */ (event.currentTarget));
      if (event.key === "Home") return all[0];
      if (event.key === "End") return all[all.length - 1];
      return all[at + STEPS[event.key]];
    }

    /** @param {KeyboardEvent} event */
    function key(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") act.enter(event.currentTarget);
      else if (event.key === "Escape") act.leave();
      else if (event.key in STEPS || event.key === "Home" || event.key === "End") {
        const next = target(event);
        if (next) { stop(next); next.focus({ preventScroll: true }); }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }

    return {
      /** @param {Element} element */
      add(element) {
        element.setAttribute("tabindex", "-1");
        element.addEventListener("keydown", key);
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
