/* What happens in the browser alone. */

/* Plotly by the address at which the page has begun to load it: Dash would ask for it by another, and later. */
Object.defineProperty(window, "_dashPlotlyJSURL", {
  get: () => document.getElementById("plotly").href,
  set: () => {},
});

/* Write the name of a point into the address, or take it out. */
function tradePoint(name) {
  const words = new URLSearchParams(location.search);
  if (name) words.set("point", name);
  else words.delete("point");
  const text = words.toString();
  window.dash_clientside.set_props("address", { search: text ? "?" + text : "" });
}

/* Bring what the address names to the top, and hold it there while the page fills in above it, until the reader moves. */
function tradeHold() {
  if (window.tradeRelease) window.tradeRelease();
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  const moves = ["wheel", "touchstart", "pointerdown", "keydown"];
  const watch = new ResizeObserver(() => target.scrollIntoView());
  window.tradeRelease = () => {
    watch.disconnect();
    moves.forEach((move) => window.removeEventListener(move, window.tradeRelease));
    window.tradeRelease = null;
  };
  moves.forEach((move) => window.addEventListener(move, window.tradeRelease, { passive: true }));
  watch.observe(document.getElementById("main"));
}

/* A row of a table opens its number: by a click anywhere in it, by Enter on it or on its link. */
function tradeRow(event) {
  const row = event.target.closest && event.target.closest("tr[data-point]");
  if (!row || (event.type === "keydown" && event.key !== "Enter")) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  tradePoint(row.dataset.point);
}
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape" && new URLSearchParams(location.search).has("point")) tradePoint(null);
});
document.addEventListener("click", tradeRow);
document.addEventListener("keydown", tradeRow);
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  trade: {
    /* The width that charts have, kept up to date when the window changes. */
    width: function () {
      const set = window.dash_clientside.set_props;
      const main = document.getElementById("main");
      const measure = () => Math.floor(main.clientWidth);
      if (!window.tradeWatched) {
        window.tradeWatched = true;
        let timer = null;
        window.addEventListener("resize", () => {
          clearTimeout(timer);
          timer = setTimeout(() => set("width", { data: measure() }), 150);
        });
        window.addEventListener("hashchange", tradeHold);
        tradeHold();
      }
      return measure();
    },

    /* Light or dark: the reader's own choice first, then what the system prefers. */
    theme: function (clicks, kept) {
      const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      let theme = kept || system;
      if (clicks) theme = theme === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      return [clicks ? theme : window.dash_clientside.no_update, theme, String(theme === "dark")];
    },

    /* The address without the point: what charts and cards follow. */
    view: function (search) {
      const words = new URLSearchParams(search || "");
      words.delete("point");
      const text = words.toString();
      const view = text ? "?" + text : "";
      if (view === window.tradeView) return window.dash_clientside.no_update;
      window.tradeView = view;
      return view;
    },

    /* What of the view each chart follows: a chart whose words did not change is not drawn anew. */
    views: function (view, reads) {
      const words = [...new URLSearchParams(view || "")];
      const before = (window.tradeViews = window.tradeViews || {});
      return Object.keys(reads).map((chart) => {
        const text = new URLSearchParams(words.filter(([word]) => reads[chart].includes(word))).toString();
        const own = text ? "?" + text : "";
        if (before[chart] === own) return window.dash_clientside.no_update;
        before[chart] = own;
        return own;
      });
    },

    /* A click on a plotted point asks what its number is. */
    clicked: function (event) {
      const named = event && event.points.find((point) => point.id);
      if (named) tradePoint(named.id);
    },

    /* The panel takes the keyboard when it opens and gives it back when it closes. */
    shown: function (hidden) {
      const panel = document.getElementById("point-panel");
      if (!hidden) {
        if (!panel.contains(document.activeElement)) window.tradeBack = document.activeElement;
        panel.focus();
      } else if (window.tradeBack) {
        window.tradeBack.focus();
        window.tradeBack = null;
      }
    },
    close: function () {
      tradePoint(null);
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
      return "The picture is being saved.";
    },

    /* Copy a link that opens this view at this chart. */
    link: function (clicks, search, id) {
      if (!clicks) return window.dash_clientside.no_update;
      const chart = id.replace(/-link$/, "");
      const address = location.origin + location.pathname + (search || "") + "#" + chart;
      const button = document.getElementById(id);
      const said = (words) => { button.textContent = words; setTimeout(() => { button.textContent = "Link"; }, 1600); };
      const byHand = () => window.prompt("Copy this link", address);
      if (navigator.clipboard) navigator.clipboard.writeText(address).then(() => said("Copied"), byHand);
      else byHand();
      return "Link: " + address;
    },
  },
});
