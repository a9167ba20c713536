"""``--claims``: every figure of an article about the two countries' trade, judged; as lines, CSV or JSON."""

import argparse
import contextlib
import csv
import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Final

from lxml import etree, html

from analysis.claims.texts.check import Checked, check
from analysis.claims.texts.dates import settled
from analysis.dataset import Dataset
from analysis.selection import Selection, misread
from commands.telling import OK, USAGE, complain, problems, say
from layouts.charts.claims import article_rows, wording
from layouts.words.language import speaking
from loaders.core.source import SourceError
from loaders.tables import parsing

LARGEST: Final = 5 * 1024 * 1024  # bytes of a text
FORMS: Final = ("csv", "json")
_HEAD: Final = 1 << 16  # bytes that tell an encoding
_WHOLE: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
}
_RUSSIAN: Final = frozenset("оеаинтсрвл")
# what divides one paragraph from another
_BLOCKS: Final = (
    *("p", "div", "br", "li", "tr", "td", "th", "blockquote", "section", "article", "pre"),
    *(f"h{level}" for level in range(1, 7)),
)
_NO_TEXT: Final = ("script", "style", "noscript", "template", "nav", "footer", "head", "svg", "form")
# marks of Markdown, and addresses, whose digits are no figures
_MARKS: Final = (
    (re.compile(r"https?://[^\s)\]>\"']{1,2000}"), " "),
    (re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\n]{0,400}\)"), r"\1"),
    (re.compile(r"(?m)^[ \t]{0,3}(?:#{1,6}|>)[ \t]{1,8}"), "\n\n"),
    (re.compile(r"\*{1,3}|__|`{1,3}|~~"), ""),
    (re.compile(r"(?m)^[ \t|:-]{3,400}$"), ""),
    (re.compile(r"[ \t]{0,8}\|[ \t]{0,8}"), ", "),
)


def claims(dataset: Dataset, args: argparse.Namespace) -> int:
    """Print what a file says of the two countries' trade, and what of it holds; false claims set no exit."""
    problems(dataset)
    if wrong := _misused(args):
        complain(wrong)
        return USAGE
    try:
        text, day = read(args.claims)
    except (OSError, SourceError) as error:
        complain(_why(args.claims, error))
        return USAGE
    selection = Selection.from_query(args.query)
    with speaking(selection.lang):
        checked = check(dataset.on(selection.asof), text, dated=settled(text, selection.asof, day))
        _FORMS[(args.format or ["lines"])[0]](checked)
    return OK


def _misused(args: argparse.Namespace) -> str:
    """Say in one line what of a command is wrong; empty where nothing is."""
    if wrong := misread(args.query):
        return f"--query: {wrong}"
    if args.format and (len(args.format) > 1 or args.format[0] not in FORMS):
        return f"--format: with --claims it is one of {', '.join(FORMS)}, or left out for lines to read"
    return ""


def _why(name: str, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{name}: cannot be read ({error.strerror}); name a text, or - for what is piped in"
    return str(error)


def read(name: str) -> tuple[str, date | None]:
    """Return the text of a file, ``-`` for standard input, and the day that its page names: text, Markdown or HTML.

    Raises:
        OSError: it cannot be read.
        SourceError: it is empty, too large, or no text.
    """
    if name == "-":
        content = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with Path(name).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SourceError(f"{name}: is larger than {LARGEST >> 20} MB; cut it into parts")
    kind = next((what for start, what in _WHOLE.items() if content.startswith(start)), "")
    if kind:
        raise SourceError(f"{name}: is {kind}, no text; save it as text, Markdown or HTML")
    text = parsing.decode(content, name, _encodings(content))
    day = None
    if re.search(r"<(?:!doctype html|html|body|p|div|article)\b", text[:_HEAD], re.IGNORECASE):
        text, day = _of_page(text)
    for pattern, put in _MARKS:
        text = pattern.sub(put, text)
    if not text.strip():
        raise SourceError(f"{name}: holds no text")
    return text, day


def _encodings(content: bytes) -> tuple[str, ...]:
    """Return the encodings to try, the likeliest first: what a page names, then by its letters."""
    head = content[:_HEAD]
    named = re.search(rb"<meta[^>]{0,200}charset=[\"' ]?([A-Za-z0-9_-]{2,20})", head)
    own = (named[1].decode("ascii"),) if named and named[1].lower() in _KNOWN else ()
    letters = [letter for letter in head.decode("windows-1251", "ignore").lower() if letter > "\x7f"]
    russian = sum(letter in _RUSSIAN for letter in letters) > len(letters) / 3
    others = ("windows-1251", "gb18030") if russian else ("gb18030", "windows-1251")
    return (*own, "utf-8", *others)


_KNOWN: Final = frozenset(
    {b"utf-8", b"gb2312", b"gbk", b"gb18030", b"big5", b"windows-1251", b"koi8-r", b"iso-8859-1", b"windows-1252"}
)


def _of_page(text: str) -> tuple[str, date | None]:
    """Return the text of a web page, its blocks apart, and the day that it names.

    Raises:
        SourceError: there is none in it.
    """
    try:
        page = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text), parser=html.HTMLParser(huge_tree=True)
        )
    except (etree.ParserError, ValueError) as error:
        raise SourceError(f"the page holds no text ({error})") from error
    day = _published(page)
    etree.strip_elements(page, *_NO_TEXT, with_tail=False)
    for one in page.iter(*_BLOCKS):
        one.text = f"\n\n{one.text or ''}"
        one.tail = f"\n\n{one.tail or ''}"
    return str(page.text_content()), day


# where a page says when it was published, the surest first
_PUBLISHED: Final = (
    "//meta[@property='article:published_time' or @property='og:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publishdate']/@content",
    "//meta[@name='DC.date' or @name='DC.date.issued']/@content",
    "//time[@pubdate]/@datetime",
    "//article//time/@datetime",
    "//time/@datetime",
)


def _published(page: html.HtmlElement) -> date | None:
    """Return the day that a page names as its own: in its head, else by its first ``<time>``."""
    for path in _PUBLISHED:
        for value in page.xpath(path):
            with contextlib.suppress(ValueError):
                return date.fromisoformat(str(value).strip()[:10])
    return None


def _lines(checked: Checked) -> None:
    """Print each sentence with a figure, its figures below it, and the count."""
    last = 0
    for one in checked.figures:
        if one.number != last:
            say(f"{one.number}. {one.sentence}")
        last = one.number
        say(f"   {article_rows.figure(one)}, {article_rows.what(one)}: {article_rows.verdict(one)}")
        say(f"      {wording.sentence(one.verdict)}")
        say(f"      {article_rows.source(one)}")
    say(article_rows.counted(checked))


def _csv(checked: Checked) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, article_rows.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(article_rows.rows(checked))
    say(out.getvalue().rstrip("\n"))


def _json(checked: Checked) -> None:
    say(
        json.dumps(
            {
                "sentences": checked.sentences,
                "left_alone": checked.left_alone,
                "unread": checked.unread,
                "day": f"{checked.dated.day}" if checked.dated else None,
                "day_of": ("text" if checked.dated.own else "asof") if checked.dated else None,
                "figures": article_rows.rows(checked),
            },
            ensure_ascii=False,
            indent=1,
        )
    )


_FORMS: Final = {"lines": _lines, "csv": _csv, "json": _json}
