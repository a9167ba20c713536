"""Fixtures and the socket guard: no test reaches beyond this machine."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from callbacks import live_dataset
from callbacks.live_dataset import LiveDataset, read
from loaders.core.store import SNAPSHOT, Store

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from dash import Dash
    from flask import Flask
    from playwright.sync_api import Browser

    from analysis.dataset import Dataset

# No test depends on how fast the machine is.
settings.register_profile("steady", deadline=None, max_examples=30)
settings.load_profile("steady")
GARBAGE = 10_000, 10, 50  # objects made since it was looked for, and how often among the young before the older
LOCAL = ("127.0.0.1", "::1", "localhost")
# What no test looks at. Each window would open a page of its own for suggestions to type, at half a second of processor
# time; this list takes the place of Playwright's, of which it keeps what is met here.
WITHOUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "PaintHolding"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PreconnectToSearch"),
)
FLAGS = (
    f"--disable-features={','.join(WITHOUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage in what is imported and collected, which stays: a tenth of all time went into that."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(*GARBAGE)
    return collected


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a connection go to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in LOCAL:
            pytest.fail(f"a test tried to connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_follower_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no thread that follows files outlive its test: its lines would stand in the output of another."""
    followed: list[LiveDataset] = []
    follow = LiveDataset.follow

    def noted(live: LiveDataset) -> None:
        followed.append(live)
        follow(live)

    monkeypatch.setattr(LiveDataset, "follow", noted)
    yield
    for live in followed:
        live.end()


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Return the dataset of the data that ship, nothing of the reader's own."""
    return read(Store("/nonexistent"))


@pytest.fixture
def one_dataset(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show commands without a data dir the dataset that all tests share, with what was computed of it."""
    monkeypatch.setattr(
        live_dataset,
        "read",
        lambda store, *version: (
            dataset if store.snapshot == SNAPSHOT and not store.folder.exists() else read(store, *version)
        ),
    )


@pytest.fixture(scope="session")
def live(dataset: Dataset) -> LiveDataset:
    """Return a live of the data that ship; what was computed of the dataset need not be computed again."""
    store = Store("/nonexistent")
    return LiveDataset(store, dataset, store.stamp())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium; without one browser tests are skipped, but never in CI."""
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and browser tests are mandatory in CI")
        pytest.skip("no Chromium: apt-get install -y chromium fonts-liberation fonts-noto-cjk")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (starts a driver; only browser tests pay)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> tuple[Dash, Path]:
    """Build the application over an empty data dir, whose files are read once there are some; return both."""
    from app import create_app  # noqa: PLC0415 (the page is built only for tests that ask for it)

    store = Store(tmp_path_factory.mktemp("data"))
    return create_app(LiveDataset(store, dataset, store.stamp())), Path(store.folder)


@contextmanager
def serving(application: Flask) -> Iterator[str]:
    """Serve an application on a free port as ``python app.py`` does; give its address."""
    from callbacks.server.serving import Server  # noqa: PLC0415 (for browser tests only)

    server = Server(application, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.end()
    thread.join()


@pytest.fixture(scope="session")
def site(application: tuple[Dash, Path]) -> Iterator[tuple[str, Path]]:
    """Serve the page; return its address and its data dir."""
    with serving(application[0].server) as address:
        yield address, application[1]
