"""What a server brings into memory before its first answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGE = {
    *("openpyxl", "xlrd", "lxml", "choreographer", "requests", "dask", "redis"),
    *("loaders.registry", "loaders.importing.run"),
}
ASKED = """
import sys
from app import create_app
from callbacks.server import serving
print(create_app().server.test_client().get("/robots.txt").status_code)
print(*sorted(sys.modules))
"""
# what draws takes most of a start: a server listens, and answers a page that was kept, before that is there
EARLY = """
import sys
import app
from callbacks.server import serving
from callbacks.server.settings import Settings
from loaders.core import places
places.of_program(), places.of_data(places.DEFAULT_DIR)
print(*sorted(sys.modules))
"""


def test_a_server_listens_before_what_draws_is_there() -> None:
    """Neither pandas nor Dash, nor Arrow, nor a room that takes them along."""
    run = subprocess.run([sys.executable, "-c", EARLY], cwd=ROOT, capture_output=True, text=True, check=True)
    large = {"pandas", "numpy", "dash", "plotly", "pyarrow", "babel", "layouts", "analysis"}
    assert set(run.stdout.split()) & large == set()


def test_a_server_starts_without_what_only_commands_need() -> None:
    """Readers of files, of the network and drawers of files come with the commands that use them."""
    run = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True)
    code, loaded = run.stdout.splitlines()
    assert code == "200"
    assert set(loaded.split()) & LARGE == set()
    assert "callbacks.wiring" in loaded.split()
