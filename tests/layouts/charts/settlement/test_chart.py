"""In whose money: how a share is written, which sentence leads, which dots are hollow."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.partners.settlement import ASIA, COUNTED, DEFINITIONS, REGIONS, SAID
from analysis.selection import Selection
from layouts.charts.settlement import chart as settlement
from layouts.charts.settlement import words as wording
from layouts.look.theme import PRINT, on_page

CODE = "RUS unknown none first printed"


def row(share: float = 90.0, month: str = "2023-12", **over: Any) -> dict[str, Any]:
    """Return one statement."""
    day = pd.Timestamp(f"{month}-01")
    cells = {"series": SAID, "what": DEFINITIONS[0], "share_pct": share, "precision": "", "speaker": "V. Putin"}
    cells |= {"source": "A paper", "flow": "total", "settlement_currency": None, "region": None, "doubt": None}
    return {**cells, "period_start": day, "period_end": day, "basis": CODE, "base_basis": CODE, **over}


def asia(share: float, month: str = "2024-03", **over: Any) -> dict[str, Any]:
    """Return one share of the rouble with Asia."""
    own = {"series": REGIONS, "region": ASIA, "settlement_currency": "RUB", "flow": "export"}
    return row(share, month, **{**own, **over})


def words(*rows: dict[str, Any]) -> Any:
    """Return the words of rows."""
    return wording.words(pd.DataFrame(list(rows)), Selection())


@pytest.mark.parametrize(("share", "written"), [(90.0, "90%"), (92.5, "92.5%")])
def test_a_share_has_the_decimals_it_was_stated_with(share: float, written: str) -> None:
    """A whole number stays one."""
    assert wording.as_stated(pd.Series(row(share))) == written


def test_a_vague_share_says_how_and_an_exact_one_does_not() -> None:
    """About, over and almost are three texts; what was stated plainly is the number alone."""
    written = {how: wording.worded_share(pd.Series(row(precision=how))) for how in ("", "about", "over", "almost")}
    assert written[""] == "90%"
    assert len(set(written.values())) == 4
    assert all("90%" in one for one in written.values())


def test_first_and_newest_statement_of_one_wording_lead() -> None:
    """Of two years the sentence has both shares; of one year the newest alone; it declares what it states."""
    two, one = words(row(20.0, "2020-12"), row(92.0, "2024-12")), words(row(20.0, "2024-02"), row(92.0, "2024-12"))
    assert "20%" in two.finding
    assert "92%" in two.finding
    assert [stated.value for stated in two.stated] == [20.0, 92.0]
    assert "20%" not in one.finding
    assert [stated.value for stated in one.stated] == [92.0]


def test_two_wordings_are_not_set_against_each_other() -> None:
    """A share of yuan is no share of national currencies: the newest stands alone."""
    mixed = words(row(20.0, "2020-12", what=DEFINITIONS[2]), row(92.0, "2024-12"))
    assert "20%" not in mixed.finding


def test_without_statements_the_months_lead_and_without_these_the_region() -> None:
    """Yuan and roubles of the newest month are added up; with neither, Asia's newest share is written."""
    paid: dict[str, Any] = {"series": COUNTED, "flow": "import", "speaker": None, "what": "counted"}
    months = (row(30.0, **paid, settlement_currency="CNY"), row(45.0, **paid, settlement_currency="RUB"))
    assert "75%" in words(*months, asia(47.0)).finding
    alone = words(asia(40.0, "2024-02"), asia(47.0, "2024-03"))
    assert "47%" in alone.finding
    assert "40%" not in alone.finding


def test_only_what_is_drawn_fills_the_picture() -> None:
    """Shares of another region are rows and no picture."""
    other = pd.DataFrame([asia(47.0, region="Europe")])
    assert not settlement.shows(other, Selection())
    assert settlement.shows(pd.DataFrame([asia(47.0)]), Selection())
    assert settlement.shows(pd.DataFrame([row()]), Selection())


def test_vague_and_doubtful_dots_are_hollow() -> None:
    """A dot is filled only where the share was stated plainly and nobody doubts it."""
    rows = pd.DataFrame(
        [row(90.0), row(92.0, precision="about"), asia(40.0), asia(47.0, doubt="other pages print 48.7")]
    )
    figure = settlement.draw(rows, Selection())
    fills = [trace["marker"]["color"] == PRINT.palette.ground for trace in figure["data"]]
    assert fills == [False, True, False, True]


def test_a_speaker_is_named_in_short_on_a_phone_and_one_without_a_text_as_written() -> None:
    """The last name stands in titles and on phones."""
    assert wording.short_name("V. Putin") == "Putin"
    assert wording.short_name("Somebody") == "Somebody"


def test_parts_of_the_subtitle_are_joined_only_where_there_are_several() -> None:
    """One part stands as it is, none is empty."""
    assert wording._together(["a"]) == "a"
    assert wording._together([]) == ""
    assert {"a", "b"} <= set(wording._together(["a", "b"]))


def test_a_phone_has_a_taller_picture() -> None:
    """Three plots stand below each other there."""
    rows = pd.DataFrame([row()])
    heights = [settlement.draw(rows, Selection(), look)["layout"]["height"] for look in (on_page(1040), on_page(358))]
    assert heights[0] < heights[1]
