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
    if (event.key === "Escape" && new URLSearchParams(location.search).has("point")) point(null);
  });

  /* A row of a table opens its number: by a click anywhere in it, by Enter on it or on its link. */
  function row(event) {
    const found = hit(event, "tr[data-point]");
    if (!found || (event.type === "keydown" && event.key !== "Enter")) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    point(found.dataset.point);
  }
  on("click", row);
  on("keydown", row);

  /* Copy a link that opens this view at this chart. */
  function link(button, chart) {
    const address = location.origin + location.pathname + location.search + "#" + chart, name = button.textContent;
    const said = () => { button.textContent = says.copied; setTimeout(() => { button.textContent = name; }, 1600); };
    const byHand = () => window.prompt(says.copy, address);
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(said, byHand);
    else byHand();
  }

  on("click", (event) => {
    const button = hit(event, "button");
    if (!button) return;
    const [chart, kind] = [button.id.replace(/-[a-z]+$/, ""), button.id.replace(/^.*-/, "")];
    if (button.id === "point-close") point(null);
    else if (kind === "link") link(button, chart);
    else if (kind === "table") trade.table(button, chart);
    // a paragraph goes by the body of the question, never by the address
    else if (button.id === "claims-check") trade.set("claims-asked", { data: document.getElementById("claims-text").value });
    // common periods, and back to the default view
    else if (button.id === "reset") trade.write((words) => [...words.keys()].forEach((word) => word === "lang" || words.delete(word)));
    else if (button.dataset.start) trade.write((words) => { words.set("start", button.dataset.start); words.delete("end"); });
    // the lead, of which a phone shows a few lines
    else if (button.className === "unfold") document.body.setAttribute("data-unfolded", "");
  });

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
      window.Plotly.downloadImage(printed.figure, {
        format: "png", width: printed.width, height: printed.height, scale: 2, filename: printed.name,
      });
      return says.saving;
    },
  } });
})();
