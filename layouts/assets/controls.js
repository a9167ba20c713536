/* The controls: the browser's own radios, lists and lines to type in. Dash sets and reads their value. And pictures. */
(function () {
  const { createElement: make, useEffect, useRef, useState } = window.React;

  function Segments({ id, value, data, label, setProps }) {
    const radio = (one) =>
      make("input", {
        type: "radio", name: id, value: one.value, checked: one.value === value,
        onChange: () => setProps({ value: one.value }),
      });
    const parts = data.map((one) => make("label", { key: one.value }, radio(one), make("span", null, one.label)));
    return make("div", { id, role: "radiogroup", "aria-label": label, className: "segments" }, parts);
  }

  function Select({ id, value, data, label, setProps }) {
    const options = data.map((one) => make("option", { key: one.value, value: one.value }, one.label));
    const changed = (event) => setProps({ value: event.target.value });
    return make("select", { id, value, "aria-label": label, className: "years", onChange: changed }, options);
  }

  /* What is typed shows at once and counts after a pause; a value from outside never overwrites what is being typed. */
  function Field({ id, value, label, type, placeholder, limits, wait, setProps }) {
    const [typed, setTyped] = useState(value || "");
    const timer = useRef(null);
    useEffect(() => {
      if (!timer.current) setTyped(value || "");
    }, [value]);
    const stop = () => {
      clearTimeout(timer.current);
      timer.current = null;
    };
    useEffect(() => stop, []);
    const count = (text) => {
      stop();
      setProps({ value: text });
    };
    const now = (event) => {
      if (timer.current) count(event.target.value);
    };
    return make("input", {
      id, type: type || "text", placeholder, value: typed, "aria-label": label,
      className: type ? "years day" : "typed", autoComplete: "off", ...limits,
      onChange: (event) => {
        const text = event.target.value;
        setTyped(text);
        stop();
        timer.current = setTimeout(() => count(text), wait);
      },
      onBlur: now,
      onKeyDown: (event) => {
        if (event.key === "Enter") now(event);
      },
    });
  }

  /* Plotly, as soon as it is loaded. */
  function plotly() {
    if (window.Plotly) return Promise.resolve(window.Plotly);
    const script = document.getElementById("plotly");
    return new Promise((loaded) => script.addEventListener("load", () => loaded(window.Plotly)));
  }

  /* A picture: drawn anew for each figure; of two that follow each other quickly the second stays. */
  function Picture({ id, figure }) {
    const place = useRef(null), newest = useRef(null);
    useEffect(() => {
      if (!figure) return;
      newest.current = figure;
      const config = { displayModeBar: false, responsive: false, displaylogo: false, showTips: false };
      plotly()
        .then((Plotly) => newest.current === figure && Plotly.react(place.current, figure.data, figure.layout, config))
        .then((drawn) => drawn && window.tradeDrawn(id, drawn));
    }, [figure]);
    return make("div", { id, className: "graph" }, make("div", { ref: place }));
  }

  window.trade_controls = { Segments, Select, Field, Picture };
})();
