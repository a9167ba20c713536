"""The list of sources: a new one is one file or folder of ``sources`` and one line here."""

from typing import Final

from loaders.core.source import Source
from loaders.sources import atlas, baci, bruegel, cbr, crea, ecb, exported_table, oec, wto
from loaders.sources.china_customs import source as gacc
from loaders.sources.comtrade import source as comtrade
from loaders.sources.eurostat import source as comext
from loaders.sources.imf import source as imf
from loaders.sources.russia_customs import source as fcs
from loaders.sources.shipped import figure_files, press
from loaders.sources.trade_map import source as trademap
from loaders.sources.world_bank import source as worldbank
from loaders.sources.world_bank import wits


def _figures(name: str) -> Source:
    """Return a source of which nothing but a record and figures of ``data/figures`` ships."""
    return Source.of(name, parse=figure_files.parse)


_ALL: Final[tuple[Source, ...]] = (
    _figures("article"),
    atlas.SOURCE,
    baci.SOURCE,
    _figures("bis"),
    bruegel.SOURCE,
    cbr.SOURCE,
    _figures("cbr_review"),
    comext.SOURCE,
    comtrade.SOURCE,
    crea.SOURCE,
    ecb.SOURCE,
    _figures("eia"),
    fcs.SOURCE,
    _figures("fed"),
    gacc.SOURCE,
    imf.SOURCE,
    _figures("mgimo"),
    fcs.NATIONAL,
    _figures("armstat"),
    _figures("bns_kaz"),
    _figures("nsc_kgz"),
    oec.SOURCE,
    press.SOURCE,
    trademap.SOURCE,
    wits.SOURCE,
    worldbank.SOURCE,
    wto.SOURCE,
)
SOURCES: Final = {source.name: source for source in _ALL}
# what reads a reader's file: the sources, and the table that names its sources row by row
READERS: Final = (*_ALL, exported_table.SOURCE)
