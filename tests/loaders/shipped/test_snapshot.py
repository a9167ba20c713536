"""The snapshot that ships: the numbers that must come out, and a build that repeats itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from loaders.checking import checks
from loaders.core import store
from loaders.core.source import SourceError
from loaders.shipped import build_snapshot
from loaders.sources.shipped import derived_pair_totals, figure_files
from tests.loaders.checking.test_checks import ROW, months, table
from tests.loaders.support.lines import file

SHARED = Path(__file__).parents[3] / ".." / "shared"
needs_raw = pytest.mark.skipif(not SHARED.exists(), reason="the raw files are not at hand")
FOUR = ("2709", "2701", "2702", "2703", "2704", "271111", "271121")


@cache
def shipped_now(source: str) -> pd.DataFrame:
    """Read one shipped file, as known now; once, since many tests look at the same."""
    return checks.known_now(store.read_table(store.SNAPSHOT / f"{source}.parquet"))


def months_sum(first: str, last: str, flow: str = "total") -> float:
    """Add up Comtrade's months of China's trade with Russia, in billion dollars."""
    now = shipped_now("comtrade")
    pair = now["reporter"].eq("CHN") & now["partner"].eq("RUS") & now["flow"].eq(flow)
    month = now["period_start"].eq(now["period_end"]) & now["period_start"].between(first, last)
    kept = now[pair & month & now["commodity_code"].eq("TOTAL")]
    assert kept["period_start"].nunique() == len(pd.period_range(first, last, freq="M"))
    return float(kept["value"].sum() / 1e9)


def printed(last: str, released: str) -> float:
    """Return what the press printed of China's trade with Russia in 2023 from January on, in billion dollars."""
    rows = store.read_table(store.SNAPSHOT / "press.parquet")
    window = rows["flow"].eq("total") & rows["partner"].eq("RUS") & rows["period_start"].eq("2023-01-01")
    kept = rows[window & rows["period_end"].eq(last) & rows["released"].eq(released)]
    return float(kept["value"].item() / 1e9)


def printed_rate(end: str, released: str) -> set[str]:
    """Return the growth rates printed of the total from January 2023 to ``end``."""
    rates = store.read_side("printed_rates")
    window = rates["flow"].eq("total") & rates["partner"].eq("RUS") & rates["period_start"].eq("2023-01")
    kept = rates[window & rates["period_end"].eq(end) & rates["released"].str.startswith(released)]
    assert set(kept["currency"]) == {"USD"}
    return set(kept["yoy_pct"])


def test_first_half_of_2023() -> None:
    """The months now make 114.88 bn; July 2023 printed 114.547 and +40.6 %."""
    assert round(months_sum("2023-01", "2023-06"), 2) == 114.88
    assert printed("2023-06-01", "2023-07-13") == 114.547
    assert "40.6" in printed_rate("2023-06", "2023-07")


def test_january_to_may_2023() -> None:
    """June 2023 printed 93.806 bn and +40.7 %: the article's rate."""
    assert printed("2023-05-01", "2023-06-30") == 93.806
    assert printed_rate("2023-05", "2023-06") == {"40.7"}


def test_the_year_2020() -> None:
    """The whole of 2020 is 108.35 bn now and was 107.76 bn in print."""
    assert round(months_sum("2020-01", "2020-12"), 2) == 108.35
    press = store.read_table(store.SNAPSHOT / "press.parquet")
    year = press["period_start"].eq("2020-01-01") & press["period_end"].eq("2020-12-01") & press["partner"].eq("RUS")
    first = press[year & press["flow"].eq("total")].sort_values("released").iloc[0]
    assert first["value"] == 107.76e9


@pytest.mark.parametrize(("year", "bill"), [(2021, 44.38), (2022, 81.32)])
def test_four_fuels(year: int, bill: float) -> None:
    """The four fuels of the article on six digits: 44.38 bn in 2021, 81.32 bn in 2022."""
    baci = shipped_now("baci")
    pair = baci["reporter"].eq("RUS") & baci["partner"].eq("CHN") & baci["period_start"].dt.year.eq(year)
    six = baci["classification"].eq("HS2017") & baci["commodity_code"].str.len().eq(6)
    fuels = baci["commodity_code"].str.startswith(FOUR)
    assert round(baci.loc[pair & six & fuels, "value"].sum() / 1e9, 2) == bill


def test_chapter_27_in_2022() -> None:
    """Chapter 27 makes 85.38 of 114.1 bn, and no chapter is larger."""
    baci = shipped_now("baci")
    year = baci["reporter"].eq("RUS") & baci["partner"].eq("CHN") & baci["period_start"].eq("2022-01-01")
    rows = baci[year & baci["classification"].eq("HS2017") & baci["commodity_code"].str.len().eq(6)]
    chapters = rows.groupby(rows["commodity_code"].str[:2])["value"].sum().div(1e9).sort_values()
    assert (chapters.index[-1], round(chapters.iloc[-1], 2), round(chapters.sum(), 1)) == ("27", 85.38, 114.1)


