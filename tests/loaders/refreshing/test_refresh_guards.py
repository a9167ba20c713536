"""What a refresh refuses though it can be read: old, cut or wrong answers, and what must not leave this machine."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from callbacks import live_dataset
from loaders.core.source import Call, Key
from loaders.core.store import Store, StoreError, read_side
from loaders.importing import plausibility
from loaders.refreshing import answer_checks, body_checks, http, status_messages
from tests.loaders.support.bring import TINY, lines
from tests.loaders.support.refreshing import NOW, FakeTime, refresh
from tests.servers.healthy import Services
from tests.servers.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.servers.base import Ask, Reply

SMALL = World(first=pd.Period("2025-07", "M"), last=pd.Period("2026-03", "M"))


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Serve a small healthy world."""
    with Services(world=replace(SMALL, revised={})) as served:
        for name, url in served.variables().items():
            monkeypatch.setenv(name, url)
        yield served


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data dir with what the IMF and the ECB give in health."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    with pytest.MonkeyPatch.context() as patch, Services("imf", "ecb", world=replace(SMALL, revised={})) as served:
        for name, url in served.variables().items():
            patch.setenv(name, url)
        assert refresh(folder, "imf", "ecb").code == 0
    return folder


@pytest.fixture
def held(filled: Path, tmp_path: Path) -> Path:
    """Return a data dir of a test's own that holds the same."""
    return shutil.copytree(filled, tmp_path / "data")


def _changed(services: Services, name: str, change: Callable[[bytes], bytes]) -> None:
    """Let a server's answers pass through ``change``; it never says "not modified"."""
    server = services.servers[name]
    healthy = server.answer

    def answer(ask: Ask) -> Reply:
        reply = healthy(replace(ask, headers={k: v for k, v in ask.headers.items() if not k.startswith("If-")}))
        return replace(reply, body=change(reply.body)) if reply.status == 200 else reply

    server.answer = answer


def _times(factor: float, every: int = 1) -> Callable[[bytes], bytes]:
    """Multiply the value of each so manieth row of the IMF's answer."""

    def change(body: bytes) -> bytes:
        head, *rows = body.decode().splitlines()
        for number, row in enumerate(rows):
            cells = row.split(",")
            if number % every == 0:
                cells[6] = f"{float(cells[6]) * factor:.6f}"
            rows[number] = ",".join(cells)
        return "\n".join([head, *rows, ""]).encode()

    return change


@pytest.mark.parametrize(("factor", "every"), [(4, 1), (1000, 2), (0.001, 1), (7, 1)])
def test_figures_times_a_factor_are_refused(services: Services, held: Path, factor: float, every: int) -> None:
    """All four times, half of them a thousand times, in thousands, in yuan: nothing changes, exit 1."""
    before = Store(held).stored("imf")
    _changed(services, "imf", _times(factor, every))
    ran = refresh(held, "imf")
    assert ran.code == 1
    assert "not taken" in ran.err
    assert Store(held).stored("imf").equals(before)


def test_swapped_flows_are_refused(services: Services, held: Path) -> None:
    """Exports under the name of imports and the other way round."""

    def swap(body: bytes) -> bytes:
        names = {"XG_FOB_USD": "MG_CIF_USD", "MG_CIF_USD": "XG_FOB_USD", ",XG,FOB,": ",MG,CIF,", ",MG,CIF,": ",XG,FOB,"}
        return re.sub("|".join(names), lambda match: names[match[0]], body.decode()).encode()

    _changed(services, "imf", swap)
    ran = refresh(held, "imf")
    assert ran.code == 1
    assert "not taken" in ran.err


def test_a_new_month_in_thousands_is_refused(services: Services, held: Path) -> None:
    """Only the month that was not held is in another unit."""
    services.world.last += 1

    def shrink(body: bytes) -> bytes:
        rows = [row.split(",") for row in body.decode().splitlines()]
        for cells in rows:
            if cells[5] == "2026-M04":
                cells[6] = f"{float(cells[6]) / 1000:.3f}"
        return "\n".join([",".join(cells) for cells in rows] + [""]).encode()

    _changed(services, "imf", shrink)
    ran = refresh(held, "imf")
    assert ran.code == 1
    assert "the periods beside them" in ran.err
    assert Store(held).stored("imf")["period_end"].max() == pd.Timestamp("2026-03-01")


