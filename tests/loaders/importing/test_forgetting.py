"""What --forget promises: exactly what an import alone brought goes, and the reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from loaders.core import import_marks, schema
from loaders.core.store import sha256
from loaders.importing.batch_merge import SourceTable
from tests.loaders.support.bring import MOMENT, TINY, Desk, facts, lines

if TYPE_CHECKING:
    from pathlib import Path

ROW = "CHN,RUS,import,2024-01,27,{}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder."""
    return Desk(tmp_path)


def test_an_import_is_taken_back_to_the_byte(desk: Desk) -> None:
    """After import and forget the store is what it was before, and the line says what went."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    before = desk.bytes()
    desk.bring(desk.file("b.csv", lines("CHN,RUS,import,2024-02,84,1", "CHN,RUS,import,2024-05,27,2")))
    assert desk.forget("b.csv") == 0
    assert desk.out == "b.csv: taken back from tiny: 2 rows went (2024-02 to 2024-05)\n"
    assert desk.bytes() == before


def test_the_last_import_leaves_no_table_behind(desk: Desk) -> None:
    """When all rows go, the table's file goes too."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    assert desk.forget("a.csv") == 0
    assert desk.bytes() == {}


def test_rows_that_another_file_brought_too_stay(desk: Desk) -> None:
    """Of overlapping files each can be taken back, and the other's rows stay as if it had come alone."""
    first, second = lines(ROW.format(5), "CHN,RUS,import,2024-02,27,6"), lines(ROW.format(5))
    desk.bring(desk.file("a.csv", first))
    desk.bring(desk.file("b.csv", second))
    assert desk.forget("a.csv") == 0
    assert "1 rows went (2024-02 to 2024-02), 1 stay because another file or a refresh brought them too" in desk.out
    row = desk.store.stored("tiny").iloc[0]
    mark = f'import "b.csv", row 2, SHA-256 {sha256(second)} (2026-11-24T08:02:05)'
    assert row["reference"] == f"{mark}; released: the moment of import"
    assert row["released"] == pd.Timestamp("2026-11-24 08:02:05")


def test_a_release_date_of_the_files_own_comes_back(desk: Desk) -> None:
    """A file without a date came first, one with a date repeated it: forget the first, and the date stands."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    dated = lines(ROW.format(5) + ",2024-02-20")
    desk.bring(desk.file("b.csv", dated))
    assert desk.forget("a.csv") == 0
    row = desk.store.stored("tiny").iloc[0]
    assert row["released"] == pd.Timestamp("2024-02-20")
    assert (
        row["reference"] == f'import "b.csv", row 2, released 2024-02-20, SHA-256 {sha256(dated)} (2026-11-24T08:02:05)'
    )


def test_a_revision_is_taken_back_alone(desk: Desk) -> None:
    """Forget the later of two vintages: the earlier is known again; forget the earlier: the later stays."""
    one, two = desk.file("a.csv", lines(ROW.format(5))), desk.file("b.csv", lines(ROW.format(7)))
    desk.bring(one, two)
    desk.forget("b.csv")
    assert desk.values() == [5]
    desk.bring(two)
    desk.forget("a.csv")
    assert desk.values() == [7]


def test_a_file_changed_and_imported_again_goes_with_all_it_brought(desk: Desk) -> None:
    """Two imports of one name are both taken back by that name."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    desk.bring(desk.file("a.csv", lines(ROW.format(7))))
    assert [one.moment for one in import_marks.known(desk.store)] == ["2026-11-24T08:01:05", "2026-11-24T08:02:05"]
    assert desk.forget("a.csv") == 0
    assert desk.bytes() == {}


def test_a_row_that_a_refresh_repeats_becomes_the_publishers(desk: Desk) -> None:
    """Once adopted by a publisher's answer a row is no longer the reader's own and survives forgetting."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5), "CHN,RUS,import,2024-02,27,6")))
    answer = TINY.parse(lines(ROW.format(5)), "https://example.org/answer").table
    desk.store.write("tiny", import_marks.adopt(desk.store.stored("tiny"), answer))
    assert sorted(import_marks.own(desk.store.stored("tiny"))) == [False, True]
    assert desk.forget("a.csv") == 0
    assert desk.store.stored("tiny")["value"].tolist() == [5]
    assert desk.store.stored("tiny")["reference"].iloc[0].startswith("https://example.org/answer, row 2")


def test_an_unknown_name_lists_the_known_ones(desk: Desk) -> None:
    """A name that no import bears: one line with those that exist, exit 2, nothing changed."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))), desk.file("b.csv", lines("CHN,RUS,import,2024-02,27,6")))
    before = desk.bytes()
    assert desk.forget("c.csv") == 2
    assert desk.err == "c.csv: no import of that name; known imports: a.csv, b.csv\n"
    assert desk.bytes() == before


def test_an_empty_store_knows_no_import_and_stays_empty(desk: Desk) -> None:
    """Forgetting where nothing was ever stored makes no folder."""
    assert desk.forget("c.csv") == 2
    assert desk.err == "c.csv: no import of that name; known imports: none\n"
    assert not desk.store.folder.exists()


