"""Round trips: each control is changed and changed back, and address and pictures are as before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.callbacks.waiting import until
from tests.sweep.pages import opened, read_through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.sweep.pages import Window

# what is typed or chosen where the page lists no options; a control that has some is taken through all of them
_TYPED: Final = {
    "start": ("2011", "2022"),
    "end": ("2012", "2021"),
    "asof": ("2023-07-01",),
    "claims-claim": ("40.7% in the first half of 2023",),
    "goods-find": ("8471", "天然气"),
}
_PERIODS: Final = "button[data-start]"
# what is asked for and not yet drawn is counted; what is drawn is kept as text, a chart each, and compared here
_WATCH: Final = """() => {
  window.pending = 0;
  const counted = (ask) => (...given) => { pending++; return ask(...given).finally(() => pending--); };
  trade.picture = counted(trade.picture);
  window.fetch = counted(window.fetch);
  const strokes = "svg :is(path, text):not(.hoverlayer *, .modebar *)";
  // plotly keeps parts that it can use again, in the order and by the names that they had
  const named = /url\\([^)]*\\)/g;
  const styled = (part) => (part.getAttribute("style") || "").replace(named, "").split(/; */).sort().join(";");
  const stroke = (part) => (part.getAttribute("d") || part.textContent) + styled(part);
  const drawn = (one) => [...one.querySelectorAll(strokes)].map(stroke).sort().join("\\n");
  window.seen = () => Object.fromEntries([
    ...[...document.querySelectorAll(".graph")].map((one) => [one.id, drawn(one)]),
    ["claims", document.getElementById("claims").innerText],
    ["state", document.querySelector("h1").innerText],
    ["address", location.search],
  ]);
  window.differ = () => Object.entries(seen()).filter(([name, text]) => kept[name] !== text).map(([name]) => name);
}"""
_ALL: Final = "() => ['beforeprint', 'afterprint'].forEach((name) => window.dispatchEvent(new Event(name)))"
_TYPE: Final = """([id, value]) => {
  const line = document.getElementById(id), own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  own.set.call(line, value);
  line.dispatchEvent(new Event("input", {bubbles: true}));
  line.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
}"""
_SHOWS: Final = """(id) => {
  const one = document.getElementById(id);
  return one.value === undefined ? one.querySelector(":checked").value : one.value;
}"""


def round_trips(browser: Browser, address: str, window: Window) -> list[str]:
    """Choose each option of each control and then the first one; return what is not as before."""
    faults: list[str] = []
    with opened(browser, address, window, faults) as page:
        read_through(page)
        watch(page)
        controls = page.evaluate("trade.facts.controls")
        for one in controls:
            faults += control(page, one)
        faults += _presses(page)
        faults += _languages(page)
    return faults


def watch(page: Page) -> None:
    """Remember what is seen when all is drawn: the ways back lead there."""
    page.evaluate(_WATCH)
    _drawn(page)
    page.evaluate("window.kept = seen()")


def control(page: Page, given: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the way to each option of a control and back."""
    name, first = given["id"], given["first"]
    options = _TYPED.get(name) or given["options"][1:]
    for option in options:
        _choose(page, name, option)
        _drawn(page)
        differ = page.evaluate("differ()")
        if page.evaluate(_SHOWS, name) != option or "address" not in differ:
            yield f"control: {name} does not take {option}"
        if differ == ["address"]:
            yield f"control: {name} changes nothing at {option}"
        _choose(page, name, first)
        yield from _back(page, f"{name} from {option}")
        if page.evaluate(_SHOWS, name) != first:
            yield f"control: {name} does not show {first} again"


def _presses(page: Page) -> Iterator[str]:
    """Yield what is wrong with periods and Reset, and with the other colours twice."""
    for at in range(page.locator(_PERIODS).count()):
        page.evaluate(f"document.querySelectorAll('{_PERIODS}')[{at}].click()")
        _drawn(page)
        if "address" not in page.evaluate("differ()"):
            yield f"control: period {at} changes nothing"
        page.evaluate("document.getElementById('reset').click()")
        yield from _back(page, f"period {at} by Reset")
    page.evaluate("document.getElementById('dark').click()")
    _drawn(page)
    if len(page.evaluate("differ()")) < page.locator(".graph").count():
        yield f"control: the other colours turn only {page.evaluate('differ()')}"
    page.evaluate("document.getElementById('dark').click()")
    yield from _back(page, "the other colours")


def _languages(page: Page) -> Iterator[str]:
    """Yield what is wrong with the way to each other language and back by the links."""
    before = page.evaluate("seen()")
    own = page.evaluate("trade.facts.language")
    for code in page.evaluate("[...document.querySelectorAll('a[data-language]')].map((one) => one.dataset.language)"):
        for to in (code, own) if code != own else ():
            with page.expect_navigation():
                page.evaluate(f"document.querySelector('a[data-language={to}]').click()")
            until(page, "document.querySelector('#react-entry-point .page')")
        read_through(page)
        page.evaluate(_WATCH)
        page.evaluate("(before) => { window.kept = before; }", before)
        yield from _back(page, f"the language {code}")


def _back(page: Page, way: str) -> Iterator[str]:
    """Yield what is not as it was before when all is drawn."""
    _drawn(page)
    differ = page.evaluate("differ()")
    if differ:
        yield f"control: not as before after {way}: {', '.join(differ)}"


def _choose(page: Page, name: str, option: str) -> None:
    """Choose an option as a reader does."""
    if page.locator(f"select#{name}").count():
        page.locator(f"#{name}").select_option(option)
    elif page.locator(f"input#{name}").count():
        page.evaluate(_TYPE, [name, option])
    else:
        page.evaluate(f"document.querySelector('#{name} input[value=\"{option}\"]').click()")


def _drawn(page: Page) -> None:
    """Return when all pictures that the address asks for are drawn, and Dash has its answers."""
    page.wait_for_timeout(100)
    page.evaluate(_ALL)
    still = 0
    while still < 6:  # Dash asks 400 milliseconds after a picture at the latest
        page.wait_for_timeout(100)
        still = 0 if page.evaluate("pending") else still + 1
