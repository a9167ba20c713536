"""How wide a text will be in a picture, and where it may break."""

import re
from typing import Final

# Advance widths of Helvetica, which Arial and Liberation Sans share, in thousandths of the size;
# what is not named here is 556, as most small letters and all digits are.
_USUAL: Final = 556
_WIDTHS: Final = dict.fromkeys("abdeghnopqu0123456789аеёор«»нвийбц", _USUAL) | {
    letter: advance
    for letters, advance in (
        ("ijl'’‘", 222),
        (" \u00a0!,./:;I[]ft|·", 278),
        ("()-r“”", 333),
        ("г", 365),
        ("кзт", 450),
        ("cksvxyz", 500),
        ("сухэьч", 510),
        ("+<>=~−дл", 584),
        ("FTZКЗТъУ", 611),
        ("ABEKPSVXYБЬЧАВЕЁРХДж", 667),
        ("мCDHNRUwыИЙПЭНСЯю", 722),
        ("GOQОФЦЪ", 778),
        ("Mmшфщ", 833),
        ("%Ы", 889),
        ("WМЖШЩ", 944),
        ("→Ю", 1000),
        ("@—…№", 1015),
    )
    for letter in letters
}
_BOLD: Final = 1.065
_SQUARE: Final = 0x2E7F  # letters beyond it fill a square
# A text breaks at spaces and, where it is written without them, between any two squares; what closes
# stays with the letter before it, what opens with the one behind it, and a number with its unit.
_CLOSING: Final = "，。、；：！？）」』》】％%…·"
_OPENING: Final = "（「『《【"
# a day stays with its month, a number of a few things with them, a classification with its code
_DASHES: Final = ("—", "–")  # none begins a line
_JOINED: Final = re.compile(r"[(“«]?(?:\d{1,2}|HS|ТН|ТН ВЭД|ГС)")
_PIECES: Final = re.compile(
    rf"[{_OPENING}]*(?:[\d.,+−–%]+[万亿]*(?:美元|[年月日元])*|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[{_CLOSING}]*"
)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of ``text`` in pixels, CJK counts a full square."""
    return _advance(text) * size / 1000 * (_BOLD if bold else 1)


def _advance(text: str) -> int:
    """Return the width of ``text`` in thousandths of its size."""
    widths = [_WIDTHS.get(letter, 0) for letter in text]
    total = sum(widths)
    if 0 in widths:  # letters that are not named above
        total += sum(1000 if ord(c) > _SQUARE else _USUAL for c, known in zip(text, widths, strict=True) if not known)
    return total


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break ``text`` into lines no wider than ``room`` pixels, where its script allows a break."""
    lines: list[list[str]] = []
    wide = 0  # thousandths of the size that the last line takes
    for gap, piece in _broken(text):
        own = _advance(piece)
        longer = wide + (_WIDTHS[" "] if gap else 0) + own
        if lines and longer * size / 1000 * (_BOLD if bold else 1) <= room:
            lines[-1].append(f"{gap}{piece}")
            wide = longer
        else:
            lines.append([piece])
            wide = own
    return ["".join(line) for line in _in_company(lines)]


def _in_company(lines: list[list[str]]) -> list[list[str]]:
    """Return lines of which the last is no lone square: it takes along the one before it."""
    if len(lines) > 1 and len(lines[-2]) > 2 and len(lines[-1]) == 1:
        (lone,), before = lines[-1], lines[-2][-1]
        if len(lone.rstrip(_CLOSING)) == 1 and min(ord(lone[0]), ord(before[0])) > _SQUARE:
            return [*lines[:-2], lines[-2][:-1], [before, lone]]
    return lines


def _broken(text: str) -> list[tuple[str, str]]:
    """Return the pieces of a text that no line divides, each with the space before it, if there is one."""
    pieces: list[tuple[str, str]] = []
    for word in text.split(" "):
        parts = _parts(word)
        if pieces and parts[0] and (parts[0] in _DASHES or _JOINED.fullmatch(pieces[-1][1])):
            gap, before = pieces.pop()
            parts[0] = f"{before} {parts[0]}"
        else:
            gap = " "
        pieces += [(gap, parts[0]), *(("", part) for part in parts[1:])]
    return pieces


def _parts(word: str) -> list[str]:
    if not any(ord(letter) > _SQUARE for letter in word):
        return [word]
    parts = _PIECES.findall(word)
    return parts if "".join(parts) == word else [word]
