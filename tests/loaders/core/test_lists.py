"""The lists of data/codes that the program reads as words: each is asked for, and none is asked for in vain."""

import re

from loaders.core import schema
from loaders.core.places import ROOT
from loaders.tables import file_words

TOWERS = ("loaders", "analysis", "layouts", "callbacks", "commands")


def asked(form: str) -> set[str]:
    """Return what the program names in a form."""
    files = [file for tower in TOWERS for file in (ROOT / tower).rglob("*.py")]
    return {name for file in files for name in re.findall(form, file.read_text(encoding="utf-8"))}


def test_each_table_has_its_columns_once() -> None:
    """Tables of column_lists.toml are those whose columns a module asks for; no column stands twice in one."""
    names = asked(r'columns_of\("(\w+)"\)')
    assert names == set(schema.lists("column_lists"))
    assert all(len(set(schema.columns_of(name))) == len(schema.columns_of(name)) for name in names)


def test_each_list_of_words_is_read() -> None:
    """Publishers of file_words.toml are those whose words a module asks for."""
    assert asked(r'file_words\.lists\(\)\["(\w+)"\]') == set(file_words.lists())
