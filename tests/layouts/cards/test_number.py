"""The panel of one number by synthetic facts: its figure, its steps, where rows lie, how to cite it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.points import PartRole, PointPart
from analysis.trace.trace import Trace
from layouts.cards import citation, number, number_words
from layouts.cards.point_facts import PointFacts, Proof
from layouts.charts.registry import CHARTS
from layouts.drawing.values import records
from layouts.words.language import speaking
from loaders.core import schema
from loaders.shipped.provenance import Home

START, END = pd.Timestamp("2023-01-01"), pd.Timestamp("2023-06-01")
PULSE = CHARTS["pulse"]
OWN = Home("own/comtrade.parquet", "answer.csv", "17", "ab" * 32, "2026-03-05T10:00:00")


def row(**over: Any) -> dict[str, Any]:
    """Return one point of the first chart."""
    cells = {"flow": "import", "period_start": START, "period_end": END, "value": 61.2e9, "currency": "USD"}
    return {**cells, "source": "comtrade", "valuation": "CIF", **over}


def used(*values: float, **over: Any) -> pd.DataFrame:
    """Return the reported rows behind a value."""
    cells: dict[str, Any] = {"source": "comtrade", "currency": "USD", "sign": 1, "rate": None, "rate_source": None}
    cells |= {"status": "final", "valuation": "CIF", "commodity_code": "TOTAL", "reference": "answer.csv, row 17"}
    cells |= {"released": pd.Timestamp("2023-07-13"), "known_by": pd.Timestamp("2023-08-01")}
    months = pd.date_range("2023-01-01", periods=len(values), freq="MS")
    return pd.DataFrame({"value": values, "period_start": months, "period_end": months}).assign(**{**cells, **over})


def proof(rows: pd.DataFrame, *, whole: bool = True, homes: tuple[Home, ...] = (OWN,), **over: Any) -> Proof:
    """Return the proof of a value."""
    cells: dict[str, Any] = {"role": PartRole.FIGURE, "value": float((rows["value"] * rows["sign"]).sum())}
    cells |= {"currency": "USD", "source": "comtrade", "reporter": "CHN", "partner": "RUS", "flow": "import"}
    cells |= {"codes": ("TOTAL",), "start": START, "end": END}
    others = pd.DataFrame(columns=[*rows.columns, "mirror", "difference_pct", "reporter"])
    return Proof(Trace(PointPart(**{**cells, **over}), rows, whole=whole, others=others), homes, pd.DataFrame())


def text_of(component: Any) -> str:
    """Return all words inside components."""
    if component is None or isinstance(component, (str, int, float)):
        return "" if component is None else str(component)
    if isinstance(component, (list, tuple)):
        return " ".join(text_of(part) for part in component)
    return text_of(getattr(component, "children", None))


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        ({}, "US$_61.20_bn"),
        ({"value": 1234.0}, "US$_1,234"),
        ({"value": 12.5, "currency": "CNY"}, "12.50 yuan"),
        ({"yoy_pct": 21.5, "base_value": 1.0}, "US$_61.20_bn · +21.50% growth on a year earlier"),
        ({"value": None, "share_pct": 36.5, "whole": 1.0}, "36.50% share"),
        ({"value": None}, "No figure"),
        ({"value": None, "state": "missing"}, "Missing"),
        ({"value": None, "brent_usd_bbl": 82.5}, "US$_82.5 a barrel"),
    ],
)
def test_the_figure_of_a_point(cells: dict[str, Any], figure: str) -> None:
    """Large values in billions, small ones in full, measures beside them; a state where there is no figure."""
    assert number_words.headline(row(**cells)).replace("\N{NO-BREAK SPACE}", "_") == figure


def test_what_it_is_of_names_the_marks_the_months_and_freight() -> None:
    """The flow in words, the window in a few letters; a valuation that nobody knows is not named."""
    assert number_words.subject(PULSE, row()) == "imports · Jan–Jun 2023 · CIF"
    assert number_words.subject(PULSE, row(valuation="unknown")) == "imports · Jan–Jun 2023"
    goods = row(code="84", name="Machines")
    assert "84" in number_words.subject(CHARTS["goods"], goods)
    assert "Machines" in number_words.subject(CHARTS["goods"], goods)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (used(), "no reported row is at hand for it"),
        (used(5.0), "one reported row of UN Comtrade, as published"),
        (
            used(5.0, status="derived"),
            "one reported row of UN Comtrade, derived when it was read (answer.csv, row 17)",
        ),
        (used(5.0, 6.0), "sum of 2 reported rows of UN Comtrade"),
        (
            pd.concat([used(5.0, 6.0), used(2.0, sign=-1)], ignore_index=True),
            "2 reported rows added, 1 taken away, of UN Comtrade",
        ),
        (
            used(5.0, rate=7.1, rate_source="GACC_IMPLIED"),
            (
                "one reported row of UN Comtrade, as published, each month converted at customs’ own monthly rate "
                "(yuan over dollar value of crude imports)"
            ),
        ),
    ],
)
def test_how_a_value_was_made_is_said(rows: pd.DataFrame, words: str) -> None:
    """Six ways, each its own sentence: nothing reported, one row, a derived one, a sum, a difference, a conversion."""
    assert number_words._made(proof(rows)) == words


def test_a_sum_that_is_not_the_value_says_that_there_is_more() -> None:
    """The rows were found, but their sum is another."""
    whole, more = (number_words._made(proof(used(5.0, 6.0), whole=one)) for one in (True, False))
    assert more.startswith(f"{whole}; they do not add up to the figure")


@pytest.mark.parametrize(
    ("over", "case"),
    [
        ({}, "on"),
        ({"released": pd.NaT}, "by"),
        ({"released": pd.NaT, "known_by": pd.NaT}, "none"),
        ({"reference": f"x {schema.DATED_HERE}"}, "read"),
    ],
)
def test_when_rows_were_released(over: dict[str, Any], case: str) -> None:
    """The publisher's day, the day by which it was public at the latest, none, or the day on which we read it."""
    assert number_words._release(used(5.0, **over)).case == case


