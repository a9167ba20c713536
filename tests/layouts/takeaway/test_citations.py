"""Citations: well-formed whatever a title holds, each with version, day, sources and address.

The rows of the charts here are made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.charts.registry import CHARTS
from layouts.takeaway import citations
from layouts.words.language import speaking

VERSION, ADDRESS = "0123456789ab", "https://example.org/trade/?flow=import&v=0123456789ab#growth"
SOURCES = [{"name": "baci", "cite": "CEPII, BACI & co. (100 % {free})."}, {"name": "press"}]


@dataclass(frozen=True)
class Said:
    """Stands for the words of a picture."""

    finding: str


@dataclass(frozen=True)
class Taken:
    """Stands for a chart that is taken along."""

    finding: str = "Up 21.5%"
    version: str = VERSION
    newest: str = "2026-11-27"
    page: str = ADDRESS
    chart: Any = CHARTS["growth"]
    sources: list[dict[str, str]] = field(default_factory=lambda: SOURCES)

    @property
    def words(self) -> Said:
        """The words of the picture."""
        return Said(self.finding)


def fields_of(entry: str) -> dict[str, str]:
    """Read one entry of BibTeX as BibTeX does: a value ends where its braces are even again.

    Raises:
        AssertionError: the entry is not well-formed.
    """
    head = re.match(r"@misc\{([A-Za-z0-9-]+),\n", entry)
    assert head is not None
    at, fields = head.end(), {"": head[1]}
    while entry[at] != "}":
        name = re.compile(r"  ([a-z]+) = \{").match(entry, at)
        assert name is not None, entry[at:]
        depth, end = 1, name.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        fields[name[1]] = entry[name.end() : end - 1]
        assert entry[end : end + 2] == ",\n"
        at = end + 2
    assert entry[at:] == "}\n"
    return fields


def unescaped(value: str) -> str:
    """Return what TeX prints of a value."""
    names = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    plain = re.sub(r"\\text([a-z]+)\{\}", lambda match: names[match[1]], value)
    return re.sub(r"\\([&%$#_])", r"\1", plain)


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_bibtex_says_all(code: str) -> None:
    """One entry with version, day, sources and address, and a key of plain letters."""
    with speaking(code):
        entry = fields_of(citations.bibtex(Taken()))  # type: ignore[arg-type]
    assert entry[""] == f"sino-russian-trade-growth-{VERSION}"
    assert (entry["year"], entry["version"], entry["url"]) == ("2026", VERSION, ADDRESS)
    assert entry["title"] == r"{Up 21.5\%}"
    assert r"CEPII, BACI \& co. (100 \% \textbraceleft{}free\textbraceright{})" in entry["note"]
    assert VERSION in entry["howpublished"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1))
def test_any_title_is_kept(title: str) -> None:
    """Braces, ampersands and other signs of TeX are escaped, all else stays as it is, in UTF-8."""
    value = fields_of(citations.bibtex(Taken(title)))["title"]  # type: ignore[arg-type]
    assert value[0] + value[-1] == "{}"
    assert unescaped(value[1:-1]) == title


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_ris_is_a_tag_a_line(code: str) -> None:
    """Tags of two letters, type first, end last, lines as the format ends them; a line break in a title is a blank."""
    with speaking(code):
        record = citations.ris(Taken("Two\nlines"))  # type: ignore[arg-type]
    lines = record.split("\r\n")
    assert lines[-1] == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert (lines[0], lines[-2]) == ("TY  - DATA", "ER  - ")
    assert "TI  - Two lines" in lines
    assert "DA  - 2026/11/27" in lines
    assert f"UR  - {ADDRESS}" in lines
    assert sum(line.startswith("N1") for line in lines) == len(SOURCES)


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_in_words(code: str) -> None:
    """Finding, sources, version, address; without a version nothing is said of one."""
    with speaking(code):
        whole, bare = (citations.sentence(Taken(version=version)) for version in (VERSION, ""))  # type: ignore[arg-type]
    assert all(part in whole for part in ("Up 21.5%", VERSION, "2026", "CEPII", "press", ADDRESS))
    assert VERSION not in bare.replace(ADDRESS, "")
