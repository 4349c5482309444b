/** What unfolds over the page closes with Escape, with a click beside it, and when another opens. */
(function () {
  "use strict";
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const menus = document.querySelectorAll(".menu, .tool");

  /** @param {HTMLDetailsElement} menu */
  function leave(menu) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
  }

  document.addEventListener("click", (event) => menus.forEach((menu) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menus.forEach((menu) => { if (menu.open) leave(menu); });
  });
})();
