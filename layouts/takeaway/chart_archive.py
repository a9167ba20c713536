"""What one view of a chart is taken along as: picture with its texts, rows, metadata, and all of it in one archive."""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Final

from layouts.figure import export, source_line
from layouts.look.theme import SHAPES
from layouts.takeaway import citations, data_package
from layouts.takeaway.picture_texts import with_png_dots, with_png_texts, with_svg_texts
from layouts.takeaway.taken_chart import TakenChart, metadata
from layouts.words.catalogue import say
from loaders.core.columns import sdmx_csv

_CITED: Final = {"bib": citations.bibtex, "ris": citations.ris}
SDMX: Final = "sdmx.csv"
_CONTENT: Final = {
    "png": "takeaway.file.png",
    "svg": "takeaway.file.svg",
    "csv": "takeaway.file.csv",
    "json": "takeaway.file.json",
    "metadata.json": "takeaway.file.metadata",
    "bib": "takeaway.file.bib",
    "ris": "takeaway.file.ris",
    data_package.NAME: "takeaway.file.datapackage",
}
_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of the files in an archive: the same content gives the same bytes


def shows(taken: TakenChart) -> bool:
    """Return whether the view fills a picture."""
    return not (taken.rows.empty or taken.figure.empty)


def text(taken: TakenChart, form: str) -> bytes:
    """Return rows as ``csv``, ``json``, ``sdmx.csv``, ``metadata.json``, or their citation as ``bib`` or ``ris``."""
    if form == SDMX:
        return sdmx_csv.text(taken.rows).encode()
    if form in _CITED:
        return _CITED[form](taken).encode()
    if form == "metadata.json":
        return (json.dumps(metadata(taken), ensure_ascii=False, indent=1) + "\n").encode()
    return export.text_of(taken.chart, taken.rows, taken.selection, form).encode()


def picture(taken: TakenChart, form: str) -> bytes:
    """Return the picture as ``png`` or ``svg`` in its shape, with its texts; ``export.browser`` must be open."""
    drawn = taken.picture(form)
    inside = texts(taken)
    if form == "svg":
        return with_svg_texts(drawn.decode(), inside).encode()
    return with_png_dots(with_png_texts(drawn, inside), SHAPES[taken.shape].dots)


def texts(taken: TakenChart) -> dict[str, str]:
    """Return what is written inside the file of a picture, by the names that a PNG has for it."""
    words = taken.words
    licences = dict.fromkeys(source_line.licence(name) for name in source_line.names(taken.rows))
    return {
        "Title": words.finding,
        # with the note, of which a picture shows what fits two lines
        "Description": " ".join(filter(None, [words.subtitle, words.note])),
        "Source": words.source,
        "Licence": "; ".join(licences),
        "Version": taken.version,
        "Address": taken.page,
    }


def archive(taken: TakenChart) -> bytes:
    """Return a zip of both pictures, rows as a Data Package, metadata, citations and a README with terms."""
    content = {form: picture(taken, form) for form in ("png", "svg")}
    content |= {form: text(taken, form) for form in ("csv", "json", "metadata.json", *_CITED)}
    members = {taken.name(form): made for form, made in content.items()}
    members[data_package.NAME] = data_package.description([packed(taken)])
    members["README.txt"] = readme(taken, members).encode()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as files:
        for name, one in members.items():
            _put(files, name, one)
    return zipped.getvalue()


def packed(taken: TakenChart, name: str = "") -> data_package.PackedTable:
    """Return the rows as a table of a Data Package, in a CSV of a name of its own or the usual one."""
    return data_package.PackedTable(taken, name or taken.name("csv"), text(taken, "csv"))


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
        say("takeaway.to_cite", citation=citations.sentence(taken)),
        say("takeaway.terms"),
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def _content(name: str) -> str:
    """Say what a file of an archive is, by its ending."""
    return say(_CONTENT[name if name == data_package.NAME else name.partition(".")[2]])


def _source(record: dict[str, str]) -> str:
    """Return how a source asks to be cited, and its licence."""
    return " · ".join(filter(None, (record.get("cite") or record["name"], record.get("licence"))))
