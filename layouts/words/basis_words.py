"""The words for a basis: who counted, with or without freight, which print, how the figure was made."""

from __future__ import annotations

from typing import Final

from analysis.basis import Basis, Making, Print
from layouts.words.catalogue import say
from layouts.words.forms import Forms

# who counted, by the code of a basis; another country's customs go by its code
COUNTED: Final = {
    "CHN": "China’s customs",
    "RUS": "Russia’s customs",
    "CHN+RUS": "both countries’ reports merged",
    "IMF": "the IMF’s estimate",
    "CREA": "CREA’s model",
    "CBR": "the Bank of Russia",
    "SAID": "the speaker named",
    "OWN": "each exporter’s own customs",
}
PRINTS: Final = {Print.FIRST: "as first printed", Print.NOW: "as known now"}
MAKINGS: Final = {
    Making.PRINTED: "as reported",
    Making.DIFFERENCE: "as a difference of years to date",
    Making.COMPUTED: "derived",
    Making.CONVERTED: "converted",
    Making.MERGED: "merged from both countries’ reports",
    Making.ESTIMATED: "estimated",
}


_KEY: Final = "names.counted.{}"


def counted_by(code: str) -> Forms:
    """Name who counted, by the code of a basis."""
    return Forms.read(say(_KEY.format("BOTH" if code == "CHN+RUS" else code)))


def named(code: str) -> str:
    """Name a basis in full: ``China’s customs, CIF, HS2017, as known now, as reported``."""
    basis = Basis.read(code)
    edition = "" if basis.edition == "none" else f", {basis.edition}"
    valuation = "" if basis.valuation == "unknown" else f", {basis.valuation}"
    who = COUNTED.get(basis.counted_by, f"customs of {basis.counted_by}")
    return f"{who}{valuation}{edition}, {PRINTS[basis.print]}, {MAKINGS[basis.making]}"


_VERBS: Final = "(?: customs|’s customs|’s (?:own )?count| count(?:s|ed)| sa(?:ys|id)| reports?| reported)"
# how a sentence may name who counted; that a country is its subject does not say that its customs counted
SPOKEN: Final = {
    "CHN": rf"China{_VERBS}|Chinese customs|customs in China",
    "RUS": rf"Russia{_VERBS}|Russian customs|customs in Russia",
    "CHN+RUS": r"BACI|merged",
    "IMF": r"\bIMF\b",
}
