"""Files as readers of the page may know them: by name, never by where they lie on the server."""

import re
from typing import Final

_ROOT: Final = r"(?:/|[A-Za-z]:[\\/]|\\\\)"
_WHOLE: Final = re.compile(rf"{_ROOT}.*")
_QUOTED: Final = re.compile(rf"(['\"])({_ROOT}[^'\"]*)\1")
# neither part of an address nor of a relative path
_BARE: Final = re.compile(rf"(?<![\w.:/\\]){_ROOT}[^\s'\"():;,]+")


def named(line: str) -> str:
    """Return a line about files with each absolute path cut to its last part; addresses stay."""
    head, colon, rest = line.partition(": ")  # a problem begins with its file, whose path may hold blanks
    if colon and _WHOLE.fullmatch(head):
        return f"{_last(head)}: {named(rest)}"
    line = _QUOTED.sub(lambda match: f"{match[1]}{_last(match[2])}{match[1]}", line)
    return _BARE.sub(lambda match: _last(match[0]), line)


def _last(path: str) -> str:
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1]
