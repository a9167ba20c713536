"""The table that this program writes out is read back whole: source, release, vintage, status, valuation, reference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import pytest

from layouts.figure import export
from loaders.core import import_marks, schema
from loaders.core.columns import sdmx_csv
from loaders.importing.file_checks import Options
from loaders.registry import READERS
from loaders.sources import exported_table
from tests.loaders.support.bring import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.dataset import Dataset

ROOT: Final = Path(__file__).resolve().parents[3]
WRITERS: Final = {"table.csv": export.csv_text, "table.sdmx.csv": sdmx_csv.text}
FIGURES: Final = [column for column in schema.COLUMNS if column != "reference"]
FEW: Final = ("baci", "comtrade", "press")
forms = pytest.mark.parametrize("form", WRITERS)


@pytest.fixture(scope="module")
def sample(dataset: Dataset) -> pd.DataFrame:
    """Return rows that ship of every source, of every length of period, with several vintages of a series."""
    table = dataset.trade
    lengths = table.assign(months=schema.months(table)).groupby(["months", table["period_start"].dt.month]).head(2)
    vintages = table[table.duplicated(list(schema.SERIES_KEY), keep=False)].head(60)
    chosen = pd.concat([table.groupby("source", observed=True).head(20), lengths, vintages]).index.unique()
    return table.loc[chosen].reset_index(drop=True)


@pytest.fixture(scope="module")
def few(sample: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of three sources: each is merged and taken back by itself, in the same way."""
    return sample[sample["source"].isin(FEW)].reset_index(drop=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder, where the program's own readers are tried."""
    return Desk(tmp_path, READERS)


def held(desk: Desk) -> pd.DataFrame:
    """Return all that the data dir holds."""
    return schema.concat([desk.store.stored(name) for name in desk.store.sources()])


def figures(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return rows as comparable text but for the reference, whatever their order."""
    return sorted(figures_in_order(table))


def figures_in_order(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return rows as comparable text but for the reference."""
    return list(map(tuple, table[FIGURES].astype("str").fillna("").to_numpy().tolist()))


def test_the_sample_is_worth_testing(sample: pd.DataFrame) -> None:
    """It has many sources, periods of odd lengths, rows without a release, vintages, and weak figures."""
    assert sample["source"].nunique() >= 10
    assert schema.months(sample).nunique() >= 10
    assert sample["released"].isna().any()
    assert sample.duplicated(list(schema.SERIES_KEY)).any()
    assert sample["status"].nunique() >= 3
    assert {"FOB", "CIF"} <= set(sample["valuation"])


def test_the_few_are_worth_testing(few: pd.DataFrame) -> None:
    """They have what taking back could go wrong with: several sources, rows without a release, and vintages."""
    assert set(few["source"]) == set(FEW)
    assert few["released"].isna().any()
    assert few.duplicated(list(schema.SERIES_KEY)).any()


@forms
def test_every_row_comes_back(desk: Desk, sample: pd.DataFrame, form: str) -> None:
    """Imported into an empty data dir each figure is there once, the same in all columns, marked with file and row."""
    assert desk.bring(desk.file(form, WRITERS[form](sample).encode())) == 0
    assert f"{len(sample)} rows read, {len(sample)} in scope, {len(sample)} new" in desk.out
    assert desk.err == ""
    back = held(desk)
    assert figures(back) == figures(sample)
    assert set(desk.store.sources()) == set(sample["source"])
    one = back[back["source"].eq("press")].head(1)
    place = figures_in_order(sample).index(figures_in_order(one)[0])
    (mark,) = import_marks.marks(one["reference"].item())
    was = sample["reference"].iloc[place].replace("; ", ", ")
    assert (mark.file, mark.where) == (form, f", row {place + 2}, {was}")


@forms
def test_again_changes_nothing_and_forgetting_takes_all_back(desk: Desk, few: pd.DataFrame, form: str) -> None:
    """The second import is all unchanged; taken back, the data dir holds no row."""
    file = desk.file(form, WRITERS[form](few).encode())
    desk.bring(file)
    assert desk.bring(file) == 0
    assert f"0 new, 0 revised, {len(few)} unchanged" in desk.out
    assert desk.forget(form) == 0
    assert desk.store.sources() == []


def test_two_files_of_the_same_rows_are_taken_back_one_by_one(desk: Desk, few: pd.DataFrame) -> None:
    """Rows that both brought stay as they were, those without a release too, until the second goes."""
    for form, writer in WRITERS.items():
        desk.bring(desk.file(form, writer(few).encode()))
    desk.forget("table.csv")
    undated = few["released"].isna()
    assert figures(held(desk)[held(desk)["released"].isna()]) == figures(few[undated])
    assert not schema.undated(held(desk)).any()
    desk.forget("table.sdmx.csv")
    assert desk.store.sources() == []


@forms
def test_a_date_that_was_an_import_s_stays_no_publisher_s(desk: Desk, sample: pd.DataFrame, form: str) -> None:
    """A row that nobody dated says so after the way there and back, with the moment that it had."""
    moment = pd.Timestamp("2026-03-04 05:06:07")
    table = sample[sample["source"].eq("comtrade")].head(3)
    mark = 'import "a; b.csv", row 2 (2026-03-04T05:06:07); released: the moment of import'
    table = table.assign(released=moment, known_by=moment.normalize(), reference=mark)
    assert schema.undated(table).all()
    assert desk.bring(desk.file(form, WRITERS[form](schema.conform(table)).encode())) == 0
    back = held(desk)
    assert figures(back) == figures(table)
    assert schema.undated(back).all()
    assert [import_marks.files(one) for one in back["reference"]] == [(form,)] * 3


def test_what_ships_is_unchanged_to_its_last_vintage(sample: pd.DataFrame, tmp_path: Path) -> None:
    """Beside a snapshot with the same rows nothing is new and nothing revised, older vintages included."""
    desk = Desk(tmp_path, READERS)
    for name, rows in sample.groupby("source", observed=True):
        desk.store.snapshot.mkdir(exist_ok=True)
        schema.concat([rows]).to_parquet(desk.store.snapshot / f"{name}.parquet")
    assert desk.bring(desk.file("table.csv", export.csv_text(sample).encode()), force=True) == 0
    assert f"0 new, 0 revised, {len(sample)} unchanged" in desk.out


def test_released_dates_only_what_says_nothing_of_its_day(desk: Desk, sample: pd.DataFrame) -> None:
    """``--released`` leaves a row alone that says by which day it was public."""
    undated = sample[sample["released"].isna()].head(5)
    desk.bring(desk.file("table.csv", export.csv_text(undated).encode()), released="2026-11-01")
    assert held(desk)["released"].isna().all()
    assert Options().released is None


def _cell(column: str, said: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        head, first, *rest = text.split("\n")
        place = head.split(",").index(column)
        cells = first.split(",")
        cells[place] = said
        return "\n".join([head, ",".join(cells), *rest])

    return changed


@pytest.mark.parametrize(
    ("form", "column", "cell", "why"),
    [
        ("table.csv", "source", "nobody", "none of this program's sources"),
        ("table.csv", "flow", "transit", "is not allowed here"),
        ("table.csv", "reporter", "China", "is not allowed here"),
        ("table.csv", "period_start", "2024-13", "is no month"),
        ("table.csv", "period_end", "1990-01", "does not end a period"),
        ("table.csv", "released", "soon", "is no day"),
        ("table.csv", "released", "2031-01-01", "lies in the future"),
        ("table.csv", "value", "", "is not a number"),
        ("table.csv", "value", "-1", "is not a number"),
        ("table.csv", "status", "", "is not allowed here"),
        ("table.sdmx.csv", "STRUCTURE_ID", "SINO_RUSSIAN_TRADE:TRADE_FIGURES(9.0)", "is another structure"),
        ("table.sdmx.csv", "ACTION", "D", "never deleted"),
        ("table.sdmx.csv", "UNIT_MULT", "6", "whole units"),
        ("table.sdmx.csv", "FLOW", "Z", "none of X, M and T"),
        ("table.sdmx.csv", "FREQ", "W", "contradicts TIME_PERIOD"),
        ("table.sdmx.csv", "TIME_PERIOD", "2024-W05", "no period of months"),
    ],
)
def test_a_bad_cell_refuses_the_file_by_row(
    desk: Desk, sample: pd.DataFrame, form: str, column: str, cell: str, why: str
) -> None:
    """One line names row, column and reason; nothing of the file is stored."""
    rows = sample[sample["source"].eq("baci")].head(3)
    assert desk.bring(desk.file(form, _cell(column, cell)(WRITERS[form](rows)).encode())) == 1
    assert why in desk.err.split("\n")[0]
    assert "row 2" in desk.err.split("\n")[0]
    assert desk.store.sources() == []


@forms
def test_no_other_reader_takes_it(sample: pd.DataFrame, form: str) -> None:
    """The content alone tells it, and nothing else claims it; a strange structure is none of ours."""
    head = WRITERS[form](sample).encode()[:4096]
    assert [one.name for one in READERS if one.recognises(head)] == ["exported_table"]
    assert not exported_table.recognises(head.replace(b"SINO_RUSSIAN_TRADE", b"ESTAT").replace(b"reporter", b"rep"))


def test_sdmx_names_every_concept_and_the_page_explains_it(sample: pd.DataFrame) -> None:
    """Structure, dimensions, measure, attributes, in this order; no dimension is empty; docs/sdmx.md has each."""
    made = sdmx_csv.frame(sample)
    head = ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert list(made) == [*head, *sdmx_csv.DIMENSIONS, "OBS_VALUE", *sdmx_csv.ATTRIBUTES]
    assert not made[list(sdmx_csv.DIMENSIONS)].isna().any(axis=None)
    assert not made.duplicated(list(sdmx_csv.DIMENSIONS)).any()
    page = (ROOT / "docs" / "sdmx.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert [row[0].strip("| `") for row in rows] == list(sdmx_csv.CONCEPTS)
    for concept, role, column, _ in rows:
        roles = {"dimension": sdmx_csv.DIMENSIONS, "measure": sdmx_csv.MEASURE, "attribute": sdmx_csv.ATTRIBUTES}
        own = roles[role][concept.strip("| `")]
        assert not own or column == f"`{own}`"


def test_periods_there_and_back() -> None:
    """Every period of one to twelve months has one name, and the name leads back; other names lead nowhere."""
    seen = set()
    for start in pd.date_range("2023-01-01", periods=12, freq="MS"):
        for months in range(1, 13):
            end = start + pd.DateOffset(months=months - 1)
            letter, period = sdmx_csv.time_period(start, end)
            assert sdmx_csv.months_of(period) == (start, end)
            seen.add((letter, period))
    assert len(seen) == 144
    assert {("A", "2023"), ("Q", "2023-Q2"), ("S", "2023-S1"), ("M", "2023-03"), ("_O", "2023-01-01/P2M")} <= seen
    for wrong in ("", "2023-Q5", "2023-S3", "2023-3", "2023-00", "2023-13", "2023-Q01", "2023-01-01/P13M", "23"):
        assert sdmx_csv.months_of(wrong) is None