@pytest.mark.parametrize("every", [2, 12])
def test_some_figures_of_an_old_or_a_new_month_in_another_unit_are_refused(
    services: Services, held: Path, every: int
) -> None:
    """Every twelfth figure a thousand times those held, or every second of a new month: nothing changes."""
    before = Store(held).stored("imf")
    services.world.last += int(every == 2)

    def grow(body: bytes) -> bytes:
        head, *rows = [row.split(",") for row in body.decode().splitlines()]
        months = {"2026-M04"} if every == 2 else {"2025-M07", "2025-M09"}
        for cells in rows:
            if cells[5] in months and (every == 12 or cells[2] == "MG_CIF_USD"):
                cells[6] = f"{float(cells[6]) * 1000:.0f}"
        return "".join(",".join(cells) + "\n" for cells in [head, *rows]).encode()

    _changed(services, "imf", grow)
    ran = refresh(held, "imf")
    assert ran.code == 1
    assert "unlike those held" in ran.err
    assert Store(held).stored("imf").equals(before)


def test_an_answer_of_before_the_last_revision_is_refused(services: Services, tmp_path: Path) -> None:
    """Four figures were revised; an answer with the old ones comes later: old, not a fifth print."""
    time = FakeTime()
    assert refresh(tmp_path, "imf", time=time).code == 0
    for month in ("2025-07", "2025-08", "2025-09", "2025-10"):
        services.world.revised[f"imf|CHN|XG_FOB_USD|RUS|{month}"] = 7
    time.moment += pd.Timedelta(days=1)
    assert refresh(tmp_path, "imf", time=time).code == 0
    services.world.revised.clear()
    time.moment += pd.Timedelta(days=1)
    ran = refresh(tmp_path, "imf", time=time)
    assert ran.code == 1
    assert "revised since" in ran.err


def test_an_answer_that_ends_earlier_is_refused(services: Services, tmp_path: Path) -> None:
    """A month less than last time, though most figures are there."""
    services.world.first = pd.Period("2023-01", "M")
    assert refresh(tmp_path, "imf").code == 0
    services.world.last -= 1
    ran = refresh(tmp_path, "imf")
    assert ran.code == 1
    assert "ends with 2026-02 where an earlier answer went to 2026-03" in ran.err


def test_a_last_modified_that_goes_back_is_refused(services: Services, tmp_path: Path) -> None:
    """A mirror that fell behind says so in its header."""
    server = services.servers["crea"]
    healthy = server.answer
    for day, code in ((9, 0), (8, 1)):
        stamp = {"Last-Modified": f"Mon, {day:02} Nov 2026 08:00:00 GMT"}
        server.answer = lambda ask, stamp=stamp: replace(healthy(replace(ask, headers={})), headers=stamp)  # type: ignore[misc]
        ran = refresh(tmp_path, "crea")
        assert ran.code == code
    assert "an old answer; not taken" in ran.err


def test_a_clock_ten_years_off_dates_nothing(services: Services, tmp_path: Path) -> None:
    """The service's own date tells; the line says both."""
    del services
    time = FakeTime(moment=NOW + pd.DateOffset(years=10))
    ran = refresh(tmp_path, "crea", time=time)
    assert ran.code == 1
    assert "set the clock" in ran.err
    assert Store(tmp_path).stored("crea").empty


class _Body:
    def __init__(self, body: bytes) -> None:
        self.left = body

    def read(self, amt: int, *, decode_content: bool) -> bytes:
        """Return the next bytes."""
        del decode_content
        block, self.left = self.left[:amt], self.left[amt:]
        return block


def test_a_body_shorter_than_announced_is_broken() -> None:
    """A figure may be cut in half: another try, not a figure."""
    assert body_checks.read_body(_Body(b"abc"), {"Content-Length": "3"}) == b"abc"
    with pytest.raises(body_checks.BrokenError, match="announced 5"):
        body_checks.read_body(_Body(b"abc"), {"Content-Length": "5"})


