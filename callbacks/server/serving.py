"""The production server: bounded threads and sockets, no banner, and an end that finishes what it began."""

from __future__ import annotations

import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import waitress
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, ThreadedTaskDispatcher
from waitress.utilities import Error

from callbacks.answer_files import AnswerFiles
from callbacks.server import guard
from callbacks.server.door import Door
from callbacks.server.metrics import ANY, Metrics
from callbacks.server.settings import bracketed
from commands.telling import complain, say
from loaders.core import places

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from dash import Dash
    from flask import Flask
    from waitress.server import TcpWSGIServer

    from callbacks.live_dataset import LiveDataset
    from callbacks.server.settings import Settings

    Whole = Callable[[Metrics, AnswerFiles], tuple[Dash, LiveDataset]]

OK, FAILED, USAGE = 0, 1, 2
THREADS: Final = 32  # most of them wait for an answer that one is making; how many make one is bounded elsewhere
SOCKETS: Final = 2000  # those who wait hold a socket, never a thread
WAITING: Final = 1500  # requests that may wait for a thread: some four seconds of ready answers
WAIT: Final = 50.0  # seconds that one may wait: a proxy before this gives up after a minute
IDLE: Final = 20  # seconds that a socket may be silent
PATIENCE: Final = 30.0  # seconds that one request may take to arrive
GRACE: Final = 10.0  # seconds to finish the answers under way at the end
HEADERS: Final = 32 * 1024  # bytes


class _OverloadError(Error):  # type: ignore[misc]  # waitress has no types
    """More is asked for than can be answered in time."""

    code, reason = 503, "Service Unavailable"


