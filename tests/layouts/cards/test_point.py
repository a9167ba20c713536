"""The panel of one number, and the table of a chart: every row leads home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from analysis.points import POINT
from analysis.selection import Selection
from callbacks import number_panel as number_answers
from layouts.cards import rows_table
from layouts.charts.registry import CHARTS
from loaders.core import store

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from callbacks.live_dataset import LiveDataset

PAGE = sorted(name for name, chart in CHARTS.items() if chart.page)


def words(component: Any) -> str:
    """Return all text inside components."""
    if component is None:
        return ""
    if isinstance(component, (str, int, float)):
        return str(component)
    if isinstance(component, (list, tuple)):
        return " ".join(words(part) for part in component)
    return words(getattr(component, "children", None))


def panel_text(live: LiveDataset, point: str, **more: str) -> str:
    """Return the words of the panel of a point."""
    panel = number_answers.answer(live, Selection(point=point, **more), "https://example.org/")
    assert panel is not None
    return words(panel).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", PAGE)
def test_every_chart_tells_its_points(name: str, live: LiveDataset) -> None:
    """First, middle and last row of each chart open a panel with a figure, a way to cite it and the whole row.

    Whoever keeps a copy is not the publisher: an address of a repository stands behind the word copy only.
    """
    rows = live.table(CHARTS[name], Selection())
    for place in {0, len(rows) // 3, len(rows) // 2, len(rows) - 1}:
        panel = panel_text(live, str(rows[POINT].iloc[place]))
        citation = cited(panel)
        assert "The paper in the reference" not in citation
        bare = re.findall(r"(?<!copy at )https://(?:raw\.)?github[^ ]*", citation)
        assert not bare, (name, bare)
        assert "How to cite it" in panel
        assert "The row as in the CSV" in panel
        assert "not in the view" not in panel
        assert "nan" not in re.findall(r"[A-Za-z]+", panel)
        assert "NaT" not in panel


def test_a_month_in_full(live: LiveDataset) -> None:
    """Source, release, retrieval, file, row, hash, step, other sources and citation of one month."""
    panel = panel_text(live, "pulse:import.2023-06", currency="USD")
    manifest = store.read_csv(store.SNAPSHOT / store.MANIFEST).set_index("built_from")["built_from_sha256"]
    digest = manifest["customs/comtrade/v1_chn_imports_from_rus_monthly_2017_2024.csv"]
    for part in (
        "US$ 11.50 bn",
        "UN Comtrade Database",
        "release day not stated; public by 24 Nov 2026 at the latest",
        "2026-11-24",
        "v1_chn_imports_from_rus_monthly_2017_2024.csv",
        digest,
        "data/snapshot/comtrade.parquet",
        "row 79",
        "US$ 11,499,754,716",
        "100 × (figure ÷ the same a year earlier − 1)",
        "https://example.org/?currency=USD&point=pulse%3Aimport.2023-06",
    ):
        assert part in panel, part


def test_a_derived_month_says_how(live: LiveDataset) -> None:
    """A figure that no file prints, but two of its rows give, is not called printed."""
    panel = panel_text(live, "pulse:export.2023-06", currency="USD")
    assert "derived when it was read" in panel
    assert "sum of both flows less the imports of" in panel


def test_a_sum_of_lines_counts_them(live: LiveDataset) -> None:
    """A chapter is the sum of its six-digit lines, and the same of the base year stands beside."""
    panel = panel_text(live, "goods:import.27.2023-01_2023-12")
    assert "sum of 26 reported rows of CEPII BACI" in panel
    assert "The base, 2022" in panel


def test_others_say_the_same_or_not(live: LiveDataset) -> None:
    """What the press printed of the very window stands beside the figure of today, with its distance."""
    panel = panel_text(live, "energy:crude.2022-01_2022-12")
    assert "58,370,000,000" in panel
    assert "−0.01%" in panel


def test_a_view_of_a_day_tells_no_later_release(live: LiveDataset) -> None:
    """Under asof a panel names no figure that was released later."""
    dataset = live.dataset().on("2024-01-31")
    rows = CHARTS["pulse"].table(dataset, Selection(asof="2024-01-31", currency="USD"))
    panel = panel_text(live, str(rows[POINT].iloc[-1]), asof="2024-01-31", currency="USD")
    days = re.findall(r"\b20\d\d-\d\d-\d\d\b", panel.replace("2026-11-24", ""))
    assert days
    assert max(days) <= "2024-01-31"


@pytest.mark.parametrize("point", ["pulse:import.1890-01", "nothing:x", "table-of:x", "pulse:"])
def test_a_point_that_is_not_there(point: str, live: LiveDataset) -> None:
    """A name of nothing is said to be so, never an error."""
    assert "This point is not in the view" in panel_text(live, point)
    assert number_answers.answer(live, Selection(), "") is None


@pytest.mark.parametrize("name", PAGE)
def test_the_table_of_a_chart_holds_the_rows(name: str, dataset: Dataset) -> None:
    """Every row stands in the table once, newest first, and leads to its number in the same view."""
    chart = CHARTS[name]
    rows = chart.table(dataset, Selection(currency="USD"))
    listed = rows_table.table(chart, rows, Selection(currency="USD"))
    table = listed[0].children
    lines = table.children[2].children
    assert [line.to_plotly_json()["props"]["data-point"] for line in lines] == rows[POINT].iloc[::-1].tolist()
    first = lines[0].children[0].children
    assert Selection.from_query(first.href) == Selection(currency="USD", point=rows[POINT].iloc[-1])
    heads = table.children[1].children.children
    assert all(len(line.children) == len(heads) for line in lines)


def test_an_empty_table_says_so(dataset: Dataset) -> None:
    """A view without rows says so."""
    chart = CHARTS["pulse"]
    rows = chart.table(dataset, Selection()).iloc[:0]
    assert "No rows" in words(rows_table.table(chart, rows, Selection(start="1990-01")))


def test_a_quoted_measure_is_not_called_computed(live: LiveDataset) -> None:
    """A printed rate is stated by its source; a computed one shows its formula; neither borrows the other's words."""
    printed = panel_text(live, "growth:printed~year~to~date.total.2023-01_2023-05", currency="USD")
    assert "+40.70%, as the source states it" in printed
    assert "data/figures/press.csv" in printed
    computed = panel_text(live, "growth:year~to~date.total.2023-01_2023-05", currency="USD")
    assert "100 × (figure ÷ the same a year earlier − 1) = +40.97%" in computed
    assert "as the source states it" not in computed


