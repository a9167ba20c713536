/* The copy's one script. An address names a view; each chart near what is seen shows its part of it, from a file of
   answers beside the page. No question leaves the folder. */
(function () {
  "use strict";
  const facts = JSON.parse(document.getElementById("facts").textContent), says = facts.says;
  const NEAR = "400px 0px";
  const LOOKS = { displayModeBar: false, responsive: false, displaylogo: false, showTips: false, typesetMath: false };
  const PAPER = 680; // CSS pixels: what a sheet has room for
  const PRINTED = { width: 1200, height: 675 };
  const at = (id) => document.getElementById(id);
  const on = (kind, act) => document.addEventListener(kind, act);

  /* Files of answers: a script calls trade.put with what it holds, deflated. */
  const waiting = new Map(), files = new Map();
  const trade = { facts, mounted: Promise.resolve(), put: (name, packed) => waiting.get(name)(packed) };
  window.trade = trade;

  function file(name) {
    if (files.has(name)) return files.get(name);
    const loaded = new Promise((there, failed) => {
      waiting.set(name, there);
      const script = document.createElement("script");
      script.src = `data/${facts.language}/${name}.js`;
      script.onerror = () => { files.delete(name); script.remove(); failed(new Error(script.src)); };
      document.head.append(script);
    }).then(unpacked);
    files.set(name, loaded);
    return loaded;
  }

  async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const { pool, content } = JSON.parse(await new Response(stream).text());
    const parts = [];
    const whole = (value) => {
      if (value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map(whole);
      if ("$" in value) return parts[value.$];
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, whole(one)]));
    };
    pool.forEach((part) => parts.push(whole(part)));
    return whole(content);
  }

  /* The address: words in one order. A control shows a word; what an address says besides is left as it is. */
  const read = () => new Map(new URLSearchParams(location.search));
  function query(words) {
    const known = facts.words.filter((word) => words.has(word)).map((word) => [word, words.get(word)]);
    return new URLSearchParams(known).toString();
  }

  /* The name of a chart's view: what it follows of the address, less its own controls where it has no such view. */
  function keyOf(chart, words) {
    const { shared, own, views } = facts.charts[chart];
    const chosen = facts.controls.filter((one) => (one.chart ? one.chart === chart : shared.includes(one.word)));
    const key = (allowed) => query(new Map(chosen
      .filter((one) => allowed.includes(one.word) && words.has(one.word) && words.get(one.word) !== one.first)
      .map((one) => [one.word, words.get(one.word)])));
    return [key([...shared, ...own]), key(shared)].find((one) => views.includes(one)) || "";
  }

  async function answer(chart, key) {
    const content = await file(key ? `${chart}-more` : chart), view = content.views[key];
    return { ...view, picture: content.pictures[view.picture], rows: content.rows[view.rows], content };
  }

  /* The texts of a view's files: the same, letter by letter, as the program writes them. */
  function columns({ rows, content }) {
    const { columns: heads, kinds, cells } = content.written[rows.written];
    return heads.map((head, place) => ({
      head,
      cells: rows.lines.map((line) => cells[place][line]),
      bare: rows.lines.map((line) => (kinds[place].length > 1 ? kinds[place][line] : kinds[place]) === "n"),
    }));
  }
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  function csv(view) {
    const all = columns(view), lines = [all.map((one) => quoted(one.head))];
    view.rows.lines.forEach((_, place) => lines.push(all.map((one) => quoted(one.cells[place] ?? ""))));
    return lines.map((line) => line.join(",") + "\n").join("");
  }
  function json(view) {
    const written = (one, place) => {
      const cell = one.cells[place];
      if (cell === null) return "null";
      return one.bare[place] ? { True: "true", False: "false" }[cell] || cell : JSON.stringify(cell);
    };
    const all = columns(view);
    const lines = view.rows.lines.map((_, place) =>
      `  {\n${all.map((one) => `   ${JSON.stringify(one.head)}: ${written(one, place)}`).join(",\n")}\n  }`);
    return `${view.head.slice(0, -2)},\n "rows": ${lines.length ? `[\n${lines.join(",\n")}\n ]` : "[]"}\n}\n`;
  }

  /* Pictures: drawn for the widest of a few widths that fits, stretched to the place that there is, turned dark. */
  const plotly = new Promise((loaded) => {
    if (window.Plotly) loaded(window.Plotly);
    else at("plotly").addEventListener("load", () => loaded(window.Plotly));
  });
  const dark = () => document.documentElement.dataset.theme === "dark";
  const turned = (text) => (dark() ? text.replace(/#[0-9A-F]{6}/g, (light) => facts.dark[light] || light) : text);
  const charts = Object.keys(facts.charts);
  const drawn = new Map(); // of each chart, the key of what it shows
  const wanted = new Map(); // of each chart that is near, the key of what it should show
  let width = 0;

  function fitting() {
    const free = at("main").clientWidth;
    return Math.max(facts.widths[0], Math.min(free, facts.widest));
  }

  async function show(chart) {
    const key = keyOf(chart, read()), place = at(`${chart}-figure`), name = `${key} ${width} ${dark()}`;
    wanted.set(chart, name);
    if (drawn.get(chart) === name) return;
    try {
      const view = await answer(chart, key);
      if (wanted.get(chart) !== name) return;
      failed(chart, null);
      if (place) await draw(chart, place, view.picture);
      drawn.set(chart, name);
      table(chart, view);
    } catch (error) {
      failed(chart, () => show(chart));
    }
  }

  async function draw(chart, place, picture) {
    const kept = picture[Math.max(...facts.widths.filter((one) => one <= width))];
    const figure = JSON.parse(turned(JSON.stringify(kept)));
    figure.layout.width = width;
    const Plotly = await plotly, first = at("first-picture");
    if (!place.lastElementChild || place.lastElementChild === first) place.append(document.createElement("div"));
    await Plotly.react(place.lastElementChild, figure.data, figure.layout, LOOKS);
    if (first && place.contains(first)) first.remove();
    place.lastElementChild.style.setProperty("--paper", Math.min(1, PAPER / width)); // how much smaller it is printed
    at(`${chart}-words`).textContent = picture.words;
    trade.explain(chart, figure.layout.meta);
    if (drawn.has(chart)) announced(chart);
  }

  function failed(chart, again) {
    at(chart).querySelectorAll(".failed").forEach((one) => one.remove());
    if (!again) return;
    const card = document.createElement("div");
    card.className = "failed";
    card.setAttribute("role", "alert");
    card.textContent = says.failed;
    at(`${chart}-name`).after(card);
  }

  /* Say once, politely, which pictures have changed. */
  let changed = new Set(), timer = null;
  function announced(chart) {
    changed.add(chart);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed].map((one) => at(`${one}-name`).lastChild.textContent);
      at("announcements").textContent = says.redrawn.replace("{charts}", names.join("; "));
      changed = new Set();
    }, 500);
  }

  /* The table of a chart: its button opens and closes it; while it is open it follows the view. */
  function table(chart, view) {
    const place = at(`${chart}-rows`);
    place.replaceChildren();
    if (at(`${chart}-table`).getAttribute("aria-expanded") !== "true") return;
    const { heads, texts } = view.content.read[view.rows.read], make = (name) => document.createElement(name);
    const cell = (kind, text, scope) => {
      const one = make(kind);
      one.textContent = text;
      if (scope) one.scope = scope;
      return one;
    };
    if (!view.rows.shown.length) return place.append(cell("p", says.none));
    const box = make("div"), grid = make("table");
    box.className = "scroll twin";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", place.dataset.label);
    grid.createCaption().textContent = place.dataset.caption;
    grid.createTHead().insertRow().append(...heads.map((head) => cell("th", head, "col")));
    const body = grid.createTBody();
    view.rows.shown.forEach((line) => body.insertRow().append(...texts.map((column, number) =>
      number ? cell("td", column[line]) : cell("th", column[line] || "–", "row"))));
    box.append(grid);
    place.append(box);
    if (view.rows.older) place.append(Object.assign(cell("p", view.rows.older), { className: "meta" }));
  }

  /* Files. */
  function save(name, text, kind) {
    const link = document.createElement("a"), address = URL.createObjectURL(new Blob([text], { type: kind }));
    Object.assign(link, { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
  async function picture(view, format) {
    at("announcements").textContent = says.saving;
    const { data, layout } = JSON.parse(JSON.stringify(view.picture.print)), Plotly = await plotly;
    const size = { ...PRINTED, scale: format === "png" ? 2 : 1 };
    await Plotly.downloadImage({ data, layout }, { format, filename: view.file, ...size });
  }
  const SAVES = {
    png: (view) => picture(view, "png"),
    svg: (view) => picture(view, "svg"),
    csv: (view) => save(`${view.file}.csv`, csv(view), "text/csv"),
    json: (view) => save(`${view.file}.json`, json(view), "application/json"),
  };

  function link(button, chart) {
    const address = location.href.split("#")[0] + "#" + chart, name = button.textContent;
    const byHand = () => window.prompt(says.copy, address);
    if (!navigator.clipboard) return byHand();
    return navigator.clipboard.writeText(address).then(() => {
      button.textContent = says.copied;
      setTimeout(() => { button.textContent = name; }, 1600);
    }, byHand);
  }

  /* Controls show the address and write it. */
  function shown(control, words) {
    const value = words.get(control.word), box = at(control.id);
    const options = [...box.querySelectorAll("option, input")];
    const key = (option) => keyOf(control.chart, new Map(words).set(control.word, option.value));
    const has = (option) => option.value === control.first || new URLSearchParams(key(option)).has(control.word);
    if (control.chart) options.forEach((option) => { option.disabled = !has(option); });
    const chosen = options.find((option) => option.value === value && !option.disabled);
    const now = chosen || options.find((option) => option.value === control.first);
    now[now.tagName === "OPTION" ? "selected" : "checked"] = true;
  }

  function follow() {
    const words = read();
    facts.controls.forEach((control) => shown(control, words));
    const money = words.get("currency") === "USD" ? "USD" : "CNY";
    document.querySelectorAll("[data-currency]").forEach((one) => { one.hidden = one.dataset.currency !== money; });
    document.body.toggleAttribute("data-changed", facts.controls.some((one) => words.has(one.word)));
    document.querySelectorAll("a[data-language]").forEach((one) => {
      one.href = one.getAttribute("href").split(/[?#]/)[0] + location.search + location.hash;
    });
    near.forEach(show);
  }

  function write(change) {
    const words = read();
    change(words);
    const search = query(words);
    history.pushState(null, "", location.pathname + (search ? "?" + search : "") + location.hash);
    follow();
  }
  facts.controls.forEach((control) => at(control.id).addEventListener("change", (event) => {
    const { value } = event.target;
    write((words) => (value === control.first ? words.delete(control.word) : words.set(control.word, value)));
  }));

  on("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    const [chart, kind] = [button.id.replace(/-[a-z]+$/, ""), button.id.replace(/^.*-/, "")];
    if (button.id === "dark") {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      try {
        localStorage.setItem("theme", JSON.stringify(document.documentElement.dataset.theme));
      } catch (error) { /* this browser keeps nothing */ }
      near.forEach(show);
    } else if (button.id === "reset") write((words) => words.clear());
    else if (button.className === "unfold") document.body.setAttribute("data-unfolded", "");
    else if (!facts.charts[chart]) return;
    else if (kind === "link") link(button, chart);
    else {
      if (kind === "table") button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
      const act = kind === "table" ? (view) => table(chart, view) : SAVES[kind];
      answer(chart, keyOf(chart, read())).then(act).catch(() => failed(chart, () => null));
    }
  });

  /* What is near is drawn, paper shows all; the list of questions marks the one that is read. */
  const near = new Set();
  const whenSeen = (act, margin) => new IntersectionObserver(
    (all) => all.filter((one) => one.isIntersecting).forEach((one) => act(one.target.id)), { rootMargin: margin }
  );
  function reading(chart) {
    const list = document.querySelector(".contents ol");
    list.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const entry = list.querySelector(`a[href="#${chart}"]`);
    entry.setAttribute("aria-current", "true");
    if (list.scrollWidth > list.clientWidth) list.scrollLeft = entry.offsetLeft - list.offsetLeft - 16;
  }
  const coming = whenSeen((chart) => { near.add(chart); show(chart); }, NEAR), read_ = whenSeen(reading, "-30% 0px -65% 0px");
  width = fitting();
  follow();
  document.querySelectorAll("section.question").forEach((one) => { coming.observe(one); read_.observe(one); });

  let pause = null;
  function resized() {
    if (fitting() === width) return;
    width = fitting();
    near.forEach(show);
  }
  window.addEventListener("resize", () => { clearTimeout(pause); pause = setTimeout(resized, 150); });
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  const all = () => Promise.all(charts.map((chart) => { near.add(chart); return show(chart); }));
  window.addEventListener("beforeprint", all);
  on("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    all().then(() => window.print());
  });

  Object.assign(trade, { answer, csv, json });
})();
