"""What no callback reads or writes, as HTML: Dash asks each of its components at every change what it is to show.

A page of a thousand components keeps the browser busy at each change, and a table of some hundred rows for a minute.
So the largest parts that never change by themselves are one component each, which holds them as HTML.
"""

import json
from typing import Any, Final

from layouts.first_picture import markup
from layouts.native import Written

_WHOLE: Final = markup.BARE | {"textarea"}  # elements that React gives no HTML


def as_json(components: Any) -> Any:  # noqa: ANN401 (a component of Dash, text, or a list of them)
    """Return components as JSON has them: dicts of namespace, type and props."""
    return json.loads(json.dumps(components, default=_plain, ensure_ascii=False))


def lightened(components: Any, live: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401
    """Return components, given as JSON has them, with each largest part that does not live as one component.

    ``live`` are the ids that callbacks read or write. Controls, stores and downloads live too, and all that holds one.
    """
    made, still = _lightened(components, live)
    return _one_each(made) if still else made


def _lightened(part: Any, live: frozenset[str]) -> tuple[Any, bool]:  # noqa: ANN401
    """Return a part, and whether it may become HTML together with what stands beside it."""
    if isinstance(part, list):
        made = [_lightened(one, live) for one in part]
        if all(still for _, still in made):
            return part, True
        return [_one_each(one) if still else one for one, still in made], False
    if not isinstance(part, dict):
        return part, True
    given = part["props"]
    children, still = _lightened(given.get("children"), live)
    if still and part["namespace"] == markup.HTML and given.get("id") not in live:
        return part, True
    own = {"children": _one_each(children) if still else children} if "children" in given else {}
    return {**part, "props": {**given, **own}}, False


def _one_each(part: Any) -> Any:  # noqa: ANN401
    """Return a part that does not live as HTML: text as it is, an element or each of several as one component."""
    if isinstance(part, list):
        return [_one_each(one) for one in part]
    if not isinstance(part, dict) or part["type"].lower() in _WHOLE:
        return part
    given = {name: value for name, value in part["props"].items() if name not in {"children", "n_clicks"}}
    return _plain(Written(part["type"].lower(), given, markup.written(part["props"].get("children"), {})))


def _plain(component: Any) -> Any:  # noqa: ANN401
    """Return a component as JSON holds it; Dash gives ``data-`` and ``aria-`` in another order in each process."""
    written = component.to_plotly_json()
    return {**written, "props": dict(sorted(written["props"].items()))}
