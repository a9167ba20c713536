"""What new figures touch is all that their identities are computed on: the verdict is that on everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.checking import identities
from loaders.core import merge, schema
from loaders.importing import plausibility
from tests.loaders.support.bring import TINY, Desk, lines

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = 12
CHAPTERS = [f"{number:02d}" for number in range(1, 51)]
SPANS = [("2023-01", "2023-01"), ("2023-02", "2023-02"), ("2023-01", "2023-02"), ("2023-01", "2023-03")]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Draw figures, made up, of which many do not fit together."""
    row = st.tuples(
        st.sampled_from(["CHN", "RUS"]),
        st.sampled_from(["KAZ", "TUR"]),
        st.sampled_from(schema.FLOWS),
        st.sampled_from(SPANS),
        st.sampled_from(["TOTAL", "8471"]),
        st.sampled_from([100, 150, 200, 290, 300, 500]),
    )
    rows = draw(st.lists(row, max_size=14, unique_by=lambda cells: cells[:5]))
    if draw(st.booleans()):
        value = draw(st.sampled_from([1, 2, 9]))
        rows += [("CHN", "KAZ", "import", SPANS[0], code, value) for code in CHAPTERS]
    apart = [
        f"{a},{b},{flow},2023-01,{number},{row[-1]}"
        for number, row in enumerate(rows, 1001)
        for a, b, flow in [row[:3]]
    ]
    goods, spans = [row[4] for row in rows], [row[3] for row in rows]
    start, end = (pd.to_datetime([span[side] for span in spans]) for side in (0, 1))
    table = TINY.parse(lines(*apart), "made_up.csv").table
    return schema.conform(table.assign(commodity_code=goods, period_start=start, period_end=end))


def of_all(brought: pd.DataFrame, known: pd.DataFrame) -> str:
    """Return what is broken where the rules are run on all figures, before and after."""
    if brought.empty:
        return ""
    day = max(day for day in (brought["period_end"].max(), known["released"].max()) if pd.notna(day))
    fresh = brought.assign(released=(brought["released"].fillna(day + pd.DateOffset(days=1))).astype(schema.UNIT))
    both = schema.concat([known, fresh]).drop_duplicates(list(schema.KEY), keep="last")
    same = ["check", "subject", "period"]
    old = identities._breaks(known)
    breaks = identities._breaks(both)
    new = breaks[~pd.MultiIndex.from_frame(breaks[same]).isin(pd.MultiIndex.from_frame(old[same]))]
    return "" if new.empty else identities._in_words(new.iloc[0], len(new))


@settings(max_examples=EXAMPLES, deadline=None)
@given(brought=tables(), known=tables())
def test_the_verdict_is_that_on_everything(brought: pd.DataFrame, known: pd.DataFrame) -> None:
    """Rows that no identity ties to a new one may be left out, of the file and of what is held."""
    expected = of_all(brought, known)
    assert identities.broken(brought, known) == expected
    near = merge.newest(known[plausibility.near([brought])(known)])
    assert identities.broken(brought, near) == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(brought=tables(), known=tables())
def test_only_the_same_trade_is_set_beside(brought: pd.DataFrame, known: pd.DataFrame) -> None:
    """Figures of other goods or countries raise no doubt and settle none."""
    near = known[plausibility.near([brought])(known)]
    assert str(plausibility.doubt(brought, known)) == str(plausibility.doubt(brought, near))
    ours, theirs = plausibility._plain(merge.newest(brought)), plausibility._plain(known)
    pairs = plausibility._pairs(ours, theirs)
    unread = plausibility._swapped(ours, theirs, pairs) or plausibility._far(pairs)
    unread = unread or plausibility._leap(ours[~ours.index.isin(pairs["row"])], theirs)
    assert str(plausibility.doubt(brought, known)) == str(unread)


def test_chapters_alone_are_set_beside_the_total_that_ships(tmp_path: Path) -> None:
    """The file holds no total: it is found among what ships, though no row of the file has its code."""
    desk = Desk(tmp_path, (TINY,))
    total = schema.dated(TINY.parse(lines("CHN,RUS,import,2023-01,TOTAL,1000"), "s.csv").table, desk.moment)
    desk.store.snapshot.mkdir(parents=True)
    total.to_parquet(desk.store.snapshot / "tiny.parquet", index=False)
    few = [f"CHN,RUS,import,2023-01,{code},19" for code in CHAPTERS]
    many = [f"CHN,RUS,import,2023-01,{code},40" for code in CHAPTERS]
    assert desk.bring(desk.file("many.csv", lines(*many))) == 1
    assert "the chapters are more than their total" in desk.err
    assert desk.bring(desk.file("few.csv", lines(*few))) == 0
