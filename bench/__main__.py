"""``python -m bench [ingest] [views] [served] [--rows N] [--runs N]``: print what is measured."""

from __future__ import annotations

import argparse
from typing import Final

from bench import ingest, served, views

BENCHES: Final = {"ingest": ingest.run, "views": views.run, "served": served.run}


def main() -> None:
    """Run the benches that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help="which; all without a name")
    parser.add_argument("--rows", type=int, help="rows of each made-up file, for a quick look")
    parser.add_argument("--runs", type=int, default=3, help="how often each contender runs")
    given = parser.parse_args()
    for name in given.names or BENCHES:
        BENCHES[name](given.rows, given.runs)


if __name__ == "__main__":
    main()
