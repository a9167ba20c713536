"""How to cite one view of a chart: in words, as BibTeX and as RIS, each with the version of the data that it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from layouts.words import text
from layouts.words.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layouts.takeaway.taken_chart import TakenChart

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


def sentence(taken: TakenChart) -> str:
    """Return the citation in words: what it is called, whose figures, which version of them, where they are shown."""
    parts = {"finding": taken.words.finding, "sources": text.clauses(_sources(taken)), "address": taken.page}
    if not taken.version:
        return say("takeaway.cite", **parts)
    return say("takeaway.cite.version", **parts, version=taken.version, day=_day(taken))


def bibtex(taken: TakenChart) -> str:
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


def ris(taken: TakenChart) -> str:
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


def _edition(taken: TakenChart) -> str:
    return say("takeaway.version", version=taken.version, day=_day(taken)) if taken.version else ""


def _whose(taken: TakenChart) -> str:
    return say("takeaway.whose", sources=text.clauses(_sources(taken)))


def _day(taken: TakenChart) -> str:
    return text.day(pd.Timestamp(taken.newest)) if taken.newest else ""


def _sources(taken: TakenChart) -> list[str]:
    """Return how each source asks to be cited."""
    return _distinct((one.get("cite") or one["name"]).rstrip(".") for one in taken.sources)


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _bibtex(value: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in _one_line(value))


def _one_line(value: str) -> str:
    return _BLANKS.sub(" ", value.replace("\N{NO-BREAK SPACE}", " ")).strip()
