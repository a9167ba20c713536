"""The page in a real browser: what a reader sees, does and takes away."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from layouts.takeaway.picture_texts import png_texts, with_png_texts
from tests.callbacks.waiting import until, wrong
from tests.sweep.pages import SHIFTS, STANDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
FIGURE = "#pulse-figure .main-svg"
VIOLATIONS = """window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));"""

# in a timer: what Playwright evaluates itself is not held to the policy
EVALUATE = """setTimeout(() => {
  try { window.evaluated = "ran " + eval("1"); } catch (error) { window.evaluated = error.name; }
});"""


def draw_all(page: Page) -> None:
    """Have every chart drawn, as for paper; a reader's are drawn as they come near."""
    until(page, "document.querySelector('#react-entry-point .page')")
    page.evaluate("['beforeprint', 'afterprint'].forEach((name) => window.dispatchEvent(new Event(name)))")


class Visit:
    """A page that remembers console errors and requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        """Listen to the page."""
        self.page, self.address = page, address
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))
        page.add_init_script(VIOLATIONS)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.outside.append(url)

    def begin(self, query: str = "") -> Page:
        """Open the page at a query and wait for its first picture alone: the far ones are not drawn yet."""
        self.page.goto(self.address + query)
        until(self.page, "document.querySelector('#pulse-figure .gtitle')?.textContent")
        return self.page

    def open(self, query: str = "") -> Page:
        """Open the page at a query and wait until every chart is drawn."""
        self.page.goto(self.address + query)
        draw_all(self.page)
        for chart in ("pulse", "growth", "energy"):
            until(self.page, f"document.querySelector('#{chart}-figure .gtitle')?.textContent")
        self.page.wait_for_selector(".claim")
        return self.page

    def near(self, part: str) -> None:
        """Scroll to a question, and wait until its picture, or its cards, are there."""
        until(self.page, "document.querySelector('#react-entry-point .page')")
        self.page.locator(f"#{part}").scroll_into_view_if_needed()
        until(self.page, f"document.querySelector('#{part} .gtitle, #{part} .claim')?.textContent")

    def title(self, chart: str = "pulse") -> str:
        """Return the title inside a chart's picture."""
        return self.page.locator(f"#{chart}-figure .gtitle").text_content() or ""

    def choose(self, control: str, label: str) -> None:
        """Choose one segment of a control."""
        self.page.locator(f"#{control}").get_by_text(label, exact=True).click()


@pytest.fixture
def visit(chromium: Browser, site: tuple[str, Path]) -> Iterator[Visit]:
    """Open a fresh wide window."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield Visit(context.new_page(), site[0])
    context.close()


@pytest.fixture(scope="module")
def still(chromium: Browser, site: tuple[str, Path]) -> Iterator[Visit]:
    """Open the page once, under an address of junk, for tests that leave the view as it is."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    visit = Visit(context.new_page(), site[0])
    visit.begin("?flow=sideways&start=99&measure=%00&x=y")
    yield visit
    context.close()


FAR = 20  # pixels that a picture may be higher or lower than the room kept for it, a line of words


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1440, 900, "light"), (390, 844, "dark")], ids=["wide-light", "phone-dark"]
)
def test_clean_page(chromium: Browser, site: tuple[str, Path], width: int, height: int, scheme: str) -> None:
    """All drawn: no error, no request to another host, nothing for axe, no sideways scrolling, no jump.

    Every answer carries the policy. Each picture of the default view is as high as the room kept for it, but for a
    line of words. Where all are drawn, a control asks for the charts that follow it, not for all.
    """
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    visit, bare = Visit(context.new_page(), site[0]), list[str]()
    visit.page.add_init_script(SHIFTS)
    visit.page.on(
        "response", lambda answer: None if "content-security-policy" in answer.headers else bare.append(answer.url)
    )
    page = visit.open()
    until(page, STANDS)
    kept = "parseFloat(getComputedStyle(one).getPropertyValue(innerWidth < 640 ? '--phone' : '--wide'))"
    differ = page.evaluate(
        f"[...document.querySelectorAll('.picture')].map((one) => [one.firstChild.id, {kept} - one.offsetHeight])"
    )
    shifted = page.evaluate("window.shifted")
    page.locator(".claim summary").first.click()
    faults = wrong(page)
    across = page.evaluate("document.documentElement.scrollWidth")
    violations = page.evaluate("window.violations")
    followed = asked_by_one_control(visit)
    context.close()
    assert followed == [["goods"]]
    assert violations == []
    assert bare == []
    assert visit.errors == []
    assert visit.outside == []
    assert faults == []
    assert across == width
    assert shifted < 0.02
    assert len(differ) > 10
    assert {id_: off for id_, off in differ if abs(off) > FAR} == {}


