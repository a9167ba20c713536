"""What is said of each source, from ``data/codes/sources.csv``: its name, publisher and licence, and what it serves.

The page and the measures read this alone; the readers of files (``loaders.registry``) come with the
commands that need them.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from loaders.core.store import CODES

_BETWEEN: Final = "; "


class SourceRole(StrEnum):
    """What a source serves. Where several serve the same, the lower ``rank`` comes first."""

    CHINA = "china"  # China's count of trade with single countries, by month and year
    CHINA_WORLD = "china-world"  # and with the world
    CHINA_MIRROR = "china-mirror"  # China's side where two customs offices are compared
    RUSSIA_MIRROR = "russia-mirror"  # Russia's side there
    RUSSIA = "russia"  # Russia's own count
    OWN = "own"  # one office's own count, month by month
    FIRST = "first"  # first prints of a period
    NOW = "now"  # China's customs as they stand now
    TABLES = "tables"  # customs' own tables, as printed
    PAPERS = "papers"  # newspapers that quote customs
    FUND = "fund"  # an international body that estimates what a country does not report
    MERGED = "merged"  # both countries' reports made one
    QUOTED = "quoted"  # the figures that are judged
    MODEL = "model"  # modelled, no count of customs
    REBUILT = "rebuilt"  # rebuilt from partners' data


@dataclass(frozen=True, kw_only=True)
class Record:
    """A publisher's series: who made it, on what terms, and what it serves.

    ``brief`` is the name in a picture's source line, where the title would be too long. ``aliases``
    are other names under which people ask for it, or rows name it. ``side`` is the side table that
    holds its figures where they are no values of a trade flow.
    """

    name: str
    title: str = ""
    publisher: str = ""
    homepage: str = ""
    licence: str = ""
    cite: str = ""
    coverage: str = ""
    brief: str = ""
    aliases: tuple[str, ...] = ()
    side: str = ""
    rank: int = 0
    roles: tuple[SourceRole, ...] = ()


@cache
def records() -> dict[str, Record]:
    """Return every record by the name of its source."""
    with (CODES / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return {line["name"]: _record(line) for line in csv.DictReader(lines)}


def _record(line: dict[str, str]) -> Record:
    lists = {key: tuple(line.pop(key).split(_BETWEEN)) if line[key] else () for key in ("aliases", "roles")}
    roles = tuple(SourceRole(role) for role in lists["roles"])
    return Record(**line | {"rank": int(line["rank"] or 0), "aliases": lists["aliases"], "roles": roles})  # type: ignore[arg-type]


@cache
def record_of(name: str) -> Record | None:
    """Return the record that a row names, by its name or by another one; None where it is none of ours."""
    known = records()
    return known.get(name) or next((one for one in known.values() if name in one.aliases), None)


@cache
def serving(role: SourceRole) -> tuple[str, ...]:
    """Return the names of the sources that serve something, first the one that comes first."""
    own = [one for one in records().values() if role in one.roles]
    return tuple(one.name for one in sorted(own, key=lambda one: one.rank))
