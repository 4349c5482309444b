/** A link to what is shown, and the code to show the map on another page. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @param {string} text @returns {string} safe between quotes in html */
  function escaped(text) {
    return text.replace(/[&<>"]/g, (letter) => "&#" + letter.charCodeAt(0) + ";");
  }

  function embedCode() {
    const address = location.href.split("#")[0] + geoLv.address.write({ ...geoLv.state, view: "kaart" });
    return '<iframe src="' + escaped(address) + '" title="' + escaped(document.title)
      + '" width="100%" height="900" loading="lazy"></iframe>';
  }

  /**
   * Copy a text; where the browser does not allow it, the text stands ready to copy by hand.
   * @param {string} text @param {string} done what to say when it worked
   */
  async function copy(text, done) {
    const box = /** @type {HTMLTextAreaElement} */ (byId("deel-tekst"));
    byId("deel-uitkomst").hidden = false;
    box.value = text;
    const by_hand = () => { box.focus(); box.select(); };
    try {
      await navigator.clipboard.writeText(text);
      byId("deel-melding").textContent = done;
    } catch {
      by_hand();
      byId("deel-melding").textContent = "Kopieer de tekst hieronder met Ctrl+C.";
    }
  }

  /** Few readers save something, so the script for it is not there until they are about to. */
  function loadSaving() {
    const { script } = byId("bewaar").dataset;
    if (!script) return;
    const loaded = document.createElement("script");
    loaded.src = script;
    loaded.addEventListener("error", () => geoLv.message("Bewaren lukt nu niet. Laad de pagina opnieuw."));
    document.head.append(loaded);
  }

  /** @param {string} paper */
  function print(paper) {
    geoLv.set({ paper });
    window.print();
  }

  function start() {
    byId("deel-link").addEventListener("click", () => copy(geoLv.address.link(), "De link is gekopieerd."));
    byId("deel-code").addEventListener("click", () => copy(embedCode(), "De code is gekopieerd."));
    byId("bewaar").addEventListener("toggle", loadSaving, { once: true });
    byId("druk-a4").addEventListener("click", () => print(""));
    byId("druk-a3").addEventListener("click", () => print("a3"));
    geoLv.listen((state) => {
      document.documentElement.classList.toggle("paper-a3", state.paper === "a3");
      document.documentElement.classList.toggle("embedded", state.view === "kaart");
    });
  }

  geoLv.share = { start };
})(window.geoLv);
