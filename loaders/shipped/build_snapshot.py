"""Build data/snapshot/ from the figures that can be read in data/figures/ and from raw files that may not be committed.

``python -m loaders.snapshot [--shared DIR]``. Without the raw files their rows are kept as the
snapshot holds them. The same inputs give the same bytes.
"""

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from loaders.checking import checks
from loaders.core import schema, store
from loaders.core.source import Parsed, SourceError
from loaders.registry import SOURCES
from loaders.sources.shipped import derived_pair_totals, figure_files, press
from loaders.tables.parsing import settle

IMPORTS: Final = "comtrade/v1_chn_imports_from_rus_monthly_2017_2024.csv"
SUMS: Final = "comtrade/tidied_chn_rus_monthly_2017_2024.csv"
RAW: Final = (
    ("comtrade", IMPORTS),
    ("comtrade", SUMS),
    ("comtrade", "comtrade/legacy35_b_with_rus.csv"),
    ("baci", "baci/baci_hs17_rus_chn_2017_2023.csv"),
    ("imf", "imf/imts_rus_by_partner_2016_2024.csv"),
)
# Release dates that a file's inventory states and its bytes do not: BACI V202501, its month's last day.
RELEASED: Final = {"baci/baci_hs17_rus_chn_2017_2023.csv": pd.Timestamp("2025-01-31")}
SIDES: Final = ("doubts", "prints", "printed_rates", "quantities")
_MANIFEST: Final = ("file", "rows", "sha256", "built_from", "built_from_sha256", "taken")


@dataclass
class Build:
    """What the build has gathered: a table for each input, the side tables, the inputs' hashes, and words.

    ``taken`` is the day on which an input was first taken in as it is, by its name and hash.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    sides: dict[str, pd.DataFrame] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def from_figures(folder: Path, build: Build) -> None:
    """Gather every file of ``folder`` that has the layout, and settle them together."""
    lines = []
    for file in sorted(folder.glob("*.csv")):
        content = file.read_bytes()
        if figure_files.recognises(content[:4096]):
            lines.append(figure_files.read(content, file.name))
            build.hashes[f"figures/{file.name}"] = store.sha256(content)
    every = pd.concat(lines, ignore_index=True)
    rows, refused = figure_files.values(every)
    is_print = rows["source"].eq("press")
    chosen, prints = press.select(rows[is_print])
    kept = pd.concat([rows[~is_print], chosen], ignore_index=True)
    parsed = settle(kept.assign(row=kept["file"] + ":" + kept["row"].astype("str")), "figures", len(every), refused)
    _must_be_whole(parsed, "data/figures")
    build.tables |= _by_file(parsed.table, kept)
    build.sides = {
        "doubts": figure_files.doubts(every),
        "prints": press.as_text(prints),
        "printed_rates": figure_files.printed_rates(every),
        "quantities": figure_files.quantities(every),
    }


def _by_file(table: pd.DataFrame, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split the settled table by the file that each row first stood in."""
    key = list(schema.KEY)
    first = rows.drop_duplicates(key)[[*key, "file"]]
    first = first.assign(released=first["released"].astype(schema.UNIT))
    plain = table.astype(dict.fromkeys(schema.CATEGORIES, "str"))
    files = plain.merge(first, on=key, how="left", validate="one_to_one")["file"]
    return {f"figures/{name}": table[files.eq(name).to_numpy()] for name in sorted(files.unique())}


def _must_be_whole(parsed: Parsed, name: str) -> None:
    if parsed.refused:
        raise SourceError(f"{name}: {len(parsed.refused)} lines cannot be taken: " + "; ".join(parsed.refused[:5]))


def from_raw(folder: Path, build: Build) -> None:
    """Gather the raw files that stand below ``folder`` through their sources' parsers."""
    for source, path in RAW:
        built_from = f"customs/{path}"
        file = folder / path
        if not file.exists() or (path != SUMS and source not in SOURCES):
            continue
        content = file.read_bytes()
        if path == SUMS:
            parsed = derived_pair_totals.parse(
                content, file.name, build.tables.get(f"customs/{IMPORTS}", schema.empty())
            )
        else:
            parsed = SOURCES[source].parse(content, file.name)
        _must_be_whole(parsed, built_from)
        released = RELEASED.get(path)
        build.tables[built_from] = parsed.table if released is None else parsed.table.assign(released=released)
        build.hashes[built_from] = store.sha256(content)


def from_snapshot(snapshot: Path, build: Build) -> None:
    """Keep the rows of raw files that are not at hand as the snapshot holds them, told by their reference."""
    manifest = snapshot / store.MANIFEST
    lines = store.read_csv(manifest) if manifest.exists() else pd.DataFrame(columns=list(_MANIFEST))
    hashes = lines.drop_duplicates("built_from").set_index("built_from")["built_from_sha256"].to_dict()
    for source, path in RAW:
        built_from = f"customs/{path}"
        if built_from in build.tables:
            continue
        if built_from not in hashes:
            build.words.append(f"{built_from}: left out, neither at hand nor in the snapshot")
            continue
        shipped = store.read_table(snapshot / f"{source}.parquet")
        own = shipped["reference"].str.startswith(f"{Path(path).name}, row ")
        build.tables[built_from] = shipped[own]
        build.hashes[built_from] = str(hashes[built_from])
        build.words.append(f"{built_from}: not at hand, {int(own.sum())} rows kept")


