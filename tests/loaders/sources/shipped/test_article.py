"""The article: eight claims, two figures."""

from __future__ import annotations

import pandas as pd

from loaders.core import store
from loaders.registry import SOURCES

KINDS = {"growth", "comparison", "rank", "level", "bound", "qualitative"}
IDS = {
    "trade-growth-2023h1",
    "trade-above-2020",
    "fuels-largest-share",
    "energy-2022",
    "energy-2021",
    "energy-growth-2022",
    "microelectronics-2022",
    "third-countries",
}


def test_two_figures_in_the_table() -> None:
    """The energy bills stand in the one table as the article's, estimated, in dollars, dated by its year's end."""
    content = (store.FIGURES / "article.csv").read_bytes()
    table = SOURCES["article"].parse(content, "article.csv").table
    bills = dict(zip(table["period_start"].dt.year, table["value"], strict=True))
    assert bills == {2021: 52100000000.0, 2022: 81000000000.0}
    assert table["commodity_code"].unique().tolist() == ["FOUR_FUELS"]
    assert table["status"].unique().tolist() == ["estimated"]
    assert table["released"].unique().tolist() == [pd.Timestamp("2023-12-31")]


def test_claims_are_complete() -> None:
    """All eight rows are there, each with a kind, a scope and a test, and quoted words stay few."""
    claims = store.read_side("claims")
    assert set(claims["id"]) == IDS
    assert set(claims["kind"]) == KINDS
    assert claims[["says", "flow", "scope", "tested_by", "title", "publisher", "reference"]].notna().all(axis=None)
    assert claims["quoted"].dropna().str.count(" ").max() < 10
    rate = claims.set_index("id").loc["trade-growth-2023h1"]
    assert (rate["value"], rate["unit"], rate["base_start"], rate["base_end"]) == (
        "40.7",
        "percent",
        "2022-01",
        "2022-06",
    )


def test_sources_say_who_and_on_what_terms() -> None:
    """Article, press and MGIMO are registered with publisher, homepage, licence, citation and coverage."""
    for name in ("article", "press", "mgimo"):
        source = SOURCES[name]
        words = (source.title, source.publisher, source.licence, source.cite, source.coverage)
        assert all(words), name
        assert source.homepage.startswith("http"), name


def test_side_tables_name_their_publisher() -> None:
    """Rates, oil prices and events have a unit or a date, a reference, and no closed series."""
    for name in ("rates", "oil_prices"):
        side = store.read_side(name)
        columns = ["value", "unit", "period_start", "period_end", "publisher", "reference", "licence"]
        assert side[columns].notna().all(axis=None), name
    assert not store.read_side("oil_prices")["series"].str.contains("URALS|ESPO|Pink", case=False).any()
    events = store.read_side("events")
    assert events[["date", "event", "category", "reference"]].notna().all(axis=None)
    assert "2022-02-24" in set(events["date"])
