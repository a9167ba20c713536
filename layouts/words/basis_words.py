"""The words for a basis: who counted, with or without freight, which print, how the figure was made."""

from typing import Final

from analysis.basis import BOTH, Basis, Print
from layouts.words import names, text
from layouts.words.catalogue import has, say, say_or
from layouts.words.forms import Forms

_COUNTED: Final = "names.counted.{}"
_PRINT: Final = "names.print.{}"
_MAKING: Final = "names.making.{}"
_VALUATION: Final = "names.valuation.{}"


def counted_by(code: str) -> Forms:
    """Name who counted, by the code of a basis; of another country its customs."""
    key = _COUNTED.format("BOTH" if code == BOTH else code)
    return Forms.read(say(key)) if has(key) else Forms(say("names.customs_of", country=names.country(code)))


def print_name(which: Print) -> str:
    """Say which print a figure is: the first, or the one as known now."""
    return say(_PRINT.format(which))


def valued(code: str) -> str:
    """Name FOB, CIF or both; what is no such valuation is its code."""
    keys = {one: _VALUATION.format(one) for one in code.split("+")}
    return "+".join(say_or(key, one) for one, key in keys.items())


def named(code: str) -> str:
    """Name a basis in full: ``China’s customs, CIF, HS2017, as known now, as reported``."""
    basis = Basis.read(code)
    return text.commas(
        [
            counted_by(basis.counted_by),
            "" if basis.valuation == "unknown" else valued(basis.valuation),
            "" if basis.edition == "none" else basis.edition,
            print_name(basis.print),
            say(_MAKING.format(basis.making)),
        ]
    )
