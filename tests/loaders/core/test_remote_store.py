"""A data dir at an address: changed whole, read by many, never half, over a folder and over an S3 on this machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from pyarrow import fs

from app import main
from callbacks.live_dataset import LiveDataset
from loaders.core import remote_store
from loaders.core.remote_store import RemoteStore, store_at
from loaders.core.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Open = Callable[[], RemoteStore]

ROOT = Path(__file__).resolve().parents[3]
MOTO = ROOT / ".venv" / "s3"  # a folder of its own: it needs older packages than the program
PATIENCE = 60
KEYS = {"AWS_ACCESS_KEY_ID": "no", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def s3() -> Iterator[int]:
    """Run an S3 of moto on a free port; without it the tests are skipped, but never in CI."""
    if not (MOTO / "moto").exists():
        if os.environ.get("CI"):
            pytest.fail("moto is missing, and it is mandatory in CI")
        pytest.skip("no moto: python run.py test installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    line = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(line, env={**os.environ, **KEYS, "PYTHONPATH": str(MOTO)}, **quiet)  # type: ignore[call-overload]
    for _ in range(PATIENCE * 50):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield port
    server.kill()
    server.wait()


@pytest.fixture(params=["file", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return an address that holds nothing yet."""
    monkeypatch.setattr(remote_store, "LOOK", 0.0)
    if request.param == "file":
        return (tmp_path / "remote" / "trade").as_uri()
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    bucket = f"b{os.urandom(6).hex()}"
    given = f"s3://{bucket}/some/trade?endpoint_override=127.0.0.1:{request.getfixturevalue('s3')}&scheme=http"
    fs.FileSystem.from_uri(f"{given}&allow_bucket_creation=true")[0].create_dir(bucket)
    return given


@pytest.fixture
def opened(address: str, tmp_path: Path) -> Open:
    """Return how one more machine opens the address; it ships a few rows."""
    snapshot = tmp_path / "snapshot"
    snapshot.mkdir()
    _shipped("press").head(20).to_parquet(snapshot / "press.parquet")
    (snapshot / "MANIFEST.csv").write_text("file\npress.parquet\n", "utf-8")
    return lambda: RemoteStore(address, snapshot)


_shipped = cache(Store("/nonexistent").shipped)


def rows(number: int) -> pd.DataFrame:
    """Return some rows of a source."""
    return _shipped("imf").head(number)


def test_what_one_machine_writes_all_read(opened: Open) -> None:
    """Tables, side tables and notes, with their times; what only guards the writing stays at home."""
    writer, reader = opened(), opened()
    assert len(reader.load().trade) == 20
    before = reader.stamp()
    with writer.lock():
        writer.write("imf", rows(7))
        writer.write_side("rates", pd.DataFrame({"a": ["1"]}))
        writer.write_note(".failing", '["ecb"]')
    assert reader.stamp() != before
    assert len(reader.load().trade) == 27
    assert reader.stored_side("rates")["a"].tolist() == ["1"]
    assert reader.read_note(".failing") == '["ecb"]'
    assert reader.sources() == ["imf"]
    files = [file for store in (writer, reader) for file in [store.folder / "imf.parquet"]]
    assert len({(file.stat().st_mtime_ns, file.read_bytes()) for file in files}) == 1
    assert {file.name for file in reader.folder.rglob(".*")} == {".failing"}
    assert reader.stamp() == reader.stamp()


def test_a_change_comes_whole_or_not_at_all(opened: Open) -> None:
    """What fails inside the lock is not put, and the writer's own copy is the version before again."""
    writer, reader = opened(), opened()
    with writer.lock():
        writer.write("imf", rows(7))
    with pytest.raises(LookupError), writer.lock():
        _fail_after(lambda: writer.write("imf", rows(3)))
    assert len(writer.stored("imf")) == 3
    writer.stamp()
    assert len(writer.stored("imf")) == len(reader.stored("imf")) == 7


def _fail_after(write: Callable[[], None]) -> None:
    write()
    raise LookupError


def test_of_two_writers_one_is_told_to_try_again(opened: Open) -> None:
    """Whoever ends later wrote over figures that it had not seen: nothing of it is put."""
    first, second = opened(), opened()
    with pytest.raises(StoreError, match="changed by another writer meanwhile; nothing is written"), second.lock():
        _change(second, first)
    assert first.sources() == opened().sources() == ["imf"]
    with second.lock():
        assert second.sources() == ["imf"]
        second.write("ecb", rows(3).assign(source="ecb"))
    assert opened().sources() == ["ecb", "imf"]


def _change(second: RemoteStore, first: RemoteStore) -> None:
    second.write("ecb", rows(3).assign(source="ecb"))
    with first.lock():
        first.write("imf", rows(7))


