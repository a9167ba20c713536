"""What a command says: one line at a time, safe on any terminal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TextIO, TypeVar

_LONGEST: Final = 1000
_BAR: Final = 24
_MANY: Final = 10
_Item = TypeVar("_Item")


def shown(text: str) -> str:
    r"""Return ``text`` with what a terminal would obey or hide written as escapes (``\n``, ``\x1b``)."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


@dataclass(frozen=True)
class Console:
    """Where a command's lines go: results to ``out``, trouble and the progress bar to ``err``."""

    out: TextIO
    err: TextIO
    quiet: bool = False
    verbose: bool = False

    def say(self, line: str) -> None:
        """Print a result; ``--quiet`` leaves it out."""
        if not self.quiet:
            _print(self.out, line)

    def detail(self, line: str) -> None:
        """Print what only ``--verbose`` asks for."""
        if self.verbose:
            _print(self.out, line)

    def error(self, line: str) -> None:
        """Print what went wrong."""
        _print(self.err, line)

    def trace(self, traceback: str) -> None:
        """Print the lines of a traceback where ``--verbose`` asks for it."""
        for line in traceback.splitlines() if self.verbose else ():
            _print(self.err, line)

    def progress(self, done: Iterable[_Item], total: int, what: str) -> Iterator[_Item]:
        """Pass ``done`` on and show how far it is: a bar on a terminal, a line at each tenth elsewhere."""
        bar = self.err.isatty() and total > 1 and not self.quiet
        tenth = -(-total // 10)
        for number, item in enumerate(done, start=1):
            if bar:
                filled = "#" * (number * _BAR // total)
                self.err.write(f"\r[{filled:-<{_BAR}}] {number} of {total} {what}")
                self.err.flush()
            elif total >= _MANY and number % tenth == 0:
                self.say(f"read {number} of {total} {what}")
            yield item
        if bar:
            self.err.write("\r\x1b[K")


def _print(stream: TextIO, line: str) -> None:
    line = shown(line)
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 1] + "…"
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
