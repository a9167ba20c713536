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
MARKUP = "?claim=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+40.7%25"


@pytest.fixture
def visit(chromium: Browser, site: tuple[str, Path]) -> Iterator[Visit]:
    """Open a fresh wide window."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield Visit(context.new_page(), site[0])
    context.close()


def test_a_claim_in_the_address_and_typed(visit: Visit) -> None:
    """A link shows its claim in the field and judged; what is typed goes to the address; emptied, the card is gone.

    Markup in a claim is shown as typed, and makes nothing. The CSV begins with the claim; axe finds nothing.
    """
    page = visit.begin(MARKUP)
    visit.near("claims")
    page.wait_for_selector("#claim-typed")
    field = page.get_by_label("Test a number")
    assert field.input_value() == "<img src=x onerror=alert(1)> 40.7%"
    assert "<img src=x onerror=alert(1)> 40.7%" in page.locator("#claim-typed h3").inner_text()
    assert page.locator("#claim-typed img").count() == 0
    assert visit.outside == []
    field.fill("")
    until(page, "document.querySelector('#claim-typed') === null")
    until(page, "!location.search.includes('claim=')")
    field.fill("40.7% in the first half of 2023")
    page.wait_for_url(f"**/{H1}")
    page.wait_for_selector("#claim-typed")
    card = page.locator(".claim").first.inner_text()
    assert "What you typed" in card
    assert "40.7% belongs to Jan–May 2023" in card
    page.locator("#claim-typed summary").click()
    assert "Searched: " in page.locator("#claim-typed").inner_text()
    assert wrong(page, "#claim-typed") == []
    with page.expect_download() as caught:
        page.locator("#claims-csv").click()
    rows = list(csv.DictReader(io.StringIO(caught.value.path().read_text(encoding="utf-8"))))
    assert rows[0]["id"] == "typed"
    assert visit.errors == []


PARAGRAPH = (
    "China-Russia trade rose 40.6% in the first half of 2023. In the same period imports from Russia grew 49.4%. "
    "Trade with the US fell 14.5%."
)


def test_a_basis_and_a_paragraph_open_their_numbers(visit: Visit) -> None:
    """Each basis in the working of a claim leads to the rows that it rests on; so does each figure of a paragraph.

    The paragraph by the keyboard alone: each figure with its verdict, nothing for axe to complain of, in no address.
    """
    page = visit.begin("#claims")
    visit.near("claims")
    card = page.locator("#claim-energy-2022")
    card.locator("summary").click()
    card.get_by_role("link", name="the four fuels, BACI (China’s own report, CIF)").click()
    until(page, "document.querySelector('.told h2')?.textContent.includes('81.32')")
    assert "baci_hs17_rus_chn_2017_2023.csv" in page.locator(".told").inner_text()
    until(page, "location.search.includes('point=claims')")
    page.keyboard.press("Escape")
    until(page, "document.getElementById('point-panel').hidden")
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
    assert wrong(page, "#claims-said") == []
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


def test_what_is_too_long_is_told_and_never_cut(visit: Visit) -> None:
    """Half a number would be another one: a sentence of more than 160 characters is not judged, and that is told."""
    page = visit.begin()
    visit.near("claims")
    field = page.get_by_label("Test a number")
    field.fill("Trade between China and Russia " + "very " * 30 + "much grew by 40.7 % in the first half of 2023")
    told = "document.getElementById('claims-claim').validationMessage"
    until(page, f"{told} == 'At most 160 characters here.'")
    assert "claim=" not in page.url
    field.fill("trade grew by 40.7 % in the first half of 2023")
    page.wait_for_url("**claim=*")
    assert page.evaluate(told) == ""
