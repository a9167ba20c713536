/* Words of the trade explain themselves where they occur: each is a link to its meaning in the section of terms, and
   that is shown beside it. The first occurrence in a card is one; the words of a picture are drawn, so that its links
   lie over them. What finds a term comes from layouts/cards/terms.py. */
(function () {
  const trade = window.trade;
  const kinds = Object.entries(trade.facts.terms).map(([term, pattern]) => [term, new RegExp(pattern, "i")]);

  /* The terms in a text that are not seen yet, from left to right, none inside another. */
  function termsIn(text, seen) {
    const places = kinds
      .filter(([term]) => !seen.has(term))
      .map(([term, pattern]) => [term, pattern.exec(text)])
      .filter(([, place]) => place)
      .map(([term, place]) => ({ term, start: place.index, end: place.index + place[0].length, words: place[0] }))
      .sort((one, other) => one.start - other.start || other.end - one.end);
    let end = 0;
    return places.filter((place) => place.start >= end && (end = place.end));
  }

  function link(term, words) {
    const made = document.createElement("a");
    made.className = "explained";
    made.href = "#term-" + term;
    made.dataset.term = term;
    made.setAttribute("aria-describedby", `term-${term}-meaning`);
    if (words) made.textContent = words;
    return made;
  }

  /* Write a text into an element, its terms as links. */
  function write(element, text, seen) {
    const parts = [];
    let at = 0;
    termsIn(text, seen).forEach((place) => {
      seen.add(place.term);
      parts.push(text.slice(at, place.start), link(place.term, place.words));
      at = place.end;
    });
    element.replaceChildren(...parts, text.slice(at));
  }

  /* Lay links over the words of a picture, in the order in which they are read. */
  function cover(picture, seen) {
    const old = picture.querySelector(".over"), over = document.createElement("div"), corner = picture.getBoundingClientRect();
    over.className = "over";
    const lines = [...picture.querySelectorAll(".graph svg text")]
      .filter((text) => !text.closest(".hoverlayer, defs, #first-picture") && text.textContent.trim())
      .flatMap((text) => { const rows = [...text.querySelectorAll("tspan.line")]; return rows.length ? rows : [text]; })
      .map((line) => ({ line, box: line.getBoundingClientRect() }))
      .sort((one, other) => one.box.top - other.box.top || one.box.left - other.box.left);
    lines.forEach(({ line, box }) => termsIn(line.textContent, seen).forEach((place) => {
      seen.add(place.term);
      const from = line.getStartPositionOfChar(place.start).x, to = line.getEndPositionOfChar(place.end - 1).x;
      const left = line.getStartPositionOfChar(0).x, made = link(place.term);
      made.setAttribute("aria-label", place.words);
      made.style.cssText = `left:${box.left - corner.left + from - left}px;top:${box.top - corner.top}px;width:${to - from}px;height:${box.height}px`;
      over.append(made);
    }));
    if (old) old.remove();
    picture.append(over);
  }

  /* A picture was drawn: its words, and what it has no room for, explain their terms; each term once a card. */
  trade.explain = function (chart, smallPrint) {
    const card = document.getElementById(chart), seen = new Set();
    card.querySelectorAll(".controls .explained").forEach((one) => seen.add(one.dataset.term));
    cover(card.querySelector(".picture"), seen);
    for (const part of ["note", "source"]) write(document.getElementById(`${chart}-${part}`), smallPrint[part], new Set());
    const once = new Set();
    card.querySelectorAll(".explained").forEach((one) => {
      const { term } = one.dataset;
      if (once.has(term)) one.removeAttribute("href");
      else one.href = "#term-" + term;
      once.add(term);
    });
  };

  /* The meaning, beside the link that asks for it: by a tap, a click, Enter, or as the keyboard comes to it. */
  const box = document.createElement("div");
  let shown = null;
  box.id = "explained";
  box.popover = "auto";
  box.addEventListener("toggle", (event) => { if (event.newState === "closed") shown = null; });
  document.body.append(box);
  trade.explaining = () => Boolean(shown);

  function show(one) {
    const name = document.createElement("b"), entry = document.getElementById("term-" + one.dataset.term);
    name.textContent = entry.querySelector("dfn").textContent;
    box.replaceChildren(name, entry.querySelector("p").textContent);
    box.showPopover();
    shown = one;
    const at = one.getBoundingClientRect(), own = box.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    const below = at.bottom + 6 + own.height < innerHeight || at.top < own.height + 6;
    box.style.left = `${Math.max(16, Math.min(at.left, wide - own.width - 16)) + scrollX}px`;
    box.style.top = `${(below ? at.bottom + 6 : at.top - own.height - 6) + scrollY}px`;
  }
  const term = (event) => event.target.closest && event.target.closest(".explained[href]");
  if (box.showPopover) {
    document.addEventListener("click", (event) => {
      const one = term(event);
      if (!one || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (shown === one) box.hidePopover();
      else show(one);
    });
    document.addEventListener("focusin", (event) => {
      const one = term(event);
      if (one && one.matches(":focus-visible")) show(one);
      else if (shown) box.hidePopover();
    });
  } else box.remove();

  /* A link to a term opens it. */
  function opened() {
    const entry = document.getElementById(location.hash.slice(1));
    if (entry && entry.matches("details.term")) entry.open = true;
  }
  window.addEventListener("hashchange", opened);
  trade.mounted.then(opened);
})();
