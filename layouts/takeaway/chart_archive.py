"""What one view of a chart is taken along as: picture with its texts, rows, metadata, and all of it in one archive."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from layouts.figure import export, source_line
from layouts.takeaway import citations
from layouts.takeaway.picture_texts import with_png_texts, with_svg_texts
from layouts.words import column_dictionary
from layouts.words.catalogue import say
from loaders.core import release_days

if TYPE_CHECKING:
    from analysis.selection import Selection
    from layouts.figure.chart import Chart, Words

_CITED: Final = {"bib": citations.bibtex, "ris": citations.ris}
_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of the files in an archive: the same content gives the same bytes


@dataclass(frozen=True)
class TakenChart:
    """The rows of a chart under a view, the address of the page that shows it, where one is served, and their version.

    ``version`` is the name of the state of the data that the rows are of, empty where it has none; ``newest`` the day
    ``YYYY-MM-DD`` by which all of its figures were public.
    """

    chart: Chart
    rows: pd.DataFrame
    selection: Selection
    root: str = ""
    version: str = ""
    newest: str = ""

    @cached_property
    def words(self) -> Words:
        """The words of the picture."""
        return self.chart.words(self.rows, self.selection)

    @cached_property
    def sources(self) -> list[dict[str, str]]:
        """Publisher, licence and citation of each source, in the language that is spoken."""
        return [source_line.record(name) for name in source_line.names(self.rows)]

    @property
    def page(self) -> str:
        """The address of the page that shows the same, also when newer figures are there."""
        return f"{self.root}{self.query}#{self.chart.name}"

    @property
    def query(self) -> str:
        """The words of an address under which the same figures stand, whatever is published later."""
        return replace(self.selection, v=self.version or self.selection.v, point=None).to_query()

    def name(self, form: str) -> str:
        """The name of a file of it."""
        return file_name(self.chart, self.selection, form, self.version)


def file_name(chart: Chart, asked: Selection, form: str, version: str = "") -> str:
    """Return the name of a file: chart, period, currency, flow, language, day and version, in plain ASCII."""
    parts = [asked.start, asked.end, asked.currency, asked.flow, asked.lang, asked.asof and f"as-of-{asked.asof}"]
    parts.append(version and f"v-{version}")
    return f"{'_'.join(['cn-ru', chart.name, *filter(None, parts)])}.{form}"


def shows(taken: TakenChart) -> bool:
    """Return whether the view fills a picture."""
    return not export.empty_forms(taken.chart, taken.rows, taken.selection, ("png",))


def text(taken: TakenChart, form: str) -> bytes:
    """Return rows as ``csv`` or ``json``, ``metadata.json``, or the citation as ``bib`` or ``ris``, in UTF-8."""
    if form in _CITED:
        return _CITED[form](taken).encode()
    if form == "metadata.json":
        return (json.dumps(metadata(taken), ensure_ascii=False, indent=1) + "\n").encode()
    return export.text_of(taken.chart, taken.rows, taken.selection, form).encode()


def picture(taken: TakenChart, form: str) -> bytes:
    """Return the picture as ``png`` (2400 by 1350) or ``svg`` with its texts; ``export.browser`` must be open."""
    drawn = export.picture_of(taken.chart, taken.rows, taken.selection, form)
    inside = texts(taken)
    return with_svg_texts(drawn.decode(), inside).encode() if form == "svg" else with_png_texts(drawn, inside)


def texts(taken: TakenChart) -> dict[str, str]:
    """Return what is written inside the file of a picture, by the names that a PNG has for it."""
    words = taken.words
    licences = dict.fromkeys(source_line.licence(name) for name in source_line.names(taken.rows))
    return {
        "Title": words.finding,
        "Description": words.subtitle,
        "Source": words.source,
        "Licence": "; ".join(licences),
        "Version": taken.version,
        "Address": taken.page,
    }


def metadata(taken: TakenChart) -> dict[str, Any]:
    """Return what a program needs to use the rows: title, unit, columns, sources with licence, newest release."""
    rows, words = taken.rows, taken.words
    released = rows["released"].dropna() if "released" in rows else rows.iloc[:0, 0]
    return {
        "chart": taken.chart.name,
        "query": taken.selection.to_query(),
        "address": taken.page,
        "version": taken.version,
        "title": words.finding,
        "subtitle": words.subtitle,
        "note": words.note,
        "unit": words.unit,
        "columns": [column_dictionary.entry(str(name)) for name in rows.columns],
        "rows": len(rows),
        "sources": [one | _next(taken, one["name"]) for one in taken.sources],
        "newest_release": f"{released.max():%Y-%m-%d}" if len(released) else None,
    }


def _next(taken: TakenChart, name: str) -> dict[str, Any]:
    """Return when the next release of a source is expected, null where none is announced; nothing under a version."""
    if taken.selection.v is not None or "period_end" not in taken.rows:
        return {}
    own = taken.rows.loc[taken.rows["source"].astype("str").str.contains(name, regex=False), "period_end"]
    release = release_days.expected(name, own.max(), pd.Timestamp.now()) if len(own.dropna()) else None
    if release is None:
        return {"next_release_expected": None}
    days = {"first": f"{release.first:%Y-%m-%d}", "last": f"{release.last:%Y-%m-%d}", "reference": release.reference}
    return {"next_release_expected": days}


def archive(taken: TakenChart) -> bytes:
    """Return a zip of both pictures, rows, metadata, citations and a README with sources, licences and how to cite."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for form in ("png", "svg"):
            _put(files, taken.name(form), picture(taken, form))
        for form in ("csv", "json", "metadata.json", *_CITED):
            _put(files, taken.name(form), text(taken, form))
        _put(files, "README.txt", readme(taken).encode())
    return packed.getvalue()


def _put(files: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    files.writestr(entry, content)


def readme(taken: TakenChart) -> str:
    """Say what the files of an archive are, whose figures they hold, on what terms, and how to cite them."""
    words = taken.words
    lines = [
        words.finding,
        words.subtitle,
        words.note,
        say("takeaway.address", address=taken.page),
        say("takeaway.sources"),
        *(f"- {_source(one)}" for one in taken.sources),
        say("takeaway.to_cite", citation=citations.sentence(taken)),
        say("takeaway.terms"),
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def _source(record: dict[str, str]) -> str:
    """Return how a source asks to be cited, and its licence."""
    return " · ".join(filter(None, (record.get("cite") or record["name"], record.get("licence"))))
