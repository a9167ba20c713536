/* What the page asks of the server, and how its pictures are drawn. */
window.trade = (function () {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const root = JSON.parse(document.getElementById("_dash-config").textContent).requests_pathname_prefix;
  const server = window.fetch.bind(window);
  const LOOKS = { displayModeBar: false, responsive: false, displaylogo: false, showTips: false, typesetMath: false };
  const PAPER = 680; // pixels that fit between the margins of a sheet
  const SHEET = 880; // pixels upwards that a picture has there below its question
  const FIRST = "pulse"; // the chart that the page comes with
  const PATIENCE = 1500; // milliseconds that Dash waits for it
  const TURN = 50; // milliseconds that a picture waits for those that are to be shown before it
  const MOST = 40; // answers kept while the page is open
  const DRAWN = 8; // pictures of a chart that are kept as they were drawn: all flows in both currencies
  const answers = new Map(); // by address, as text, the oldest first
  const coming = new Map(); // by address, what was asked and is not yet answered
  const asking = {}; // of each chart, its newest question
  const inLight = {}; // of each chart, its newest answer: the server draws for the light page
  const pictures = {}; // of each chart, what was drawn by answer and colours, the one used last behind the others
  const described = {}; // of each chart, its words for those who cannot see it, and its small print
  const versions = {}; // of each chart, the version of the data that its answer is of

  /* The page as it came makes way for the living one in the moment in which that is there. Its first picture is drawn
     over by a living one, which moves along; where that is not there yet, the first picture itself moves and waits. */
  const first = document.getElementById("first-picture");
  const early = document.createElement("div"); // what the first chart is drawn into before Dash stands
  const living = (chart) => document.getElementById(chart + "-figure").firstChild;
  let stands = false;
  const mounted = new Promise((there) => {
    const entry = document.getElementById("react-entry-point");
    new MutationObserver((_, watch) => {
      if (!entry.querySelector(".page")) return;
      watch.disconnect();
      const drawnEarly = early.isConnected;
      document.getElementById("opening").remove();
      stands = true;
      if (drawnEarly) living(FIRST).append(early);
      if (first && !early.firstChild && !document.body.hasAttribute("data-changed")) document.querySelector(`#${FIRST} .picture`).append(first);
      if (described[FIRST]) explained(FIRST);
      there();
    }).observe(entry, { childList: true, subtree: true });
  });

  /* Dash starts once the first chart answers: both at once would keep its reader waiting for both. */
  let begun = false;
  function begin() {
    if (begun) return;
    begun = true;
    const scripts = JSON.parse(document.getElementById("later").textContent).map((src) => {
      const script = Object.assign(document.createElement("script"), { src, async: false }); // in their order
      document.body.append(script);
      return script;
    });
    scripts.pop().addEventListener("load", () => { window.renderer = new window.DashRenderer(); });
  }
  document.addEventListener("DOMContentLoaded", () => setTimeout(begin, first ? PATIENCE : 0));

  const plotly = new Promise((loaded) => {
    if (window.Plotly) loaded(window.Plotly);
    else document.getElementById("plotly").addEventListener("load", () => loaded(window.Plotly));
  });

  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const dark = () => document.documentElement.dataset.theme === "dark";
  const turned = (text) => (dark() ? text.replace(/#[0-9A-F]{6}/g, (light) => facts.dark[light] || light) : text);

  /* An answer that fails leaves a card with a button in its place; one that comes takes the card away. */
  function failed(chart, again) {
    const place = document.getElementById(chart);
    place.querySelectorAll(".failed").forEach((one) => one.remove());
    if (!again) return;
    const card = document.createElement("div"), button = document.createElement("button");
    card.className = "failed";
    card.setAttribute("role", "alert");
    button.className = "button";
    button.textContent = facts.says.again;
    button.onclick = () => { card.remove(); again(); };
    card.append(facts.says.failed + " ", button);
    place.querySelector("h1, h2").after(card);
  }

  /* Ask for a text, once at a time; the browser keeps it, and asks whether it still stands. */
  async function text(address) {
    if (answers.has(address)) return answers.get(address);
    if (coming.has(address)) return coming.get(address).answer;
    const stop = new AbortController(), one = { answer: fetched(address, stop.signal), stop };
    coming.set(address, one);
    return one.answer.finally(() => coming.get(address) === one && coming.delete(address));
  }
  function breakOff(address) {
    if (coming.has(address)) coming.get(address).stop.abort();
    coming.delete(address); // asked for again, it is asked anew
  }
  async function fetched(address, signal) {
    const answer = await server(address, { signal, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    answers.set(address, await answer.text());
    if (answers.size > MOST) answers.delete(answers.keys().next().value);
    return answers.get(address);
  }

  /* Where a chart's part of the view in a width is asked for: one of the callbacks in callbacks/wiring.py, by GET. */
  function addressOf(chart, view, width) {
    const one = (id, value) => [{ id, property: "data", value }];
    const output = `..${chart}-figure.figure...${chart}-words.children..`;
    const ask = JSON.stringify({ output, inputs: one(chart + "-view", view), state: one("width", width) });
    return `${root}_dash-update-component?${new URLSearchParams({ ask })}`;
  }

  /* Ask for what a reader is about to choose; where that fails, it is asked for again once it is chosen. */
  const ask = (...what) => text(addressOf(...what)).catch(() => null);

  /* Show a chart's part of the view in a width, after those that are shown ``before``, if their answers come soon.
     The newest question breaks off an older one, whose answer is never drawn. */
  async function picture(chart, view, width, before) {
    const address = addressOf(chart, view, width), older = asking[chart], mine = (asking[chart] = { address });
    if (older && older.address !== address) breakOff(older.address);
    const newest = () => asking[chart] === mine;
    let answer = null;
    try {
      answer = await text(address);
    } catch (error) {
      await mounted;
      if (newest()) failed(chart, () => picture(chart, view, width));
      return;
    }
    await Promise.race([before, new Promise((over) => setTimeout(over, TURN))]);
    if (chart !== FIRST || !first) await mounted;
    if (!newest()) return;
    failed(chart, null);
    inLight[chart] = answer;
    await inTurn(() => newest() && drawn(chart));
    if (newest() && described[chart]) explained(chart); // once the picture is seen: to measure its words takes the browser a while
  }

  /* One picture after the other, each seen before the next one is drawn. */
  let turn = Promise.resolve();
  function inTurn(draw) {
    // a picture that fails is an error on the console and holds up no other
    turn = turn.then(draw).catch((error) => setTimeout(() => { throw error; })).then(() => new Promise((seen) => {
      requestAnimationFrame(() => setTimeout(seen));
      setTimeout(seen, 50); // where nobody looks there are no frames
    }));
    return turn;
  }

  /* Show a chart's newest answer: as it was drawn before, where it was, else drawn anew beside what is seen until then. */
  async function drawn(chart) {
    const Plotly = await plotly;
    if (!stands && !early.isConnected) first.before(early);
    const frame = chart === FIRST && early.isConnected ? early : living(chart);
    const shown = frame.querySelector(":scope > :not(.coming)");
    const made = (pictures[chart] = pictures[chart] || new Map()), colours = document.documentElement.dataset.theme;
    const key = colours + inLight[chart], one = made.get(key) || (await plotted(chart, frame, Plotly));
    made.delete(key);
    made.set(key, one);
    if (made.size > DRAWN) made.delete(made.keys().next().value);
    if (shown && shown !== one.place) Plotly.Fx.unhover(shown);
    one.place.classList.remove("coming");
    frame.replaceChildren(one.place);
    versions[chart] = one.layout.meta.version;
    described[chart] = [one.words, one.layout.meta];
    if (chart === FIRST && first) first.remove();
    if (shown) announced(chart);
    begin();
  }

  async function plotted(chart, frame, Plotly) {
    const answer = JSON.parse(turned(inLight[chart])).response, place = document.createElement("div");
    const { data, layout } = answer[chart + "-figure"].figure, { width, height } = layout;
    place.className = "coming";
    frame.append(place);
    try {
      await Plotly.newPlot(place, data, layout, LOOKS);
    } catch (error) {
      place.remove();
      throw error;
    }
    place.style.setProperty("--paper", Math.min(1, PAPER / width, SHEET / height)); // how much smaller it is printed
    place.on("plotly_click", (event) => trade.clicked(event));
    return { place, layout, words: answer[chart + "-words"].children };
  }

  /* The words of a picture for those who cannot see it, and its terms. */
  function explained(chart) {
    const [words, meta] = described[chart];
    document.getElementById(chart + "-words").textContent = words;
    trade.explain(chart, meta);
  }

  /* Say once, politely, which pictures have changed; one that is drawn for the first time is no news. */
  let changed = new Set(), timer = null;
  function announced(chart) {
    changed.add(chart);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed].map((one) => document.getElementById(one + "-name").lastChild.textContent);
      document.getElementById("announcements").textContent = facts.says.redrawn.replace("{charts}", names.join("; "));
      changed = new Set();
    }, 500);
  }

  /* The other colours: of the page by its style, of the pictures by drawing the same answers again. */
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#dark")) return;
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", JSON.stringify(document.documentElement.dataset.theme));
    } catch (error) { /* this browser keeps nothing */ }
    Object.keys(inLight).forEach((chart) => inTurn(() => drawn(chart)));
  });

  /* Paper is light: the pictures of a dark page turn for it, and back. */
  let darkened = false;
  function onPaper(on) {
    if (on ? !dark() : !darkened) return null;
    darkened = on;
    document.documentElement.dataset.theme = on ? "light" : "dark";
    return Promise.all(Object.keys(inLight).map((chart) => drawn(chart)));
  }

  /* What came with the page is not asked for again; what Dash asks for a place of the page may fail as a picture may. */
  const READY = { "_dash-layout": "ready-layout", "_dash-dependencies": "ready-dependencies" };
  const PLACES = { "state-view": "main", "claims-view": "claims", "claims-asked": "claims" };
  window.fetch = async function (address, options) {
    const name = String(address).split("?")[0].split("/").pop();
    const ready = READY[name] && document.getElementById(READY[name]);
    if (ready) return new Response(ready.textContent, { headers: { "Content-Type": "application/json" } });
    if (name !== "_dash-update-component" || !options || !options.body) return server(address, options);
    const [input] = JSON.parse(options.body).inputs, place = PLACES[input.id];
    const again = () => set(input.id, { data: input.value });
    try {
      const answer = await server(address, options);
      if (place) failed(place, answer.ok ? null : again);
      if (place === "main") setTimeout(() => document.body.removeAttribute("data-awaited"), 50);
      return answer;
    } catch (error) {
      if (place) failed(place, again);
      throw error;
    }
  };

  const version = (chart) => versions[chart] || facts.version;
  const KEPT = ["lang", "v"]; // words that a change back to the default view leaves
  const panel = (address) => text(root + address);
  return { facts, ask, mounted, onPaper, picture, panel, set, version, KEPT, PAPER };
})();
