/* Light or dark before anything is seen: as it was last chosen, else as the system is. */
(function (kept) {
  try { kept = JSON.parse(localStorage.getItem("theme")); } catch (error) { kept = null; }
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = kept || (dark ? "dark" : "light");
})();
