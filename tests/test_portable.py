"""Linux, macOS and Windows: nothing in the product rests on what one of them lacks."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.lacking import ROOT, faults, product

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.portable
@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("import fcntl", "imports fcntl"),
        ("def f():\n    import resource", "imports resource"),
        ("from os import fork", "imports fork"),
        ("import os\nos.sched_getaffinity(0)", "uses os.sched_getaffinity"),
        ("import os\nif hasattr(os, 'fork'):\n    os.kill(1, 9)", "uses os.kill"),
        ("import signal\nsignal.signal(signal.SIGKILL, f)", "uses signal.SIGKILL"),
        ("import os\nos.rename(a, b)", "uses os.rename"),
        ("open('a')", "opens text without an encoding"),
        ("open('a', 'w')", "opens text without an encoding"),
        ("path.open('a+')", "opens text without an encoding"),
        ("path.read_text()", "calls read_text without an encoding"),
        ("path.write_text('a')", "calls write_text without an encoding"),
        ("subprocess.run(['a'], text=True)", "calls run with text and without an encoding"),
        ("day.strftime('%-d %B')", "calls strftime with %-"),
        ("open('/proc/self/status', 'rb')", "names '/proc/self/status'"),
    ],
)
def test_what_one_system_lacks_is_found(source: str, line: str) -> None:
    """The search for it can fail: each kind is seen where it stands."""
    assert [fault.split(": ", 1)[1] for fault in faults(source)] == [line]


@pytest.mark.portable
@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import resource\nexcept ImportError:\n    pass",
        "import os\nif hasattr(os, 'process_cpu_count'):\n    os.process_cpu_count()",
        "open('a', 'rb')\npath.open('rb')\npath.open('x', encoding='utf-8')\nos.open(os.devnull, os.O_WRONLY)",
        "path.read_text('utf-8')\npath.write_text('a', 'utf-8')\nsubprocess.run(['a'], text=True, encoding='utf-8')",
        "'''It reads /proc/cpuinfo.'''",
    ],
)
def test_what_is_asked_for_first_is_allowed(source: str) -> None:
    """A use behind a question whether it is there is no fault."""
    assert faults(source) == []


@pytest.mark.portable
def test_the_product_rests_on_no_one_system() -> None:
    """No product file imports, calls or names what Linux, macOS or Windows lacks."""
    faults_ = [f"{file.relative_to(ROOT)}: {fault}" for file in product() for fault in faults(file.read_text("utf-8"))]
    assert faults_ == []


@pytest.mark.portable
def test_no_file_changes_on_its_way_to_another_system() -> None:
    """Git on Windows would else give every text other line ends, and hashes and recorded tables would not hold."""
    assert (ROOT / ".gitattributes").read_bytes().endswith(b"\n* -text\n")
    assert b"\r" not in (ROOT / "data" / "snapshot" / "MANIFEST.csv").read_bytes()


@pytest.mark.portable
def test_it_works_without_what_windows_lacks(tmp_path: Path) -> None:
    """In a Python without those modules and names every module imports, the page answers, a file comes in and out."""
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-m", "tests.bare", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        text=True,
        encoding="cp1252",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("page 200, ")
