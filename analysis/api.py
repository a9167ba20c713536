"""The door for notebooks: ``from analysis.api import measure``.

It stands here for its address. It hands out the rows of charts, so it stands above all rooms, and no room may
import it; what it needs is imported when it is first asked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    import pandas as pd

    from callbacks.live_dataset import LiveDataset


def measure(name: str, *, data_dir: str | None = None, **view: str | int) -> pd.DataFrame:
    """Return the rows of a chart, those of its CSV: a row a plotted point, months and days as dates.

    ``name`` is a chart as ``--list`` names it; ``view`` are words of the page's address, as in ``flow="import",
    start=2019, lang="ru"``; ``data_dir`` is where refreshed and imported data lie. ``attrs`` of the frame hold
    ``columns`` (heading and meaning with its unit by name), ``sources`` (publisher, licence, citation), ``title``,
    ``subtitle``, ``note``, ``unit``, ``query``, ``newest_release``, ``version`` of the data and of the ``program``.

    Raises:
        ValueError: no such chart, or a word, choice or version that means nothing; the line lists what there is.
    """
    from analysis.selection import Selection, misread  # noqa: PLC0415 (a notebook waits for pandas only when it asks)
    from layouts.charts.registry import CHARTS  # noqa: PLC0415
    from layouts.takeaway.taken_chart import metadata  # noqa: PLC0415
    from layouts.words.language import speaking  # noqa: PLC0415
    from loaders.core.program import VERSION  # noqa: PLC0415

    if name not in CHARTS:
        raise ValueError(f"there is no measure {name!r}; there are: {', '.join(CHARTS)}")
    query = urlencode(view)
    if wrong := misread(query):
        raise ValueError(wrong)
    selection, live = Selection.from_query(query), _live(data_dir)
    try:
        live.version(selection.v)
    except KeyError as error:
        raise ValueError(f"there is no version {selection.v!r} of the data; --changes lists them") from error
    taken = live.taken(CHARTS[name], selection, "")
    with speaking(selection.lang):
        known = metadata(taken)
    columns = {one.pop("name"): one for one in known.pop("columns")}
    kept = {key: known[key] for key in known if key not in {"address", "rows"}}
    taken.rows.attrs.update(kept, columns=columns, program=VERSION)
    return taken.rows


@cache
def _live(data_dir: str | None) -> LiveDataset:
    """Return the data of a data dir, read once and again when its files change."""
    from callbacks.live_dataset import LiveDataset  # noqa: PLC0415
    from loaders.core.remote_store import store_at  # noqa: PLC0415

    return LiveDataset(store_at(data_dir))