def test_a_hostile_tag_is_neither_kept_nor_sent() -> None:
    """Line breaks, endless text and other signs never reach the disk or the next request."""
    call = Call("a", "a", "csv")
    for tag in ("x\r\nInjected: 1", "é", "x" * 5000):
        answer = status_messages.Reply(200, {"ETag": tag, "Content-Type": "text/csv"}, b"a,b\n1,2\n")
        kept = status_messages.download(call, "http://h/a", answer, NOW, None)
        assert kept.etag == ""
        assert http._conditions(replace(kept, etag=tag), "http://h/a") == {}


def test_a_key_never_travels_in_the_clear() -> None:
    """Plain http only to this very machine."""
    source = replace(TINY, key=Key("TINY_KEY", "X-Key"))
    status_messages.check_safe(source, "http://127.0.0.1:80/a")
    status_messages.check_safe(source, "https://example.org/a")
    with pytest.raises(status_messages.FetchError, match="plain http"):
        status_messages.check_safe(source, "http://example.org/a")


def test_what_did_not_reach_the_disk_is_not_counted(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A side table that cannot be written: no new rates are claimed."""
    del services

    def full(*_: object) -> None:
        raise StoreError("rates.csv: cannot be written (No space left on device)")

    monkeypatch.setattr(Store, "write_side", full)
    ran = refresh(tmp_path, "ecb")
    assert ran.code == 1
    assert "0 new" in ran.err
    assert "rates.csv" in ran.err


def test_a_broken_file_of_the_readers_leaves_what_ships(tmp_path: Path) -> None:
    """Rates that ship stand where the data dir's own table of rates cannot be read; a line names it."""
    side = tmp_path / "side"
    side.mkdir()
    (side / "rates.csv").write_bytes(b'"\x00\xff\xfe broken')
    book = live_dataset.read(Store(tmp_path))
    assert len(book.side("rates"))
    assert any("rates.csv" in line for line in book.problems)


def test_a_sidecar_that_somebody_wrote_into_stops_nothing(services: Services, tmp_path: Path) -> None:
    """Facts of another kind count for nothing."""
    del services
    assert refresh(tmp_path, "crea").code == 0
    for file in (tmp_path / "raw" / "crea").glob("*.json"):
        facts = json.loads(file.read_text())
        file.write_text(json.dumps({**facts, "fetched": "never", "status": "?"}))
    assert refresh(tmp_path, "crea").code == 0


def test_real_figures_times_a_thousand_are_seen_on_the_first_day() -> None:
    """Against what ships: one factor for all is a unit, whatever few revisions there are."""
    rows = [f"CHN,RUS,import,2023-{month:02},TOTAL,{1000 + 10 * month}" for month in range(1, 13)]
    ships = TINY.parse(lines(*rows), "ships.csv").table
    large = [f"{row}000" for row in rows[:-1]] + [rows[-1].replace("1120", "1190000")]
    doubt = plausibility.clustered(TINY.parse(lines(*large), "a.csv").table, ships)
    assert doubt is not None
    assert "in thousands" in str(doubt)


def _multiplied(factor: float, only: Callable[[list[str]], bool]) -> Callable[[bytes], bytes]:
    """Multiply the rates of the ECB's rows that ``only`` picks by their cells."""

    def change(body: bytes) -> bytes:
        head, *rows = [row.split(",") for row in body.decode().splitlines()]
        for cells in filter(only, rows):
            cells[7] = f"{float(cells[7]) * factor:.6f}"
        return "".join(",".join(cells) + "\n" for cells in [head, *rows]).encode()

    return change


@pytest.mark.parametrize("factor", [0.1, 0.5, 1.7, 10])
@pytest.mark.parametrize("month", ["2026-04", "2026-01"])
def test_a_rate_that_leaps_is_refused(services: Services, held: Path, factor: float, month: str) -> None:
    """A new month's rate, or one that was held, far from the next month's: exit 1, and no rate is stored."""
    before = Store(held).stored_side("rates")
    services.world.last += 1
    _changed(services, "ecb", _multiplied(factor, lambda cells: cells[6] == month and cells[2] == "CNY"))
    ran = refresh(held, "ecb")
    assert ran.code == 1
    assert "ECB_EXR_CNY" in ran.err
    assert "127.0.0.1" in ran.err
    assert Store(held).stored_side("rates").equals(before)


@pytest.mark.parametrize("factor", [0.5, 1.6, 7, 100])
def test_first_rates_are_set_beside_what_ships(services: Services, tmp_path: Path, factor: float) -> None:
    """Every rate of a first answer in another unit, or of another currency: the shipped ones tell."""
    _changed(services, "ecb", _multiplied(factor, lambda cells: len(cells) > 7))
    ran = refresh(tmp_path, "ecb")
    assert ran.code == 1
    assert "not taken" in ran.err
    assert Store(tmp_path).stored_side("rates").empty


def test_rates_that_ship_leap_nowhere() -> None:
    """The bounds are wide enough for what happened, 1998 and 2022 among it."""
    ships = read_side("rates").astype("str")
    assert len(ships) > 500
    assert answer_checks.other_rate(ships.iloc[:0], ships) is None


@cache
def _shipped_totals() -> dict[tuple[str, str, str, str], float]:
    """Return what ships of customs and UN Comtrade by reporter, partner, flow and month, in US dollars."""
    totals: dict[tuple[str, str, str, str], float] = {}
    for source in ("comtrade", "gacc"):
        table = Store("/nowhere").shipped(source)
        month = table["period_start"].eq(table["period_end"]) & table["currency"].eq("USD")
        for row in table[month & table["commodity_code"].eq("TOTAL")].itertuples():
            key = (str(row.reporter), str(row.partner), str(row.flow), f"{row.period_end:%Y-M%m}")
            totals.setdefault(key, float(row.value))  # type: ignore[arg-type]  # a row of pandas
    return totals


@pytest.mark.parametrize(
    ("factor", "every", "code"),
    [(1, 1, 0), (1.04, 1, 0), (1000, 1, 1), (0.001, 1, 1), (1000, 2, 1), (1e6, 1, 1), (4, 1, 1), (7, 1, 1)],
)
def test_a_first_answer_is_set_beside_what_ships(
    services: Services, tmp_path: Path, factor: float, every: int, code: int
) -> None:
    """The IMF's first months, of which none ship, beside China's own count of the same: a factor shows at once."""
    totals = _shipped_totals()
    services.world.first, services.world.last = pd.Period("2022-01", "M"), pd.Period("2023-12", "M")
    flows = {"XG_FOB_USD": "export", "MG_CIF_USD": "import"}

    def real(body: bytes) -> bytes:
        head, *rows = [row.split(",") for row in body.decode().splitlines()]
        for number, cells in enumerate(rows):
            value = totals.get((cells[1], cells[3], flows.get(cells[2], ""), cells[5]))
            if value is not None:
                cells[6] = f"{value * 1.01 * (factor if number % every == 0 else 1):.2f}"
        return "".join(",".join(cells) + "\n" for cells in [head, *rows]).encode()

    _changed(services, "imf", real)
    ran = refresh(tmp_path, "imf")
    assert ran.code == code
    assert ("unlike those held" in ran.err) == (code == 1)


@pytest.mark.parametrize(
    ("column", "renamed"),
    [("typeCode", False), ("isNetWgtEstimated", False), ("qty", True), ("motCode", True), ("cifvalue", True)],
)
def test_an_answer_without_a_column_is_refused(
    services: Services, tmp_path: Path, column: str, *, renamed: bool
) -> None:
    """A column that is gone, or goes by another name: exit 1, the service and the column named, nothing stored."""

    def change(body: bytes) -> bytes:
        answer = json.loads(body)
        for record in answer["data"] if "primaryValue" in body.decode() else []:
            cell = record.pop(column)
            record.update({"newName": cell} if renamed else {})
        return json.dumps(answer).encode()

    _changed(services, "comtrade", change)
    ran = refresh(tmp_path, "comtrade")
    assert ran.code == 1
    assert "the answer lacks" in ran.err
    assert "127.0.0.1" in ran.err
    assert Store(tmp_path).stored("comtrade").empty
