"""A text in its sentences, in English, Chinese and Russian alike."""

import re
from collections.abc import Iterator
from typing import Final

from analysis.claims.parser.words import several

# where a sentence may end: a full stop of any script with what closes a quotation, or an empty line
_END: Final = re.compile(
    r"[.!?…]+[\"'”»)\]]{0,3}(?=\s)|[。！？][\"'”』」）)]{0,3}|[!?](?=[\u3400-\u9fff])"
    r"|\n[ \t\r]*\n|\n(?=[ \t]{0,8}(?:[-*•#]|[0-9]{1,2}[.)]) )"
)
_BEGINS: Final = re.compile(r"\s+[\"'“«„(\[]{0,3}(?:[^\W\d_]|[0-9$¥€£])")
_LONGEST_WORD: Final = 12  # letters that a shortened word may have


def split(text: str) -> Iterator[str]:
    """Yield the sentences in their order, without blanks around them; work grows with the length alone."""
    start = 0
    for met in _END.finditer(text):
        if met[0][0] in ".…" and not _ends(text, met.start(), met.end()):
            continue
        yield from _one(text[start : met.end()])
        start = met.end()
    yield from _one(text[start:])


def _one(piece: str) -> Iterator[str]:
    if words := " ".join(piece.split()):
        yield words


def _ends(text: str, at: int, end: int) -> bool:
    """Return whether a point ends a sentence: no shortened word stands before it, and what follows begins one."""
    before = re.search(r"[^\s(«\"“]*$", text[max(0, at - _LONGEST_WORD) : at])
    word = before[0].lower() if before else ""
    follows = _BEGINS.match(text, end)
    if follows is None:
        return text[end : end + 1].isspace() and not text[end : end + 40].strip()
    first = follows[0][-1]
    if re.match(r"\s+(?:США|USA|US)\b", text[end : end + 8]) and word in {"долл", "dol"}:
        return False
    if first.islower():
        return False
    if re.fullmatch(r"[^\W\d_]", word):  # an initial
        return False
    return word not in several("shortened") or (word in several("shortened_money") and first.isupper())
