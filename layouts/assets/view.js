/* What the address means: to the controls, and to each chart, which asks when it is near what is seen. */
(function () {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const NEAR = 400; // pixels above and below what is seen
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);

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
    words.delete("point");
    words.delete("lang");
    if (facts.language !== facts.plain) words.set("lang", facts.language);
    return words;
  }

  /* A month as YYYY-MM, a bare year by its first or last one; null for anything else. */
  function monthOf(text, month) {
    const found = /^((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?$/.exec(text || "");
    return found ? found[1] + "-" + (found[2] || month) : null;
  }
  const isDay = (text) => /^(19|20)\d\d-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text));

  /* What a control shows for the words of an address. */
  function shown(control, words) {
    const value = words.get(control.word) || "";
    if (control.month) {
      const start = monthOf(words.get("start"), "01"), end = monthOf(words.get("end"), "12");
      const month = start && end && start > end ? null : monthOf(value, control.month);
      if (!month) return control.first;
      return month.slice(5) === control.month && month >= "2011" ? month.slice(0, 4) : month;
    }
    if (control.word === "asof") return isDay(value) ? value : "";
    if (control.word === "counted" && !value && control.options.includes(words.get("basis"))) return words.get("basis");
    return !control.options ? value : control.options.includes(value) ? value : control.first;
  }

  /* The address that the controls mean; what no control shows stays. */
  function chosen(search, values) {
    const words = read(search);
    facts.controls.forEach((control, place) => {
      const value = values[place];
      const month = control.month && value && !value.includes("-") ? value + "-" + control.month : value;
      if (!value || value === control.first || (control.word === "asof" && !isDay(value))) words.delete(control.word);
      else words.set(control.word, month);
    });
    return query(words);
  }

  /* A list of years offers the very month that the address names, if it names one. */
  const offered = (years, value) =>
    years.some((year) => year.value === value) ? keep() : [{ value, label: value }, ...years];

  const wanted = {}; // what each chart should show
  const given = { state: query(viewOf("")) }; // what it was last asked to show: the page comes with the state of trade
  const near = (chart) => {
    const place = document.getElementById(chart);
    const at = place && place.getBoundingClientRect();
    return at && at.top < innerHeight + NEAR && at.bottom > -NEAR;
  };
  function give(chart) {
    if (wanted[chart] === undefined || given[chart] === wanted[chart]) return;
    given[chart] = wanted[chart];
    set(chart + "-view", { data: wanted[chart] });
  }
  const giveAll = () => Object.keys(facts.reads).forEach(give);
  const giveNear = () => Object.keys(facts.reads).filter((chart) => chart === "state" || near(chart)).forEach(give);

  /* The link of each language keeps the rest of the address. */
  function languages(search) {
    document.querySelectorAll("a[data-language]").forEach((link) => {
      const words = read(search);
      words.set("lang", link.dataset.language);
      link.href = query(words) + location.hash;
    });
  }

  function fitting() {
    const free = document.getElementById("main").clientWidth;
    return Math.max(...facts.widths.filter((one) => one <= free), facts.widths[0]);
  }

  /* Look at what comes near, at which question is being read, and at the size of the window. */
  let watched = false;
  function watch() {
    if (watched) return;
    watched = true;
    const sections = [...document.querySelectorAll("section.question")];
    const coming = new IntersectionObserver(
      (all) => all.filter((one) => one.isIntersecting).forEach((one) => give(one.target.id)), { rootMargin: NEAR + "px 0px" }
    );
    const reading = new IntersectionObserver((all) => {
      all.filter((one) => one.isIntersecting).forEach((one) => here(one.target.id));
    }, { rootMargin: "-30% 0px -65% 0px" });
    sections.forEach((section) => { coming.observe(section); reading.observe(section); });
    let timer = null;
    window.addEventListener("resize", () => {
      clearTimeout(timer);
      timer = setTimeout(() => fitting() !== given.width && set("width", { data: fitting() }), 150);
    });
  }

  /* Mark in the list of questions the one that is being read, and keep it in sight where the list scrolls. */
  function here(chart) {
    const list = document.querySelector(".contents ol");
    list.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    const link = list.querySelector(`a[href="#${chart}"]`);
    if (!link) return;
    link.setAttribute("aria-current", "true");
    if (list.scrollWidth > list.clientWidth) list.scrollTo({ left: link.offsetLeft - list.offsetLeft - 16 });
  }

  /* Common periods, and back to the default view. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-start], #reset");
    if (!button) return;
    const words = read(location.search);
    if (button.id === "reset") [...words.keys()].filter((word) => word !== "lang").forEach((word) => words.delete(word));
    else {
      words.set("start", button.dataset.start);
      words.delete("end");
    }
    set("address", { search: query(words) });
  });

  let before = null, point = null;
  const client = (window.dash_clientside = window.dash_clientside || {});
  client.trade = Object.assign(client.trade || {}, {
    /* A control was touched: write the address. The address changed: set every control. */
    controls: function (search, ...rest) {
      const names = facts.controls.map((control) => control.id);
      const values = rest.slice(0, names.length), years = rest.slice(names.length);
      const touched = window.dash_clientside.callback_context.triggered.map((one) => one.prop_id.split(".")[0]);
      if (touched.some((id) => names.includes(id)) && !touched.includes("address")) {
        return [chosen(search, values), ...names.map(keep), keep(), keep()];
      }
      const words = read(search);
      const shows = facts.controls.map((control) => shown(control, words));
      const ends = ["start", "end"].map((id, place) => offered(years[place], shows[names.indexOf(id)]));
      const more = document.getElementById("more");
      if (more && words.has("asof")) more.open = true;
      return [keep(), ...shows, ...ends];
    },
    /* The view, and the address with its point where there is one to tell of. */
    view: function (search) {
      const words = viewOf(search), own = query(words);
      languages(search);
      document.body.toggleAttribute("data-changed", [...words.keys()].some((word) => word !== "lang"));
      const named = read(search).get("point") || null;
      if (named) words.set("point", named);
      const asked = named ? query(words) : null;
      const told = asked === point ? keep() : asked;
      point = asked;
      if (own === before) return [keep(), told];
      before = own;
      return [own, told];
    },
    /* What of the view each chart follows: a chart whose words did not change is not drawn anew. */
    views: function (view, width) {
      if (!width) return;
      if (width !== given.width) Object.keys(given).forEach((chart) => { if (chart !== "state") delete given[chart]; });
      given.width = width;
      const words = read(view);
      for (const [chart, reads] of Object.entries(facts.reads)) {
        wanted[chart] = query(new Map([...words].filter(([word]) => reads.includes(word))));
      }
      giveNear();
    },
    /* The width that pictures have: the widest of a few that fits, anew when the window changes. */
    width: function () {
      watch();
      return fitting();
    },
  });

  /* Paper shows all: what was not yet drawn is asked for when printing begins. */
  window.addEventListener("beforeprint", giveAll);
})();
