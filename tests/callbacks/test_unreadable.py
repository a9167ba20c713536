"""A data dir that cannot be looked into costs one line; what ships is shown, and no path of this machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from app import create_app
from callbacks.live_dataset import LiveDataset
from loaders.core.store import Store, StoreError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["a name that is too long", "a link to itself"])
def test_an_unreadable_data_dir(tmp_path: Path, kind: str) -> None:
    """The page, the layout and the state are served; one problem is told, by the folder's own name alone."""
    if sys.platform == "win32":
        pytest.skip("links and long names are others there")
    folder = tmp_path / ("x" * 300 if kind == "a name that is too long" else "loop")
    if kind == "a link to itself":
        folder.symlink_to(folder)
    store = Store(folder)
    client = create_app(LiveDataset(store)).server.test_client()
    for path in ("/", "/_dash-layout", "/health"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert str(tmp_path) not in answer.text
    assert client.get("/health").get_json()["problems"] == 1
    assert client.get("/health").get_json()["rows"] > 10_000
    assert "cannot be read" in client.get("/_dash-layout").text
    with pytest.raises(StoreError, match="cannot be read"):
        store.stored("gacc")
