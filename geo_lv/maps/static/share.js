/** A link to what is shown, and the code to show the map on another page. */
(function (geoLv) {
  "use strict";
  const { byId } = geoLv;

  /** @param {string} text @returns {string} safe between quotes in html */
  function escaped(text) {
    return text.replace(/[&<>"]/g, (letter) => "&#" + letter.charCodeAt(0) + ";");
  }

  function embedCode() {
    const page = new URL(byId("deel-code").dataset.page || "", location.href).href;
    const address = page + geoLv.address.write({ ...geoLv.state, view: "" });
    return '<iframe src="' + escaped(address) + '" title="' + escaped(document.title)
      + '" width="100%" height="700" loading="lazy"></iframe>';
  }

  /**
   * Copy a text; where the browser does not allow it, the text stands ready to copy by hand.
   * @param {string} text @param {string} done what to say when it worked
   */
  async function copy(text, done) {
    const box = /** @type {HTMLTextAreaElement} */ (byId("deel-tekst"));
    byId("deel-uitkomst").hidden = false;
    box.value = text;
    const byHand = () => { box.focus(); box.select(); };
    try {
      await navigator.clipboard.writeText(text);
      byId("deel-melding").textContent = done;
    } catch {
      byHand();
      byId("deel-melding").textContent = "Kopieer de tekst hieronder met Ctrl+C.";
    }
  }

  /** @param {string} paper */
  function print(paper) {
    geoLv.set({ paper });
    window.print();
  }

  geoLv.tools.wire("deel-link", () => copy(geoLv.address.link(), "De link is gekopieerd."));
  geoLv.tools.wire("deel-code", () => copy(embedCode(), "De code is gekopieerd."));
  geoLv.tools.wire("druk-a4", () => print(""));
  geoLv.tools.wire("druk-a3", () => print("a3"));
})(window.geoLv);
