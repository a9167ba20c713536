"""Raw answers as they came, each with a sidecar that says where from, when, and whether it was taken in."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from loaders.core import store
from loaders.core.source import Call, Download

KEEP: Final = 3
_FACTS: Final = frozenset({"url", "fetched", "status", "sha256", "bytes"})


@dataclass(frozen=True)
class RawFile:
    """One raw file, its number among those of the same call, and the facts of its sidecar."""

    file: Path
    number: int
    facts: dict[str, Any]

    @property
    def taken(self) -> dict[str, Any]:
        """What was taken in of it: rows, currencies, release; empty where it was refused."""
        noted = self.facts.get("taken")
        return noted if isinstance(noted, dict) else {}


def kept(folder: Path, source: str, name: str) -> list[RawFile]:
    """Return the raw files of one call that have their sidecar, oldest first."""
    files = ((_number(file), file) for file in _files(folder, source, name))
    return [RawFile(file, number, facts) for number, file in sorted(files) if (facts := _facts(file))]


def save(folder: Path, source: str, call: Call, download: Download) -> RawFile:
    """Keep an answer beside the two before it; the last one taken in outlives later refusals."""
    before = kept(folder, source, call.name)
    if download.kept and before:
        same = replace(before[-1], facts={**before[-1].facts, "confirmed": _when(download)})
        _write_facts(same)
        return same
    number = max((one.number for one in before), default=0) + 1
    _clear(_files(folder, source, call.name), before)
    file = folder / "raw" / source / f"{_safe(call.name)}.{number:06d}.{call.kind}"
    new = RawFile(file, number, _written(download))
    store.write_bytes(file, download.content, sync=False)
    _write_facts(new)
    return new


def _clear(files: list[Path], before: list[RawFile]) -> None:
    """Make room for one more, and remove what a killed refresh left without a sidecar."""
    taken = [one for one in before if one.taken][-1:]
    spare = [one for one in before if one not in taken]
    staying = {one.file for one in [*taken, *spare[max(0, len(before) + 1 - KEEP) :]]}
    for file in files:
        if file not in staying:
            _sidecar(file).unlink(missing_ok=True)
            file.unlink(missing_ok=True)


def take(one: RawFile, **taken: object) -> None:
    """Note in the sidecar that the answer was taken in, and what it held."""
    if one.taken != taken:
        _write_facts(replace(one, facts={**one.facts, "taken": taken}))


def last(folder: Path, source: str, name: str) -> Download | None:
    """Return the newest answer to a call as it was, where its bytes still are what the sidecar says."""
    for one in reversed(kept(folder, source, name)[-1:]):
        content = _content(one)
        with suppress(ValueError, TypeError):  # a sidecar that somebody wrote into counts for nothing
            if content is not None:
                facts = one.facts
                tags = str(facts.get("etag", "")), str(facts.get("last_modified", ""))
                fetched = pd.Timestamp(facts["fetched"])
                return Download(name, facts["url"], content, int(facts["status"]), fetched, None, *tags)
    return None


def releases(folder: Path, source: str) -> dict[str, str]:
    """Return for each call, by its name in the raw file, the release whose answer was last taken in."""
    newest: dict[str, str] = {}
    for file in sorted((folder / "raw" / source).glob("*"), key=lambda file: file.name):
        facts = _facts(file) if _is_raw(file) else None
        taken = facts.get("taken") if facts else None
        if isinstance(taken, dict) and taken.get("released"):
            newest[file.name.split(".")[0]] = str(taken["released"])
    return newest


def answer(folder: Path, source: str, reference: str) -> RawFile | None:
    """Return the newest raw file that was taken in from the address that a reference begins with."""
    answers = [
        RawFile(file, _number(file), facts)
        for file in (folder / "raw" / source).glob("*")
        if _is_raw(file) and (facts := _facts(file)) and facts.get("taken") and _speaks_of(reference, str(facts["url"]))
    ]
    return max(answers, key=lambda one: str(one.facts["fetched"]), default=None)


def _speaks_of(reference: str, url: str) -> bool:
    return reference == url or reference.startswith((f"{url}, row ", f"{url};"))


def refreshed(folder: Path) -> dict[str, str]:
    """Return for each source the moment, in universal time, of the last answer that was taken in."""
    moments: dict[str, str] = {}
    for file in (folder / "raw").glob("*/*"):
        facts = _facts(file) if _is_raw(file) else None
        if facts and facts.get("taken"):
            source, moment = file.parent.name, str(facts.get("confirmed", facts["fetched"]))
            moments[source] = max(moments.get(source, ""), moment)
    return moments


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")


def _files(folder: Path, source: str, name: str) -> list[Path]:
    return [file for file in (folder / "raw" / source).glob(f"{_safe(name)}.*") if _is_raw(file)]


def _is_raw(file: Path) -> bool:
    return re.fullmatch(r"[A-Za-z0-9-]+\.\d{6}\.[a-z]+", file.name) is not None


def _number(file: Path) -> int:
    return int(file.name.split(".")[1])


def _sidecar(file: Path) -> Path:
    return file.with_name(f"{file.name}.sidecar.json")


def _facts(file: Path) -> dict[str, Any] | None:
    """Read a sidecar; none where it is missing or broken, and its raw file then counts for nothing."""
    try:
        facts = json.loads(_sidecar(file).read_bytes())
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) and facts.keys() >= _FACTS else None


def _written(download: Download) -> dict[str, Any]:
    return {
        "url": download.url,
        "fetched": _when(download),
        "status": download.status,
        "sha256": store.sha256(download.content),
        "bytes": len(download.content),
        "etag": download.etag,
        "last_modified": download.last_modified,
    }


def _when(download: Download) -> str:
    return download.fetched.isoformat(timespec="seconds")


def _write_facts(one: RawFile) -> None:
    text = json.dumps(one.facts, indent=1, sort_keys=True)
    store.write_bytes(_sidecar(one.file), f"{text}\n".encode(), sync=False)


def _content(one: RawFile) -> bytes | None:
    try:
        content = one.file.read_bytes()
    except OSError:
        return None
    return content if store.sha256(content) == one.facts["sha256"] else None
