"""Public sources in, the one table out: no Dash, no Plotly.

A new source is one file here and one line in ``SOURCES``.
"""

from typing import Final

from loaders import article, baci, imf, mgimo, press
from loaders.source import Source

_ALL: Final[tuple[Source, ...]] = (
    article.SOURCE,
    baci.SOURCE,
    imf.SOURCE,
    mgimo.SOURCE,
    press.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
