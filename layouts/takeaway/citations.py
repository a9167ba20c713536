"""How to cite one view of a chart: in words, as BibTeX and as RIS, each with the version of the data that it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

import pandas as pd

from layouts.words import text
from layouts.words.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layouts.figure.chart import Chart, Words

# what a field of BibTeX may not hold as it is; a brace counts there even behind a backslash
_BIBTEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_BLANKS: Final = re.compile(r"\s+")
_LINE: Final = "\r\n"  # as RIS ends its lines


class Citable(Protocol):
    """What is asked of a chart that is taken along: ``layouts.takeaway.chart_archive`` has it."""

    @property
    def chart(self) -> Chart:
        """The chart."""

    @property
    def words(self) -> Words:
        """The words of its picture."""

    @property
    def sources(self) -> list[dict[str, str]]:
        """Publisher, licence and citation of each source."""

    @property
    def version(self) -> str:
        """The name of the version of the data, empty where it has none."""

    @property
    def newest(self) -> str:
        """The day ``YYYY-MM-DD`` by which all figures of that version were public."""

    @property
    def page(self) -> str:
        """The address of the page that shows the same."""


def sentence(taken: Citable) -> str:
    """Return the citation in words: what it is called, whose figures, which version of them, where they are shown."""
    parts = {"finding": taken.words.finding, "sources": text.clauses(_sources(taken)), "address": taken.page}
    if not taken.version:
        return say("takeaway.cite", **parts)
    return say("takeaway.cite.version", **parts, version=taken.version, day=_day(taken))


def bibtex(taken: Citable) -> str:
    """Return one entry of BibTeX in UTF-8, which BibLaTeX reads too."""
    fields = {
        "author": f"{{{_bibtex(say('page.title'))}}}",
        "title": f"{{{_bibtex(taken.words.finding)}}}",
        "year": taken.newest[:4],
        "version": _bibtex(taken.version),
        "howpublished": _bibtex(_edition(taken)),
        "note": _bibtex(_whose(taken)),
        "url": taken.page,
    }
    name = "-".join(filter(None, ("sino-russian-trade", taken.chart.name, taken.version)))
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@misc{{{name},", *lines, "}"]) + "\n"


def ris(taken: Citable) -> str:
    """Return one record of RIS, a tag a line."""
    fields = [
        ("TY", "DATA"),
        ("AU", say("page.title")),
        ("TI", taken.words.finding),
        ("PY", taken.newest[:4]),
        ("DA", taken.newest.replace("-", "/")),
        ("ET", _edition(taken)),
        *(("N1", source) for source in _sources(taken)),
        ("UR", taken.page),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return _LINE.join([*lines, "ER  - ", ""])


def _edition(taken: Citable) -> str:
    return say("takeaway.version", version=taken.version, day=_day(taken)) if taken.version else ""


def _whose(taken: Citable) -> str:
    return say("takeaway.whose", sources=text.clauses(_sources(taken)))


def _day(taken: Citable) -> str:
    return text.day(pd.Timestamp(taken.newest)) if taken.newest else ""


def _sources(taken: Citable) -> list[str]:
    """Return how each source asks to be cited."""
    return _distinct((one.get("cite") or one["name"]).rstrip(".") for one in taken.sources)


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _bibtex(value: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in _one_line(value))


def _one_line(value: str) -> str:
    return _BLANKS.sub(" ", value.replace("\N{NO-BREAK SPACE}", " ")).strip()