def test_yuan_of_march_2026() -> None:
    """Customs' yuan figures of March 2026 are 64.98 and 88.56 bn, of the table of that month, released in April."""
    gacc = shipped_now("gacc")
    month = gacc["period_start"].eq("2026-03-01") & gacc["period_end"].eq("2026-03-01") & gacc["partner"].eq("RUS")
    rows = gacc[month & gacc["currency"].eq("CNY")].set_index("flow")
    assert rows["value"].div(1e9).round(2).to_dict() == {"export": 64.98, "import": 88.56, "total": 153.54}
    assert rows["released"].eq(pd.Timestamp("2026-04-30")).all()  # the month by customs' calendar, its last day
    assert rows["known_by"].eq(rows["released"]).all()


def test_june_2026_is_the_printed_month() -> None:
    """June 2026 is what the table of June prints, 88.27 bn, no difference of two years to date (90.87)."""
    gacc = shipped_now("gacc")
    month = gacc["period_start"].eq("2026-06-01") & gacc["period_end"].eq("2026-06-01") & gacc["partner"].eq("RUS")
    rows = gacc[month & gacc["flow"].eq("import")]
    assert rows["value"].div(1e9).round(2).tolist() == [88.27]
    assert not gacc.loc[gacc["commodity_code"].eq("TOTAL"), "status"].eq("derived").any()


def test_every_row_is_dated() -> None:
    """Each row has the day by which it was public; where its release is known that is the day."""
    for path in sorted(store.SNAPSHOT.glob("*.parquet")):
        table = store.read_table(path)
        assert table["known_by"].notna().all(), path.name
        known = table["released"].notna()
        assert table.loc[known, "known_by"].le(table.loc[known, "released"]).all(), path.name


def test_derived_flows_add_up() -> None:
    """In each month of 2017-2024 imports and derived exports make the derived sum."""
    for month in pd.period_range("2017-01", "2024-12", freq="M").strftime("%Y-%m"):
        parts = months_sum(month, month, "import") + months_sum(month, month, "export")
        assert parts == pytest.approx(months_sum(month, month), abs=1e-9), month


def test_manifest_is_true() -> None:
    """Each file has the hash that the manifest gives, and its lines count every row of the table."""
    manifest = store.read_csv(store.SNAPSHOT / store.MANIFEST)
    assert manifest.notna().all(axis=None)
    for name in manifest["file"].unique().tolist():
        lines = manifest[manifest["file"].eq(name)]
        content = (store.SNAPSHOT / name).read_bytes()
        assert lines["sha256"].unique().tolist() == [store.sha256(content)], name
        path = store.SNAPSHOT / name
        rows = store.read_table(path) if path.suffix == ".parquet" else store.read_csv(path)
        assert lines["rows"].astype("int").sum() == len(rows), name


def test_every_difference_is_explained_or_says_so() -> None:
    """No shipped identity is broken without a reason; what is known has one, the rest is called unexplained."""
    listed = store.read_csv(store.SNAPSHOT / "CHECKS.csv")
    assert tuple(listed.columns) == checks.COLUMNS
    known = listed["known"].eq("True")
    assert known[listed["broken"].eq("True")].all()
    assert listed["why"].eq("unexplained").eq(~known).all()
    assert listed["why"].notna().all()


def test_what_the_checks_must_raise() -> None:
    """Chapter 27 of 2021 by both counts, months set down elsewhere, and a slip of print: each as it is."""
    reasons = store.read_csv(store.SNAPSHOT / "CHECKS.csv").set_index(["subject", "period"])["why"]
    year = "2021-01..2021-12"
    assert reasons["comtrade against baci CHN RUS import 27 USD", year] == "unexplained"
    assert reasons["comtrade against comtrade CHN RUS import 27 USD", year] == "unexplained"
    for month in ("2012-04", "2013-10"):
        assert reasons["imf against fcs RUS CHN export TOTAL USD", month].startswith("The same trade set down")
    assert reasons["press CHN RUS total TOTAL USD", "2016-12"] == "unexplained"
    assert reasons.eq("unexplained").any()


def test_a_reason_of_the_table_still_meets_its_difference() -> None:
    """Every line of the known disagreements covers exactly one difference, and names its page."""
    listed, known = store.read_csv(store.SNAPSHOT / "CHECKS.csv"), store.read_side("known_disagreements")
    key = ["check", "subject", "period"]
    assert known["page"].str.startswith("http").all()
    assert not known.duplicated(key).any()
    assert len(listed[listed["page"].notna()].merge(known, on=[*key, "page"])) == len(known)


def test_doubts_keep_their_reason() -> None:
    """A doubt stands with file, row, number and reason; its key is not in the table."""
    doubts = store.read_side("doubts")
    assert doubts[["file", "row", "reason", "reference"]].notna().all(axis=None)
    slip = doubts[doubts["value"].eq("42.96")]
    assert slip["reason"].tolist() == ["misprint for 42.947"]