def test_rows_of_two_days_have_a_span_and_undated_ones_are_counted() -> None:
    """First and last day stand in the sentence; of three rows one has no day."""
    rows = pd.concat([used(5.0), used(6.0, released=pd.Timestamp("2024-01-12")), used(7.0, released=pd.NaT)])
    release = number_words._release(rows)
    assert (release.case, release.undated) == ("span", 1)
    said = number_words.released(rows)
    assert "13 Jul 2023" in said
    assert "12 Jan 2024" in said
    assert "1" in said.replace("12 Jan 2024", "").replace("13 Jul 2023", "")


def test_the_cell_of_a_day_tells_by_whom_it_is_dated() -> None:
    """A day, or "by" a day, or none."""
    day = used(5.0).iloc[0].to_dict()
    assert number_words.dated(day) == "2023-07-13"
    assert "2023-08-01" in number_words.dated({**day, "released": pd.NaT})
    assert number_words.dated({**day, "released": pd.NaT}) != "2023-08-01"
    assert "2023" not in number_words.dated({**day, "released": pd.NaT, "known_by": pd.NaT})


def test_the_panel_leads_from_the_figure_to_file_row_and_hash() -> None:
    """File, row, SHA-256 and moment of the file read stand in the panel; rows beyond forty are counted."""
    facts = PointFacts(row(), (proof(used(*[1e9] * 43)),))
    shown = text_of(number.panel(PULSE, [facts], "https://example.org/?point=x"))
    for part in ("answer.csv", "17", OWN.sha256, "2026-03-05 10:00:00", "UN Comtrade"):
        assert part in shown
    assert shown.count("US$\N{NO-BREAK SPACE}1,000,000,000") == number.MOST
    assert "3" in shown
    assert "https://example.org/?point=x" in shown


def test_a_file_of_the_reader_is_called_one() -> None:
    """It was imported, not retrieved; an unhashed file says so."""
    shipped = text_of(number._facts(used(5.0), [OWN]))
    own = text_of(number._facts(used(5.0), [Home("own/x.parquet", "mine.csv", "2", "", "2026-03-05", own=True)]))
    assert shipped != own
    assert "mine.csv" in own
    assert OWN.sha256 not in own


def test_a_converted_row_shows_its_rate() -> None:
    """Dollars times yuan a dollar, yuan over them: two texts with four decimals."""
    times = number._line(records(used(5e9, rate=7.1))[0], OWN)
    over = number._line(records(used(5e9, rate=7.1, currency="CNY"))[0], OWN)
    assert times[2].replace("\N{NO-BREAK SPACE}", " ") == "US$ 5,000,000,000 × 7.1000"
    assert over[2] == "5,000,000,000 yuan ÷ 7.1000"
    taken = number._line(records(used(5e9, sign=-1))[0], None)
    assert taken[0] == "− Jan 2023"


