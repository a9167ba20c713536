"""Components of Dash as the HTML that the browser makes of them, for whoever has no script yet, or none at all."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

Part = dict[str, Any]
HTML: Final = "dash_html_components"  # the namespace of elements
_NAMES: Final = {"className": "class", "hrefLang": "hreflang", "htmlFor": "for", "tabIndex": "tabindex"}
BARE: Final = frozenset({"br", "hr", "img", "input"})  # without an end
_PASSED: Final = frozenset({"children", "n_clicks", "style", "key"})


def written(component: object, pictures: Mapping[str, str], *, living: bool = False) -> str:
    """Return the HTML of a component, given as JSON has it; ``pictures`` has the drawing of a picture by its id.

    What only Dash can bring to life (stores, downloads) is left out. Controls do nothing, for Dash puts its own in
    their place; ``living`` ones are the browser's own, for a page without Dash.
    """
    if component is None or isinstance(component, bool):
        return ""
    if isinstance(component, list):
        return "".join(written(one, pictures, living=living) for one in component)
    if not isinstance(component, dict):
        return escape(str(component))
    space, name, given = component["namespace"], component["type"], component["props"]
    if space == "trade_controls":
        return _CONTROLS[name](given, pictures, living=living)
    return _element(name.lower(), given, pictures, living=living) if space == HTML else ""


def _element(tag: str, given: Part, pictures: Mapping[str, str], *, living: bool) -> str:
    inner = written(given.get("children"), pictures, living=living)
    return f"<{tag}{_attributes(given)}>" + ("" if tag in BARE else f"{inner}</{tag}>")


def _attributes(given: Part) -> str:
    attributes = {_NAMES.get(name, name): value for name, value in given.items() if name not in _PASSED}
    if "style" in given:
        attributes["style"] = ";".join(f"{_dashed(name)}:{value}" for name, value in given["style"].items())
    return _written(attributes)


def _dashed(name: str) -> str:
    """Return a property of style as CSS writes it."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def _written(attributes: Mapping[str, Any]) -> str:
    """Return attributes as HTML writes them; true stands by its name, what is false or None is left out."""
    words = []
    for name, value in attributes.items():
        if value is True and not name.startswith("aria-"):
            words.append(f" {name}")
        elif value is not None and value is not False:
            words.append(f' {name}="{escape(str(value))}"')
    return "".join(words)


def _segments(given: Part, _: Mapping[str, str], *, living: bool) -> str:
    label, name = escape(given["label"]), escape(str(given["id"]))
    parts = (
        f"<label><input{_written(_option(one, given, 'checked', living=living) | {'type': 'radio', 'name': name})}>"
        f"<span>{escape(one['label'])}</span></label>"
        for one in given["data"]
    )
    own = f' id="{name}"' if living else ""
    return f'<div{own} role="radiogroup" aria-label="{label}" class="segments">{"".join(parts)}</div>'


def _select(given: Part, _: Mapping[str, str], *, living: bool) -> str:
    parts = (
        f"<option{_written(_option(one, given, 'selected', living=living) | {'disabled': False})}>"
        f"{escape(one['label'])}</option>"
        for one in given["data"]
    )
    own = {"id": given["id"]} if living else {"disabled": True}
    return f'<select{_written(own)} class="years" aria-label="{escape(given["label"])}">{"".join(parts)}</select>'


def _option(one: Part, given: Part, chosen: str, *, living: bool) -> Part:
    """Return the attributes of an option; one that does nothing needs no value."""
    own = {"value": one["value"]} if living else {"disabled": True}
    return own | {chosen: one["value"] == given["value"]}


def _field(given: Part, _: Mapping[str, str], *, living: bool) -> str:
    kind = given.get("type")
    attributes = {"type": kind or "text", "placeholder": given.get("placeholder"), "aria-label": given["label"]}
    own = {"id": given["id"]} if living else {"disabled": True}
    return f'<input{_written(attributes)} class="{"years day" if kind else "typed"}"{_written(own)}>'


def _picture(given: Part, pictures: Mapping[str, str], *, living: bool) -> str:
    own = {"id": given["id"]} if living else {}
    return f'<div{_written(own)} class="graph">{pictures.get(given["id"], "")}</div>'


def _ready(given: Part, _: Mapping[str, str], **__: bool) -> str:
    return f"<{given['tag']}{_attributes(given['given'])}>{given['html']}</{given['tag']}>"


_CONTROLS: Final[dict[str, Callable[..., str]]] = {
    "Segments": _segments,
    "Select": _select,
    "Field": _field,
    "Picture": _picture,
    "Written": _ready,
}
