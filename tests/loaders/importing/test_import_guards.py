"""What keeps wrong figures out of an import: whole files, dates, figures held for the same, a dry run, a record."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from analysis.vintages import as_known
from loaders.core import schema
from loaders.core.source import Hints, SourceError
from loaders.core.store import write_table
from loaders.importing import import_log, plausibility, unpack
from loaders.importing.find_files import find
from loaders.importing.read_file import read_file
from loaders.registry import SOURCES
from loaders.sources import atlas
from loaders.sources.comtrade import source as comtrade
from loaders.tables import workbooks
from tests.loaders.support import kit
from tests.loaders.support.bring import MOMENT, TINY, Desk, lines
from tests.loaders.support.gacc_files import lines as query

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.core.source import Parsed

YEAR = tuple(f"CHN,RUS,import,2023-{month:02},TOTAL,{1000 + 10 * month}" for month in range(1, 13))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder."""
    return Desk(tmp_path)


def _ship(desk: Desk, *rows: str) -> None:
    """Let rows ship, known by last year."""
    table = schema.dated(TINY.parse(lines(*rows), "ships.csv").table, MOMENT - pd.DateOffset(years=1))
    desk.store.snapshot.mkdir(parents=True, exist_ok=True)
    write_table(desk.store.snapshot / "tiny.parquet", table)


def _shown(desk: Desk) -> list[float]:
    """Return the values that a page would show, by month."""
    known = as_known(desk.store.load().trade)
    return known.sort_values("period_start")["value"].tolist()


def test_an_undated_file_never_displaces_what_ships(desk: Desk) -> None:
    """One figure halved: counted as revised against what ships, stored, and not shown."""
    _ship(desk, *YEAR)
    before = _shown(desk)
    halved = (*YEAR[:-1], "CHN,RUS,import,2023-12,TOTAL,560")
    assert desk.bring(desk.file("old.csv", lines(*halved))) == 0
    assert "0 new, 1 revised, 11 unchanged" in desk.out
    assert "--released" in desk.out
    assert _shown(desk) == before
    assert 560 in desk.values()


def test_a_day_of_release_makes_the_file_a_vintage(desk: Desk) -> None:
    """The same file with --released stands over the undated figure, also where it was imported without before."""
    _ship(desk, *YEAR)
    file = desk.file("new.csv", lines(*YEAR[:-1], "CHN,RUS,import,2023-12,TOTAL,1003"))
    desk.bring(file)
    assert _shown(desk)[-1] == 1120
    assert desk.bring(file, released="2024-03-18") == 0
    assert _shown(desk)[-1] == 1003
    assert desk.store.stored("tiny")["released"].max() > pd.Timestamp("2024-03-17")


def test_an_older_release_never_displaces_a_newer_one(desk: Desk) -> None:
    """Figures that ship under a later day stay shown, be the file dated by itself or by the reader."""
    _ship(desk, *(f"{row},2025-02-01" for row in YEAR))
    before = _shown(desk)
    dated = (*(f"{row},2024-03-18" for row in YEAR[:-1]), "CHN,RUS,import,2023-12,TOTAL,1003,2024-03-18")
    assert desk.bring(desk.file("old.csv", lines(*dated))) == 0
    assert desk.bring(desk.file("older.csv", lines("CHN,RUS,import,2023-12,TOTAL,1004")), released="2024-02-18") == 0
    assert {1003, 1004} <= set(desk.values())
    assert _shown(desk) == before


@pytest.mark.parametrize(("day", "why"), [("18.03.2024", "is no day"), ("2031-01-01", "lies in the future")])
def test_a_day_that_is_none_is_wrong_usage(desk: Desk, day: str, why: str) -> None:
    """Exit 2 in one line, nothing read."""
    assert desk.bring(desk.file("a.csv", lines(*YEAR)), released=day) == 2
    assert why in desk.err
    assert desk.err.count("\n") == 1


def test_the_order_of_arguments_decides_nothing(tmp_path: Path) -> None:
    """Two undated files that disagree show the same figure in either order."""
    seen = []
    for name, turned in (("one", False), ("two", True)):
        desk = Desk(tmp_path / name)
        files = [desk.file("a.csv", lines("CHN,RUS,import,2023-12,TOTAL,100"))]
        files.append(desk.file("b.csv", lines("CHN,RUS,import,2023-12,TOTAL,110")))
        assert desk.bring(*(reversed(files) if turned else files)) == 0
        seen.append(_shown(desk))
    assert seen[0] == seen[1]