def asked_by_one_control(visit: Visit) -> list[list[str]]:
    """Choose other goods; return which charts each question is for once that of the goods is drawn anew."""
    visit.page.wait_for_load_state("networkidle")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url) if "_dash-update" in request.url else None)
    before = visit.title("goods")
    visit.choose("goods-code", "Fuels")
    until(visit.page, f"document.querySelector('#goods-figure .gtitle').textContent != {before!r}")
    visit.page.wait_for_load_state("networkidle")
    return [re.findall(r"\.\.([a-z-]+)-figure", one) for one in asked]


def test_the_policy_stands(visit: Visit) -> None:
    """A script that gets into the page is not run, nor is text."""
    visit.page.add_init_script(EVALUATE)
    page = visit.begin()
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.got = 1'}))")
    assert page.evaluate("window.got === undefined")
    until(page, "window.evaluated")
    assert page.evaluate("window.evaluated") == "EvalError"
    assert "script-src-elem" in page.evaluate("window.violations")
    assert visit.outside == []


def test_headline_and_figures(still: Visit) -> None:
    """Under junk, without a word, the default view: the newest state of trade in one sentence, four figures, their age.

    Each figure says its period and its source.
    """
    page = still.page
    assert page.locator("#flow input:checked").input_value() == "both"
    assert re.search(r"1,099\.9\sbn\syuan in January–July 2026, 21\.5% more", page.locator("h1").inner_text())
    figures = page.locator(".figure").all_inner_texts()
    assert len(figures) == 4
    assert all("Jan–Jul 2026" in text for text in figures)
    assert "502.8" in figures[1]
    assert "--refresh" in page.locator(".age").inner_text()
    assert still.errors == []


def test_terms_explain_themselves(still: Visit) -> None:
    """A term drawn in a picture, or in a text, opens by a click and as the keyboard comes to it; Escape closes it."""
    page = still.page
    shown, meaning = page.locator("#explained"), "without freight and insurance"
    page.locator("#pulse .over [data-term=fob]").click()
    assert meaning in shown.inner_text()
    page.keyboard.press("Escape")
    assert not shown.is_visible()
    page.locator("#pulse .over [data-term=yoy]").focus()
    page.keyboard.press("Tab")
    assert meaning in shown.inner_text(), "the next term in the order of reading"
    page.keyboard.press("Tab")
    assert "importer’s border" in shown.inner_text()
    page.keyboard.press("Escape")
    marked = page.locator("#pulse .explained[href]").evaluate_all("all => all.map((one) => one.dataset.term)")
    assert len(marked) == len(set(marked)) > 3
    assert page.locator("#pulse-note").text_content(), "what the picture has no room for"
    assert "Licence" in (page.locator("#pulse-source").text_content() or "")


def test_keyboard_alone(still: Visit) -> None:
    """Every control and button is reached with Tab."""
    page = still.page
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    reached = set()
    for _ in range(70):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.closest('[id]')?.id"))
    assert {"dark", "start", "end", "more", "pulse-png", "pulse-csv", "pulse-link", "energy-csv"} <= reached


