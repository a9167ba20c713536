"""The part of plotly.js that the page needs, where set-up could get it; the whole of it everywhere else."""

import hashlib
import pkgutil
import tomllib
from pathlib import Path
from typing import Final

from plotly.offline import get_plotlyjs_version

_ROOT: Final = Path(__file__).resolve().parents[2]
PINNED: Final = _ROOT / "plotly-bundle.toml"
FOLDER: Final = _ROOT / "vendor"
PACKAGE, WHOLE = "plotly", "package_data/plotly.min.js"  # where Dash asks for it


def script() -> bytes:
    """Return the part, else the whole."""
    return read() or pkgutil.get_data(PACKAGE, WHOLE) or b""


def read(folder: Path | None = None) -> bytes | None:
    """Return the part, None where it is not held, is not the very file that is pinned, or is of another version.

    A part that does not fit the plotly that draws would show pictures other than those that were tested.
    """
    try:
        pinned = tomllib.loads(PINNED.read_text("utf-8"))
        content = ((folder or FOLDER) / pinned["file"]).read_bytes()
    except OSError:
        return None
    fits = pinned["version"] == get_plotlyjs_version()
    return content if fits and hashlib.sha256(content).hexdigest() == pinned["file_sha256"] else None