def _zipped(day: tuple[int, int, int], content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.csv", (*day, 8, 0, 0)), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("day", "dated"),
    [
        ((2024, 3, 18), True),
        ((2023, 6, 1), False),
        ((MOMENT.year, MOMENT.month, MOMENT.day), False),
        ((1980, 1, 1), False),
    ],
)
def test_the_day_of_an_archive_dates_its_rows(desk: Desk, day: tuple[int, int, int], *, dated: bool) -> None:
    """A member's day counts where it can be a release: after the months it speaks of, and not of today."""
    desk.bring(desk.file("a.zip", _zipped(day, lines(*YEAR))))
    released = desk.store.stored("tiny")["released"]
    assert (released.eq(pd.Timestamp(*day)).all()) == dated


def test_the_day_of_a_workbook_is_the_day_it_was_made() -> None:
    """Saving it anew does not make it newer."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.properties.created = pd.Timestamp("2024-03-18 10:00").to_pydatetime()
    book.properties.modified = pd.Timestamp("2026-03-18 10:00").to_pydatetime()
    book.save(out)
    assert unpack.workbook_day(out.getvalue()) == "2024-03-18"


@pytest.mark.parametrize(
    ("factor", "named"),
    [
        (1000, "in thousands"),
        (0.001, "in thousands"),
        (7, "yuan for dollars"),
        (10, "mistake of the unit"),
        (4, "4 times"),
    ],
)
def test_figures_far_from_those_held_stop_the_import(desk: Desk, factor: float, named: str) -> None:
    """What was compared is said, the mistake is named, --force is the way on."""
    _ship(desk, *YEAR)
    rows = [f"{row.rpartition(',')[0]},{float(row.rpartition(',')[2]) * factor:g}" for row in YEAR]
    file = desk.file("a.csv", lines(*rows))
    assert desk.bring(file) == 1
    assert "12 of 12 figures" in desk.err
    assert named in desk.err
    assert "--force" in desk.err
    assert not desk.store.folder.exists()
    assert desk.bring(file, dry_run=True) == 1
    assert "12 rows would be stored with --force" in desk.out
    assert desk.bring(file, force=True) == 0
    assert len(desk.values()) == 12


def test_half_of_the_figures_in_another_unit_stop_the_import(desk: Desk) -> None:
    """Five of twelve a thousand times too large."""
    _ship(desk, *YEAR)
    rows = [f"{row}000" if number < 5 else row for number, row in enumerate(YEAR)]
    assert desk.bring(desk.file("a.csv", lines(*rows))) == 1
    assert "5 of 12 figures" in desk.err


def test_the_partner_reports_the_same_flow(desk: Desk) -> None:
    """Without the own series the mirror is compared: Russia's exports beside China's imports."""
    _ship(desk, *YEAR)
    mirror = [row.replace("CHN,RUS,import", "RUS,CHN,export") for row in YEAR]
    assert desk.bring(desk.file("good.csv", lines(*mirror))) == 0
    assert desk.bring(desk.file("bad.csv", lines(*(f"{row}000" for row in mirror)))) == 1


def test_exports_for_imports_are_seen(desk: Desk) -> None:
    """Both flows swapped, though close to each other in size."""
    exports = [f"CHN,RUS,export,2023-{month:02},TOTAL,{1200 + 7 * month}" for month in range(1, 13)]
    _ship(desk, *YEAR, *exports)
    turned = {"import": "export", "export": "import"}
    cells = [row.split(",") for row in (*YEAR, *exports)]
    swapped = [",".join([*row[:2], turned[row[2]], *row[3:]]) for row in cells]
    assert desk.bring(desk.file("a.csv", lines(*swapped))) == 1
    assert "exports stand for imports" in desk.err


def test_a_new_month_in_thousands_leaps(desk: Desk) -> None:
    """A period that is not held is set beside its neighbours."""
    _ship(desk, *YEAR)
    assert desk.bring(desk.file("a.csv", lines("CHN,RUS,import,2024-01,TOTAL,1100000"))) == 1
    assert "the periods beside them" in desk.err
    assert desk.bring(desk.file("b.csv", lines("CHN,RUS,import,2024-01,TOTAL,1500"))) == 0


def test_revisions_are_no_mistakes(desk: Desk) -> None:
    """A few per cent, or one figure far off, stop nothing."""
    _ship(desk, *YEAR)
    rows = [*(f"{row[:-1]}9" for row in YEAR[1:]), "CHN,RUS,import,2023-01,TOTAL,5"]
    assert desk.bring(desk.file("a.csv", lines(*rows))) == 0


def test_made_up_figures_of_no_common_factor_are_no_cluster() -> None:
    """The weaker test sees one factor for many figures, not figures that merely differ."""
    known = TINY.parse(lines(*YEAR), "h.csv").table
    odd = [f"{row.rpartition(',')[0]},{1000 * (1 + number) ** 2}" for number, row in enumerate(YEAR)]
    assert plausibility.clustered(TINY.parse(lines(*odd), "b.csv").table, known) is None
    all_off = [f"{row.rpartition(',')[0]},{int(row.rpartition(',')[2]) * 4}" for row in YEAR]
    assert plausibility.clustered(TINY.parse(lines(*all_off), "b.csv").table, known) is not None


def test_a_dry_run_shows_and_writes_nothing(desk: Desk) -> None:
    """Source, reporter, flow, periods, codes, currency, rows, sums; no folder."""
    assert desk.bring(desk.file("a.csv", lines(*YEAR)), dry_run=True) == 0
    for words in (
        "source tiny",
        "reporter: CHN",
        "flow: import",
        "2023-01 to 2023-12",
        "TOTAL",
        "USD",
        "row 2",
        "sum 2023",
    ):
        assert words in desk.out
    assert "12 new" in desk.out
    assert not desk.store.folder.exists()


def test_what_came_in_is_recorded_and_struck_when_taken_back(desk: Desk) -> None:
    """File, hash, layout and rows by fate; the same file again adds no line; --forget strikes it."""
    file = desk.file("a.csv", lines(*YEAR, "CHN,FRA,import,2023-01,84,5"))
    desk.bring(file)
    desk.bring(file)
    record = import_log.read(desk.store)
    assert len(record) == 1
    line = record.iloc[0]
    assert (line["file"], line["layout"], line["rows_read"], line["stored"], line["left_out"]) == (
        *("a.csv", "tiny", "13", "12", "1"),
    )
    assert len(line["sha256"]) == 64
    desk.forget("a.csv")
    assert import_log.read(desk.store).empty


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_no_folder(desk: Desk, name: str) -> None:
    """An unset variable in a script does not take the current folder: exit 2, one line."""
    assert desk.bring(name) == 2
    assert desk.err.count("\n") == 1
    assert "an empty name" in desk.err


def test_a_table_of_a_zip_that_is_not_known_is_named_and_stops_the_rest(desk: Desk) -> None:
    """An unknown table beside a good one may be data: the zip is stored only with --partial."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("good.csv", lines(*YEAR))
        archive.writestr("odd.csv", "place,tons\nx,1\n")
    file = desk.file("a.zip", out.getvalue())
    assert desk.bring(file) == 1
    assert "odd.csv looks like a table with unknown columns" in desk.err
    assert not desk.store.folder.exists()
    assert desk.bring(file, partial=True) == 1
    assert len(desk.values()) == 12


