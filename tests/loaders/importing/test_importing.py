"""What --import promises: all or nothing, marked, counted, idempotent, and said in one line a file."""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from loaders.core import import_marks, schema
from loaders.core.console import Console, shown
from loaders.core.source import Hints, Source, SourceError
from loaders.core.store import StoreError
from loaders.importing.run import run_import
from tests.loaders.support.bring import MOMENT, OTHER, TINY, Desk, facts, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from loaders.importing.find_files import InputFile
    from loaders.importing.read_file import Read


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder."""
    return Desk(tmp_path)


A = ("CHN,RUS,import,2024-01,27,5", "CHN,RUS,import,2024-02,27,6")


def test_a_file_is_stored_and_counted(desk: Desk) -> None:
    """One line says source, rows read, in scope, new, revised, unchanged; exit 0; nothing on standard error."""
    assert desk.bring(desk.file("a.csv", lines(*A))) == 0
    assert desk.out == "a.csv: tiny (Tiny Office): 2 rows read, 2 in scope, 2 new, 0 revised, 0 unchanged\n"
    assert desk.err == ""
    assert desk.values() == [5, 6]


def test_rows_are_marked_with_file_row_and_moment(desk: Desk) -> None:
    """Every imported row says which file and row it came from, and that its vintage is the import's."""
    desk.bring(desk.file("a.csv", lines(A[0])))
    row = desk.store.stored("tiny").iloc[0]
    digest = hashlib.sha256(lines(A[0])).hexdigest()
    mark = f'import "a.csv", row 2, SHA-256 {digest} (2026-11-24T08:01:05)'
    assert row["reference"] == f"{mark}; released: the moment of import"
    assert row["released"] == pd.Timestamp("2026-11-24 08:01:05")
    assert import_marks.own(desk.store.stored("tiny")).all()
    assert import_marks.files(row["reference"]) == ("a.csv",)


def test_importing_again_changes_no_byte(desk: Desk) -> None:
    """The same file a second time: all unchanged, and the store is the same to the byte."""
    file = desk.file("a.csv", lines(*A))
    desk.bring(file)
    before = desk.bytes()
    assert desk.bring(file) == 0
    assert "0 new, 0 revised, 2 unchanged" in desk.out
    assert desk.bytes() == before


def test_another_value_is_a_new_vintage_even_on_the_same_day(desk: Desk) -> None:
    """A later file with another value is revised: both vintages are held, the later one is released later."""
    desk.bring(desk.file("a.csv", lines(A[0])))
    assert desk.bring(desk.file("b.csv", lines("CHN,RUS,import,2024-01,27,7"))) == 0
    assert "0 new, 1 revised, 0 unchanged" in desk.out
    stored = desk.store.stored("tiny").sort_values("released")
    assert stored["value"].tolist() == [5, 7]
    assert stored["released"].is_unique


def test_two_files_of_one_command_in_one_second_both_stay(desk: Desk) -> None:
    """Two values for one key in two files of one command are two vintages, a second apart."""
    one, two = desk.file("a.csv", lines(A[0])), desk.file("b.csv", lines("CHN,RUS,import,2024-01,27,7"))
    assert desk.bring(one, two) == 0
    stored = desk.store.stored("tiny").sort_values("released")
    assert stored["value"].tolist() == [5, 7]
    assert stored["released"].diff().iloc[1] == pd.Timedelta(seconds=1)


def test_a_clock_set_back_does_not_make_the_later_import_the_older(desk: Desk) -> None:
    """After the machine's clock went back an hour, the value imported last is still the newest known."""
    desk.bring(desk.file("a.csv", lines(A[0])))
    desk.moment -= pd.Timedelta(hours=1)
    desk.bring(desk.file("b.csv", lines("CHN,RUS,import,2024-01,27,7")))
    stored = desk.store.stored("tiny").sort_values("released")
    assert stored["value"].tolist() == [5, 7]


def test_hints_reach_the_parser_and_the_line_says_so(desk: Desk) -> None:
    """--flow reaches parse, and a note names it."""
    assert desk.bring(desk.file("a.csv", lines("CHN,RUS,,2024-01,27,5")), hints=Hints(flow="export")) == 0
    assert "a.csv: note: flow export: as given with --flow\n" in desk.out
    assert desk.store.stored("tiny")["flow"].tolist() == ["export"]