def test_of_two_at_the_very_same_moment_both_withdraw(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finds the other's version of the same number; neither has taken the other's figures away."""
    first, second = opened(), opened()
    put = RemoteStore._write

    def both(store: RemoteStore, name: str, content: bytes) -> None:
        put(store, name, content)
        if name.startswith("versions/"):
            put(store, "versions/00000001-00000000.json", b"{}")

    monkeypatch.setattr(RemoteStore, "_write", both)
    with pytest.raises(StoreError, match="another writer"), first.lock():
        first.write("imf", rows(7))
    assert second._versions() == ["00000001-00000000.json"]


def test_what_did_not_change_is_no_version(opened: Open) -> None:
    """A refresh that brought nothing new makes no reader fetch anything."""
    writer = opened()
    with writer.lock():
        writer.write("imf", rows(7))
    versions = writer._versions()
    with writer.lock():
        writer.write("imf", rows(7))
    assert writer._versions() == versions


def test_old_versions_go_and_their_files_after_a_while(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest three stay with all that they name; a file that none names may be one that is being put."""
    writer = opened()

    def stored() -> int:
        return len(writer._files.get_file_info(fs.FileSelector(f"{writer._root}/files")))

    for number in range(1, 6):
        with writer.lock():
            writer.write("imf", rows(number))
    assert [int(name[:8]) for name in writer._versions()] == [3, 4, 5]
    assert stored() == 5
    monkeypatch.setattr(remote_store, "SPARE", pd.Timedelta(seconds=-60))
    with writer.lock():
        writer.write("imf", rows(6))
    assert stored() == 3
    assert len(opened().stored("imf")) == 6


def test_an_address_that_goes_away_leaves_what_was_read(opened: Open, address: str) -> None:
    """A worker serves on, says why, and reads again once it can; one that starts meanwhile shows what ships."""
    writer, live = opened(), LiveDataset(opened())
    with writer.lock():
        writer.write("imf", rows(7))
    assert len(live.dataset().trade) == 27
    live.follow()
    assert isinstance(live.store, RemoteStore)
    live.store._versions = _fails  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="cannot be read") as caught:
        live.look()
    assert "secret" not in str(caught.value)
    assert "endpoint" not in str(caught.value)
    assert len(live.dataset().trade) == 27
    with pytest.raises(StoreError, match="cannot be read"), live.store.lock():
        pytest.fail("nothing may be written over what could not be read")
    del live.store._versions
    with writer.lock():
        writer.write("imf", rows(2))
    live.look()
    assert len(live.dataset().trade) == 22
    late = RemoteStore(address, live.store.snapshot)
    late._versions = _fails  # type: ignore[method-assign]
    loaded = late.load()
    assert len(loaded.trade) == 20
    assert "what is held is shown" in loaded.problems[0]


def _fails() -> list[str]:
    raise OSError("no route to host")


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", "..\\b", "C:b", ""])
def test_a_name_that_leads_outside_is_refused(opened: Open, name: str) -> None:
    """Whoever can write to the address still writes no file of a reader's machine."""
    reader = opened()
    content = b"x"
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    reader._write(f"files/{digest}", content)
    reader._write("versions/00000001-00000000.json", json.dumps({name: [digest, 1]}).encode())
    loaded = reader.load()
    assert "no file of a data dir" in loaded.problems[0]
    assert not list(reader.folder.rglob("*"))


@pytest.mark.parametrize("content", [b"", b"[", b"7", b'{"a": 1}', b'{"a": ["x", 1]}', b"\xff"])
def test_a_broken_version_costs_one_line(opened: Open, content: bytes) -> None:
    """What ships is shown."""
    reader = opened()
    reader._write("versions/00000001-00000000.json", content)
    loaded = reader.load()
    assert len(loaded.trade) == 20
    assert len(loaded.problems) == 1


def test_a_changed_file_is_not_taken(opened: Open) -> None:
    """A file is held to the hash that its version names."""
    writer = opened()
    with writer.lock():
        writer.write("imf", rows(7))
    digest = writer._listed["imf.parquet"][0]
    writer._write(f"files/{digest}", b"PAR1")
    assert "is not what its name says" in opened().load().problems[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
def test_copies_go_with_the_process_that_made_them(opened: Open) -> None:
    """At the end nothing is left, and a fork that ends takes nothing from its parent."""
    code = (
        "import sys; from loaders.core.remote_store import store_at; import os\n"
        "s = store_at(sys.argv[1]); print(s.folder)\n"
        "sys.exit(0) if os.fork() == 0 else os.wait()\n"
        "print(s.folder.exists())"
    )
    store = opened()
    run = subprocess.run(
        [sys.executable, "-c", code, store.address], cwd=ROOT, capture_output=True, text=True, check=True
    )
    folder, there = run.stdout.split()[-2:]
    assert there == "True"
    assert not Path(folder).exists()


def test_the_whole_program_works_on_an_address(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file is imported, listed, exported and forgotten again, each by a store of its own."""

    def app(*words: str) -> tuple[int, str]:
        return main([*words, "--data-dir", address]), capsys.readouterr().out

    file = tmp_path / "baci.csv"
    file.write_text("t,i,j,k,v,q\n2022,643,156,270900,58000000,86000000\n", "utf-8")  # synthetic, near to what is held
    assert app("--import", str(file))[0] == 0
    code, listed = app("--list")
    assert code == 0
    assert "baci.csv: 1 rows of baci" in listed
    assert app("--forget", "baci.csv")[0] == 0
    assert "baci.csv" not in app("--list")[1]


def test_where_the_data_lie_is_read_from_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is a folder, an address an address, from the flag or else from the environment."""
    assert store_at(str(tmp_path)).folder == tmp_path
    assert type(store_at("C:\\data")) is Store
    monkeypatch.setenv("TRADE_DATA_DIR", (tmp_path / "x").as_uri())
    assert isinstance(store_at(), RemoteStore)
    assert type(store_at(str(tmp_path))) is Store
    with pytest.raises(ValueError, match="ftp://host/x: no address that can be read"):
        store_at("ftp://host/x")
    shutil.rmtree(tmp_path)
