"""What one view of a chart is taken along as: picture with its texts, rows, metadata, and all of it in one archive."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

from layouts.figure import export, source_line
from layouts.look.theme import SHAPES, WIDE
from layouts.takeaway import data_package
from layouts.takeaway.picture_texts import with_png_dots, with_png_texts, with_svg_texts
from layouts.takeaway.taken_chart import TakenChart, metadata
from layouts.words.catalogue import say
from loaders.core import sdmx_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.selection import Selection
    from layouts.figure.chart import Chart

SDMX: Final = "sdmx.csv"
DRAWN: Final = ("png", "svg", "zip")  # the forms that hold a picture
_CONTENT: Final = {
    "png": "takeaway.file.png",
    "svg": "takeaway.file.svg",
    "csv": "takeaway.file.csv",
    "json": "takeaway.file.json",
    "metadata.json": "takeaway.file.metadata",
    data_package.NAME: "takeaway.file.datapackage",
}
_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of the files in an archive: the same content gives the same bytes


def file_name(chart: Chart, asked: Selection, form: str, shape: str = WIDE) -> str:
    """Return the name of a file: chart, period, currency, flow, language, day and shape asked for, in plain ASCII."""
    parts = [asked.start, asked.end, asked.currency, asked.flow, asked.lang, asked.asof and f"as-of-{asked.asof}"]
    if form in DRAWN and shape != WIDE:
        parts.append(shape)
    return f"{'_'.join(['cn-ru', chart.name, *filter(None, parts)])}.{form}"


def shows(taken: TakenChart) -> bool:
    """Return whether the view fills a picture."""
    return not export.empty_forms(taken.chart, taken.rows, taken.selection, ("png",))


def text(taken: TakenChart, form: str) -> bytes:
    """Return rows as ``csv``, ``json`` or (of the table alone) ``sdmx.csv``, or ``metadata.json``, in UTF-8."""
    if form == SDMX:
        return sdmx_csv.text(taken.rows).encode()
    if form == "metadata.json":
        return (json.dumps(metadata(taken), ensure_ascii=False, indent=1) + "\n").encode()
    return export.text_of(taken.chart, taken.rows, taken.selection, form).encode()


def picture(taken: TakenChart, form: str) -> bytes:
    """Return the picture as ``png`` or ``svg`` in its shape, with its texts; ``export.browser`` must be open."""
    drawn = export.picture_of(taken.chart, taken.rows, taken.selection, form, taken.shape)
    texts = _texts(taken)
    if form == "svg":
        return with_svg_texts(drawn.decode(), texts).encode()
    return with_png_dots(with_png_texts(drawn, texts), SHAPES[taken.shape].dots)


def _texts(taken: TakenChart) -> dict[str, str]:
    words = taken.words
    licences = dict.fromkeys(source_line.licence(name) for name in source_line.names(taken.rows))
    return {
        "Title": words.finding,
        "Description": words.subtitle,
        "Source": words.source,
        "Licence": "; ".join(licences),
        "Address": taken.page,
    }


def archive(taken: TakenChart) -> bytes:
    """Return a zip of both pictures, rows as a Data Package, metadata and a README with terms and citation."""
    content = {form: picture(taken, form) for form in ("png", "svg")}
    content |= {form: text(taken, form) for form in ("csv", "json", "metadata.json")}
    held = {file_name(taken.chart, taken.selection, form, taken.shape): made for form, made in content.items()}
    held[data_package.NAME] = data_package.description([packed(taken)])
    held["README.txt"] = readme(taken, held).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as files:
        for name, one in held.items():
            _put(files, name, one)
    return made.getvalue()


def packed(taken: TakenChart, name: str = "") -> data_package.PackedTable:
    """Return the rows as a table of a Data Package, in a CSV of a name of its own or the usual one."""
    return data_package.PackedTable(taken, name or file_name(taken.chart, taken.selection, "csv"), text(taken, "csv"))


def _put(files: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    files.writestr(entry, content)


def readme(taken: TakenChart, files: Iterable[str]) -> str:
    """Say what the files of an archive are, whose figures they hold, on what terms, and how to cite them."""
    words = taken.words
    lines = [
        words.finding,
        words.subtitle,
        words.note,
        say("takeaway.address", address=taken.page),
        "\n".join([say("takeaway.files"), *(f"- {name}: {_content(name)}" for name in files)]),
        say("takeaway.sources"),
        *(f"- {_source(one)}" for one in taken.sources),
        say("takeaway.cite", finding=words.finding, address=taken.page),
        say("takeaway.terms"),
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def _content(name: str) -> str:
    """Say what a file of an archive is, by its ending."""
    return say(_CONTENT[name if name == data_package.NAME else name.partition(".")[2]])


def _source(record: dict[str, str]) -> str:
    """Return how a source asks to be cited, and its licence."""
    return " · ".join(filter(None, (record.get("cite") or record["name"], record.get("licence"))))
