/* The controls: the browser's own radios, lists and lines to type in. What they show is a word of the address, which
   view.js reads and writes: it sets them by trade.controls, they tell it by trade.touched. */
(function () {
  const { createElement: make, useEffect, useRef, useState } = window.React;
  const trade = window.trade;
  trade.controls = {};

  /* What a control shows: by the address from the first moment, then as it is set. */
  function useShown(id) {
    const [shown, setShown] = useState(() => trade.shown(id));
    trade.controls[id] = setShown;
    const touched = (value) => {
      setShown(value);
      trade.touched(id, value);
    };
    return [shown, touched];
  }

  function Segments({ id, data, label }) {
    const [shown, touched] = useShown(id);
    const radio = (one) =>
      make("input", {
        type: "radio", name: id, value: one.value, checked: one.value === shown, onChange: () => touched(one.value),
      });
    const part = (one) => ({ key: one.value, onPointerEnter: () => trade.ahead(id, one.value) });
    const parts = data.map((one) => make("label", part(one), radio(one), make("span", null, one.label)));
    return make("div", { id, role: "radiogroup", "aria-label": label, className: "segments" }, parts);
  }

  /* A list offers what the address names though it is none of its own: a month among years. */
  function Select({ id, data, label }) {
    const [shown, touched] = useShown(id);
    const whole = data.some((one) => one.value === shown) ? data : [{ value: shown, label: shown }, ...data];
    const options = whole.map((one) => make("option", { key: one.value, value: one.value }, one.label));
    const changed = (event) => touched(event.target.value);
    return make("select", { id, value: shown, "aria-label": label, className: "years", onChange: changed }, options);
  }

  /* What is typed shows at once and counts after a pause; a value from outside never overwrites what is being typed. */
  function Field({ id, label, type, placeholder, limits, wait }) {
    const [shown, touched] = useShown(id);
    const [typed, setTyped] = useState(shown);
    const timer = useRef(null);
    useEffect(() => {
      if (!timer.current) setTyped(shown);
    }, [shown]);
    const stop = () => {
      clearTimeout(timer.current);
      timer.current = null;
    };
    useEffect(() => stop, []);
    // what is too long is told, never cut: half a number would be another one
    const count = (input) => {
      stop();
      const most = Number(input.dataset.letters || Infinity), long = [...input.value].length > most;
      input.setCustomValidity(long ? trade.facts.says.long.replace("{letters}", most) : "");
      if (long) input.reportValidity();
      else touched(input.value);
    };
    const now = (event) => {
      if (timer.current) count(event.target);
    };
    return make("input", {
      id, type: type || "text", placeholder, value: typed, "aria-label": label,
      className: type ? "years day" : "typed", autoComplete: "off", ...limits,
      onChange: (event) => {
        const input = event.target;
        input.setCustomValidity("");
        setTyped(input.value);
        stop();
        timer.current = setTimeout(() => count(input), wait);
      },
      onBlur: now,
      onKeyDown: (event) => {
        if (event.key === "Enter") now(event);
      },
    });
  }

  /* The place of a picture, which ask.js draws. */
  function Picture({ id }) {
    return make("div", { id, className: "graph" }, make("div"));
  }

  /* An element whose content is HTML, which nothing but a new one replaces. */
  function Written({ tag, given, html }) {
    return make(tag, { ...given, dangerouslySetInnerHTML: { __html: html } });
  }

  window.trade_controls = { Segments, Select, Field, Picture, Written };
})();
