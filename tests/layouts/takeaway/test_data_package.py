"""``datapackage.json`` describes what the CSV files hold: every column, type, key, source and licence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

import frictionless
import pandas as pd
import pytest
from sdmx.model.v30 import DataStructureDefinition
from sdmx.reader.csv import Reader

from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.takeaway import chart_archive, data_package
from layouts.takeaway.taken_chart import TakenChart
from loaders.core import schema
from loaders.core.columns import sdmx_csv
from loaders.registry import READERS
from tests.loaders.support.bring import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from analysis.dataset import Dataset

# how a cell of each type of Table Schema 2.0 is written
CELLS: Final = {
    "yearmonth": r"\d{4}-(0[1-9]|1[0-2])",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?",
    "boolean": r"True|False",
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?(e[+-]?\d+)?",
    "string": r"(?s).*",
}
VIEW: Final = Selection.from_query("?start=2021&end=2022")


@pytest.fixture(scope="module")
def tables(dataset: Dataset) -> list[data_package.PackedTable]:
    """Return every chart under one view, packed."""
    taken = [TakenChart(chart, chart.table(dataset, VIEW), VIEW) for chart in CHARTS.values()]
    return [chart_archive.packed(one, f"{one.chart.name}.csv") for one in taken]


@pytest.fixture(scope="module")
def package(tables: list[data_package.PackedTable]) -> dict[str, Any]:
    """Return what describes them."""
    made: dict[str, Any] = json.loads(data_package.description(tables))
    return made


def cells(table: data_package.PackedTable) -> list[dict[str, str]]:
    """Return the cells of a CSV as a reader of CSV has them."""
    return list(csv.DictReader(io.StringIO(table.content.decode())))


def test_columns_and_types_are_those_of_the_csv(
    tables: list[data_package.PackedTable], package: dict[str, Any]
) -> None:
    """Every column stands there in its order with a meaning, and every filled cell is of its type."""
    for table, one in zip(tables, package["resources"], strict=True):
        fields, rows = one["schema"]["fields"], cells(table)
        assert [field["name"] for field in fields] == table.content.decode().split("\n")[0].split(",")
        assert one["schema"]["missingValues"] == [""]
        for field in fields:
            assert field["title"], field
            assert field["description"], field
            wrong = [row[field["name"]] for row in rows if row[field["name"]]]
            wrong = [cell for cell in wrong if not re.fullmatch(CELLS[field["type"]], cell)]
            assert not wrong, (one["name"], field, wrong[:3])


def test_the_key_tells_every_row(tables: list[data_package.PackedTable], package: dict[str, Any]) -> None:
    """A primary key has no empty cell and no two rows alike; where a cell is empty the key is only unique."""
    for table, one in zip(tables, package["resources"], strict=True):
        described, rows = one["schema"], cells(table)
        key = described.get("primaryKey") or described["uniqueKeys"][0]
        found = [tuple(row[name] for name in key) for row in rows]
        assert len(set(found)) == len(found), one["name"]
        assert all(map(all, found)) == ("primaryKey" in described), one["name"]
    assert package["resources"][-1]["schema"]["uniqueKeys"] == [list(schema.KEY)]


def test_rows_that_share_the_key_have_none(tables: list[data_package.PackedTable]) -> None:
    """A key that does not hold is not claimed."""
    rows = tables[0].taken.rows
    assert "primaryKey" in data_package.table_schema(rows)
    twice = data_package.table_schema(pd.concat([rows, rows.head(1)]))
    assert not {"primaryKey", "uniqueKeys"} & set(twice)


def test_files_sources_and_licences(tables: list[data_package.PackedTable], package: dict[str, Any]) -> None:
    """Bytes and hash are the file's; every source of a row is named; a licence has a name or an address."""
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", package["version"])
    for table, one in zip(tables, package["resources"], strict=True):
        assert re.fullmatch(r"[a-z0-9._-]+", one["name"])
        assert one["bytes"] == len(table.content)
        assert one["hash"] == f"sha256:{hashlib.sha256(table.content).hexdigest()}"
    whole = package["resources"][-1]
    assert {source["name"] for source in whole["sources"]} == {row["source"] for row in cells(tables[-1])}
    assert all(source["title"] and source["terms"] for source in package["sources"])
    for licence in package["licenses"]:
        assert licence["title"]
        assert licence.get("path", "").startswith("http"), licence
    assert {one["name"] for one in package["licenses"] if "name" in one} >= {"CC-BY-4.0", "etalab-2.0"}


