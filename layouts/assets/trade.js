/* What happens in the browser alone. */
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
        window.addEventListener("hashchange", showTarget);
        setTimeout(showTarget, 600);
      }
      return measure();
      function showTarget() {
        const target = location.hash && document.getElementById(location.hash.slice(1));
        if (target) target.scrollIntoView();
      }
    },

    /* Light or dark: the reader's own choice first, then what the system prefers. */
    theme: function (clicks, kept) {
      const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      let theme = kept || system;
      if (clicks) theme = theme === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      return [clicks ? theme : window.dash_clientside.no_update, theme, String(theme === "dark")];
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
