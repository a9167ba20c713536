"""A folder that an export writes: each file whole or not at all, and last of all a manifest that names them."""

import argparse
import glob
import hashlib
import json
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.source_names import names_of
from commands.telling import complain
from layouts.figure import source_line
from loaders.core import program, schema
from loaders.core.store import PART, write_bytes

MANIFEST: Final = "manifest.json"


class ExportFolder:
    """Writes files beside their names and puts them in place whole; a kill leaves no half of one.

    ``manifest.json`` is written last, by :meth:`close`. The one of an earlier export goes before the first file
    changes, so that no manifest ever names a file that differs from what it says.
    """

    def __init__(self, folder: Path, query: str = "", version: str = "") -> None:
        """Make the folder; ``query`` is the command's, ``version`` names the state of the data.

        Raises:
            OSError: the folder cannot be made or written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._query, self._version = folder, query, version
        self._files: list[dict[str, Any]] = []
        self._releases: dict[str, str | None] = {}

    def write(self, name: str, content: bytes, chart: str = "", query: str = "") -> Path:
        """Put a file in its place and note it; ``name`` may lie in a folder below.

        Raises:
            StoreError: the disk does not take it; what stood there stands.
        """
        file = self.folder / name
        (self.folder / MANIFEST).unlink(missing_ok=True)
        for left in file.parent.glob(f".{glob.escape(file.name)}.*{PART}"):  # by an export that was killed
            left.unlink(missing_ok=True)
        write_bytes(file, content)
        whose = {"chart": chart, "query": query} if chart else {}
        digest = hashlib.sha256(content).hexdigest()
        self._files.append({"file": name, **whose, "bytes": len(content), "sha256": digest})
        return file

    @property
    def written(self) -> tuple[int, int]:
        """How many files were written, and their bytes."""
        return len(self._files), sum(one["bytes"] for one in self._files)

    def rests_on(self, rows: pd.DataFrame) -> None:
        """Note the sources of rows that were written, each with its newest release among them."""
        for name in source_line.names(rows):
            newest = _released(rows, name)
            self._releases[name] = max(filter(None, (newest, self._releases.get(name))), default=None)

    def close(self) -> None:
        """Write the manifest of what was written; none where nothing was.

        Raises:
            StoreError: the disk does not take it.
        """
        if not self._files:
            return
        sources = [
            {**source_line.record(name), "newest_release": newest} for name, newest in sorted(self._releases.items())
        ]
        listed = {
            "program": {"name": program.NAME, "version": program.VERSION},
            "data_version": self._version,
            "query": self._query,
            "sources": sources,
            "files": self._files,
        }
        text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
        write_bytes(self.folder / MANIFEST, text.encode())


def made(args: argparse.Namespace, dataset: Dataset) -> ExportFolder | None:
    """Return the folder that ``--export`` names; None, with a line that says why, where it cannot be written."""
    try:
        return ExportFolder(Path(args.export), args.query, dataset.version)
    except OSError as error:
        complain(f"{args.export}: cannot be written ({error.strerror}); name another folder")
        return None


def _released(rows: pd.DataFrame, name: str) -> str | None:
    """Return the newest day on which a source released one of the rows, as ``YYYY-MM-DD``; None without a date."""
    if "released" not in rows or "source" not in rows:
        return None
    cells = [cell for cell in rows["source"].dropna().unique() if name in names_of(str(cell))]
    own = rows[rows["source"].isin(cells)]
    newest = (schema.published(own) if "reference" in own else own["released"]).max()
    return None if newest is None or newest != newest else f"{newest:%Y-%m-%d}"  # noqa: PLR0124 (no day is not itself)