def plain_sums(path: Path, key: list[str], value: str) -> dict[str, float]:
    """Add up a column of a raw file by some others, with plain loops."""
    sums: dict[str, float] = defaultdict(float)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            sums[" ".join(row[column] for column in key)] += float(row[value])
    return sums


@needs_raw
def test_raw_sums_by_a_second_way() -> None:
    """Loops over the raw files give the sums of the table: BACI by year and direction, Comtrade's imports by year."""
    raw = plain_sums(SHARED / "customs/baci/baci_hs17_rus_chn_2017_2023.csv", ["t", "i"], "v")
    baci = shipped_now("baci")
    own = baci[baci["reference"].str.startswith("baci_hs17")]
    names = own["reporter"].map({"CHN": "156", "RUS": "643"})
    sums = own.groupby(own["period_start"].dt.strftime("%Y") + " " + names)["value"].sum().to_dict()
    assert sums == pytest.approx({key: 1000 * value for key, value in raw.items()}, rel=1e-12)
    raw = plain_sums(SHARED / "customs" / build_snapshot.IMPORTS, ["refYear"], "primaryValue")
    for year, value in raw.items():
        assert months_sum(f"{year}-01", f"{year}-12", "import") * 1e9 == pytest.approx(value, rel=1e-12)


def test_derives_exports_by_hand() -> None:
    """A sum of 30 less imports of 10 gives exports of 20, both derived and saying so; a month alone gives the sum."""
    content = b"date,value,yuan_share\n2023-01-01,30.0,\n2023-02-01,7.999999999,0.5\n"
    rows = derived_pair_totals.parse(content, "t.csv", table(*months(2023, [10.0]))).table
    derived = rows[["flow", "value", "status"]].astype("str").to_numpy().tolist()
    assert derived == [["total", "30.0", "derived"], ["export", "20.0", "derived"], ["total", "8.0", "derived"]]
    assert rows["reference"].tolist()[1] == "t.csv, row 2: sum of both flows less the imports of a.csv, row 2"
    with pytest.raises(SourceError, match="row 1"):
        derived_pair_totals.parse(b"a,b\n", "t.csv", table(ROW))


def folder(path: Path, **contents: bytes) -> Path:
    """Write figure files and an empty table of known disagreements."""
    path.mkdir(exist_ok=True)
    for name, content in contents.items():
        (path / f"{name}.csv").write_bytes(content)
    (path / "known_disagreements.csv").write_text("check,subject,period,expected,found,page,why\n")
    return path


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two builds of the same files are equal to the byte, in an empty folder and over the first."""
    own = folder(tmp_path / "figures", a=file({}, {"flow": "export", "value": "50.5"}), b=file({"value": "1.23"}))
    for out in ("one", "two", "one"):
        build_snapshot.run(tmp_path / "none", own, tmp_path / out)
    one, two = ({f.name: f.read_bytes() for f in sorted((tmp_path / out).iterdir())} for out in ("one", "two"))
    assert one == two
    assert {"press.parquet", "prints.csv", "MANIFEST.csv", "CHECKS.csv"} <= one.keys()
    assert store.read_csv(tmp_path / "one" / "prints.csv")["printed"].tolist() == ["1.23"]


def test_keeps_raw_rows_without_the_raw_file(tmp_path: Path) -> None:
    """A rebuild without the raw file keeps its rows, its hash and the bytes of the Parquet file."""
    raw = tmp_path / "shared" / "customs" / build_snapshot.SUMS
    raw.parent.mkdir(parents=True)
    raw.write_bytes(b"date,value,yuan_share\n2023-01-01,30.0,\n")
    own, out = folder(tmp_path / "figures", a=file({})), tmp_path / "out"
    build_snapshot.run(tmp_path / "shared", own, out)
    before = (out / "comtrade.parquet").read_bytes(), (out / store.MANIFEST).read_bytes()
    raw.unlink()
    words = build_snapshot.run(tmp_path / "shared", own, out).words
    assert ((out / "comtrade.parquet").read_bytes(), (out / store.MANIFEST).read_bytes()) == before
    assert any("1 rows kept" in line for line in words)


def test_never_drops_a_conflict(tmp_path: Path) -> None:
    """Two files with the same key and different values stop the build, and both are named."""
    other = {"source": "fcs", "value": "1"}
    own = folder(tmp_path / "figures", a=file(other), b=file({**other, "value": "2"}))
    with pytest.raises(SourceError, match=r"a\.csv:2 and b\.csv:2"):
        build_snapshot.run(tmp_path / "none", own, tmp_path / "out")


def test_tells_figures_from_side_tables(tmp_path: Path) -> None:
    """A side table in the same folder is not read as figures."""
    own = folder(tmp_path / "figures", a=file({}), claims=b"id,says\n1,x\n")
    build = build_snapshot.run(tmp_path / "none", own, tmp_path / "out")
    assert list(build.tables) == ["figures/a.csv"]
    assert not figure_files.recognises(b"id,says\n")
