/* What the page asks of the server, and how it takes the answers. */
(function () {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const server = window.fetch.bind(window);
  const LONGEST = 6000; // characters of an address; a longer question goes as Dash sends it
  const inLight = {}; // the newest figure of each chart, as the server drew it: light, as text

  const dark = () => document.documentElement.dataset.theme === "dark";
  const turned = (text) => (dark() ? text.replace(/#[0-9A-F]{6}/g, (light) => facts.dark[light] || light) : text);
  const json = (text) => new Response(text, { headers: { "Content-Type": "application/json" } });

  /* What came with the page is not asked for again. */
  function ready(name) {
    const held = document.getElementById(name);
    return held && held.textContent ? Promise.resolve(json(held.textContent)) : null;
  }

  /* A question of no click depends on its words alone: by GET the browser keeps the answer and asks if it still stands. */
  function put(address, options) {
    const { output, inputs, state } = JSON.parse(options.body);
    const values = [...inputs, ...(state || [])];
    if (values.some((one) => one.property === "n_clicks")) return server(address, options);
    const short = (all) => (all || []).map(({ id, property, value }) => ({ id, property, value }));
    const words = JSON.stringify({ output, inputs: short(inputs), state: short(state) });
    // Dash marks each loading of the page in the address, by which no answer would be found again
    const whole = address.split("?")[0] + "?" + new URLSearchParams({ ask: words });
    return whole.length > LONGEST ? server(address, options) : server(whole, { credentials: "same-origin" });
  }

  /* An answer that fails leaves a card with a button in its place; one that comes takes the card away. */
  function card(chart, again) {
    const section = document.getElementById(chart);
    if (!section) return;
    section.querySelectorAll(".failed").forEach((one) => one.remove());
    if (!again) return;
    const made = document.createElement("div");
    made.className = "failed";
    made.setAttribute("role", "alert");
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = facts.says.again;
    button.onclick = () => { made.remove(); again(); };
    made.append(facts.says.failed + " ", button);
    section.querySelector("h2").after(made);
  }

  async function question(address, options) {
    const { output, inputs } = JSON.parse(options.body);
    const found = /^(\S+)-view$/.exec(inputs[0].id);
    const chart = found && (found[1] === "state" ? "main" : found[1]);
    const asked = inputs[0].value;
    const again = () => window.dash_clientside.set_props(inputs[0].id, { data: asked });
    let answer;
    try {
      answer = await put(address, options);
    } catch (error) {
      if (chart) card(chart, again);
      throw error;
    }
    if (!chart) return answer;
    card(chart, answer.ok ? null : again);
    if (!answer.ok || !output.includes("-figure.figure")) return answer;
    inLight[chart] = await answer.text();
    return json(turned(inLight[chart]));
  }

  window.fetch = function (address, options) {
    const path = String(address).split("?")[0];
    if (path.endsWith("/_dash-layout")) return ready("ready-layout") || server(address, options);
    if (path.endsWith("/_dash-dependencies")) return ready("ready-dependencies") || server(address, options);
    const posted = path.endsWith("/_dash-update-component") && options && options.method === "POST";
    return posted ? question(address, options) : server(address, options);
  };

  /* The other colours: of the page by its style, of the pictures by drawing what is held. */
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#dark")) return;
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem("theme", JSON.stringify(theme)); } catch (error) { /* the reader keeps nothing */ }
    for (const chart of Object.keys(inLight)) {
      const { figure } = JSON.parse(turned(inLight[chart])).response[chart + "-figure"];
      window.dash_clientside.set_props(chart + "-figure", { figure });
    }
  });
})();