def test_a_basis_of_a_claim_leads_to_its_rows(live: LiveDataset) -> None:
    """The four fuels of 2022 lead to their lines; a printed rate, which names no reference, guesses no file."""
    rows = CHARTS["claims"].table(live.dataset(), Selection())
    fuels = panel_text(
        live, str(rows.loc[rows["recomputation"].eq("the four fuels, BACI (China’s own report, CIF)"), POINT].iloc[0])
    )
    assert "baci_hs17_rus_chn_2017_2023.csv" in fuels
    assert "SHA-256" in fuels
    for point in rows.loc[rows["recomputation"].eq("published rate"), POINT]:
        assert "Read from" not in panel_text(live, str(point))


def cited(panel: str) -> str:
    """Return the citation in the words of a panel."""
    return panel[panel.index("How to cite it") : panel.index("The row as in the CSV")]


def test_a_converted_figure_is_not_cited_as_a_print(live: LiveDataset) -> None:
    """Publisher first, what it printed in its own currency, then what we made of it at which rate, then the copy."""
    panel = cited(panel_text(live, "pulse:import.2023-06"))
    steps = [
        "UN Comtrade Database",
        "US$ 11,499,754,716 (Jun 2023)",
        "converted to 80,228,268,771 yuan by this dashboard at customs’ own monthly rate",
        "release day not stated; public by",
        "read from copy at https://github.com/SamiNakibETU/",
    ]
    places = [panel.index(step) for step in steps]
    assert places == sorted(places)


def test_a_paper_is_cited_by_its_name(live: LiveDataset) -> None:
    """Press figures, values and rates alike, name the paper that printed them."""
    panel = cited(panel_text(live, "growth:printed~year~to~date.total.2023-01_2023-05", currency="USD"))
    assert "PortNews, quoting the office named there, https://www.en.portnews.ru/" in panel
    assert "Vestnik Kavkaza" in cited(panel_text(live, "dependence:china.china.export.2022-01_2022-12"))


def test_released_and_public_by_are_told_apart(live: LiveDataset) -> None:
    """A dated row says when it was released; an undated one by which day it was public."""
    dated = panel_text(live, "pulse:import.2026-06")
    assert "31 Jul 2026" in dated
    assert "2026-07-31" in dated
    assert "Released, or public by" in dated
    undated = panel_text(live, "pulse:import.2023-06", currency="USD")
    assert "public by 2026-11-24" in undated


def test_amounts_of_settlements_lead_home(live: LiveDataset) -> None:
    """A row paid in roubles is counted in dollars, and leads to its line of the figure file."""
    panel = panel_text(live, "settlement:counted...import.RUB.2023-03")
    assert "data/figures/settlement_currency.csv" in panel
    assert "US$ 8.74 bn" in panel
