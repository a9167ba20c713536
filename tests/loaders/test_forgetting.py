"""What --forget promises: exactly what an import alone brought goes, and the reader is told."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import imports
from tests.loaders.bring import TINY, Desk, facts, lines

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
    row = desk.store.held("tiny").iloc[0]
    assert row["reference"] == 'import "b.csv", row 2 (2026-11-24T08:02:05); released: the moment of import'
    assert row["released"] == pd.Timestamp("2026-11-24 08:02:05")


def test_a_release_date_of_the_files_own_comes_back(desk: Desk) -> None:
    """A file without a date came first, one with a date repeated it: forget the first, and the date stands."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5))))
    desk.bring(desk.file("b.csv", lines(ROW.format(5) + ",2024-02-20")))
    assert desk.forget("a.csv") == 0
    row = desk.store.held("tiny").iloc[0]
    assert row["released"] == pd.Timestamp("2024-02-20")
    assert row["reference"] == 'import "b.csv", row 2, released 2024-02-20 (2026-11-24T08:02:05)'


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
    assert [one.moment for one in imports.known(desk.store)] == ["2026-11-24T08:01:05", "2026-11-24T08:02:05"]
    assert desk.forget("a.csv") == 0
    assert desk.bytes() == {}


def test_a_row_that_a_refresh_repeats_becomes_the_publishers(desk: Desk) -> None:
    """Once adopted by a publisher's answer a row is no longer the reader's own and survives forgetting."""
    desk.bring(desk.file("a.csv", lines(ROW.format(5), "CHN,RUS,import,2024-02,27,6")))
    answer = TINY.parse(lines(ROW.format(5)), "https://example.org/answer").table
    desk.store.write("tiny", imports.adopt(desk.store.held("tiny"), answer))
    assert sorted(imports.own(desk.store.held("tiny"))) == [False, True]
    assert desk.forget("a.csv") == 0
    assert desk.store.held("tiny")["value"].tolist() == [5]
    assert desk.store.held("tiny")["reference"].iloc[0].startswith("https://example.org/answer, row 2")


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


@pytest.mark.parametrize("name", ['"quoted".csv', "a; also import \"b.csv\".csv", "-x.csv", "new\nline.csv", "進口.csv"])
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


def _content(rows: dict[int, tuple[int, bool]], *, dates: bool) -> bytes:
    day = ",2025-02-0{}" if dates else ""
    return lines(
        *(f"CHN,RUS,import,2024-0{m},27,{v}" + (day.format(v) if dated else "") for m, (v, dated) in rows.items())
    )


def _brought(desk: Desk, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        assert desk.bring(desk.file(name, content)) == 0


@settings(max_examples=25, deadline=None)
@given(_FILES, st.data())
def test_forgetting_equals_never_having_imported(files: list[dict[int, tuple[int, bool]]], data: st.DataObject) -> None:
    """For files without release dates: import all, forget one, and the store equals one that never saw it."""
    contents = {f"{number}.csv": _content(rows, dates=False) for number, rows in enumerate(files)}
    gone = data.draw(st.sampled_from(sorted(contents)))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        with_it, without = Desk(Path(one)), Desk(Path(two))
        _brought(with_it, contents)
        with_it.forget(gone)
        for name, content in contents.items():
            if name == gone:
                without.moment += pd.Timedelta(minutes=1)
            else:
                _brought(without, {name: content})
        assert facts(with_it.store.held("tiny")) == facts(without.store.held("tiny"))


@settings(max_examples=25, deadline=None)
@given(_FILES, st.data())
def test_whatever_is_left_is_what_the_others_brought(
    files: list[dict[int, tuple[int, bool]]], data: st.DataObject
) -> None:
    """With release dates too: every figure left is of a file that is left, each of theirs is left, none at the end."""
    contents = {f"{number}.csv": _content(rows, dates=True) for number, rows in enumerate(files)}
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        _brought(desk, contents)
        for gone in data.draw(st.permutations(sorted(contents))):
            desk.forget(gone)
            del contents[gone]
            left = [TINY.parse(content, "x").table for content in contents.values()]
            expected = {(p, v) for t in left for p, v in zip(t["period_start"], t["value"], strict=True)}
            held = desk.store.held("tiny")
            assert set(zip(held["period_start"], held["value"], strict=True)) == expected
        assert desk.bytes() == {}
