/* What happens in the browser alone besides views (view.js), questions (ask.js) and controls (controls.js). */
(function () {
  const says = JSON.parse(document.getElementById("facts").textContent).says;
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  /* The page as it came makes way for the living one in the same moment: its first picture moves over the place where
     the living one will be, and goes when that is drawn. */
  const first = document.getElementById("first-picture");
  new MutationObserver((_, watch) => {
    if (!document.querySelector("#react-entry-point .page")) return;
    watch.disconnect();
    document.getElementById("opening").remove();
    // React's own part of the page is not touched: the picture stands behind it, as one more child
    const plain = !document.body.hasAttribute("data-changed") && first;
    if (plain) document.querySelector("#pulse .picture").append(first);
    tradeHold();
  }).observe(document.getElementById("react-entry-point"), { childList: true, subtree: true });

  /* A picture is drawn: take the first one away from over it, let a click on a point tell of it, say that it changed. */
  const seen = new Set();
  window.tradeDrawn = function (id, drawn) {
    const chart = id.replace(/-figure$/, "");
    if (chart === "pulse" && first) first.remove();
    if (!seen.has(id)) drawn.on("plotly_click", clicked);
    else announce(chart);
    seen.add(id);
    drawn.dataset.drawn = String(Number(drawn.dataset.drawn || 0) + 1);
  };

  /* Say once, politely, which pictures have changed; one that is drawn for the first time is no news. */
  let changed = new Set(), timer = null;
  function announce(chart) {
    changed.add(chart);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed].map((one) => document.querySelector(`#${one}-name`).lastChild.textContent);
      set("said", { children: says.redrawn.replace("{charts}", names.join("; ")) });
      changed = new Set();
    }, 500);
  }

  /* Write the name of a point into the address, or take it out. */
  function point(name) {
    const words = new URLSearchParams(location.search);
    if (name) words.set("point", name);
    else words.delete("point");
    const text = words.toString();
    set("address", { search: text ? "?" + text : "" });
  }
  function clicked(event) {
    const named = event.points.find((one) => one.id);
    if (named) point(named.id);
  }

  /* Bring what the address names to the top, and hold it there while the page fills in above it, until the reader moves. */
  let release = null;
  function tradeHold() {
    if (release) release();
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const moves = ["wheel", "touchstart", "pointerdown", "keydown"];
    const watch = new ResizeObserver(() => target.scrollIntoView());
    release = () => {
      watch.disconnect();
      moves.forEach((move) => window.removeEventListener(move, release));
      release = null;
    };
    moves.forEach((move) => window.addEventListener(move, release, { passive: true }));
    watch.observe(document.getElementById("main"));
  }
  window.addEventListener("hashchange", tradeHold);

  /* The lead, of which a phone shows a few lines. */
  document.addEventListener("click", (event) => {
    if (event.target.matches && event.target.matches(".unfold")) document.body.setAttribute("data-unfolded", "");
  });

  /* A row of a table opens its number: by a click anywhere in it, by Enter on it or on its link. */
  function row(event) {
    const found = event.target.closest && event.target.closest("tr[data-point]");
    if (!found || (event.type === "keydown" && event.key !== "Enter")) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    point(found.dataset.point);
  }
  document.addEventListener("click", row);
  document.addEventListener("keydown", row);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && new URLSearchParams(location.search).has("point")) point(null);
  });

  let back = null; // what had the keyboard before the panel took it
  const client = (window.dash_clientside = window.dash_clientside || {});
  client.trade = Object.assign(client.trade || {}, {
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
    close: function () {
      point(null);
    },

    /* The table of a chart: its button opens and closes it; while it is open it follows the view. */
    table: function (clicks, view) {
      if (!clicks) return [window.dash_clientside.no_update, "false"]; // never opened: nothing to ask for
      const open = Boolean(clicks % 2);
      return [open ? view || "" : null, String(open)];
    },

    /* Save the printed picture that the server drew. */
    save: function (printed) {
      if (!printed) return window.dash_clientside.no_update;
      window.Plotly.downloadImage(printed.figure, {
        format: "png", width: printed.width, height: printed.height, scale: 2, filename: printed.name,
      });
      return says.saving;
    },

    /* Copy a link that opens this view at this chart. */
    link: function (clicks, search, id) {
      if (!clicks) return window.dash_clientside.no_update;
      const address = location.origin + location.pathname + (search || "") + "#" + id.replace(/-link$/, "");
      const button = document.getElementById(id), name = button.textContent;
      const said = () => { button.textContent = says.copied; setTimeout(() => { button.textContent = name; }, 1600); };
      const byHand = () => window.prompt(says.copy, address);
      if (navigator.clipboard) navigator.clipboard.writeText(address).then(said, byHand);
      else byHand();
      return address;
    },
  });
})();
