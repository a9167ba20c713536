/* What a visit notes about itself, in milliseconds since its navigation began; read as window.watched.
   ROOTS, a CSS selector that stands before this script, names what may hold the first chart. */
(() => {
  const ENOUGH = 3000; // characters of geometry: a frame with its axes alone has less
  const GEOMETRY = ":is(path, rect):not(.hoverlayer *, .modebar *)";
  const ANSWER = ".hoverlayer .hovertext, [role=tooltip], aside[aria-label='What is this number?']";
  const ATTRIBUTES = ["d", "x", "y", "width", "height", "transform"];
  const seen = { opacityProperty: true, visibilityProperty: true };
  const watched = (window.watched = { shifts: [], drawn: null, answered: null, lcp: null, frames: [], input: null });

  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      watched.lcp = { at: one.startTime, what: one.element ? one.element.tagName.toLowerCase() : "" };
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });

  const named = (node) => (node && node.nodeType === 1 ? node.tagName.toLowerCase() + (node.id && "#" + node.id) : "");
  const box = (one) => [one.x, one.y, one.width, one.height].map(Math.round);
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.hadRecentInput) continue;
      const moved = one.sources.map((part) => [named(part.node), box(part.previousRect), box(part.currentRect)]);
      watched.shifts.push({ at: one.startTime, value: one.value, moved });
    }
  }).observe({ type: "layout-shift", buffered: true });

  const roots = () => [...document.querySelectorAll(ROOTS)].filter((one) => one.checkVisibility(seen));
  const parts = () => roots().flatMap((root) => [...root.querySelectorAll(`svg ${GEOMETRY}, :scope > ${GEOMETRY}`)]);

  /* The geometry of the first chart as text: two pictures that differ have different texts. */
  watched.picture = () => {
    const text = (one) => ATTRIBUTES.map((name) => one.getAttribute(name) || "").join(",");
    return parts().map(text).join(";");
  };

  const inside = (at) => at.bottom > 0 && at.top < innerHeight && at.width > 0;
  watched.stands = () => watched.picture().length > ENOUGH;
  const isSeen = () => roots().some((one) => inside(one.getBoundingClientRect())) && watched.stands();

  /* Where a pointer meets the tall marks of the first chart: the middle of what of each is in the window. */
  watched.marks = () => {
    const tall = (at) => inside(at) && at.width > 3 && at.width < 60 && Math.min(at.bottom, innerHeight) - at.top > 20;
    const places = parts().map((one) => one.getBoundingClientRect()).filter(tall);
    return places.map((at) => [at.x + at.width / 2, (Math.max(at.top, 0) + Math.min(at.bottom, innerHeight)) / 2]);
  };

  /* How far a reader scrolls to the first chart, in steps of 100 pixels at most: down, or up where it lies above. */
  watched.away = () => {
    const [at] = roots().map((one) => one.getBoundingClientRect());
    const far = at ? at.top + Math.min(at.height, innerHeight) / 2 - innerHeight / 2 : 100;
    return Math.max(-100, Math.min(100, far));
  };

  /* How the picture has changed since a button was last pressed: in ms after it, with the time since the last change. */
  watched.change = () => {
    const last = watched.frames[watched.frames.length - 1];
    return { redraws: watched.frames.length - 1, took: last.at - watched.input, still: performance.now() - last.at };
  };
  addEventListener("pointerdown", (event) => {
    watched.input = event.timeStamp;
    watched.frames = [{ at: event.timeStamp, picture: watched.picture() }];
  }, { capture: true });

  const answers = () => [...document.querySelectorAll(ANSWER)].some((one) => one.checkVisibility(seen));
  const frame = () => {
    const now = performance.now();
    if (watched.drawn === null && isSeen()) watched.drawn = now;
    if (watched.drawn !== null && watched.answered === null && answers()) watched.answered = now;
    if (watched.frames.length) {
      const picture = watched.picture();
      if (picture !== watched.frames[watched.frames.length - 1].picture) watched.frames.push({ at: now, picture });
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
