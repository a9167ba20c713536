"""Letters as they look: what is not seen taken out, wide ones made narrow, a stranger among its neighbours theirs."""

import re
from string import ascii_letters, digits
from typing import Final

_UNSEEN: Final = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))  # soft hyphens, blanks of no width
_WIDE: Final = {ord(mark) + 0xFEE0: mark for mark in f"{digits}{ascii_letters}%$."}
_BLANKS: Final = dict.fromkeys((0xA0, 0x202F, 0x2007, 0x2009, 0x3000), " ")
_PLAIN: Final = {**_UNSEEN, **_WIDE, 0xFFE5: "¥", **_BLANKS}
_LATIN: Final = "AaBCcEeHKkMOoPpTXxYy"
_CYRILLIC: Final = "АаВСсЕеНКкМОоРрТХхУу"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
# a word in letters of both scripts; a hyphen parts words
_MIXED: Final = re.compile(
    r"[A-Za-z]{1,40}[А-Яа-яЁё][A-Za-zА-Яа-яЁё]{0,40}|[А-Яа-яЁё]{1,40}[A-Za-z][A-Za-zА-Яа-яЁё]{0,40}"
)
_ALONE: Final = re.compile(r"(?<![^\s(«\"])[aAcCoOyYkKB](?=\s[А-Яа-яЁё])")


def cleaned(words: str) -> str:
    """Return words without letters that are not seen, full-width ones or ones of the other script that look alike."""
    words = words.translate(_PLAIN)
    if not re.search(r"[А-Яа-яЁё]", words):
        return words
    words = _MIXED.sub(lambda met: _of_one_script(met[0]), words)
    return _ALONE.sub(lambda met: met[0].translate(_TO_CYRILLIC), words)


def _of_one_script(word: str) -> str:
    """Return a word in one script where all its letters of the other look alike; else as it is."""
    cyrillic = word.translate(_TO_CYRILLIC)
    if not re.search("[A-Za-z]", cyrillic):
        return cyrillic
    latin = word.translate(_TO_LATIN)
    return word if re.search("[А-Яа-яЁё]", latin) else latin
