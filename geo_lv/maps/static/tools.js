/** Presenting, sharing, saving, printing: few readers do, so their scripts come when one is asked for. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  const FAILED = "Dit lukt nu niet. Laad de pagina opnieuw.";

  function load() {
    const tools = byId("gereedschap"), { script } = tools.dataset;
    if (!script) return;
    delete tools.dataset.script;
    const loaded = document.createElement("script");
    loaded.src = script;
    loaded.addEventListener("error", () => geoLv.message(FAILED));
    document.head.append(loaded);
  }

  function start() {
    byId("gereedschap").querySelectorAll("details").forEach((tool) => tool.addEventListener("toggle", load));
    byId("presenteer").addEventListener("click", () => geoLv.set({ view: "presentatie" }));
    geoLv.listen(({ paper, view }) => {
      const { classList } = document.documentElement, presenting = view === "presentatie";
      classList.toggle("paper-a3", paper === "a3");
      classList.toggle("presenting", presenting);
      if (presenting) load();
    });
  }

  /** Make a button of these do something; it waits for that. @param {string} id @param {function(): void} act */
  function wire(id, act) {
    const button = /** @type {HTMLButtonElement} */ (byId(id));
    button.disabled = false;
    button.addEventListener("click", act);
  }

  geoLv.tools = { start, wire };
})(window.geoLv);
