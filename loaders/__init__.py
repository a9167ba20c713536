"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file here and one line in ``SOURCES``.
"""

from typing import Final

from loaders import atlas, baci, comext, imf, oec, wits
from loaders.source import Source

_ALL: Final[tuple[Source, ...]] = (
    baci.SOURCE,
    imf.SOURCE,
    comext.SOURCE,
    oec.SOURCE,
    wits.SOURCE,
    atlas.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
