"""The page put together: sections in order, one chart alone, an earlier version, files brought, controls wired."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from dash import html

from analysis.selection import LANGUAGES, Selection
from layouts import controls, page, page_facts
from layouts.charts.registry import CHARTS
from layouts.figure.chart import WINDOW
from layouts.look.ids import Id, part
from layouts.look.theme import WIDTHS
from layouts.page import Edition
from layouts.words.language import speaking
from layouts.words.small_print import sentences
from tests.analysis.kit import dataset, year

DATA = dataset(*year(2022, 1e9), *year(2023, 2e9), *year(2023, 1e9, flow="export"), *year(2023, 1e9, flow="import"))
PAGE = [chart.name for chart in CHARTS.values() if chart.page]


def every(component: Any, kind: type) -> list[Any]:
    """Return all components of a kind, in their order."""
    if isinstance(component, (list, tuple)):
        return [one for part_ in component for one in every(part_, kind)]
    own = [component] if isinstance(component, kind) else []
    return own + every(getattr(component, "children", None), kind) if hasattr(component, "children") or own else own


def words(component: Any) -> str:
    """Return all text inside components."""
    if component is None or isinstance(component, (str, int)):
        return "" if component is None else str(component)
    if isinstance(component, (list, tuple)):
        return " ".join(words(one) for one in component)
    return words(getattr(component, "children", None))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_chart_has_its_section_in_order(code: str) -> None:
    """Numbered from one, each named by its question, and each id of the page is there once."""
    with speaking(code):
        whole = page.layout(DATA)
        questions = [CHARTS[name].question for name in PAGE]
    sections = [one for one in every(whole, html.Section) if one.className == "question"]
    assert [one.id for one in sections] == PAGE
    heads = [words(one.children[0]) for one in sections]
    assert heads == [f"{number} {question}" for number, question in enumerate(questions, 1)]
    ids = [
        one.id
        for kind in (html.Div, html.Section, html.Button, html.P, html.H2)
        for one in every(whole, kind)
        if getattr(one, "id", None)
    ]
    assert len(ids) == len(set(ids))


def test_the_claims_are_cards_and_have_a_field_for_a_paragraph() -> None:
    """All others hold a picture and its words for those who cannot see it."""
    sections = {
        one.id: one for one in every(page.layout(DATA), html.Section) if getattr(one, "className", "") == "question"
    }
    assert every(sections["claims"], html.Textarea)
    assert not every(sections["claims"], html.Figure)
    for name in PAGE:
        if name != "claims":
            (figure,) = every(sections[name], html.Figure)
            assert figure.children[1].id == part("words", name)


def test_one_chart_alone_has_no_number_and_a_way_to_the_whole() -> None:
    """As it stands in a frame: no header, no other question; its name is the first heading."""
    alone = page.layout(DATA, Edition(only="goods"))
    assert [one.id for one in every(alone, html.Section) if one.className == "question"] == ["goods"]
    assert [words(one) for one in every(alone, html.H1)] == [CHARTS["goods"].question]
    assert every(alone, html.Header) == []
    assert any(getattr(one, "target", "") == "_top" for one in every(alone, html.A))


def test_an_earlier_version_says_so_and_offers_what_changed() -> None:
    """A notice at its head, and beside each chart what has changed since; the newest has neither."""
    then, now, unknown = (page.layout(DATA, one) for one in (Edition(earlier=True), Edition(), Edition(unknown=True)))
    assert str(then).count("panel/since/") == len(PAGE)
    assert "panel/since/" not in str(now)
    notes = [
        [one for one in every(whole, html.P) if getattr(one, "role", "") == "note"] for whole in (then, now, unknown)
    ]
    assert [len(one) for one in notes] == [1, 0, 1]
    assert words(notes[0]) != words(notes[2])


def test_the_lead_is_cut_before_the_key_figures() -> None:
    """Sentence, lead and the button that unfolds it stand before the first picture; the figures behind."""
    sentence, figures = page.state(DATA, Selection(currency="USD"), pd.Timestamp("2024-02-01"))
    assert isinstance(sentence[0], html.H1)
    assert getattr(sentence[-2], "className", "") == "lead"
    assert isinstance(sentence[-1], html.Button)
    assert every(figures, html.H1) == []
    old = page.state(DATA, Selection(currency="USD"), pd.Timestamp("2026-02-01"))[1]
    assert len(every(old, html.P)) > len(every(figures, html.P))


def test_files_brought_are_listed_and_many_are_counted() -> None:
    """Twenty by name, the rest by number; without any there is no list."""
    assert page._brought(DATA) == []
    few = page._brought(replace(DATA, imports=("a.csv", "b.csv")))
    assert [words(one) for one in every(few, html.Li)] == ["a.csv", "b.csv"]
    many = page._brought(replace(DATA, imports=tuple(f"{n}.csv" for n in range(23))))
    lines = [words(one) for one in every(many, html.Li)]
    assert len(lines) == 21
    assert "3" in lines[-1]


def test_a_copy_says_less_of_where_rows_are() -> None:
    """It has no panel of changes to fill."""
    served, copied = page.about(DATA), page.about(DATA, copied=True)
    assert "panel/changes/all" in str(served)
    assert "panel/changes/all" not in str(copied)


def test_problems_are_told_by_name_of_file() -> None:
    """What could not be read is an alert; a path of the server is cut to its last part."""
    whole = page.layout(replace(DATA, problems=("/srv/trade/own/imf.parquet: cannot be read",)))
    (alert,) = [one for one in every(whole, html.Div) if getattr(one, "role", "") == "alert"]
    assert "imf.parquet: cannot be read" in words(alert)
    assert "/srv" not in words(alert)
    assert not [one for one in every(page.layout(DATA), html.Div) if getattr(one, "role", "") == "alert"]


def test_the_languages_are_links_and_the_one_spoken_is_marked() -> None:
    """Each is named in itself, with its tag."""
    with speaking("ru"):
        nav = page._languages({code: f"{code}.html" for code in LANGUAGES})
    links = every(nav, html.A)
    assert [(one.href, one.hrefLang) for one in links] == [("en.html", "en"), ("zh.html", "zh-Hans"), ("ru.html", "ru")]
    assert [getattr(one, "aria-current", None) for one in links] == [None, None, "true"]


def test_a_caveat_is_cut_to_two_lines_and_the_rest_on_demand() -> None:
    """Nothing of it is lost: what stands in the open, then what opens, are the whole."""
    for name in PAGE:
        chart = CHARTS[name]
        said = "".join(words(page.explained(chart, set())).split())
        assert all("".join(sentence.split()) in said for sentence in sentences(chart.caveat))


@pytest.mark.parametrize("newest", [None, pd.NaT, pd.Timestamp("2026-07-01")])
def test_common_periods_write_the_address(newest: pd.Timestamp | None) -> None:
    """The last twelve months only where a newest month is known: August 2025 to July 2026."""
    starts = [getattr(one, "data-start") for one in every(controls._periods(newest), html.Button)]
    assert starts == [*([] if pd.isna(newest) else ["2025-08"]), "2022-01", "2011-01"]


def test_every_control_is_wired_to_a_word_of_the_address() -> None:
    """Each id once, each word one that an address knows, the first option what is shown by default."""
    wired = controls.wiring()
    assert len({one["id"] for one in wired}) == len(wired)
    known = set(vars(Selection()))
    for one in wired:
        assert one["word"] in known
        assert one["options"] is None or one["first"] == one["options"][0]
    months = {one["word"]: one["month"] for one in wired if "month" in one}
    assert months == {"start": "01", "end": "12"}
    assert [one["first"] for one in wired if one["id"] in {Id.START, Id.END}] == ["2019", "newest"]
    typed = [one["word"] for one in wired if one["options"] is None]
    assert set(typed) == {"start", "end", "asof", "claim", "find"}


@pytest.mark.parametrize(
    ("id_", "month", "shown"),
    [
        (Id.START, None, "2019"),
        (Id.END, None, "newest"),
        (Id.START, "2021-01", "2021"),
        (Id.START, "2021-03", "2021-03"),
        (Id.END, "2021-12", "2021"),
        (Id.END, "2021-01", "2021-01"),
        (Id.START, "2005-01", "2005-01"),
    ],
)
def test_a_list_of_years_shows_what_the_address_says(id_: Id, month: str | None, shown: str) -> None:
    """A bare year where that is the same, else the very month, which is then a choice of its own."""
    assert controls.shown_year(id_, month) == shown
    assert shown in [one["value"] for one in controls.year_choices(id_, month, 2026)]


def test_a_chart_without_controls_of_its_own_has_no_bar() -> None:
    """A chart with options has radios, one to type in a field with an example."""
    assert controls.own(CHARTS["coverage"], set()) is None
    bar = str(controls.own(CHARTS["goods"], set()))
    assert "Field(" in bar
    assert "Segments(" in bar


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_scripts_are_told_what_each_chart_follows(code: str) -> None:
    """Of all charts, or of the one that stands alone; in the language of the page."""
    with speaking(code):
        whole, alone = page_facts.facts(code, "0123"), page_facts.facts(code, only="goods", earlier=True)
    assert set(whole["reads"]) == {"state", *PAGE}
    assert whole["reads"]["pulse"] == [*WINDOW, *CHARTS["pulse"].reads]
    assert list(alone["reads"]) == ["goods"]
    assert (whole["earlier"], alone["earlier"], whole["version"]) == (False, True, "0123")
    assert whole["dated"] == ["coverage"]
    assert whole["widths"] == WIDTHS
    assert "only" in whole["words"]
    assert "{charts}" in whole["says"]["redrawn"]
