"""Files that swell or never end are refused in one line, within bounded memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from loaders.core.store import ROOT
from tests.loaders.support.kit import recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_GOOD = recorded("bad", "good.csv")
_LONG = 100 << 20
_HUGE = 2 << 30
_MOST = 400


def _sparse(path: Path, start: bytes) -> None:
    """Write ``start``, then zeros up to 2 GB that take no room on disk."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(_HUGE)


def _gzip(path: Path, start: bytes) -> None:
    """Write a gzip of ``start`` and 2 GB of zeros: one packed block, many times."""
    block = gzip.compress(bytes(16 << 20), 1)
    path.write_bytes(gzip.compress(start) + block * (_HUGE >> 24))


def _zip(path: Path, start: bytes) -> None:
    """Write a zip whose one member says that it is small and unpacks to 160 MB of zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("a.csv", start + bytes(160 << 20))
    content, size = path.read_bytes(), (len(start) + (160 << 20)).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (60 << 20).to_bytes(4, "little")))


def _line(path: Path, start: bytes, end: bytes) -> None:
    path.write_bytes(start + b"x" * _LONG + end)


def _deep(path: Path) -> None:
    path.write_bytes(b'{"elapsedTime":"0.1","data":' + b"[" * (8 << 20))


def _entities(path: Path) -> None:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{rows}]><html><table>&e11;</table></html>')


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "zeros.csv": (lambda path: _sparse(path, b""), "zero bytes only"),
    "zeros_after_a_good_row.csv": (lambda path: _sparse(path, _GOOD), "ends in zero bytes|NUL characters"),
    "zeros.csv.gz": (lambda path: _gzip(path, b""), "zero bytes only"),
    "zeros_after_a_good_row.csv.gz": (lambda path: _gzip(path, _GOOD), "ends in zero bytes|NUL characters|zip bomb"),
    "says_less.zip": (lambda path: _zip(path, _GOOD), "damaged or cut short|NUL characters"),
    "one_line.csv": (lambda path: _line(path, b"", b""), "text that begins"),
    "long_line.csv": (lambda path: _line(path, _GOOD, b"\n" + _GOOD), "longer than"),
    "long_cell.csv": (lambda path: _line(path, _GOOD + b'"', b'"\n'), "longer than"),
    "deep.json": (_deep, "JSON|json"),
    "entities.html": (_entities, "entities"),
}


def test_bombs(tmp_path: Path) -> None:
    """Each is refused in one line that names it, the store stays empty, and the process stays small."""
    for name, (make, _) in BOMBS.items():
        make(tmp_path / name)
    files = [str(tmp_path / name) for name in BOMBS]
    command = [sys.executable, "-m", "tests.loaders.support.bombs", str(tmp_path), *files]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    reports = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(reports) == len(BOMBS)
    for (name, (_, words)), report in zip(BOMBS.items(), reports, strict=True):
        assert report["code"] in {1, 2}, name
        assert report["err"].startswith(name), report
        assert report["err"].count("\n") == 1, report
        assert any(word in report["err"] for word in words.split("|")), report
        assert report["peak"] < _MOST, report
    assert ended.stderr == ""
    assert not (tmp_path / "data").exists()
