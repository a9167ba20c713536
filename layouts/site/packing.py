"""Answers as one small script: what they share stands once, deflated, in letters that any text file may hold."""

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

SHARED: Final = "$"  # the one key of a dict that stands for a part of the pool
_LEAST: Final = 40  # letters of JSON: what is shorter is not worth a place in the pool
_STEPS: Final = (",", ":")


class SharedParts:
    """Lists and dicts of JSON, each once, however often they occur; a part names only parts before it."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.parts: list[Any] = []
        self._places: dict[str, int] = {}

    def put(self, value: Any) -> Any:  # noqa: ANN401 (any JSON)
        """Return a value with its longer lists and dicts named by their places in :attr:`parts`."""
        if isinstance(value, dict):
            return self._named({name: self.put(one) for name, one in value.items()})
        if isinstance(value, list | tuple):
            return self._named([self.put(one) for one in value])
        return value

    def _named(self, value: Any) -> Any:  # noqa: ANN401 (a list or a dict)
        text = _json(value)
        if len(text) < _LEAST:
            return value
        if text not in self._places:
            self._places[text] = len(self.parts)
            self.parts.append(value)
        return {SHARED: self._places[text]}


def _json(value: Any) -> str:  # noqa: ANN401 (any JSON)
    return json.dumps(value, ensure_ascii=False, separators=_STEPS, allow_nan=False)


def script(name: str, content: Mapping[str, Any]) -> bytes:
    """Return a script that gives the page ``content`` under a name, by ``trade.put``."""
    pool = SharedParts()
    whole = {"content": pool.put(content), "pool": pool.parts}
    packed = base64.b64encode(zlib.compress(_json(whole).encode(), 9)).decode()
    return f'trade.put("{name}","{packed}");\n'.encode()


def unpacked(script_: bytes) -> Any:  # noqa: ANN401 (any JSON)
    """Return what a script of :func:`script` holds, as the page reads it."""
    packed = script_.decode().split('"')[3]
    whole = json.loads(zlib.decompress(base64.b64decode(packed)))
    parts: list[Any] = []
    for part in whole["pool"]:
        parts.append(_resolved(part, parts))
    return _resolved(whole["content"], parts)


def _resolved(value: Any, parts: list[Any]) -> Any:  # noqa: ANN401 (any JSON)
    if isinstance(value, list):
        return [_resolved(one, parts) for one in value]
    if not isinstance(value, dict):
        return value
    if list(value) == [SHARED]:
        return parts[value[SHARED]]
    return {name: _resolved(one, parts) for name, one in value.items()}