def test_dark_is_kept_and_paper_is_light_and_whole(visit: Visit) -> None:
    """The button turns the page dark, pictures included, and a reload keeps it; paper is light and whole.

    By the keyboard all pictures are drawn before printing begins, as wide as a sheet; what is folded opens. After it
    the page is as it was.
    """
    page = visit.begin()
    page.locator("#dark").click()
    until(page, "document.querySelector('#pulse-figure .js-plotly-plot')?.layout?.paper_bgcolor == '#14161A'")
    page.reload()
    until(page, "document.querySelector('#react-entry-point .page')")
    widths = "[...document.querySelectorAll('.graph .main-svg:first-child')].map((one) => one.clientWidth)"
    state = """[
      document.documentElement.dataset.theme,
      getComputedStyle(document.querySelector("#pulse-figure .bg") || document.body).fill,
      document.querySelectorAll(".method:not([open])").length,
    ]"""
    before = page.evaluate(state)
    page.evaluate(f"""() => {{ window.print = () => {{
      window.dispatchEvent(new Event("beforeprint"));
      window.onSheet = [{widths}, {state}];
    }}; }}""")
    page.keyboard.press("Control+p")
    until(page, "window.onSheet")
    wide, printed = page.evaluate("onSheet")
    assert wide == [640] * page.locator(".graph").count()
    assert (before[0], printed[0]) == ("dark", "light")
    assert before[2] > printed[2] == 0
    page.emulate_media(media="print")
    assert page.locator(".top").evaluate("one => getComputedStyle(one).position") == "static"
    assert page.locator("#pulse .picture").evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    assert page.locator("#coverage-figure .main-svg").first.evaluate("one => one.getBoundingClientRect().width") <= 720
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    until(page, f"{widths}[0] > 640")
    assert page.evaluate(state)[::2] == before[::2]


def test_controls_write_the_address_and_back_works(visit: Visit) -> None:
    """A control changes the address and the picture, by an arrow key too; back, forward and reload keep the view.

    The copied link carries the query, the version of the data and the chart.
    """
    page = visit.begin()
    before = visit.title()
    page.locator("#flow input:checked").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/?flow=export")
    until(page, f"document.querySelector('#pulse-figure .gtitle').textContent != {before!r}")
    page.locator("#growth-link").click()
    until(page, "document.getElementById('growth-link').textContent == 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"{re.escape(visit.address)}\?flow=export&v=[0-9a-f]{{12}}#growth", copied)
    visit.choose("currency", "US$")
    page.wait_for_url("**/?flow=export&currency=USD")
    page.go_back()
    page.wait_for_url("**/?flow=export")
    until(page, "document.querySelector('#currency input:checked').value == 'CNY'")
    page.go_forward()
    until(page, "document.querySelector('#currency input:checked').value == 'USD'")
    page.reload()
    until(page, "document.querySelector('#flow input:checked')?.value == 'export'")
    assert page.url.endswith("?flow=export&currency=USD")
    assert visit.errors == []


def test_csv_and_table_are_what_is_plotted(visit: Visit) -> None:
    """A window by the month is kept and named; CSV and table hold the rows of the view with source and released.

    An open table follows the view, and is accessible; closed it holds nothing.
    """
    page = visit.begin("?start=2023-01&end=2023-06&currency=USD")
    assert page.locator("#end").input_value() == "2023-06"
    assert "Jun 2023" in visit.title()
    with page.expect_download() as caught:
        page.locator("#pulse-csv").click()
    assert caught.value.suggested_filename.startswith("cn-ru_pulse")
    rows = list(csv.DictReader(io.StringIO(caught.value.path().read_text(encoding="utf-8"))))
    assert len(rows) == 10
    assert {"source", "released", "value", "flow"} <= set(rows[0])
    bars = "el.querySelector('.js-plotly-plot').data.filter(trace => trace.type == 'bar').length"
    assert page.locator("#pulse-figure").evaluate(f"el => {bars}") == 2
    page.locator("#mirror-table").dispatch_event("click")  # a far one; a click would scroll to it
    page.locator("#pulse-table").click()
    until(page, "document.querySelectorAll('#pulse-rows tbody tr').length == 10")
    visit.choose("flow", "Imports")
    until(page, "document.querySelectorAll('#pulse-rows tbody tr').length == 5")
    assert wrong(page, "#pulse-rows") == []
    page.locator("#pulse-table").click()
    until(page, "document.querySelectorAll('#pulse-rows tbody tr').length == 0")
    until(page, "document.querySelectorAll('#mirror-rows tbody tr').length > 0")
    assert visit.errors == []


def test_png_is_fit_to_print(visit: Visit) -> None:
    """The picture from the browser is a PNG of 2400 by 1350, of each of the first charts, and says what it is.

    It has the texts of the server's: version and address inside, chunks where they stand and checksums right.
    """
    page = visit.begin("?lang=zh")
    until(page, "document.querySelector('#react-entry-point .page')")
    for chart in ("pulse", "growth", "energy", "claims"):
        with page.expect_download() as caught:
            page.locator(f"#{chart}-png").click()
        content = caught.value.path().read_bytes()
        assert caught.value.suggested_filename.startswith(f"cn-ru_{chart}")
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (2400, 1350), chart
        assert len(content) > 30_000, chart
        texts = png_texts(content)
        assert re.fullmatch(r"[0-9a-f]{12}", texts["Version"])
        assert texts["Address"] == f"{visit.address}?lang=zh&v={texts['Version']}#{chart}"
        assert with_png_texts(content, texts) == content


def test_what_is_this_number(visit: Visit) -> None:
    """A click on a bar, Enter on a row of the table and the address lead to the same panel; Escape closes it."""
    page = visit.begin("?currency=USD&start=2023&end=2023")
    bar = page.locator("#pulse-figure .bars .point path").nth(4)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, "document.querySelector('.told h2')?.textContent.includes('US$')")
    address, clicked = page.url, page.locator(".told").inner_text()
    assert "point=pulse%3A" in address
    assert "SHA-256" in clicked
    assert wrong(page, "#point-panel") == []
    page.keyboard.press("Escape")
    page.wait_for_url("**/?start=2023&end=2023&currency=USD")
    until(page, "!document.querySelector('.told h2').checkVisibility()")
    page.locator("#pulse-table").click()
    name = address.partition("point=pulse%3A")[2]
    row = page.locator(f"#pulse-rows tr[data-point='pulse:{name}']")
    row.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**point=pulse%3A{name}")
    until(page, "document.querySelector('.told h2')?.checkVisibility()")
    assert page.locator(".told").inner_text() == clicked
    page.reload()
    until(page, "document.querySelector('.told h2')?.checkVisibility()")
    assert page.locator(".told").inner_text() == clicked
    page.get_by_role("button", name="Close").click()
    until(page, "!location.search.includes('point')")
    until(page, "document.getElementById('point-panel').hidden")
    page.go_back()
    until(page, "!document.getElementById('point-panel').hidden")
    assert visit.errors == []


