"""What a server brings into memory before its first answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGE = {
    *("openpyxl", "xlrd", "lxml", "kaleido", "requests", "dask", "redis"),
    *("loaders.registry", "loaders.importing.run"),
}
ASKED = """
import sys
from app import create_app
from callbacks.server import serving
print(create_app().server.test_client().get("/robots.txt").status_code)
print(*sorted(sys.modules))
"""


def test_a_server_starts_without_what_only_commands_need() -> None:
    """Readers of files, of the network and drawers of files come with the commands that use them."""
    run = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True)
    code, loaded = run.stdout.splitlines()
    assert code == "200"
    assert set(loaded.split()) & LARGE == set()
    assert "callbacks.wiring" in loaded.split()