def test_the_written_folder_is_imported_whole(
    tables: list[data_package.PackedTable], package: dict[str, Any], tmp_path: Path
) -> None:
    """Beside its description the table is taken in; the description alone is told what it is."""
    desk = Desk(tmp_path, READERS)
    rows = tables[-1].taken.rows.groupby("source", observed=True).head(5).reset_index(drop=True)
    taken = TakenChart(CHARTS["table"], rows, VIEW)
    desk.file("table.csv", chart_archive.text(taken, "csv"))
    about = desk.file("datapackage.json", json.dumps(package).encode())
    assert desk.bring(tmp_path / "files", verbose=True) == 0
    assert f"table.csv: {' and '.join(_named(rows))}: {len(rows)} rows read" in desk.out
    assert desk.bring(about) == 2
    assert desk.err == (
        'datapackage.json: looks like the description of a Data Package ("pulse.csv", "growth.csv", '
        '"energy.csv", "claims.csv", "price-volume.csv", ...); import the tables\n'
    )


def _named(rows: pd.DataFrame) -> list[str]:
    known = {one.name: one.publisher for one in READERS}
    return [f"{name} ({known[name]})" for name in rows["source"].astype("str").unique()]


@pytest.fixture
def _cells_as_before() -> Iterator[None]:
    """Take back how large a cell may be for the ``csv`` module, which frictionless raises for the whole process."""
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("_cells_as_before")
def test_frictionless_finds_no_fault(
    tables: list[data_package.PackedTable], package: dict[str, Any], tmp_path: Path
) -> None:
    """Every row of every table holds to the description; a month that is none would not."""
    (tmp_path / data_package.NAME).write_text(json.dumps(package), encoding="utf-8")
    for table in tables:
        (tmp_path / table.path).write_bytes(table.content)
    report = frictionless.validate(str(tmp_path / data_package.NAME))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:3]
    assert [task.stats["rows"] for task in report.tasks] == [len(table.taken.rows) for table in tables]
    first = tmp_path / tables[0].path
    first.write_bytes(tables[0].content.replace(b"2021-01", b"2021-13", 1))
    wrong = frictionless.Package(str(tmp_path / data_package.NAME)).resources[0].validate()
    assert {"type-error", "hash-count"} <= {kind for (kind,) in wrong.flatten(["type"])}


def test_sdmx_reads_every_observation(tables: list[data_package.PackedTable]) -> None:
    """Its reader knows each column as a component of the structure; no two observations have one key."""
    structure = DataStructureDefinition(id="TRADE_FIGURES")
    components = (
        (structure.dimensions, sdmx_csv.DIMENSIONS),
        (structure.measures, sdmx_csv.MEASURE),
        (structure.attributes, sdmx_csv.ATTRIBUTES),
    )
    for place, names in components:
        for name in names:
            place.getdefault(id=name)
    rows, reader = tables[-1].taken.rows.groupby("source", observed=True).head(60), Reader()
    (read,) = reader.convert(io.BytesIO(sdmx_csv.text(rows).encode()), structure=structure).data
    assert reader.options.custom_columns == []
    assert read.action.name == "information"
    assert [float(one.value) for one in read.obs] == rows["value"].tolist()
    assert len({str(one.key) for one in read.obs}) == len(rows)
    assert all(part.value for one in read.obs for part in one.key.values.values())  # noqa: PD011 (a dict)
    statuses = {one.attached_attribute["OBS_STATUS"].value for one in read.obs}
    assert statuses <= set(sdmx_csv.STATUSES.values())