class _Queue(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress has no types
    """Requests that wait for a thread: so many, so long. One too many is refused by the next thread that is free."""

    def add_task(self, task: _Channel) -> None:
        task.queued = time.monotonic()
        with self.lock:
            if len(self.queue) < WAITING:
                self.queue.append(task)
            else:
                task.refuse()
                self.queue.appendleft(task)
            self.queue_cv.notify()


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """A request that is no HTTP, too large, or one too many: one line, with the headers of every answer."""

    def execute(self) -> None:
        error = self.request.error
        # an unknown transfer coding is the sender's fault, not the server's
        code, reason = (400, "Bad Request") if error.code == 501 else (error.code, error.reason)
        self.status = f"{code} {reason}"
        content = f"{self.status}\n".encode()
        self.response_headers += [("Content-Type", "text/plain; charset=utf-8"), *self.channel.server.adj.headers]
        if code == _OverloadError.code:
            self.response_headers.append(("Retry-After", "5"))
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that must bring a request within PATIENCE, however slowly it drips."""

    error_task_class = _Refusal
    begun = queued = 0.0

    def refuse(self) -> None:
        self.requests[0].error = _OverloadError("try again in a few seconds")

    def service(self) -> None:
        if time.monotonic() - self.queued > WAIT:
            self.refuse()
        super().service()

    def received(self, data: bytes) -> Any:  # noqa: ANN401
        if self.request is None:
            self.begun = time.monotonic()
        return super().received(data)

    def readable(self) -> Any:  # noqa: ANN401
        if self.request is not None and time.monotonic() - self.begun > PATIENCE:
            self.will_close = True
        return super().readable()


class Server:
    """One listening socket over the application."""

    def __init__(self, application: Flask | Door, host: str, port: int) -> None:
        """Listen.

        Raises:
            OSError: the address is taken or not ours.
            ValueError: it is no address.
        """
        self._sockets: dict[int, Any] = {}
        queue = _Queue()
        self._listener: TcpWSGIServer = waitress.create_server(
            application,
            self._sockets,
            listen=f"{bracketed(host)}:{port}",
            ipv6=":" in host,
            ident=None,
            _dispatcher=queue,
            connection_limit=_room(),
            channel_timeout=IDLE,
            cleanup_interval=5,
            asyncore_use_poll=True,
            log_socket_errors=False,
            max_request_header_size=HEADERS,
            max_request_body_size=guard.MOST + 1,
        )
        self.carry(application.config[guard.HEADERS])
        self._listener.channel_class = _Channel
        queue.set_thread_count(THREADS)
        self._ending = threading.Event()

    @property
    def port(self) -> int:
        """The port listened on."""
        return int(self._listener.effective_port)

    def carry(self, headers: Mapping[str, str]) -> None:
        """Put headers on the answers that never reach the application."""
        self._listener.adj.headers = list(headers.items())

    def run(self) -> None:
        """Serve until :meth:`end`, then finish the answers under way, GRACE seconds at most."""
        while not self._ending.is_set():
            self._turn()
        self._listener.accepting = False
        last = time.monotonic() + GRACE
        while self._busy() and time.monotonic() < last:
            self._turn()
        self._listener.task_dispatcher.shutdown()
        for one in list(self._listener.active_channels.values()):
            one.handle_close()
        wasyncore.close_all(self._sockets)

    def end(self) -> None:
        """Stop taking connections; may be called from a signal or another thread."""
        if not self._ending.is_set():
            self._ending.set()
            self._listener.pull_trigger()

    def wait(self) -> None:
        """Return once the end was asked for."""
        while not self._ending.wait(1):  # a signal is seen between two waits, on every system
            pass

    def _turn(self) -> None:
        wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)

    def _busy(self) -> bool:
        return any(one.requests or one.total_outbufs_len for one in list(self._listener.active_channels.values()))


def _room() -> int:
    """Return how many sockets may be open; each can need a file or two besides."""
    try:
        import resource  # noqa: PLC0415 (Windows has none)
    except ImportError:
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = SOCKETS * 2
    if 0 <= soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return SOCKETS if soft < 0 else max(16, min(SOCKETS, soft // 2))


def serve(settings: Settings, args: argparse.Namespace, whole: Whole) -> int:
    """Serve until a signal ends it; an address that cannot be had gives one line with the next step.

    It listens before the application that ``whole`` makes is there, and answers the page meanwhile where a process
    before this one kept it.
    """
    metrics, (files, kept) = Metrics([ANY]), _kept(settings, args)
    door = Door(settings, metrics, kept)
    try:
        server = Server(door, args.host, args.port)
    except (OSError, OverflowError, ValueError) as error:
        free = f"--port {min(args.port + 1, 65000)}"
        complain(f"cannot serve on {bracketed(args.host)}:{args.port} ({error}); try another port: {free}")
        return FAILED
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _: _end(server, number))
    serving = threading.Thread(target=server.run, name="serving", daemon=True)
    serving.start()
    say(f"Serving on http://{bracketed(args.host)}:{server.port}{settings.base} (Ctrl-C ends it)", quiet=args.quiet)
    sys.stdout.flush()
    try:
        code = _in_full(server, door, lambda: whole(metrics, files), metrics)
    finally:
        server.end()
        door.close()
        serving.join()
    return code


def get_ready(settings: Settings, args: argparse.Namespace, whole: Whole) -> int:
    """Make the page and keep it, so that the next start answers it at once; nothing to do where it is kept already."""
    files, kept = _kept(settings, args)
    if kept:
        return OK
    app, live = whole(Metrics([ANY]), files)
    from callbacks.server.warming import Warming  # noqa: PLC0415 (it takes what draws along)

    Warming(app, live, lambda: False).keep_page()
    if _kept(settings, args)[1]:
        return OK
    lines = live.problems or (f"not to be written: {', '.join(map(str, files.folders)) or 'no folder'}",)
    complain(f"the page is not kept for the next start: {'; '.join(lines)}")
    return FAILED


def _kept(settings: Settings, args: argparse.Namespace) -> tuple[AnswerFiles, dict[str, bytes]]:
    """Return where ready answers are kept, and those to the data as they lie there now."""
    folder = places.local(args.data_dir)
    files = AnswerFiles.of(folder, settings.base)
    return files, files.read(None if folder is None else places.of_data(folder))


def _in_full(server: Server, door: Door, whole: Callable[[], tuple[Dash, LiveDataset]], metrics: Metrics) -> int:
    """Make the application, let readers in, and keep answers ready until the server ends."""
    try:
        app, live = whole()
    except ValueError as error:
        complain(str(error))
        return USAGE
    from callbacks.server.warming import Warming  # noqa: PLC0415 (it takes what draws along)

    server.carry(app.server.config[guard.HEADERS])
    door.open(app.server)
    warming = Warming(app, live, lambda: metrics.busy)
    warming.start()
    server.wait()
    warming.end()
    return OK


def _end(server: Server, number: int) -> None:
    signal.signal(number, signal.SIG_DFL)  # a second one does not wait
    server.end()
