"""The page of a copy: whole without a server, no way to a panel that nobody fills, each language beside. Made up."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from layouts.charts.registry import CHARTS
from layouts.look.theme import in_dark
from layouts.site import page, views
from layouts.words.catalogue import say
from layouts.words.language import speaking
from tests.analysis.kit import dataset, year

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = page.Made(("en", "ru"), pd.Timestamp("2026-03-05"), "0123456789ab")
DATA = dataset(
    *(one for flow in ("export", "import", "total") for which in (2022, 2023) for one in year(which, 9e9, flow=flow))
)
SOME = ("pulse", "claims", "coverage")


@pytest.fixture(scope="module")
def pages() -> Iterator[dict[str, str]]:
    """Return the page of a few charts in two languages."""
    few = [chart for chart in views.charts() if chart.name in SOME]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "charts", lambda: few)
        yield {code: page.written(DATA, MADE, code) for code in MADE.languages}


def facts(whole: str) -> dict[str, Any]:
    """Return what the script of a page is told."""
    match = re.search(r'<script id="facts" type="application/json">(.*?)</script>', whole, re.DOTALL)
    assert match
    told: dict[str, Any] = json.loads(match[1])
    return told


def test_each_page_is_whole_and_in_its_language(pages: dict[str, str]) -> None:
    """Every place of the template is filled; the questions stand in the language; the other page is linked."""
    for code, whole in pages.items():
        assert "[[" not in whole
        assert f'<html lang="{code}">' in whole
        with speaking(code):
            assert all(CHARTS[name].question.split("?")[0] in whole for name in SOME)
            assert say("page.title") in whole
    assert 'href="ru.html"' in pages["en"]
    assert 'href="index.html"' in pages["ru"]
    assert MADE.file("en") == "index.html"


def test_nothing_leads_to_a_panel_that_a_server_fills(pages: dict[str, str]) -> None:
    """No link opens a number, none asks for what changed; words of such links stay."""
    for whole in pages.values():
        assert "point=" not in whole
        assert "data-point" not in whole
        assert 'data-panel="' not in whole
    link = {"namespace": "dash_html_components", "type": "A", "props": {"href": "?point=p:1", "children": "5"}}
    row = {**link, "type": "Tr", "props": {"data-point": "p:1", "tabIndex": "-1", "children": [link]}}
    assert page._unlinked(row)["props"] == {"children": ["5"]}
    other = {**link, "props": {"href": "#pulse", "children": "x"}}
    assert page._unlinked([other, None, 5]) == [other, None, 5]


def test_the_first_picture_stands_in_the_page_in_two_sizes(pages: dict[str, str]) -> None:
    """One for a wide page and one for a phone, with its words; a chart without figures has none."""
    for whole in pages.values():
        assert whole.count('<svg class="first-') == 2
        assert 'role="img"' in whole
    assert page._picture(DATA.__class__(DATA.trade.iloc[:0], {})) == ""


def test_one_currency_is_shown_and_the_other_kept(pages: dict[str, str]) -> None:
    """Sentence and figures of each; the second is hidden until it is chosen."""
    assert page._state(DATA, "CNY")[2] == {"data-currency": "CNY"}
    assert page._state(DATA, "USD")[2] == {"data-currency": "USD", "hidden": True}
    assert pages["en"].count('data-currency="USD"') == pages["en"].count('data-currency="CNY"') == 2


def test_the_script_is_told_the_views_of_each_chart(pages: dict[str, str]) -> None:
    """Keys of the views, the controls that are there, colours by theme, words in the language."""
    english, russian = facts(pages["en"]), facts(pages["ru"])
    assert list(english["charts"]) == list(SOME)
    assert english["charts"]["pulse"]["views"][0] == ""
    assert "flow=import" in english["charts"]["pulse"]["views"]
    assert english["charts"]["pulse"]["own"] == ["events"]
    assert english["dark"] == in_dark()
    assert {one["word"] for one in english["controls"]} == {"measure", "flow", "currency", "events"}
    assert english["says"]["failed"] != russian["says"]["failed"]


def test_without_scripts_the_rows_are_reached(pages: dict[str, str]) -> None:
    """A link to the CSV of each chart; every button has a name; the copy says when it was made, over what."""
    for name in SOME:
        assert f'href="{page.rows_file(name)}"' in pages["en"]
        for kind in ("png", "svg", "csv", "json", "link", "table"):
            assert f'id="{name}-{kind}"' in pages["en"]
    assert "5 Mar 2026" in pages["en"]
    assert MADE.version in pages["en"]
    buttons = re.findall(r"<button[^>]*>", pages["en"])
    assert all('aria-label="' in one for one in buttons if re.search(r'id="\w+-(png|csv|table)"', one))
