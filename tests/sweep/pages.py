"""The page as readers have it: languages, themes, widths, zoom, paper, forced colours; its controls and its links."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.sync_playwright import Axe

from tests.callbacks.waiting import until
from tests.sweep.pictures import LANGUAGES, MEASURED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

HEIGHTS: Final = {1440: 900, 1024: 768, 832: 1112, 768: 1024, 390: 844, 320: 640}
_TOLD: Final = ("error", "warning", "trace")
SHIFTED: Final = 0.02
SHIFTS: Final = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});"""
STANDS: Final = "[...document.querySelectorAll('.graph')].every((one) => one.querySelector('.gtitle')?.textContent)"
_TOPS: Final = "(name) => document.getElementById(name).getBoundingClientRect().top"


@dataclass(frozen=True)
class Window:
    """A reader's window: what Playwright calls it, and the query of the address."""

    name: str
    options: dict[str, Any] = field(default_factory=dict)
    query: str = ""


def windows() -> Iterator[Window]:
    """Yield the windows in which the page is walked through."""
    for code in LANGUAGES:
        for width, height in HEIGHTS.items():
            for theme in ("light", "dark"):
                size = {"viewport": {"width": width, "height": height}, "color_scheme": theme}
                yield Window(f"{code} {width} {theme}", size, f"?lang={code}")
        zoomed = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
        yield Window(f"{code} zoomed to 200 %", zoomed, f"?lang={code}")
    wide = {"viewport": {"width": 1440, "height": 900}}
    yield Window("forced colours", {**wide, "forced_colors": "active"})
    yield Window("forced colours, dark", {**wide, "forced_colors": "active", "color_scheme": "dark"})
    yield Window("reduced motion", {**wide, "reduced_motion": "reduce"})


@contextmanager
def opened(browser: Browser, address: str, window: Window, faults: list[str]) -> Iterator[Page]:
    """Open the page in a window, and note what its console says."""
    context = browser.new_context(**window.options)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.on("console", lambda one: faults.append(f"console: {one.text}") if one.type in _TOLD else None)
    page.on("pageerror", lambda error: faults.append(f"console: {error}"))
    page.goto(address + window.query, wait_until="commit")
    until(page, "document.querySelector('#react-entry-point .page')")
    yield page
    context.close()


def read_through(page: Page) -> None:
    """Scroll to each question as a reader does, and come back when all is drawn."""
    for name in page.eval_on_selector_all("section.question", "all => all.map((one) => one.id)"):
        page.evaluate("(name) => document.getElementById(name).scrollIntoView()", name)
        page.wait_for_timeout(100)
        until(page, f"document.querySelector('#{name} .gtitle, #{name} .claim')?.textContent")
    until(page, STANDS)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)


def seen(page: Page) -> Iterator[str]:
    """Yield what is wrong with what stands on the page now."""
    page.evaluate(MEASURED)
    yield from page.evaluate("measured.pictures()")
    yield from page.evaluate("measured.page()")
    for violation in Axe().run(page).response["violations"]:
        yield f"axe: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"


def walk(browser: Browser, address: str, window: Window) -> list[str]:
    """Return what is wrong with the page in a window when all of it was read."""
    faults: list[str] = []
    with opened(browser, address, window, faults) as page:
        read_through(page)
        faults += seen(page)
        shifted = page.evaluate("window.shifted")
        faults += [f"shifted: {shifted:.3f}"] if shifted >= SHIFTED else []
    return faults


def links(browser: Browser, address: str, window: Window, names: list[str]) -> list[str]:
    """Return which links to questions, each opened afresh, do not end at theirs."""
    faults: list[str] = []
    for name in names:
        with opened(browser, f"{address}{window.query}#{name}", Window(name, window.options), faults) as page:
            until(page, f"document.querySelector('#{name} .gtitle, #{name} .claim')?.textContent")
            page.wait_for_timeout(1500)  # what stands above is filled in
            top, high = page.evaluate(_TOPS, name), page.evaluate("innerHeight")
            if not 40 < top < high / 4:
                faults.append(f"link: #{name} ends {top:.0f} pixels from the top")
    return faults
