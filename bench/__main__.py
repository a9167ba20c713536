"""``python -m bench [NAME ...] [--rows N] [--runs N] [--screens DIR]``: print what is measured."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import Final

BENCHES: Final = ("pages", "ingest", "views", "served", "load")  # a module each, which loads what it alone needs


def main() -> None:
    """Run the benches that are named; without a name, the page beside its peers."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--rows", type=int, help="rows of each made-up file, for a quick look")
    parser.add_argument("--runs", type=int, default=3, help="how often each contender runs")
    parser.add_argument("--screens", type=Path, metavar="DIR", help="what is seen while pages load, and what shifts")
    given = parser.parse_args()
    if given.screens:
        import_module("bench.pages").screens(given.screens)
        return
    for name in given.names or BENCHES[:1]:
        import_module(f"bench.{name}").run(given.rows, given.runs)


if __name__ == "__main__":
    main()
