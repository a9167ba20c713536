"""A number of one's own, typed into the page: address, card and downloads follow."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.callbacks.test_page import Visit
from tests.callbacks.waiting import until, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
H1 = "?claim=40.7%25+in+the+first+half+of+2023"


@pytest.fixture
def visit(chromium: Browser, site: tuple[str, Path]) -> Iterator[Visit]:
    """Open a fresh wide window."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield Visit(context.new_page(), site[0])
    context.close()


def test_typing_writes_the_address_and_judges(visit: Visit) -> None:
    """What is typed goes to the address, and its card stands first; emptied, it is gone."""
    page = visit.begin()
    visit.near("claims")
    assert page.locator("#claim-typed").count() == 0
    field = page.get_by_label("Test a number")
    field.fill("40.7% in the first half of 2023")
    page.wait_for_url(f"**/{H1}")
    page.wait_for_selector("#claim-typed")
    card = page.locator(".claim").first.inner_text()
    assert "What you typed" in card
    assert "40.7% belongs to Jan–May 2023" in card
    page.wait_for_load_state("networkidle")
    field.fill("")
    until(page, "document.querySelector('#claim-typed') === null")
    until(page, "!location.search.includes('claim=')")
    assert visit.errors == []


def test_the_address_opens_the_claim(visit: Visit) -> None:
    """A link shows the claim in the field and judged, with nothing for axe to complain of; its CSV begins with it."""
    page = visit.begin(H1)
    visit.near("claims")
    page.wait_for_selector("#claim-typed")
    page.locator("#claim-typed summary").click()
    assert page.get_by_label("Test a number").input_value() == "40.7% in the first half of 2023"
    assert "Searched: " in page.locator("#claim-typed").inner_text()
    assert wrong(page, "#claims") == []
    with page.expect_download() as caught:
        page.locator("#claims-csv").click()
    rows = list(csv.DictReader(io.StringIO(caught.value.path().read_text(encoding="utf-8"))))
    assert rows[0]["id"] == "typed"
    assert visit.errors == []


def test_a_basis_opens_its_number(visit: Visit) -> None:
    """Each basis in the working of a claim leads to the rows that it rests on."""
    page = visit.begin()
    visit.near("claims")
    card = page.locator("#claim-energy-2022")
    card.locator("summary").click()
    card.get_by_role("link", name="the four fuels, BACI (China’s own report, CIF)").click()
    until(page, "document.querySelector('.told h2')?.textContent.includes('81.32')")
    assert "baci_hs17_rus_chn_2017_2023.csv" in page.locator(".told").inner_text()
    until(page, "location.search.includes('point=claims')")
    assert visit.errors == []


def test_markup_is_text(visit: Visit) -> None:
    """Markup in a claim is shown as typed, and makes nothing."""
    page = visit.begin("?claim=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+40.7%25")
    visit.near("claims")
    page.wait_for_selector("#claim-typed")
    assert "<img src=x onerror=alert(1)> 40.7%" in page.locator("#claim-typed h3").inner_text()
    assert page.locator("#claim-typed img").count() == 0
    assert visit.outside == []


PARAGRAPH = (
    "China-Russia trade rose 40.6% in the first half of 2023. In the same period imports from Russia grew 49.4%. "
    "Trade with the US fell 14.5%."
)


def test_a_paragraph_is_checked_and_stands_in_no_address(visit: Visit) -> None:
    """By the keyboard alone: each figure with its verdict and ways to its number; nothing for axe to complain of."""
    page = visit.begin("#claims")
    visit.near("claims")
    field = page.get_by_label("Or a whole paragraph")
    field.fill(PARAGRAPH)
    field.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".text-figure")
    answer = page.locator("#claims-said")
    assert [one.inner_text()[2:] for one in answer.locator(".verdict").all()] == [
        "Held when printed",
        "Figures disagree",
    ]
    assert "40.6" not in page.url
    assert wrong(page, "#claims") == []
    field.fill(PARAGRAPH + "贸" * 40_000)  # more than a request may hold: nothing is cut unseen
    field.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#claims-said:has-text('too long')")
    field.fill(PARAGRAPH + " It rained." * 1_500)
    field.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".text-figure")
    answer.get_by_role("link", name="What is this number?").first.click()
    page.wait_for_selector("#point-panel:not([hidden])")
    until(page, "location.search.includes('claim=')")
    assert visit.errors == []