def test_a_country_that_no_list_knows_is_refused(desk: Desk) -> None:
    """A letter may be wrong: no row of an unknown country is stored."""
    assert desk.bring(desk.file("a.csv", lines(*YEAR, "CHN,QQX,import,2023-01,TOTAL,5"))) == 1
    assert "row 14: QQX is no country's code" in desk.err
    assert not desk.store.folder.exists()


def test_every_row_has_one_fate() -> None:
    """Repeated rows are counted as merged, conflicting ones as refused: nothing is passed over."""
    parsed = TINY.parse(lines(*YEAR, YEAR[0], "CHN,RUS,import,2023-02,TOTAL,9", "CHN,FRA,import,2023-01,84,5"), "a.csv")
    fates = len(parsed.table) + len(parsed.refused) + sum(parsed.left_out.values()) + parsed.merged
    assert parsed.rows_read == fates


def test_rows_that_a_parser_passes_over_stop_the_file(tmp_path: Path) -> None:
    """A source that loses its first row without a word: what is read must be stored, left out, refused or merged."""

    def parse(content: bytes, name: str, hints: Hints | None = None) -> Parsed:
        del hints
        parsed = TINY.parse(content, name)
        return replace(parsed, table=parsed.table.iloc[1:].reset_index(drop=True))

    desk = Desk(tmp_path, (replace(TINY, parse=parse),))
    assert desk.bring(desk.file("a.csv", lines(*YEAR))) == 1
    assert "1 of 12 rows are neither stored nor left out nor refused" in desk.err
    assert not desk.store.folder.exists()


