"""The application, its server, and main(): the page is served, or one command done."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from commands import arguments

if TYPE_CHECKING:
    import argparse
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
    from loaders.core import machine

    machine.lean()
    with _uncollected():
        from callbacks.live_dataset import LiveDataset
        from loaders.core.remote_store import store_at

        live = LiveDataset(store_at())
        server: Flask = create_app(live).server
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


def _write_all() -> None:
    """Let no character end a command: what the terminal's encoding lacks, as Windows' may, is written by its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 where all is well, 1 where something failed, 2 for wrong usage."""
    _write_all()
    args = arguments.parse(sys.argv[1:] if argv is None else argv)
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
        return _get_ready(args) if args.ready else _serve(args)

    from loaders.core.remote_store import store_at

    store = store_at(args.data_dir)
    if args.export is not None:
        return _export(store, args)

    from callbacks import live_dataset
    from commands import actions as commands  # large, and no server and no export needs it
    from commands import changes

    for given, act in ((args.refresh, commands.refresh), (args.files, commands.bring), (args.forget, commands.forget)):
        if given is not None:
            return act(store, args) or _get_ready_again(args)
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


def _get_ready(args: argparse.Namespace) -> int:
    from callbacks.server import serving
    from callbacks.server.settings import Settings
    from commands import telling

    try:
        settings = Settings.of(args.host, args.allow_host, base=args.base_path)
    except ValueError as error:
        telling.complain(str(error))
        return USAGE
    return serving.get_ready(settings, args, lambda *begun: _whole(settings, args, *begun))


def _get_ready_again(args: argparse.Namespace) -> int:
    """Make the page of the new data ready where a server kept that of the old in the data dir."""
    from loaders.core import places

    folder = places.local(args.data_dir)
    if folder is not None and any((folder / places.ANSWERS).glob("*")):
        _get_ready(args)  # what failed is told, and made by the next start: the data are in
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
