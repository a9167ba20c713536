"""Names of everything that a callback touches."""

from enum import StrEnum


class Id(StrEnum):
    """Ids of the page, one each."""

    ADDRESS = "address"
    WIDTH = "width"
    DARK = "dark"
    MEASURE = "measure"
    FLOW = "flow"
    CURRENCY = "currency"
    START = "start"
    END = "end"
    ASOF = "asof"
    ASOF_SAID = "asof-said"
    STATE = "state"
    CLAIMS = "claims-cards"
    TEXT = "claims-text"
    TEXT_CHECK = "claims-check"
    TEXT_ASKED = "claims-asked"
    TEXT_SAID = "claims-said"
    PRINTED = "printed"
    DOWNLOAD = "download"
    ANNOUNCEMENTS = "announcements"
    VIEW = "view"
    ASKED = "asked"
    STATE_VIEW = "state-view"
    KEY_FIGURES = "key-figures"
    POINT = "point-panel"
    POINT_CLOSE = "point-close"
    POINT_SAID = "point-said"


def part(kind: str, chart: str) -> str:
    """Return the id of one part of a chart's section: figure, view, words, note, source, png, csv, link, table."""
    return f"{chart}-{kind}"
