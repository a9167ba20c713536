"""The command line: serve, refresh, import, forget, export, check, list."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash import Dash
    from dash.development.base_component import Component
    from flask import Flask

    from callbacks.answer_files import AnswerFiles
    from callbacks.live_dataset import LiveDataset
    from callbacks.server.metrics import Metrics
    from callbacks.server.settings import Settings
    from loaders.core.store import Store

ROOT: Final = Path(__file__).resolve().parent
OK, FAILED, USAGE = 0, 1, 2


def create_app(
    live: LiveDataset | None = None,
    settings: Settings | None = None,
    metrics: Metrics | None = None,
    files: AnswerFiles | None = None,
) -> Dash:
    """Return the Dash application over a live (the shipped data under the reader's own by default).

    What it answers is counted in ``metrics``; ``files`` hold ready answers of a process before this one.

    Raises:
        ValueError: the settings name a Redis that cannot be.
    """
    from dash import Dash, html

    from callbacks import wiring
    from callbacks.downloads import changes_feed, chart_files, panels
    from callbacks.live_dataset import LiveDataset
    from callbacks.server import answers, base_path, guard, health, request_log
    from callbacks.server.metrics import ANY, Metrics
    from callbacks.server.settings import Settings
    from layouts import page
    from layouts.words.catalogue import say
    from loaders.core.remote_store import store_at

    data, allowed = live or LiveDataset(store_at()), settings or Settings.of()

    def whole() -> Component:
        made: Component = page.layout(data.dataset())
        return made

    app = Dash(
        "sino_russian_trade",
        title=say("page.title"),
        requests_pathname_prefix=allowed.base,
        assets_folder=str(ROOT / "layouts" / "assets"),
        index_string=page.INDEX,
        update_title="",
        serve_locally=True,
        # without it every page carries the layout a second time, for developer tools alone
        suppress_callback_exceptions=not allowed.debug,
    )
    # Dash's set-up makes the page to check it, for which all data would be read before the first request.
    app.layout = whole if allowed.debug else html.Div()
    if allowed.log:
        request_log.install(app.server)
    health.install(app.server, data, metrics or Metrics([ANY]))
    wiring.register(app, data)
    answers.install(app, data, allowed, files)
    chart_files.install(app.server, data)
    changes_feed.install(app.server, data)
    panels.install(app.server, data)
    scripts = guard.inline_hashes(page.INDEX)
    guard.install(app.server, guard.headers(scripts, allowed), allowed)
    # Dash marks its set-up as done before it is; two first requests at once would find half of it.
    app._setup_server()  # noqa: SLF001 (no public way)
    app.layout = whole
    if allowed.base != "/":
        app.server.wsgi_app = base_path.under(app.server.wsgi_app, allowed.base)
    return app


def create_server() -> Flask:
    """Return the WSGI application for a server of one's own, as in ``gunicorn "app:create_server()"``.

    The environment says the rest: TRADE_DATA_DIR, TRADE_HOSTS, TRADE_FRAME_ANCESTORS, TRADE_BASE_PATH, TRADE_REDIS,
    TRADE_LOG.
    """
    with _uncollected():
        from callbacks.live_dataset import LiveDataset
        from loaders.core import machine
        from loaders.core.remote_store import store_at

        live = LiveDataset(store_at())
        server: Flask = create_app(live).server
    machine.lean()
    machine.settle()
    live.dataset()  # before a server forks, so that its workers share it
    live.follow()
    return server


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage while modules are imported, an eighth of the time that they take: what they make stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def parser() -> argparse.ArgumentParser:
    """Return the command line as documented in the README."""
    p = argparse.ArgumentParser(prog="python app.py", description="Sino-Russian trade: a dashboard of public figures.")
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
    what.add_argument("--list", action="store_true", help="list sources and charts with coverage and dates, then exit")
    p.add_argument("--host", default="127.0.0.1", help="address to serve on (default 127.0.0.1)")
    p.add_argument("--port", type=int, default=8050, help="port to serve on (default 8050)")
    p.add_argument("--allow-host", nargs="+", default=[], metavar="NAME", help="answer to these names of a host too")
    p.add_argument("--base-path", metavar="PATH", help="the path under which a proxy shows the page, as /trade/")
    p.add_argument("--debug", action="store_true", help="serve with Dash's developer tools, to this machine only")
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
        choices=("png", "svg", "html", "csv", "json", "zip", "datapackage", "sdmx", "site"),
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
    p.add_argument(
        "--dry-run",
        action="store_true",
        help="with --refresh: print the calls, make none; with --import: print what would be stored, write nothing",
    )
    p.add_argument("--timeout", type=_seconds, metavar="S", help="with --refresh: bound one request with its retries")
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
    p.add_argument(
        "--data-dir",
        metavar="DIR",
        help="where refreshed and imported data lie: a folder or s3://bucket/path (default data/refreshed/)",
    )
    p.add_argument("--quiet", action="store_true", help="say only what failed")
    p.add_argument("--verbose", action="store_true", help="say more, and show tracebacks")
    return p


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


def _write_all() -> None:
    """Let no character end a command: what the terminal's encoding lacks, as Windows' may, is written by its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 where all is well, 1 where something failed, 2 for wrong usage."""
    _write_all()
    args = parser().parse_args(_dashed(sys.argv[1:] if argv is None else argv))
    try:
        return _run(args)
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:  # the reader of our output has had enough, as head has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # one line for people; --verbose for the rest
        if args.verbose:
            raise
        sys.stderr.write(f"{' '.join(str(error).split()) or type(error).__name__}; run with --verbose for details\n")
        return FAILED


def _run(args: argparse.Namespace) -> int:
    asked = (args.refresh, args.files, args.forget, args.export, args.changes, args.claims)
    if asked == (None,) * len(asked) and not (args.list or args.check):
        return _serve(args)

    from loaders.core.remote_store import store_at

    store = store_at(args.data_dir)
    if args.export is not None:
        return _export(store, args)

    from callbacks import live_dataset
    from commands import actions as commands  # large, and no server and no export needs it
    from commands import changes

    if args.refresh is not None:
        return commands.refresh(store, args)
    if args.files is not None or args.forget is not None:
        return commands.bring(store, args) if args.files is not None else commands.forget(store, args)
    if args.changes is not None:
        return changes.show(store, args.changes, live_dataset.read)
    return _answered(store, args)


def _answered(store: Store, args: argparse.Namespace) -> int:
    """Judge an article, check the data, or list them."""
    from callbacks import live_dataset
    from commands import actions as commands
    from commands import articles

    dataset = live_dataset.read(store)
    if args.claims is not None:
        return articles.claims(dataset, args)
    return commands.check(dataset, quiet=args.quiet) if args.check else commands.show_list(dataset, store)


def _export(store: Store, args: argparse.Namespace) -> int:
    """Export over the data as they are, or as they were at a version."""
    with _uncollected():
        from analysis.selection import Selection
        from callbacks import live_dataset
        from callbacks.server import plotly_bundle
        from commands import changes, exporting, telling
    gc.freeze()

    def export(state: Store, version: str = "") -> int:
        dataset = live_dataset.read(state, version)
        if "site" in (args.format or ()):
            from commands import site  # takes Dash in

            return site.write(dataset, args, plotly_bundle.script())
        return exporting.export(dataset, args, plotly_bundle.script())

    named = Selection.from_query(args.query).v or args.data_version
    if named is None:
        return export(store)
    if args.data_version not in {None, named}:
        telling.complain("--data-version and the v of --query name two versions of the data; name one")
        return USAGE
    return changes.over(store, named, lambda earlier: export(earlier, named))


def _serve(args: argparse.Namespace) -> int:
    with _uncollected():
        from callbacks.server import serving
        from callbacks.server.settings import Settings
        from commands import telling
        from loaders.core import machine

    machine.lean()
    try:
        settings = Settings.of(args.host, args.allow_host, debug=args.debug, base=args.base_path)
        if not args.debug:
            return serving.serve(settings, args, lambda *begun: _whole(settings, args, *begun))
        app, live = _whole(settings, args)
    except ValueError as error:
        telling.complain(str(error))
        return USAGE
    telling.problems(live.dataset())
    app.run(host=args.host, port=args.port, debug=True, use_reloader=False)
    return OK


def _whole(
    settings: Settings, args: argparse.Namespace, metrics: Metrics | None = None, files: AnswerFiles | None = None
) -> tuple[Dash, LiveDataset]:
    """Return the application and what it reads, which is not read yet.

    Raises:
        ValueError: the data dir or the Redis is at no address that can be.
    """
    with _uncollected():
        from callbacks.live_dataset import LiveDataset
        from loaders.core import machine
        from loaders.core.remote_store import store_at

        live = LiveDataset(store_at(args.data_dir))
        app = create_app(live, settings, metrics, files)
    machine.settle()
    live.follow()
    return app, live


if __name__ == "__main__":
    sys.exit(main())