def combined(build: Build) -> pd.DataFrame:
    """Stack all inputs, with the input of each row in ``built_from``; a row that two inputs share counts once.

    Raises:
        SourceError: two inputs hold the same key with different figures.
    """
    parts = [schema.concat([table]).assign(built_from=name) for name, table in build.tables.items() if len(table)]
    text = [part.astype(dict.fromkeys(schema.CATEGORIES, "str")) for part in parts]
    every = pd.concat(text, ignore_index=True)
    figure = [column for column in schema.COLUMNS if column not in {"reference", "known_by"}]
    every = every[~every.duplicated(figure)]
    clash = every.duplicated(list(schema.KEY), keep=False)
    if clash.any():
        pairs = every[clash].sort_values(list(schema.KEY))[["built_from", *schema.KEY, "value", "status", "reference"]]
        raise SourceError(f"{int(clash.sum())} rows share a key and differ; decide with a doubt:\n{pairs.to_csv()}")
    return every


def dated(every: pd.DataFrame, build: Build, shipped: pd.DataFrame) -> pd.DataFrame:
    """Fill ``known_by``: the release where it is known, else the day on which the row was first taken in.

    A row that the snapshot already holds keeps its day, however often its file is edited.
    """
    days = {name: pd.Timestamp(_taken(build, name)) for name in every["built_from"].unique()}
    figure = [*schema.KEY, "value"]
    plain = shipped.astype(dict.fromkeys(schema.CATEGORIES, "str"))[[*figure, "known_by"]]
    before = every[figure].merge(plain, on=figure, how="left", validate="one_to_one")["known_by"]
    known = every["known_by"].fillna(every["released"])
    known = known.fillna(pd.Series(before.to_numpy(), every.index)).fillna(every["built_from"].map(days))
    return every.assign(known_by=known.astype(schema.UNIT))


def _shipped_before(snapshot: Path) -> pd.DataFrame:
    """Return the rows of the snapshot that ships, and of the one that is built anew, each key once."""
    files = [file for folder in (store.SNAPSHOT, snapshot) for file in sorted(folder.glob("*.parquet"))]
    shipped = schema.concat([store.read_table(file) for file in files])
    return shipped[~shipped.duplicated([*schema.KEY, "value"])]


def _taken(build: Build, name: str) -> str:
    """Return the day on which an input was first taken in as it is: today where it is new."""
    return build.taken.get((name, build.hashes.get(name, "")), f"{pd.Timestamp.now():%Y-%m-%d}")


def write(every: pd.DataFrame, build: Build, snapshot: Path) -> None:
    """Write a Parquet file for each source, the side tables, and the manifest."""
    manifest = []
    for source, rows in every.groupby("source", sort=True):
        name = f"{source}.parquet"
        store.write_table(snapshot / name, rows[list(schema.COLUMNS)])
        counts = rows["built_from"].value_counts().sort_index()
        manifest += _lines(snapshot / name, {str(k): int(v) for k, v in counts.items()}, build)
    for name in SIDES:
        side = build.sides[name]
        store.write_csv(snapshot / f"{name}.csv", side)
        counts = side["file"].value_counts().sort_index()
        manifest += _lines(snapshot / f"{name}.csv", {f"figures/{k}": int(v) for k, v in counts.items()}, build)
    store.write_csv(snapshot / store.MANIFEST, pd.DataFrame(manifest, columns=list(_MANIFEST)))


def _lines(file: Path, counts: dict[str, int], build: Build) -> list[tuple[str, int, str, str, str, str]]:
    digest = store.sha256(file.read_bytes())
    return [
        (file.name, rows, digest, name, build.hashes.get(name, ""), _taken(build, name))
        for name, rows in counts.items()
    ]


def taken_before(snapshot: Path) -> dict[tuple[str, str], str]:
    """Return when each input was first taken in: the day does not move while the bytes do not."""
    manifests = [folder / store.MANIFEST for folder in (store.SNAPSHOT, snapshot)]
    lines = [store.read_csv(file).reindex(columns=list(_MANIFEST)) for file in manifests if file.exists()]
    known = [line for table in lines for line in table.dropna(subset=["taken"]).to_dict("records")]
    return {(str(line["built_from"]), str(line["built_from_sha256"])): str(line["taken"]) for line in known}


def run(shared: Path, folder: Path = store.FIGURES, snapshot: Path = store.SNAPSHOT) -> Build:
    """Build everything and return what was gathered."""
    build = Build(taken=taken_before(snapshot))
    from_figures(folder, build)
    from_raw(shared / "customs", build)
    from_snapshot(snapshot, build)
    every = dated(combined(build), build, _shipped_before(snapshot))
    write(every, build, snapshot)
    differences = checks.run(
        schema.conform(every[list(schema.COLUMNS)]), store.read_csv(folder / "known_disagreements.csv")
    )
    store.write_csv(snapshot / "CHECKS.csv", differences)
    counts = every["source"].value_counts().sort_index()
    build.words += [f"{source}.parquet: {rows} rows" for source, rows in counts.items()]
    build.words += [f"{name}.csv: {len(side)} rows" for name, side in build.sides.items()]
    known = int(differences["known"].sum())
    build.words.append(
        f"CHECKS.csv: {len(differences)} differences, {known} explained, {len(differences) - known} unexplained"
    )
    return build


def main(argv: list[str] | None = None) -> int:
    """Run the build and say what was built from what."""
    parser = argparse.ArgumentParser(prog="python -m loaders.snapshot", description="Rebuild data/snapshot/.")
    parser.add_argument("--shared", type=Path, default=store.ROOT.parent / "shared", help="folder with customs/ in it")
    try:
        build = run(parser.parse_args(argv).shared)
    except (SourceError, store.StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(build.words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