@pytest.mark.parametrize(
    ("reference", "row_", "address"),
    [
        ("https://a.org/x.csv, row 5", "5", "https://a.org/x.csv"),
        ("https://a.org/x ; https://b.org/y", "", "https://a.org/x"),
        ("answer.csv, row 17", "17", None),
        ("TASS, no address", "", None),
    ],
)
def test_a_reference_is_a_link_where_it_has_an_address(reference: str, row_: str, address: str | None) -> None:
    """The first address is followed; the whole reference is the title of either."""
    link = number._reference(reference, row_)
    assert getattr(link, "href", None) == address
    assert link.title == reference
    assert (row_ in str(link.children)) or not row_


def test_another_print_of_the_same_is_set_beside_it() -> None:
    """In one currency with its difference, in another without; the other country's count names the country."""
    other = {"source": "imf", "reporter": "RUS", "commodity_code": "2709", "currency": "USD", "value": 60e9}
    other |= {"mirror": False, "difference_pct": -1.96, "valuation": "FOB", "status": "estimated"}
    other |= {"released": pd.NaT, "known_by": pd.NaT, "reference": "x"}
    same, mirror = number._other(other), number._other({**other, "mirror": True})
    assert same[2] == "−1.96%"
    assert "HS 2709" in same[0]
    assert "Russia" in mirror[0]
    assert "Russia" not in same[0]
    yuan = number._other({**other, "currency": "CNY", "difference_pct": float("nan")})
    assert "%" not in yuan[2]


def test_a_point_that_the_view_lacks_is_named() -> None:
    """The name stands in the sentence."""
    assert "pulse:import.1999-01" in text_of(number.missing("pulse:import.1999-01"))


CITED = "https://example.org/?point=x#pulse"


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_a_citation_names_publisher_figure_file_and_address(code: str) -> None:
    """In every language: the amount in full, the file with row and hash, the day of reading, the address."""
    with speaking(code):
        said = citation.citation(PULSE, PointFacts(row(), (proof(used(61.2e9)),)), CITED)
    for part in ("answer.csv", "17", OWN.sha256, "2026-03-05", CITED):
        assert part in said
    assert said.replace("\N{NO-BREAK SPACE}", ",").count("61,200,000,000") == 1


def test_what_was_computed_is_never_cited_as_printed() -> None:
    """One print, a sum, a conversion of one and a conversion of several are four sentences."""
    prints = (
        used(61.2e9),
        used(30e9, 31.2e9),
        used(61.2e9, rate=7.1, rate_source="GACC_IMPLIED"),
        used(30e9, 31.2e9, rate=7.1, rate_source="GACC_IMPLIED"),
    )
    said = [citation._figure(proof(one)) for one in prints]
    assert len(set(said)) == 4
    assert "7.1000" in said[2]
    assert "7.1000" not in said[3]


def test_prints_are_added_up_in_their_own_currency() -> None:
    """Yuan and dollars are two sums; what is taken away counts so."""
    mixed = pd.concat([used(5.0, 6.0), used(4.0, currency="CNY"), used(1.0, sign=-1)], ignore_index=True)
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in citation._printed(mixed)] == ["US$ 10.00", "4.00 yuan"]


def test_rows_read_with_one_are_counted() -> None:
    """The row of the file, and how many more; without a row the count alone; nothing of none."""
    assert "17" in citation._lines("17", 1)
    both = citation._lines("17", 3)
    assert "17" in both
    assert "2" in both
    assert "17" not in citation._lines("", 3)
    assert citation._lines("", 1) == ""


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({"source": None, "sentence": "It follows from both sums."}, "It follows from both sums"),
        ({"source": None}, "No source publishes this"),
        ({"source": "imf", "reference": "Table 3"}, "Table 3"),
        ({"source": "imf", "reference": "https://github.com/a/b/x.csv"}, "https://github.com/a/b/x.csv"),
        ({"source": "press", "reference": "https://tass.com/economy/1"}, "tass.com"),
    ],
)
def test_a_row_that_is_itself_stated_is_cited_by_what_states_it(cells: dict[str, Any], part: str) -> None:
    """A sentence, a page, a copy, a paper by its site; what rests on nothing says that."""
    said = citation._cited_row(PointFacts(row(**cells), ()))
    assert part in said


def test_a_paper_is_cited_by_the_name_that_a_file_gives() -> None:
    """Else by the site of its page, else as a paper."""
    named = citation._publishers(["press"], ["https://tass.com/1"], [Home("t", publisher="TASS")])
    site = citation._publishers(["press"], ["https://tass.com/1"], [])
    nameless = citation._publishers(["press"], ["by word of mouth"], [])
    assert "TASS" in named
    assert "tass.com" in site
    assert len({named, site, nameless}) == 3