def test_the_page_as_known_on_a_day(visit: Visit) -> None:
    """A day in the address stands in the date field, and sentence, charts and claims know no more than it.

    Emptied, all is as known now; typed, the day goes to the address, and all is as it was.
    """
    page = visit.begin("?currency=USD&asof=2023-07-15")
    visit.near("claims")
    until(page, "document.querySelector('#asof-said')?.innerText.includes('As known on 15 Jul 2023')")
    until(page, "document.querySelector('h1').innerText.includes('June 2023')")
    page.wait_for_load_state("networkidle")
    then, verdicts = visit.title(), page.locator("#claims-cards").inner_text()
    field = page.get_by_label("Show figures as published by this day; empty is now")
    assert field.input_value() == "2023-07-15"
    assert "As known on 15 Jul 2023" in page.locator("#asof-said").inner_text()
    assert "January–June 2023" in page.locator("h1").inner_text()
    assert wrong(page, ".top") == []
    page.wait_for_load_state("networkidle")
    field.fill("")
    page.wait_for_url("**/?currency=USD")
    until(page, "document.querySelector('#asof-said').innerText == ''")
    until(page, f"document.querySelector('#pulse-figure .gtitle').textContent != {then!r}")
    page.locator("#claims").scroll_into_view_if_needed()
    until(page, f"document.querySelector('#claims-cards').innerText != {verdicts!r}")
    field.focus()
    page.keyboard.type("07152023")
    page.wait_for_url("**/?currency=USD&asof=2023-07-15")
    until(page, f"document.querySelector('#pulse-figure .gtitle').textContent == {then!r}")
    until(page, "document.querySelector('#asof-said').innerText.includes('As known on 15 Jul 2023')")
    page.locator("#claims").scroll_into_view_if_needed()
    until(page, f"document.querySelector('#claims-cards').innerText == {verdicts!r}")
    assert visit.errors == []
