"""What the page may ask: the body of one callback request, held against the callbacks that there are."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from werkzeug.exceptions import BadRequest

from layouts.cards.article_figures import LETTERS
from layouts.look.ids import Id
from layouts.look.theme import WIDTHS

LONGEST: Final = 8192  # characters of one value: an address of the page is shorter
Body = dict[str, Any]


def _is_text(value: object, most: int = LONGEST) -> bool:
    """Text of bounded length that can be written as UTF-8, which a lone surrogate cannot."""
    return isinstance(value, str) and len(value) <= most and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _is_whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


# by the property that a value comes from, or by its component where that says more; None is always allowed
_KINDS: Final[dict[str, Callable[[object], bool]]] = {
    "n_clicks": lambda value: _is_whole(value, 1_000_000_000),
    # a pasted text, and one letter that tells that there are more
    f"{Id.TEXT_ASKED}.data": lambda value: _is_text(value, LETTERS + 1),
    f"{Id.WIDTH}.data": lambda value: _is_whole(value, max(WIDTHS)) and value in WIDTHS,
}


def read(callbacks: Mapping[str, Any], body: object) -> str:
    """Return what tells one question from all others: the callback and the values that it is given.

    Which input changed is checked and does not count: no callback of the server asks for it.
    ``body`` gets the outputs that it may leave out.

    Raises:
        BadRequest: no such callback, or inputs, states or values that are not its own.
    """
    if not isinstance(body, dict):
        raise BadRequest("the body is no question of the page")
    output = body.get("output")
    callback = callbacks.get(output) if isinstance(output, str) else None
    if callback is None or "callback" not in callback:
        raise BadRequest("there is no such output")
    _outputs(str(output), body)
    values = [*_values(body, "inputs", callback["inputs"]), *_values(body, "state", callback["state"])]
    _changed(body, callback["inputs"])
    question = json.dumps([output, values], sort_keys=True)
    return hashlib.sha256(question.encode()).hexdigest()


def _outputs(output: str, body: Body) -> None:
    """Hold the outputs to what the callback writes; where they are left out, they follow from its name."""
    parts = [name.rpartition(".") for name in _parts(output)]
    own: Any = [{"id": id_, "property": name} for id_, _, name in parts]
    own = own if output.startswith("..") else own[0]
    if body.setdefault("outputs", own) != own:
        raise BadRequest("these are not the outputs of that callback")


def _parts(output: str) -> list[str]:
    return output[2:-2].split("...") if output.startswith("..") else [output]


def _values(body: Body, kind: str, wanted: list[dict[str, Any]]) -> list[object]:
    """Return the values of inputs or states in order, each of the kind that its property has."""
    given = body.setdefault(kind, [])
    if not isinstance(given, list) or [_named(one) for one in given] != [_named(one) for one in wanted]:
        raise BadRequest(f"these are not the {kind} of that callback")
    for one in given:
        _typed(_named(one), one.setdefault("value", None))
    return [one["value"] for one in given]


def _named(one: object) -> str:
    if not isinstance(one, dict) or not isinstance(one.get("property"), str) or not isinstance(one.get("id"), str):
        return ""
    return f"{one['id']}.{one['property']}"


def _typed(name: str, value: object) -> None:
    kind = _KINDS.get(name) or _KINDS.get(name.rpartition(".")[2], _is_text)
    if value is not None and not kind(value):
        raise BadRequest(f"{name} has no such value")


def _changed(body: Body, inputs: list[dict[str, Any]]) -> None:
    names = {_named(one) for one in inputs}
    changed = body.setdefault("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) and name in names for name in changed):
        raise BadRequest("these inputs are not among those of that callback")
