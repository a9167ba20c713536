"""``--changes``: from which version on they are shown, what is said of each, and acting over an earlier one.

All figures here are made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.dataset import Dataset
from commands import changes
from commands.telling import FAILED, OK, USAGE
from layouts.takeaway.turned_sentences import Turned
from loaders.core.store import Store, StoreError
from loaders.versions.history import History, Version
from tests.analysis.kit import row, table

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = [
    Version(name, moment, cause, {}, {}, "")
    for name, moment, cause in (
        ("aaa", "2026-01-05T10:00:00", "begun"),
        ("bbb", "2026-02-05T10:00:00", "refresh"),
        ("ccc", "2026-03-05T10:00:00", "import"),
    )
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store whose data dir is not there yet, over nothing that ships."""
    (tmp_path / "nothing").mkdir()
    return Store(tmp_path / "data", tmp_path / "nothing")


def keep(store: Store, value: float) -> None:
    """Bring one figure into the data dir, as an import does."""
    with changes.noted(store, "import"), store.lock():
        store.write("imf", table(row("2030-01", value=value, source="imf", flow="export")))


def read(store: Store, version: str) -> Dataset:
    """Return a dataset of what a store holds, as ``--changes`` asks for it."""
    del version
    return Dataset(store.load().trade)


@pytest.mark.parametrize(
    ("since", "place"),
    [
        ("", 1),  # all but the first, which changed nothing
        ("aaa", 1),  # what came after a version
        ("ccc", 3),
        ("2026-02-05", 1),  # on a day
        ("2026-02-06", 2),
        ("2026-04-01", 3),  # nothing since
        ("2000-01-01", 1),
    ],
)
def test_where_changes_begin(since: str, place: int) -> None:
    """After the version named, or with the first on or after the day; the first of all is no change."""
    assert changes._first(KNOWN, since) == place


def test_a_day_that_is_none(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says what may be asked, exit 2."""
    assert changes.show(store, "some day", read) == USAGE
    assert capsys.readouterr().err == (
        "there is no version and no day 'some day'; a day is 2026-08-01, --list names versions\n"
    )


def test_each_change_is_told(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One new figure, then one changed, each with the sentences that turned; since the newest version nothing has."""

    def turned(before: Dataset, now: Dataset) -> list[Turned]:
        return [Turned("Growth", *(str([*data.trade["value"]]) for data in (before, now)))]

    monkeypatch.setattr(changes, "turned", turned)
    assert changes.show(store, "", read) == OK
    assert capsys.readouterr().out == "nothing has changed\n"
    keep(store, 1e9)
    keep(store, 2e9)
    _, first, second = History(store).versions()
    assert changes.show(store, "", read) == OK
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        f"{first.name}  {first.moment}  import: 1 new figures, 0 changed",
        f"{second.name}  {second.moment}  import: 0 new figures, 1 changed",
    ]
    assert [line for line in lines if "Growth" in line] == [
        "  Growth: “[]” is now “[1000000000.0]”",
        "  Growth: “[1000000000.0]” is now “[2000000000.0]”",
    ]
    assert changes.show(store, second.name, read) == OK
    assert capsys.readouterr().out == "nothing has changed\n"


def test_what_a_broken_run_left_is_noted_apart(store: Store) -> None:
    """A change that no command noted is not blamed on the next one."""
    keep(store, 1e9)
    with store.lock():
        store.write("imf", table(row("2030-01", value=3e9, source="imf", flow="export")))
    keep(store, 4e9)
    assert [one.cause for one in History(store).versions()[1:]] == ["import", changes.UNNOTED, "import"]


def test_a_dry_run_and_an_empty_folder_note_nothing(store: Store) -> None:
    """Where nothing is stored no chain begins."""
    for dry in (True, False):
        with changes.noted(store, "refresh", dry=dry):
            pass
    assert History(store).versions() == []


def test_what_cannot_be_noted_stops_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line; the figures are in."""

    def full(*_: object) -> None:
        raise StoreError("no room left")

    monkeypatch.setattr(History, "record", full)
    keep(store, 1e9)
    assert capsys.readouterr().err == "what changed is not noted: no room left\n"
    assert store.load().trade["value"].tolist() == [1e9]


def test_acting_over_an_earlier_state(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of then by the name of then, those of now by the name of now; another name is exit 2."""
    keep(store, 1e9)
    keep(store, 2e9)
    _, first, second = History(store).versions()
    seen: list[float] = []

    def act(earlier: Store) -> int:
        seen.extend(earlier.load().trade["value"])
        return 7

    assert [changes.over(store, one.name, act) for one in (first, second)] == [7, 7]
    assert seen == [1e9, 2e9]
    assert changes.over(store, "nothing", act) == USAGE
    assert capsys.readouterr().err == "there is no version 'nothing' of the data; --changes lists them\n"


def test_a_history_that_cannot_be_read(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and exit 1, whether it is to be shown or acted over."""

    def broken(*_: object) -> None:
        raise StoreError("versions.json: broken")

    monkeypatch.setattr(History, "versions", broken)
    monkeypatch.setattr(History, "current", broken)
    assert (changes.show(store, "", read), changes.over(store, "x", lambda _: OK)) == (FAILED, FAILED)
    assert capsys.readouterr().err == 2 * "versions.json: broken\n"