def test_one_known_and_one_unknown_name(desk: Desk) -> None:
    """The known one is taken back, the unknown one named, exit 1."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    assert desk.forget("c.csv", "a.csv") == 1
    assert desk.values() == []
    assert desk.err.startswith("c.csv: no import")


def test_a_path_means_the_file_at_its_end(desk: Desk) -> None:
    """The path that was imported may be typed again."""
    file = desk.file("a.csv", lines(ROW.format(5)))
    desk.bring(file)
    assert desk.forget(str(file)) == 0


@pytest.mark.parametrize("name", ['"quoted".csv', 'a; also import "b.csv".csv', "-x.csv", "new\nline.csv", "進口.csv"])
def test_any_name_can_be_taken_back(desk: Desk, name: str) -> None:
    """Quotes, separators, line breaks and other scripts in a name do not keep it from being forgotten."""
    desk.bring(desk.file("b.csv", lines(ROW.format(5))))
    before = desk.bytes()
    assert desk.bring(desk.file(name, lines(ROW.format(5), "CHN,RUS,import,2024-02,27,6"))) == 0
    assert desk.out.count("\n") == 1
    assert desk.forget(name) == 0
    assert desk.bytes() == before


def test_a_broken_table_stops_forgetting(desk: Desk) -> None:
    """A Parquet that cannot be read: one line, exit 2, nothing changed."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    (desk.store.folder / "zzz.parquet").write_bytes(b"broken")
    before = desk.bytes()
    assert desk.forget("a.csv") == 2
    assert "zzz.parquet: cannot be read" in desk.err
    assert desk.bytes() == before


_FILES = st.lists(
    st.dictionaries(st.integers(1, 3), st.tuples(st.integers(1, 3), st.booleans()), min_size=1), min_size=1, max_size=5
)
_TIMES = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def _tables(files: list[dict[int, tuple[int, bool]]], *, dates: bool) -> dict[str, pd.DataFrame]:
    """Return tables of small files by name: a value, and perhaps a release date, for some of three months."""
    day = ",2025-02-0{}" if dates else ""
    return {
        f"{number}.csv": TINY.parse(
            lines(*(f"CHN,RUS,import,2024-0{m},27,{v}" + (day.format(v) if d else "") for m, (v, d) in rows.items())),
            f"{number}.csv",
        ).table
        for number, rows in enumerate(files)
    }


def _imported(tables: dict[str, pd.DataFrame], without: str = "") -> pd.DataFrame:
    """Return what importing one table a minute gives."""
    ledger = SourceTable(schema.empty())
    for minute, (name, table) in enumerate(tables.items()):
        moment = MOMENT + pd.Timedelta(minutes=minute)
        if name != without:
            ledger.add([import_marks.mark(table, name, moment)], moment)
    return ledger.table()


def _forgotten(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return import_marks.take_back(table, lambda mark: mark.file == name).left


@_TIMES
@given(_FILES, st.data())
def test_forgetting_equals_never_having_imported(files: list[dict[int, tuple[int, bool]]], data: st.DataObject) -> None:
    """For files without release dates: import all, forget one, and the table equals one that never saw it."""
    tables = _tables(files, dates=False)
    gone = data.draw(st.sampled_from(sorted(tables)))
    assert facts(_forgotten(_imported(tables), gone)) == facts(_imported(tables, without=gone))


@_TIMES
@given(_FILES, st.data())
def test_whatever_is_left_is_what_the_others_brought(
    files: list[dict[int, tuple[int, bool]]], data: st.DataObject
) -> None:
    """With release dates too: every figure left is of a file that is left, each of theirs is left, none at the end."""
    tables = _tables(files, dates=True)
    stored = _imported(tables)
    for gone in data.draw(st.permutations(sorted(tables))):
        stored = _forgotten(stored, gone)
        schema.check_key(stored)
        del tables[gone]
        expected = {(p, v) for t in tables.values() for p, v in zip(t["period_start"], t["value"], strict=True)}
        assert set(zip(stored["period_start"], stored["value"], strict=True)) == expected


_F, _T = False, True


@_TIMES
@given(_FILES)
@example(
    [
        {3: (3, _F), 2: (2, _F), 1: (3, _F)},
        {1: (3, _T), 3: (3, _T), 2: (3, _T)},
        {1: (1, _F), 3: (3, _F), 2: (1, _T)},
        {3: (1, _F)},
        {1: (3, _T)},
    ]
)
def test_files_merged_together_equal_files_merged_one_by_one(files: list[dict[int, tuple[int, bool]]]) -> None:
    """One command with many files gives the table and the counts that adding them one by one gives."""
    marked = [import_marks.mark(table, name, MOMENT) for name, table in _tables(files, dates=True).items()]
    together, apart = SourceTable(schema.empty()), SourceTable(schema.empty())
    counts = together.add(marked, MOMENT)
    assert counts == [count for table in marked for count in apart.add([table], MOMENT)]
    assert facts(together.table()) == facts(apart.table())