def test_rows_out_of_scope_are_counted_and_named(desk: Desk) -> None:
    """What is not stored is counted with its commonest partners; --verbose lists it."""
    rows = ["CHN,FRA,import,2024-01,84,5", "CHN,FRA,import,2024-02,84,5", "DEU,RUS,import,2024-02,84,5"]
    assert desk.bring(desk.file("a.csv", lines(*A, *rows)), verbose=True) == 0
    assert "3 left out (partner FRA 2, reporter DEU 1)" in desk.out
    assert "a.csv: left out: partner FRA 2, reporter DEU 1\n" in desk.out


def test_nothing_in_scope_is_exit_1_and_says_what_is_held(desk: Desk) -> None:
    """A file that is understood and holds nothing in scope: one line says what it does hold, exit 1."""
    assert desk.bring(desk.file("a.csv", lines("CHN,FRA,import,2024-01,84,5"))) == 1
    assert desk.err.count("\n") == 1
    assert "0 in scope" in desk.err
    assert "partner FRA 1" in desk.err
    assert not desk.store.folder.exists()


def test_a_part_bad_file_is_stored_only_on_demand_and_bad_rows_are_named(desk: Desk) -> None:
    """Refused rows are counted, the first five named, exit 1; nothing is stored but with --partial."""
    rows = [f"CHN,RUS,import,2024-01,27,n/a{n}" for n in range(7)]
    file = desk.file("a.csv", lines(*A, *rows))
    assert desk.bring(file) == 1
    assert ", 7 refused; nothing is stored: mend the file, or store its good rows with --partial" in desk.out
    assert not desk.store.folder.exists()
    assert desk.bring(file, partial=True) == 1
    assert ", 7 refused" in desk.out
    assert desk.err.count("no number") == 5
    assert "a.csv: and 2 more rows refused" in desk.err
    assert desk.values() == [5, 6]


def test_a_file_of_refused_rows_only_is_exit_2(desk: Desk) -> None:
    """Nothing could be read: the row is named, nothing is stored, exit 2."""
    assert desk.bring(desk.file("a.csv", lines("CHN,RUS,import,2024-13,27,5"))) == 2
    assert "a.csv, row 2: no number or no month" in desk.err
    assert not desk.store.folder.exists()


def test_the_same_key_with_two_values_is_named_with_both_rows(desk: Desk) -> None:
    """Neither of two rows that contradict each other is taken; the line names both."""
    assert desk.bring(desk.file("a.csv", lines(*A, "CHN,RUS,import,2024-01,27,9")), partial=True) == 1
    assert "a.csv, rows 2 and 4: the same key" in desk.err
    assert desk.values() == [6]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("CHN,RUS,import,2026-12,27,5", "period 2026-12 lies in the future"),
        ("CHN,RUS,import,2024-01,27,5,2026-11-30", "release 2026-11-30 lies in the future"),
    ],
)
def test_the_future_is_refused(desk: Desk, row: str, why: str) -> None:
    """A period or a release after the moment of the import is refused by row, the others may load."""
    assert desk.bring(desk.file("a.csv", lines(*A, row)), partial=True) == 1
    assert why in desk.err
    assert "row 4" in desk.err
    assert desk.values() == [5, 6]


def test_the_month_that_runs_is_not_over(desk: Desk) -> None:
    """Nobody can have counted the current month; the month before it loads."""
    assert desk.bring(desk.file("a.csv", lines(f"CHN,RUS,import,{MOMENT:%Y-%m},27,5"))) == 2
    assert f"period {MOMENT:%Y-%m} is not over" in desk.err
    last = MOMENT - pd.DateOffset(months=1)
    assert desk.bring(desk.file("a.csv", lines(f"CHN,RUS,import,{last:%Y-%m},27,5"))) == 0


def test_one_bad_file_of_several_costs_only_itself(desk: Desk) -> None:
    """The good file loads, the bad one is named, exit 1."""
    assert desk.bring(desk.file("bad.csv", b"x,y\n1,2\n"), desk.file("a.csv", lines(*A))) == 1
    assert desk.err.startswith('bad.csv: looks like a table with unknown columns ("x", "y"); no layout is near: tried ')
    assert desk.err.count("\n") == 1
    assert desk.values() == [5, 6]


def test_a_missing_path_is_named(desk: Desk) -> None:
    """A path that leads nowhere: one line, exit 2."""
    assert desk.bring("nowhere/file.csv") == 2
    assert desk.err == "nowhere/file.csv: cannot be opened (No such file or directory); check the path\n"


