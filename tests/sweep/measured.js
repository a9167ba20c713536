/* What is wrong with what is seen, read from the boxes that the browser drew: each fault as a line of words. */
window.measured = (() => {
  const SLACK = 1; // pixels that a box may pass an edge
  const MET = 1.5; // pixels in both directions from which two texts overlap
  const LETTERS = 0.18; // of a line's height, above and below, that no letter inks
  const MARKED = 6; // pixels in both directions from which a mark lies under letters
  const STRUCK = 3; // pixels of a line through letters
  const box = (one) => one.getBoundingClientRect();
  const words = (one) => one.textContent.replace(/\s+/g, " ").trim();
  const short = (text) => (text.length > 50 ? text.slice(0, 47) + "..." : text);

  function shown(one) {
    const style = getComputedStyle(one);
    return style.visibility !== "hidden" && style.display !== "none" && +style.opacity > 0 && one.closest(".hoverlayer, defs") === null;
  }

  /* The lines of a picture's words, each with what of it letters ink. */
  function lines(plot) {
    return [...plot.querySelectorAll("svg text")].filter((one) => words(one) && shown(one)).flatMap((text) => {
      const rows = [...text.querySelectorAll("tspan.line")];
      return (rows.length ? rows : [text]).map((line) => {
        const { left, right, top, bottom, width, height } = box(line);
        const thin = height * LETTERS;
        return { text, said: words(line), left, right, top: top + thin, bottom: bottom - thin, width };
      });
    }).filter((one) => one.width && one.said);
  }

  function overlaps(boxes) {
    const out = [], sorted = [...boxes].sort((one, other) => one.top - other.top);
    sorted.forEach((one, at) => {
      for (let next = at + 1; next < sorted.length && sorted[next].top < one.bottom - MET; next++) {
        const other = sorted[next];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const up = Math.min(one.bottom, other.bottom) - other.top;
        if (across > MET && up > MET && !(one.of && one.of === other.of)) out.push([one, other, across, up]);
      }
    });
    return out;
  }

  /* What an ancestor cuts off: plotly clips what lies in a plot by a rectangle. */
  function window_(one, plot) {
    let { left, right, top, bottom } = box(plot.querySelector(".main-svg"));
    for (let up = one.parentElement; up && up !== plot; up = up.parentElement) {
      const name = /#([\w-]+)/.exec(up.getAttribute("clip-path") || "");
      const rect = name && document.querySelector(`[id="${name[1]}"] rect`);
      const place = rect && up.getScreenCTM();
      if (!place) continue;
      const corner = new DOMPoint(+rect.getAttribute("x") || 0, +rect.getAttribute("y") || 0).matrixTransform(place);
      left = Math.max(left, corner.x); top = Math.max(top, corner.y);
      right = Math.min(right, corner.x + rect.width.baseVal.value * place.a);
      bottom = Math.min(bottom, corner.y + rect.height.baseVal.value * place.d);
    }
    return { left, right, top, bottom };
  }

  /* Words stand free of a line where a ground of their own lies between. */
  const grounded = (text) => {
    const ground = text.closest(".annotation") && text.closest(".annotation").querySelector("rect.bg");
    return Boolean(ground) && +getComputedStyle(ground).fillOpacity > 0.5 && getComputedStyle(ground).fill !== "none";
  };

  /* The straight parts of a path, on the screen: plotly writes absolute M, L, H, V and Z alone where nothing is curved. */
  function* parts(path) {
    const place = path.getScreenCTM();
    let from = null, first = null;
    for (const [, kind, numbers] of path.getAttribute("d").matchAll(/([MLHVZ])([^A-Za-z]*)/g)) {
      const values = numbers.split(/[ ,]+/).filter(Boolean).map(Number), take = kind === "H" || kind === "V" ? 1 : 2;
      if (kind === "Z") { if (from && first) yield [from.at, first.at]; continue; }
      for (let place_ = 0; place_ + take <= values.length; place_ += take) {
        const x = kind === "V" ? from.x : values[place_], y = kind === "H" ? from.y : values[place_ + take - 1];
        const to = { x, y, at: new DOMPoint(x, y).matrixTransform(place) };
        if (kind === "M" && place_ === 0) first = to;
        else yield [from.at, to.at];
        from = to;
      }
    }
  }

  /* How many pixels of a straight line lie inside a box. */
  function inside([one, other], { left, right, top, bottom }) {
    const x = other.x - one.x, y = other.y - one.y;
    let from = 0, to = 1;
    for (const [step, room] of [[-x, one.x - left], [x, right - one.x], [-y, one.y - top], [y, bottom - one.y]]) {
      if (step === 0 && room < 0) return 0;
      if (step < 0) from = Math.max(from, room / step);
      if (step > 0) to = Math.min(to, room / step);
    }
    return to > from ? (to - from) * Math.hypot(x, y) : 0;
  }

  const within = (one, other) => ({
    left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top), bottom: Math.min(one.bottom, other.bottom),
  });

  /* Words that a line of the data, or one drawn beside it, goes through. */
  function struck(plot, texts) {
    const hit = new Map();
    const free = texts.filter((one) => !grounded(one.text) && !one.text.closest("[class$=tick]"));
    for (const path of plot.querySelectorAll(".scatterlayer path.js-line, .shapelayer path")) {
      const style = getComputedStyle(path);
      if (style.stroke === "none" || +style.strokeOpacity < 0.2 || parseFloat(style.strokeWidth) < 0.5) continue;
      const clip = window_(path, plot), all = [...parts(path)];
      for (const one of free) {
        const high = (one.bottom - one.top) * 0.12;
        const letters = within(clip, { left: one.left + 1, right: one.right - 1, top: one.top + high, bottom: one.bottom - high });
        const through = all.reduce((sum, part) => sum + inside(part, letters), 0);
        if (through > STRUCK) hit.set(one, (hit.get(one) || 0) + through);
      }
    }
    return [...hit].map(([one, through]) => `struck: ${short(one.said)} (${Math.round(through)})`);
  }

  function onMarks(plot, texts) {
    const out = [];
    const marks = [...plot.querySelectorAll(".barlayer .point path, .scatterlayer .points path")].filter(shown).map((one) => ({ one, at: box(one) }));
    for (const text of texts) {
      if (grounded(text.text)) continue;
      for (const { at } of marks) {
        const across = Math.min(text.right, at.right) - Math.max(text.left, at.left);
        const up = Math.min(text.bottom, at.bottom) - Math.max(text.top, at.top);
        if (across > MARKED && up > MARKED) { out.push(`on a mark: ${short(text.said)} (${Math.round(across)} x ${Math.round(up)})`); break; }
      }
    }
    return out;
  }

  function* picture(plot) {
    const texts = lines(plot);
    for (const one of texts) {
      const edge = window_(one.text, plot);
      const over = [edge.left - one.left, one.right - edge.right, edge.top - one.top, one.bottom - edge.bottom].map(Math.round);
      if (Math.max(...over) > SLACK) yield `cut: ${short(one.said)} (${over})`;
    }
    for (const [one, other, across, up] of overlaps(texts)) {
      yield `overlap: ${short(one.said)} | ${short(other.said)} (${Math.round(across)} x ${Math.round(up)})`;
    }
    yield* struck(plot, texts);
    yield* onMarks(plot, texts);
    if (!plot.querySelector("svg .point, svg .points path, svg .lines path, svg .shapelayer path")) yield "empty";
    const said = texts.map((one) => one.said).join(" ");
    if (/\bnan\b|\bNaN\b|undefined|None\b|[+−-]0[.,]0\s*%|\[object/.test(said)) yield `nonsense: ${short(/.{0,20}(?:\bnan\b|NaN|undefined|None\b|[+−-]0[.,]0\s*%|\[object).{0,20}/.exec(said)[0])}`;
  }

  /* The boxes that cut what stands in an element: a list that scrolls, a lead that is folded. */
  function cutBy(one) {
    const out = [];
    for (let up = one; up; up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") out.push(box(up));
    return out;
  }

  /* The lines of the page's own words. */
  function textLines(root) {
    const out = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const of = node.parentElement;
      if (!node.data.trim() || !of.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (of.closest("svg, .hidden, .skip, script, style, .over, option, [popover], .top, .contents, .panel, #reset, .drawer")) continue;
      const cut = cutBy(of);
      range.selectNodeContents(node);
      for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
        if (cut.some((edge) => bottom > edge.bottom + 2 || top < edge.top - 2 || left > edge.right || right < edge.left)) continue;
        if (width > 1 && height > 1) out.push({ of, said: node.data.trim(), left, right, top: top + height * 0.2, bottom: bottom - height * 0.2 });
      }
    }
    return out;
  }

  function* page() {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) yield `page: ${wide} pixels wider than the window`;
    for (const one of document.querySelectorAll("body *")) {
      if (one.closest("svg, .hidden, .skip, [popover]") || !one.checkVisibility()) continue;
      const style = getComputedStyle(one), said = words(one);
      if (one.tagName === "SELECT" || (one.tagName === "INPUT" && one.placeholder)) yield* field(one, style);
      if (!said || !["hidden", "clip"].includes(style.overflowX)) continue;
      if (one.scrollWidth > one.clientWidth + 1) yield `cut: ${one.tagName.toLowerCase()}.${one.className} ${short(said)} (${one.scrollWidth - one.clientWidth})`;
    }
    for (const [one, other, across, up] of overlaps(textLines(document.body))) {
      yield `overlap: ${short(one.said)} | ${short(other.said)} (${Math.round(across)} x ${Math.round(up)})`;
    }
    for (const one of textLines(document.body)) {
      if (one.of.closest(".scroll, .rows, .row, .segments, pre")) continue;
      if (one.left < -SLACK || one.right > innerWidth + SLACK) yield `out of the window: ${short(one.said)}`;
    }
  }

  /* A list or a line shows all of its words. */
  const brush = document.createElement("canvas").getContext("2d");
  function* field(one, style) {
    brush.font = (one.tagName === "SELECT" ? style : getComputedStyle(one, "::placeholder")).font;
    const said = one.tagName === "SELECT" ? one.selectedOptions[0] && one.selectedOptions[0].textContent : one.placeholder;
    const arrow = one.tagName === "SELECT" ? 18 : 0;
    const free = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
    const own = brush.measureText(said || "").width;
    if (own > free + SLACK) yield `cut: ${one.id} ${said} (${Math.round(own - free)})`;
  }

  const plots = () => [...document.querySelectorAll(".js-plotly-plot")].filter((one) => box(one).width);
  const named = (plot) => (plot.closest("section") ? plot.closest("section").id : "picture");
  return {
    picture: (plot) => [...picture(plot)],
    pictures: () => plots().flatMap((plot) => [...picture(plot)].map((fault) => `${named(plot)}: ${fault}`)),
    page: () => [...new Set(page())],
  };
})();
