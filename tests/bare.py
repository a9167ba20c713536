"""The product in a Python that lacks what Windows lacks: ``python -X warn_default_encoding -m tests.bare FOLDER``.

Every module is imported, the page is served and asked for, the shipped data are read, one CSV comes in
and one goes out. Names are taken away once the libraries, which go by the name of the system, have found
their own; the lock's alone comes after, and does without ``fcntl``.
"""

from __future__ import annotations

import asyncio
import concurrent.futures.process
import ctypes.util
import getpass
import importlib
import multiprocessing.connection
import multiprocessing.pool
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.request
import uuid
import warnings
from pathlib import Path
from typing import Final

import choreographer
import dash
import lxml.etree
import openpyxl
import pandas as pd
import pyarrow.csv
import pyarrow.parquet
import requests
import waitress
import xlrd

from tests.lacking import MODULES, NAMES, product

# Imported for what they take from the system before it is gone.
_FIRST: Final = (
    *(asyncio, concurrent.futures, ctypes, getpass, multiprocessing, shutil, subprocess, tarfile, uuid),
    *(choreographer, dash, lxml, openpyxl, pd, pyarrow, requests, waitress, xlrd),
)
_ROOT: Final = Path(__file__).resolve().parents[1]
_NAME: Final = "海关.csv"
_ROWS: Final = "t,i,j,k,v,q\n2022,643,156,270900,58000000,86000000\n"  # synthetic, near to what is held


def _strip() -> None:
    """Take away what Windows lacks."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it fails
    for module in (os, select, signal, socket, time):
        for name in NAMES.get(module.__name__, ()):
            if hasattr(module, name):
                delattr(module, name)
    warnings.filterwarnings("error", category=EncodingWarning, module=r"(app|loaders|analysis|layouts|callbacks)\b")


def _modules() -> int:
    """Import every product module; return how many there are."""
    parts = [file.relative_to(_ROOT).with_suffix("").parts for file in product()]
    names = [".".join(part[:-1] if part[-1] == "__init__" else part) for part in parts]
    for name in names:
        importlib.import_module(name)
    return len(names)


def _page() -> int:
    """Serve the page on a free port, ask for it once, end orderly; return the status."""
    from app import create_app  # noqa: PLC0415  # after the names are gone
    from callbacks.server.serving import Server  # noqa: PLC0415

    server = Server(create_app().server, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=60) as answer:
            return int(answer.status)
    finally:
        server.end()
        thread.join()


def _in_and_out(folder: Path) -> str:
    """Import one CSV, list it, export one; return the line that came in."""
    from app import main  # noqa: PLC0415

    given, data, out = folder / _NAME, folder / "data", folder / "out"
    given.write_text(_ROWS, "utf-8")
    code = main(["--data-dir", str(data), "--import", str(given)])
    code = code or main(["--data-dir", str(data), "--list"])
    code = code or main(["--data-dir", str(data), "--export", str(out), "--chart", "table", "--format", "csv"])
    if code:
        sys.exit(f"a command ended with {code}")
    lines = (out / "table.csv").read_bytes().decode("utf-8").split("\n")
    return next(line for line in lines if _NAME in line)


def main() -> None:
    """Do it all and print one line of what was seen."""
    tempfile.gettempdir()
    _strip()
    from loaders.core.store import Store  # noqa: PLC0415

    modules, rows = _modules(), len(Store(Path(sys.argv[1]) / "none").load().trade)
    line = _in_and_out(Path(sys.argv[1]))
    sys.stdout.write(f"page {_page()}, {modules} modules, {rows} rows, in and out: {line.encode()!r}\n")


if __name__ == "__main__":
    main()
