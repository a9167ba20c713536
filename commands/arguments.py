"""What may be typed after ``python app.py``, as documented in the README. The standard library alone is used here."""

import argparse
from collections.abc import Sequence
from typing import Final

FORMATS: Final = ("png", "svg", "html", "csv", "json", "zip", "datapackage", "sdmx", "site")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the words of a command; wrong ones end the program with a line and exit 2."""
    return parser().parse_args(_dashed(argv))


def parser() -> argparse.ArgumentParser:
    """Return the command line: one thing to do, serving where none is named, and what each of them takes."""
    p = argparse.ArgumentParser(prog="python app.py", description="Sino-Russian trade: a dashboard of public figures.")
    for adding in (_what, _to_serve, _to_export, _to_refresh, _to_import, _for_all):
        adding(p)
    return p


def _what(p: argparse.ArgumentParser) -> None:
    what = p.add_mutually_exclusive_group()
    what.add_argument(
        "--refresh", nargs="*", metavar="SOURCE", help="bring all sources, or those named, up to date, then exit"
    )
    what.add_argument("--import", nargs="+", dest="files", metavar="FILE", help="add customs files that you downloaded")
    what.add_argument("--forget", nargs="+", metavar="NAME", help="take back an import, by file name")
    what.add_argument("--export", metavar="DIR", help="write charts into DIR, then exit")
    what.add_argument("--check", action="store_true", help="verify the data: sums, coverage, claims; then exit")
    what.add_argument(
        "--claims",
        metavar="FILE",
        help="judge every figure of an article (text, Markdown, HTML; - reads a pipe); then exit",
    )
    what.add_argument(
        "--changes",
        nargs="?",
        const="",
        metavar="SINCE",
        help="list what refreshes and imports changed, since a day or a version if one is named; then exit",
    )
    what.add_argument("--ready", action="store_true", help="make the page ready for the next start, then exit")
    what.add_argument("--list", action="store_true", help="list sources and charts with coverage and dates, then exit")


def _to_serve(p: argparse.ArgumentParser) -> None:
    p.add_argument("--host", default="127.0.0.1", help="address to serve on (default 127.0.0.1)")
    p.add_argument("--port", type=int, default=8050, help="port to serve on (default 8050)")
    p.add_argument("--allow-host", nargs="+", default=[], metavar="NAME", help="answer to these names of a host too")
    p.add_argument("--base-path", metavar="PATH", help="the path under which a proxy shows the page, as /trade/")
    p.add_argument("--debug", action="store_true", help="serve with Dash's developer tools, to this machine only")


def _to_export(p: argparse.ArgumentParser) -> None:
    p.add_argument("--chart", nargs="+", metavar="NAME", help="with --export: only these charts")
    p.add_argument(
        "--query",
        default="",
        metavar="Q",
        help='with --export: the view, as in "?flow=import&start=2019"; with --claims: "?asof=" and "?lang="',
    )
    p.add_argument(
        "--format",
        nargs="+",
        choices=FORMATS,
        metavar="F",
        help="with --export: png svg html csv json zip datapackage (default png csv json), of the table sdmx, "
        "or site: the page without a server; with --claims: csv or json",
    )
    p.add_argument(
        "--shape",
        choices=("wide", "square", "paper"),
        help="with --export: the shape of PNG and SVG: wide (the default), square, or paper, a column of a journal",
    )
    p.add_argument(
        "--data-version", metavar="NAME", help="with --export: the data as they were, by a name of --changes"
    )
    p.add_argument("--lang", nargs="+", choices=("en", "zh", "ru"), metavar="L", help="with --export: en zh ru")


def _to_refresh(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--dry-run",
        action="store_true",
        help="with --refresh: print the calls, make none; with --import: print what would be stored, write nothing",
    )
    p.add_argument("--timeout", type=_seconds, metavar="S", help="with --refresh: bound one request with its retries")


def _to_import(p: argparse.ArgumentParser) -> None:
    p.add_argument("--scheduler", metavar="ADDRESS", help="with --import: read files on this Dask cluster")
    p.add_argument("--flow", choices=("export", "import"), help="with --import: the flow of files that do not say it")
    p.add_argument("--period", metavar="P", help="with --import: the period of files that do not say it, as in 2024-03")
    p.add_argument(
        "--reporter",
        type=str.upper,
        metavar="ISO3",
        help="with --import: whose figures a file holds that does not say it, as RUS",
    )
    p.add_argument("--released", metavar="DAY", help="with --import: the day on which the publisher printed the file")
    p.add_argument("--partial", action="store_true", help="with --import: store the good rows of a file with bad ones")
    p.add_argument("--force", action="store_true", help="with --import: store figures far from those held for the same")


def _for_all(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--data-dir",
        metavar="DIR",
        help="where refreshed and imported data lie: a folder or s3://bucket/path (default data/refreshed/)",
    )
    p.add_argument("--quiet", action="store_true", help="say only what failed")
    p.add_argument("--verbose", action="store_true", help="say more, and show tracebacks")


def _seconds(text: str) -> float:
    """Read a positive number of seconds."""
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _dashed(argv: Sequence[str]) -> list[str]:
    """Let names after ``--import --`` begin with a dash, as they may after ``--`` everywhere."""
    words = list(argv)
    if "--import" in words and "--" in words[words.index("--import") :]:
        end = words.index("--", words.index("--import"))
        return [*words[:end], *(f"./{name}" if name.startswith("-") else name for name in words[end + 1 :])]
    return words