HEAD = "country_iso3_code,partner_iso3_code,product_hs92_code,year,export_value,import_value\n"


@pytest.mark.parametrize("codes", [range(10), [f"{number:02}" for number in range(10)]])
def test_sections_of_the_atlas_are_no_chapters(codes: list[object]) -> None:
    """Ten sections 0 to 9, with or without a zero before them, never become chapters."""
    rows = "".join(f"RUS,CHN,{code},2020,5,6\n" for code in codes)
    with pytest.raises(SourceError, match="sections"):
        atlas.parse((HEAD + rows).encode(), "a.csv")


def test_chapters_that_lost_a_zero_are_restored() -> None:
    """Beside codes of two digits, one digit is a chapter."""
    rows = "".join(f"RUS,CHN,{code},2020,5,6\n" for code in (1, 3, 27, 84))
    table = atlas.parse((HEAD + rows).encode(), "a.csv").table
    assert set(table["commodity_code"]) == {"01", "03", "27", "84"}


def test_an_unknown_column_of_a_query_may_split_figures() -> None:
    """Equal parts under a column that is not known would count once: refused by its name."""
    head = '"数据年月","贸易伙伴编码","商品编码","运输方式","人民币",'
    with pytest.raises(SourceError, match="运输方式"):
        query('"202403","344","27090000","1","5",', '"202403","344","27090000","2","5",', head=head)


def test_a_workbook_that_would_be_cut_is_refused() -> None:
    """More rows than are read, or formulas without results: refused by name, not cut short."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(5002):
        sheet.append([row])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SourceError, match="too many"):
        workbooks.read_by_hand(out.getvalue(), "a.xlsx")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([1, "=A1*2"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SourceError, match="formulas"):
        workbooks.read_by_hand(out.getvalue(), "a.xlsx")


def test_goods_by_sea_alone_are_no_total() -> None:
    """Rows of one means of transport, without a total beside them, are refused; of two they are summed."""
    head = (
        "typeCode,freqCode,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,motCode,primaryValue\n"
    )
    row = "C,A,2023,156,M,643,H6,27,{},5\n"
    sea = comtrade.parse((head + row.format(2100)).encode(), "a.csv")
    assert sea.table.empty
    assert "2100 alone is a part" in sea.refused[0]
    both = comtrade.parse((head + row.format(2100) + row.format(3100)).encode(), "a.csv")
    assert both.rows_read == kit.accounted(both) == 2
    assert both.table["value"].tolist() == [10]


def test_a_chapter_that_lost_its_zero_comes_back() -> None:
    """An HS code of odd length lacks one zero, whether or not a column of levels tells it."""
    head = "typeCode,freqCode,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,primaryValue\n"
    rows = "".join(f"C,A,2023,156,M,643,H6,{code},5\n" for code in (1, 301, 27, 30119))
    parsed = comtrade.parse((head + rows).encode(), "a.csv")
    assert set(parsed.table["commodity_code"]) == {"01", "0301", "27", "030119"}
    assert parsed.refused == ()


def test_a_refused_table_names_the_nearest_layout_and_what_it_lacks(desk: Desk) -> None:
    """Layouts tried, the nearest one, and its missing columns, in one line."""
    assert desk.bring(desk.file("a.csv", b"t,i,j,v,x\n2020,156,643,5,6\n")) == 2
    assert "nearest is CEPII BACI, which needs the column k" in desk.err
    assert "tried" in desk.err
    assert desk.err.count("\n") == 1


def test_every_recorded_file_accounts_for_its_rows() -> None:
    """No layout passes over a row: those read are stored, left out, refused or merged, and nothing else."""
    files, _ = find([kit.RECORDED])
    read = 0
    for file in files:
        for hints in (Hints(), Hints(flow="import", period="2024-01")):
            outcome = read_file(file, hints, tuple(SOURCES.values()))
            for part in outcome.parts:
                parsed = part.parsed
                fates = len(parsed.table) + sum(parsed.left_out.values()) + parsed.merged
                assert parsed.rows_read <= fates + len(parsed.refused), file.name
                read += bool(parsed.rows_read)
    assert read > 40
