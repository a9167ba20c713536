/* What the address means: to the controls, and to each chart, which asks when it is near what is seen. */
(function () {
  const trade = window.trade, facts = trade.facts;
  const NEAR = 400; // pixels above and below what is seen
  const BY_DASH = ["state", "claims"]; // words, which Dash asks for; pictures are asked for here
  const LATER = 400; // milliseconds after which Dash learns of a view though a picture is still awaited

  /* Words of an address as a query, in one order: the same view is always the same question. */
  function query(words) {
    const known = facts.words.filter((word) => words.has(word)).map((word) => [word, words.get(word)]);
    const text = new URLSearchParams(known).toString();
    return text ? "?" + text : "";
  }
  const read = (search) => new Map(new URLSearchParams(search || ""));

  /* The address as charts follow it: without the point, and with the language where it is not the plain one. */
  function viewOf(search) {
    const words = read(search);
    ["point", "lang", "only"].forEach((word) => words.delete(word));
    if (words.get("v") !== facts.version) words.delete("v"); // there is no such version: the newest is shown
    if (facts.language !== facts.plain) words.set("lang", facts.language);
    return words;
  }

  /* The part of a view that a chart follows. The newest version is shown without its name, so that both ask the same. */
  function partOf(words, chart) {
    const follows = (word) => facts.reads[chart].includes(word) && (word !== "v" || facts.earlier || facts.dated.includes(chart));
    return query(new Map([...words].filter(([word]) => follows(word))));
  }

  /* A month as YYYY-MM, a bare year by its first or last one; null for anything else. */
  function monthOf(text, month) {
    const match = /^((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?$/.exec(text || "");
    return match ? match[1] + "-" + (match[2] || month) : null;
  }
  const isDay = (text) => /^(19|20)\d\d-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text));

  /* What a control shows for the words of an address. */
  function shows(control, words) {
    const value = words.get(control.word) || "";
    if (control.month) {
      const start = monthOf(words.get("start"), "01"), end = monthOf(words.get("end"), "12");
      const month = start && end && start > end ? null : monthOf(value, control.month);
      if (!month) return control.first;
      return month.slice(5) === control.month && month >= facts.since ? month.slice(0, 4) : month;
    }
    if (control.word === "asof") return isDay(value) ? value : "";
    if (control.word === "counted" && !value && control.options.includes(words.get("basis"))) return words.get("basis");
    return !control.options ? value : control.options.includes(value) ? value : control.first;
  }
  trade.shown = (id) => shows(facts.controls.find((control) => control.id === id), read(location.search));

  /* Change words of the address, as a step that the browser can take back. */
  trade.write = function (change) {
    const words = read(location.search);
    change(words);
    const search = query(words);
    if (search === location.search) return;
    history.pushState(null, "", location.pathname + search + location.hash);
    follow();
    setControls();
  };

  /* A control was touched: its word alone changes, the others stand in the address already. */
  trade.touched = function (id, value) {
    const control = facts.controls.find((one) => one.id === id);
    if (control.word === "asof" && value && !isDay(value)) return;
    trade.write((words) => choose(words, control, value));
  };
  function choose(words, control, value) {
    const month = control.month && value.length === 4 ? value + "-" + control.month : value;
    if (!value || value === control.first) words.delete(control.word);
    else words.set(control.word, month);
  }

  /* A pointer is on what a control offers: the pictures that are near and would follow it are asked for already. */
  trade.ahead = function (id, value) {
    const words = read(location.search);
    choose(words, facts.controls.find((one) => one.id === id), value);
    const view = viewOf(query(words));
    for (const chart of Object.keys(facts.reads)) {
      const part = partOf(view, chart);
      if (!BY_DASH.includes(chart) && near(chart) && part !== given[chart]) trade.ask(chart, part, width);
    }
  };
  function setControls() {
    const words = read(location.search);
    facts.controls.forEach((control) => trade.controls[control.id] && trade.controls[control.id](shows(control, words)));
  }
  window.addEventListener("popstate", () => { follow(); setControls(); });

  const wanted = {}; // what each chart should show
  const given = {}; // what it was last asked to show: the page comes with the state of trade
  if (facts.reads.state) given.state = partOf(viewOf("?v=" + facts.version), "state");
  let width = 0;
  function near(chart) {
    const place = document.getElementById(chart);
    const at = place && place.getBoundingClientRect();
    return chart === "state" || (at && at.top < innerHeight + NEAR && at.bottom > -NEAR);
  }
  /* What is in the window stands before what is near it, and the higher before the lower. */
  function inSight(charts) {
    const at = new Map(charts.map((chart) => [chart, document.getElementById(chart).getBoundingClientRect()]));
    const away = (chart) => Number(at.get(chart).bottom < 0 || at.get(chart).top > innerHeight);
    return charts.sort((one, other) => away(one) - away(other) || at.get(one).top - at.get(other).top);
  }
  function give(chart, before) {
    if (given[chart] === wanted[chart]) return null;
    given[chart] = wanted[chart];
    if (!BY_DASH.includes(chart)) return trade.picture(chart, wanted[chart], width, before);
    return trade.mounted.then(() => trade.set(chart + "-view", { data: wanted[chart] }));
  }

  /* Follow the address: pictures that are near at once, then what Dash knows of it, which takes the browser longer. */
  let sent = {}, following = 0;
  function follow() {
    const words = viewOf(location.search), mine = ++following;
    for (const chart of Object.keys(facts.reads)) wanted[chart] = partOf(words, chart);
    document.body.toggleAttribute("data-changed", [...words.keys()].some((word) => !trade.KEPT.includes(word)));
    links();
    const drawn = [];
    inSight(Object.keys(wanted).filter((chart) => !BY_DASH.includes(chart) && near(chart)))
      .forEach((chart) => drawn.push(give(chart, Promise.all(drawn))));
    const patience = new Promise((over) => setTimeout(over, LATER));
    Promise.all([trade.mounted, Promise.race([Promise.all(drawn), patience])]).then(() => mine === following && send());
  }

  /* Send Dash what it follows: the view for tables and files, the point for its panel, and what it asks for itself. */
  function send() {
    const words = viewOf(location.search), point = read(location.search).get("point");
    const view = query(words);
    const asked = point ? query(words.set("point", point)) : null;
    if (sent.view !== view) trade.set("view", { data: view });
    if ((sent.asked || null) !== asked) trade.set("asked", { data: asked });
    if (sent.view !== view) openTables().forEach((button) => trade.set(tableOf(button), { data: view }));
    if (sent.view !== view) document.querySelectorAll("details[data-panel][open]").forEach(trade.fill);
    sent = { view, asked };
    BY_DASH.filter(near).forEach(give);
  }

  /* The table of a chart: its button opens and closes it; while it is open it follows the view. */
  const openTables = () => document.querySelectorAll("button[id$='-table'][aria-expanded='true']");
  const tableOf = (button) => button.id.replace(/-table$/, "-open");
  trade.table = function (button) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    trade.set(tableOf(button), { data: open ? query(viewOf(location.search)) : null });
  };

  /* The links to other languages, to the newest figures and from one chart to the whole page keep the rest of the view. */
  function links() {
    const without = (word) => { const words = read(location.search); words.delete(word); return "./" + query(words); };
    const each = (kind, act) => document.querySelectorAll(`a[data-${kind}]`).forEach(act);
    each("language", (link) => {
      link.href = query(read(location.search).set("lang", link.dataset.language)) + location.hash;
    });
    each("newest", (link) => { link.href = without("v") + location.hash; });
    each("whole", (link) => { link.href = without("only") + "#" + link.dataset.whole; });
  }

  /* What a panel is asked for, and the address that shows a chart as it is seen now, whatever is published later. */
  trade.view = () => query(viewOf(location.search));
  trade.cited = function (chart) {
    const words = viewOf(location.search), version = trade.version(chart);
    words.delete("lang");
    if (read(location.search).has("lang")) words.set("lang", read(location.search).get("lang"));
    if (version) words.set("v", version);
    return location.origin + location.pathname + query(words) + "#" + chart;
  };

  /* Pictures have the widest of a few widths that fits. */
  let paper = false;
  function fitting() {
    const free = paper ? trade.PAPER : document.getElementById("main").clientWidth;
    return Math.max(...facts.widths.filter((one) => one <= free), facts.widths[0]);
  }
  function fitted() {
    if (fitting() === width) return false;
    width = fitting();
    trade.set("width", { data: width });
    Object.keys(given).forEach((chart) => BY_DASH.includes(chart) || delete given[chart]);
    return true;
  }
  const resized = () => fitted() && follow();

  /* Bring what the address names to the top, and hold it there while the page fills in above it, until the reader moves. */
  let release = null;
  function hold() {
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
  window.addEventListener("hashchange", hold);

  /* Mark in the list of questions the one that is being read, and keep it in sight where the list scrolls. */
  function reading(chart) {
    const list = document.querySelector(".contents ol");
    if (!list) return;
    list.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    const link = list.querySelector(`a[href="#${chart}"]`);
    if (!link) { list.scrollLeft = 0; return; } // above the first question
    link.setAttribute("aria-current", "true");
    if (list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - list.offsetLeft - 16;
  }

  width = fitting();
  follow();
  // the sentence that came with the page is of the default view: another one waits for its own
  if (facts.reads.state && given.state !== wanted.state) document.body.setAttribute("data-awaited", "");
  trade.mounted.then(() => {
    trade.set("width", { data: width });
    trade.set("address", { data: location.origin + location.pathname });
    links(); // of the living page
    hold();
    const questions = [...document.querySelectorAll("section.question")];
    const coming = new IntersectionObserver(
      (all) => all.filter((one) => one.isIntersecting).forEach((one) => give(one.target.id)), { rootMargin: `${NEAR}px 0px` }
    );
    // the question that began last above a third of the window: a jump to the top leaves them all
    const begun = () => questions.filter((one) => one.getBoundingClientRect().top < innerHeight * 0.35).pop();
    const read_ = new IntersectionObserver(() => reading((begun() || {}).id), { rootMargin: "-30% 0px -65% 0px" });
    questions.forEach((one) => { coming.observe(one); read_.observe(one); });
    let timer = null;
    window.addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(resized, 150); });
    const more = document.getElementById("more");
    if (more && read(location.search).has("asof")) more.open = true;
    // what a button takes along must be the view that is seen
    document.addEventListener("click", (event) => event.target.closest && event.target.closest(".buttons") && send(), true);
  });

  /* Paper shows all: what was not yet drawn is asked for when printing begins; by the keyboard it waits for that,
     and pictures are drawn as wide as the sheet, their letters as high as those of the page. */
  const all = () => Promise.all(Object.keys(wanted).map((chart) => give(chart)));
  const folded = () => document.querySelectorAll(".method:not([open]), .term:not([open])");
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    all();
    trade.onPaper(true);
    unfolded = [...unfolded, ...folded()];
    unfolded.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    trade.onPaper(false);
    unfolded.forEach((one) => { one.open = false; });
    unfolded = [];
    paper = false;
    resized();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    paper = true;
    fitted();
    all().then(() => trade.onPaper(true)).then(() => window.print());
  });
})();