def test_a_broken_store_stops_the_import_before_it_writes(desk: Desk) -> None:
    """A Parquet of the source that cannot be read: one line with the way out, exit 2, not a byte changed."""
    desk.bring(desk.file("o.csv", b"#other\n" + lines(*A)))
    (desk.store.folder / "tiny.parquet").write_bytes(b"PAR1 broken PAR1")
    before = desk.bytes()
    more = b"#other\n" + lines("CHN,RUS,import,2024-05,27,5")
    assert desk.bring(desk.file("p.csv", more), desk.file("a.csv", lines(*A))) == 2
    assert desk.err.count("\n") == 1
    assert "move it away" in desk.err
    assert desk.bytes() == before


def test_a_store_in_use_is_left_alone(desk: Desk) -> None:
    """While another process holds the lock: one line, exit 2, nothing written."""
    desk.bring(desk.file("a.csv", lines(*A)))
    before = desk.bytes()
    with desk.store.lock():
        assert desk.bring(desk.file("b.csv", lines("CHN,RUS,import,2024-05,27,5"))) == 2
    assert "wait until it has ended" in desk.err
    assert desk.bytes() == before


def test_a_table_that_cannot_be_written_is_said_with_what_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk at the second table: one line says which were written; importing again ends it."""
    write = desk.store.write

    def full(source: str, table: pd.DataFrame) -> None:
        if source == "tiny":
            raise StoreError("tiny.parquet: cannot be written (No space left on device); the old file stands")
        write(source, table)

    monkeypatch.setattr(desk.store, "write", full)
    both = desk.file("o.csv", b"#other\n" + lines(*A)), desk.file("a.csv", lines(*A))
    assert desk.bring(*both) == 2
    assert "No space left on device" in desk.err
    assert desk.err.endswith("; written: other; import again\n")
    monkeypatch.undo()
    assert desk.bring(*both) == 0
    assert (desk.values("other"), desk.values("tiny")) == ([5, 6], [5, 6])


def test_files_may_be_read_anywhere(desk: Desk) -> None:
    """A mapper may read files in other processes: what it is given and what it gives back can be sent."""
    seen: list[int] = []

    def sent(read: Callable[[InputFile], Read], given: Sequence[InputFile]) -> Iterator[Read]:
        for one in given:
            there, item = pickle.loads(pickle.dumps((read, one)))  # noqa: S301 - our own bytes
            back = pickle.dumps(there(item))
            seen.append(len(back))
            yield pickle.loads(back)  # noqa: S301 - our own bytes

    out, err = io.StringIO(), io.StringIO()
    files = [desk.file("a.csv", lines(A[0])), desk.file("b.csv", b"")]
    assert run_import(desk.store, files, Hints(), moment=MOMENT, out=out, err=err, mapper=sent, sources=(TINY,)) == 1
    assert desk.values() == [5]
    assert len(seen) == 2


def test_quiet_says_only_what_went_wrong(desk: Desk) -> None:
    """--quiet prints no result; errors still show."""
    assert desk.bring(desk.file("a.csv", lines(*A)), quiet=True) == 0
    assert (desk.out, desk.err) == ("", "")
    assert desk.bring(desk.file("b.csv", b""), quiet=True) == 2
    assert desk.err.startswith("b.csv: looks like an empty file")


def test_a_failing_parser_is_one_line_and_a_traceback_only_when_asked(tmp_path: Path) -> None:
    """A parser that breaks gives one line; --verbose adds the traceback."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("in\x1b[2J the parser")

    source = Source(name="broken", parse=broken, recognises=lambda _: True)  # type: ignore[arg-type]  # breaks on purpose
    desk = Desk(tmp_path, sources=(source,))
    file = desk.file("a.csv", b"x")
    assert desk.bring(file) == 2
    assert desk.err.count("\n") == 1
    assert "ZeroDivisionError: in\\x1b[2J the parser" in desk.err
    assert desk.bring(file, verbose=True) == 2
    assert "Traceback" in desk.err


def _twin(name: str, *, reads: bool) -> Source:
    def parse(content: bytes, file: str, hints: Hints = Hints()) -> object:  # noqa: B008 - frozen
        if not reads:
            raise SourceError(f"{file}: not {name}")
        return TINY.parse(content, file, hints)

    return Source(name=name, title=name, publisher=name, parse=parse, recognises=TINY.recognises)  # type: ignore[arg-type]  # a stand-in


@pytest.mark.parametrize(
    ("reads", "code", "words"),
    [
        ((True, False), 0, "one (one): 2 rows read"),
        ((True, True), 2, "reads as one and two"),
        ((False, False), 2, "looks like one and two, and none can read it: a.csv: not one; a.csv: not two"),
    ],
)
def test_two_sources_that_recognise_a_file_are_settled_by_reading(
    tmp_path: Path, reads: tuple[bool, bool], code: int, words: str
) -> None:
    """The one source that can read it has it; where both or none can, the line names both."""
    desk = Desk(tmp_path, sources=[_twin(name, reads=able) for name, able in zip(("one", "two"), reads, strict=True)])
    assert desk.bring(desk.file("a.csv", lines(*A))) == code
    assert words in desk.out + desk.err


def test_files_of_one_name_in_two_folders_keep_apart(desk: Desk) -> None:
    """Two files of one name in one command are named with their folders."""
    desk.bring(desk.file("2023/a.csv", lines(A[0])), desk.file("2024/a.csv", lines(A[1])))
    assert desk.out.splitlines()[0].startswith("2023/a.csv: tiny")
    assert desk.forget("2024/a.csv") == 0
    assert desk.values() == [5]
    assert desk.forget("a.csv") == 0
    assert desk.values() == []


def test_many_files_are_written_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty files of one source make one write, and all their rows are there."""
    written: list[str] = []
    write = desk.store.write

    def counted(source: str, table: pd.DataFrame) -> None:
        written.append(source)
        write(source, table)

    monkeypatch.setattr(desk.store, "write", counted)
    for month in range(1, 13):
        desk.file(f"many/{month:02}.csv", lines(f"CHN,RUS,import,2024-{month:02},27,{month}"))
    assert desk.bring(desk.folder / "files" / "many") == 0
    assert written == ["tiny"]
    assert desk.values() == list(range(1, 13))


def test_a_held_row_of_the_publisher_is_not_made_the_readers(desk: Desk) -> None:
    """A row that a refresh brought stays the publisher's when a file repeats it, and remembers the file."""
    table = schema.dated(TINY.parse(lines(A[0]), "https://example.org/answer").table, MOMENT)
    desk.store.write("tiny", table)
    answered = desk.store.stored("tiny")
    assert desk.bring(desk.file("a.csv", lines(*A))) == 0
    assert "1 new, 0 revised, 1 unchanged" in desk.out
    stored = desk.store.stored("tiny").sort_values("value")
    assert import_marks.own(stored).tolist() == [False, True]
    assert [import_marks.files(text) for text in stored["reference"]] == [("a.csv",), ("a.csv",)]
    desk.forget("a.csv")
    assert facts(desk.store.stored("tiny")) == facts(answered)


def test_a_mixed_order_of_sources_is_one_line_a_file(desk: Desk) -> None:
    """Files of different sources each go to their own table."""
    desk.bring(desk.file("o.csv", b"#other\n" + lines(*A)), desk.file("a.csv", lines(*A)))
    assert [line.split(":")[1].strip() for line in desk.out.splitlines()] == [
        f"{OTHER.name} (Other Office)",
        f"{TINY.name} (Tiny Office)",
    ]
    assert desk.values("other") == desk.values("tiny")


def test_control_characters_never_reach_the_terminal() -> None:
    r"""What a terminal would obey is shown as an escape, and a name that is no UTF-8 does not stop the line."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Console(out, out).say("a\x1b[31m\n\u202ename\udcff 進口")
    out.seek(0)
    assert out.read() == "a\\x1b[31m\\n\\u202ename\\udcff \\u9032\\u53e3\n"
    assert shown("進口 a.csv") == "進口 a.csv"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_and_others_see_lines() -> None:
    """Twenty files draw a bar on a terminal and wipe it; elsewhere a line stands at each tenth."""
    screen, plain = _Terminal(), io.StringIO()
    assert list(Console(io.StringIO(), screen).progress(range(20), 20, "files")) == list(range(20))
    assert "\r[############------------] 10 of 20 files" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")
    list(Console(plain, io.StringIO()).progress(range(20), 20, "files"))
    assert plain.getvalue().splitlines()[0] == "read 2 of 20 files"
    assert len(plain.getvalue().splitlines()) == 10
