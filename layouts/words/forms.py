"""Words that change with their place in a Russian sentence: months, countries. Other languages have one form."""

from typing import Final, Self

# as a place of a text names them: genitive, dative, accusative, instrumental, prepositional
CASES: Final = ("gen", "dat", "acc", "ins", "prep")


class Forms(str):
    """A word with its cases: as it is, the nominative; ``{word:gen}`` in a text is its genitive.

    A case that was not given is the nominative.
    """

    __slots__ = ("_cases",)

    def __new__(cls, word: str, **cases: str) -> Self:
        """Hold ``word`` and its other forms, each under a name of ``CASES``."""
        made = super().__new__(cls, word)
        made._cases = cases
        return made

    _cases: dict[str, str]

    @classmethod
    def read(cls, written: str) -> Self:
        """Read a word as the catalogue writes it: alone, or the nominative and all cases in order, between bars.

        Raises:
            ValueError: it has some cases and not all.
        """
        word, *cases = written.split("|")
        return cls(word, **dict(zip(CASES, cases, strict=True)) if cases else {})

    def __format__(self, spec: str) -> str:
        """Return the form that a place names.

        Raises:
            ValueError: it names no case.
        """
        if spec and spec not in CASES:
            raise ValueError(f"{spec!r} is no case; there are {', '.join(CASES)}")
        return self._cases.get(spec, str(self))
