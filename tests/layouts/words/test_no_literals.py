"""No sentence beside the catalogue: what is left of words in code is a code, a name of a file, or markup."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[3]
ROOMS: Final = ("layouts", "callbacks/downloads", "callbacks/wiring.py", "callbacks/opening.py")
WORDS: Final = re.compile(r"[A-Za-z]{2,}")
CLASSES: Final = "className"
# codes that tables hold and decide by, never shown as they stand
CODES: Final = {
    "for the claim",
    "for another window",
    "a window that fits",
    "not measurable",
    "year to date",
    "at least",
    "CEPII BACI",
    "unattributed official data",
    "RT (unattributed)",
    "A. Denisov (ambassador)",
    "G. Zinoviev (MFA)",
}
# names of columns, and what a program is told
OTHERS: Final = {
    "years day",
    "whole world_value",
    "exporter_value other_value",
    "base_value value",
    "base_value index_base",
    "python app.py --refresh",
    "Google Sheets",
    "Callable[..., Any]",
}
MARKUP: Final = re.compile(r'[<>{}=]|"[;,]|\(\?:|sans-serif|^#|\b(?:px|em|solid)\b')


def files() -> Iterator[Path]:
    """Yield the files whose words readers may see."""
    for name in ROOMS:
        place = ROOT / name
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def phrases(file: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string of two words or more that is no docstring, error or name of a style."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Assert):
            passed |= {id(one) for one in ast.walk(node)}
        elif isinstance(node, ast.Expr):
            passed.add(id(node.value))
        elif isinstance(node, ast.keyword) and node.arg == CLASSES:
            passed |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value.strip()
            if " " in text and len(WORDS.findall(text)) > 1 and not MARKUP.search(text):
                yield node.lineno, text


def test_no_sentence_stands_beside_the_catalogue() -> None:
    """A literal of several words that is neither a code nor markup fails, with its place."""
    literals = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in files()
        for line, text in phrases(file)
        if text not in CODES | OTHERS
    ]
    assert not literals, "\n".join(literals)


def test_what_is_allowed_is_still_there() -> None:
    """A code that no file holds any more leaves the list."""
    there = {text for file in files() for _, text in phrases(file)}
    assert not (CODES | OTHERS) - there


def test_a_sentence_would_be_found(tmp_path: Path) -> None:
    """The search sees sentences, whole or in pieces, and passes over docstrings, errors and styles."""
    file = tmp_path / "some.py"
    file.write_text(
        '"""A docstring of words."""\n'
        "def f(x):\n"
        '    """Another docstring."""\n'
        '    if x: raise ValueError("an error in words")\n'
        '    return H(f"China sold {x} more", className="two classes")\n',
        "utf-8",
    )
    assert list(phrases(file)) == [(5, "China sold")]
