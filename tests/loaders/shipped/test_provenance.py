"""Where a row comes from: manifest, sidecar or mark of an import."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from loaders.core import schema, store
from loaders.core.store import Store
from loaders.shipped.provenance import home, line_of
from tests.loaders.support.bring import Desk, lines

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset


def plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows with text for categories."""
    rows = table.astype(dict.fromkeys(schema.CATEGORIES, "str")).to_dict("records")
    return [{str(key): cell for key, cell in row.items()} for row in rows]


def test_every_source_that_ships_leads_home(dataset: Dataset) -> None:
    """Rows of every shipped source name file, row and hash; a figure file's row says what the row says."""
    shipped = Store("/nonexistent")
    sample = dataset.trade.groupby("source", observed=True).sample(12, random_state=7, replace=True)
    for row in plain(sample):
        origin = home(shipped, row)
        assert origin.file, row
        assert origin.row.isdecimal(), row
        assert len(origin.sha256) == 64
        assert origin.retrieved >= "2026-11-24"
        assert origin.table == f"data/snapshot/{row['source']}.parquet"
        if origin.file.startswith("data/figures/"):
            line = store.read_csv(store.ROOT / origin.file).iloc[int(origin.row) - 2]
            assert line["reference"] == row["reference"]
            assert (line["reporter"], line["partner"], line["flow"]) == (row["reporter"], row["partner"], row["flow"])
            assert store.sha256((store.ROOT / origin.file).read_bytes()) == origin.sha256


def test_two_figures_of_one_page_are_told_apart() -> None:
    """Of two lines with the same reference, period and goods the value decides."""
    file = store.FIGURES / "china_world_energy.csv"
    lines = store.read_csv(file)
    pair = lines[lines["commodity_code"].eq("27090000") & lines["period_start"].eq("2016-01")].iloc[:2]
    assert pair["unit"].tolist() == ["usd", "cny"]
    common = {
        name: pair.iloc[0][name] for name in ("source", "reporter", "partner", "flow", "commodity_code", "reference")
    }
    month = pd.Timestamp("2016-01-01")
    for place, currency in enumerate(("USD", "CNY")):
        row = {
            **common,
            "period_start": month,
            "period_end": month,
            "currency": currency,
            "value": pair["value"].astype(float).iloc[place],
        }
        assert line_of(file, row) == str(pair.index[place] + 2)


def test_a_side_table_leads_to_its_own_file() -> None:
    """An oil price, which is no row of the one table, is found in the figure file that ships."""
    lines = store.read_csv(store.FIGURES / "oil_prices.csv")
    line = lines.iloc[5]
    month = pd.Timestamp(f"{line['period_start']}-01")
    row = {"source": line["publisher"], "reference": line["reference"], "period_start": month, "period_end": month}
    origin = home(Store("/nonexistent"), row)
    assert origin.file == "data/figures/oil_prices.csv"
    assert origin.row == "7"


def test_an_answer_of_a_service_leads_to_its_sidecar(tmp_path: Path) -> None:
    """Address, row, hash and moment come from the raw answer that was taken in, not from a refused one."""
    folder = tmp_path / "raw" / "imf"
    folder.mkdir(parents=True)
    url = "https://example.org/data?x=1"
    for number, taken in ((1, {"rows": 3}), (2, {})):
        facts = {
            "url": url,
            "fetched": f"2026-01-0{number}T00:00:00",
            "status": 200,
            "sha256": f"{number}" * 64,
            "bytes": 1,
        }
        (folder / f"M.00000{number}.csv").write_text("x")
        (folder / f"M.00000{number}.csv.sidecar.json").write_text(json.dumps({**facts, "taken": taken}))
    origin = home(Store(tmp_path), {"source": "imf", "reference": f"{url}, row 14; released: the moment of retrieval"})
    assert (origin.file, origin.row, origin.retrieved) == ("raw/imf/M.000001.csv", "14", "2026-01-01T00:00:00")
    assert origin.sha256 == "1" * 64
    assert home(Store(tmp_path), {"source": "imf", "reference": f"{url}2, row 14"}).file == ""


def test_an_import_leads_to_the_readers_file(tmp_path: Path) -> None:
    """A row that the reader brought names their file with its hash, the row in it and the moment of the import."""
    desk = Desk(tmp_path)
    content = lines("CHN,RUS,import,2024-01,27,5", "CHN,RUS,import,2024-02,27,6")
    desk.bring(desk.file("mine.csv", content))
    rows = plain(desk.store.stored("tiny"))
    origin = home(desk.store, rows[1])
    assert (origin.file, origin.row) == ("mine.csv", "3")
    assert origin.retrieved.startswith("2026-11-24T08:0")
    assert origin.sha256 == store.sha256(content)
    assert origin.table.endswith("/tiny.parquet")
