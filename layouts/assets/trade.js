/* What buttons, rows and plotted points do in the browser. */
(function () {
  const trade = window.trade, says = trade.facts.says;
  const on = (kind, act) => document.addEventListener(kind, act);
  const hit = (event, what) => event.target.closest && event.target.closest(what);

  /* The address opens the panel of a point and closes it. */
  function point(name) {
    trade.write((words) => (name ? words.set("point", name) : words.delete("point")));
  }
  trade.clicked = (event) => {
    const named = event.points.find((one) => one.id);
    if (named) point(named.id);
  };
  on("keydown", (event) => {
    if (event.key === "Escape" && !trade.explaining() && new URLSearchParams(location.search).has("point")) point(null);
  });

  /* A row of a table opens its number: by a click anywhere in it, by Enter on it or on its link. */
  function row(event) {
    const line = hit(event, "tr[data-point]");
    if (!line || (event.type === "keydown" && event.key !== "Enter")) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    point(line.dataset.point);
  }
  on("click", row);
  on("keydown", row);

  /* Copy a text; where the browser does not let it be copied, show it to be copied by hand. */
  function copy(button, text) {
    const name = button.textContent;
    const copied = () => { button.textContent = says.copied; setTimeout(() => { button.textContent = name; }, 1600); };
    const byHand = () => window.prompt(says.copy, text);
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(copied, byHand);
    else byHand();
  }

  /* A text goes by the body of the question, never by the address; of one that is too long as much as tells that it is. */
  function check(field) {
    const letters = [...field.value].slice(0, Number(field.dataset.letters) + 1).join("");
    trade.set("claims-asked", { data: letters });
  }

  /* What is wanted seldom is asked for when it is opened, and again when the view changes while it is open. */
  trade.fill = async function (details) {
    const place = details.lastElementChild, address = details.dataset.panel + trade.view();
    if (place.dataset.of === address) return;
    place.dataset.of = address;
    place.setAttribute("aria-busy", "true");
    const panel = await trade.panel(address).catch(() => null);
    if (place.dataset.of !== address) return;
    place.removeAttribute("aria-busy");
    if (panel === null) place.dataset.of = "";
    if (panel === null) place.textContent = says.failed;
    else place.innerHTML = panel;
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.dataset.panel) trade.fill(event.target);
  }, true);

  on("click", (event) => {
    const button = hit(event, "button");
    if (!button) return;
    const [chart, kind] = [button.id.replace(/-[a-z]+$/, ""), button.id.replace(/^.*-/, "")];
    if (button.id === "point-close") point(null);
    else if (kind === "link") copy(button, trade.cited(chart));
    else if ("copy" in button.dataset) copy(button, button.parentElement.querySelector("pre").textContent);
    else if (kind === "table") trade.table(button, chart);
    else if (button.id === "claims-check") check(document.getElementById("claims-text"));
    // common periods, and back to the default view
    else if (button.id === "reset") trade.write((words) => [...words.keys()].forEach((word) => trade.KEPT.includes(word) || words.delete(word)));
    else if (button.dataset.start) trade.write((words) => { words.set("start", button.dataset.start); words.delete("end"); });
    // the lead, of which a phone shows a few lines
    else if (button.className === "unfold") document.body.setAttribute("data-unfolded", "");
  });

  /* Let the browser save a file that is made here. */
  function keep(parts, type, name) {
    const address = URL.createObjectURL(new Blob(parts, { type }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /* The parts of a PNG with texts inside, as the file of the server has them: a chunk iTXt each, behind the first one. */
  function withTexts(picture, texts) {
    const FIRST = 33; // bytes: the signature and the chunk with the size
    const chunks = Object.entries(texts).map(([name, words]) => {
      const content = new TextEncoder().encode(`iTXt${name}\0\0\0\0\0${words}`), chunk = new Uint8Array(content.length + 8);
      const view = new DataView(chunk.buffer);
      let sum = ~0; // the check of PNG: CRC-32
      for (const byte of content) {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
      }
      view.setUint32(0, content.length - 4);
      chunk.set(content, 4);
      view.setUint32(content.length + 4, ~sum);
      return chunk;
    });
    return [picture.slice(0, FIRST), ...chunks, picture.slice(FIRST)];
  }

  let back = null; // what had the keyboard before the panel took it
  window.dash_clientside = Object.assign({}, window.dash_clientside, { trade: {
    /* The panel takes the keyboard when it opens and gives it back when it closes. */
    shown: function (hidden) {
      const panel = document.getElementById("point-panel");
      if (!hidden) {
        if (!panel.contains(document.activeElement)) back = document.activeElement;
        panel.focus();
      } else if (back) {
        back.focus();
        back = null;
      }
    },

    /* Save the printed picture that the server drew. */
    save: function (printed) {
      if (!printed) return window.dash_clientside.no_update;
      const { figure, format, width, height, name, head, texts } = printed;
      const size = { format, width, height, scale: format === "png" ? 2 : 1 };
      window.Plotly.toImage(figure, size).then((address) => {
        const drawn = address.slice(address.indexOf(",") + 1);
        // as the file of the server begins
        const whole = () => decodeURIComponent(drawn).replace(/<svg[^>]*>/, (root) => root + head);
        if (format === "svg") keep([whole()], "image/svg+xml", name);
        else keep(withTexts(Uint8Array.from(atob(drawn), (letter) => letter.charCodeAt(0)), texts), "image/png", name);
      });
      return says.saving;
    },
  } });
})();
