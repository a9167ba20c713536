"""Set up what is needed and do one thing with it, without make: ``python run.py [COMMAND] [ARGUMENTS ...]``.

The standard library alone is used here. ``make`` calls this file, so both do the same on every system.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PEERS = ROOT / ".bench"  # what the bench sets beside the page, in an environment of its own
PEERS_NEED = "requirements-bench.txt"
RUN, DEV = "requirements.lock", "requirements-dev.lock"
CLUSTER = "requirements-cluster.lock"
S3 = "requirements-s3.lock"  # for the tests' S3, in a folder of its own: it needs older packages than the program
OLDEST = (3, 11)
PART = "plotly-bundle.toml"
REGISTRY = "https://registry.npmjs.org"  # or a mirror of it, where npm's own setting names one
WAIT, MOST = 20, 8 * 1024 * 1024  # seconds, bytes

_LOCK = ("uv", "pip", "compile", "--no-config", "--default-index", "https://pypi.org/simple", "--quiet")
# One file for all systems and for Python 3.11 and newer, one version of each package; no address of an index in it.
_FOR_ALL = (
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--no-emit-index-url"),
)
_LINT = (("ruff", "check", "."), ("ruff", "format", "--check", "."))
_COVERAGE = ("pytest", "--cov", "--cov-report=term:skip-covered", "--cov-report=html")
_AUDIT = ("pip_audit", "--strict", "--disable-pip", "--require-hashes", "-r", DEV)

# What each command runs as python -m ..., and which lock file it needs.
COMMANDS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "setup": (RUN, (("app", "--ready"),)),
    "run": (RUN, (("app",),)),
    "test": (DEV, (*_LINT, ("mypy",), ("pytest",))),
    "lint": (DEV, _LINT),
    "types": (DEV, (("mypy",),)),
    "coverage": (DEV, (_COVERAGE,)),
    "audit": (DEV, (_AUDIT,)),
    "bench": (DEV, (("bench",),)),
    "snapshot": (RUN, (("loaders.shipped.build_snapshot",),)),
    "lock": (
        DEV,
        (
            (*_LOCK, *_FOR_ALL, "-o", RUN, "requirements.txt"),
            (*_LOCK, *_FOR_ALL, "-c", RUN, "-o", DEV, "requirements-dev.txt"),
            (*_LOCK, *_FOR_ALL, "-c", DEV, "-o", CLUSTER, "requirements-cluster.txt"),
            (*_LOCK, *_FOR_ALL, "-o", S3, "requirements-s3.txt"),
        ),
    ),
}


def python(folder: Path | None = None) -> Path:
    """Return the interpreter of an environment, ours where none is named, where the system puts it."""
    place = folder or VENV
    return place / "Scripts" / "python.exe" if os.name == "nt" else place / "bin" / "python"


def stamps(lock: str) -> tuple[Path, ...]:
    """Return the files that say which lock files are installed; that for development holds all of the other."""
    return (VENV / "run", VENV / "dev") if lock == DEV else (VENV / "run",)


def is_ready(lock: str) -> bool:
    """Return whether the environment holds what a lock file lists, as far as the times of the files say."""
    stamp, files = stamps(lock)[-1], [ROOT / lock, *([ROOT / S3] if lock == DEV else [])]
    newest = max(file.stat().st_mtime for file in files)
    return python().exists() and stamp.exists() and stamp.stat().st_mtime >= newest


def set_up(lock: str) -> None:
    """Make the environment and install what a lock file lists, each file by its hash.

    Raises:
        subprocess.CalledProcessError: a step failed; it has said why, and the next call begins again.
    """
    if is_ready(lock):
        return
    _install(VENV, "--require-hashes", "-r", str(ROOT / lock))
    if lock == DEV:
        _install(VENV, "--require-hashes", "-r", str(ROOT / S3), "--upgrade", "--target", str(VENV / "s3"))
    for stamp in stamps(lock):
        stamp.touch()


def set_up_peers() -> None:
    """Make the environment of the bench's peers, at first use and when what they need has changed.

    Raises:
        subprocess.CalledProcessError: as for :func:`set_up`.
    """
    stamp, file = PEERS / "ready", ROOT / PEERS_NEED
    if not stamp.exists() or stamp.stat().st_mtime < file.stat().st_mtime:
        _install(PEERS, "-r", str(file))
        stamp.touch()


def _install(folder: Path, *what: str) -> None:
    """Make an environment where there is none, and install what pip is told to."""
    if not python(folder).exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = ("-m", "pip", "install", "-q", "--disable-pip-version-check")
    subprocess.run([str(python(folder)), *install, *what], check=True)


def get_part() -> None:
    """Get the part of plotly.js that the page uses, once for each version; say in one line where it cannot be had.

    Nothing fails without it: the page then loads the whole, which came with the plotly package.
    """
    pins, stamp = ROOT / PART, VENV / "plotly"
    if not pins.exists() or (stamp.exists() and stamp.stat().st_mtime >= pins.stat().st_mtime):
        return
    import tomllib  # noqa: PLC0415 (a Python that is too old must get as far as being told so)

    pinned = tomllib.loads(pins.read_text("utf-8"))
    address = f"{os.environ.get('NPM_CONFIG_REGISTRY', REGISTRY).rstrip('/')}/{pinned['archive']}"
    try:
        content = part_of(_fetched(address), pinned)
        folder = ROOT / "vendor"
        folder.mkdir(exist_ok=True)
        (folder / "new").write_bytes(content)
        (folder / "new").replace(folder / pinned["file"])
    except (OSError, ValueError) as error:
        again = f"to try again, delete {stamp}"
        sys.stderr.write(f"{address}: not to be had ({error}); the page loads the whole of plotly.js; {again}\n")
    stamp.touch()


def _fetched(address: str) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise ValueError("this is no address of a registry")
    with urllib.request.urlopen(address, timeout=WAIT) as answer:  # noqa: S310 (the scheme is checked)
        content: bytes = answer.read(MOST)
    return content


def part_of(archive: bytes, pinned: dict[str, str]) -> bytes:
    """Return the pinned file out of a pinned archive.

    Raises:
        ValueError: either is not what was pinned.
    """
    if hashlib.sha512(archive).hexdigest() != pinned["archive_sha512"]:
        raise ValueError("its checksum is not the one pinned")
    with tarfile.TarFile(fileobj=io.BytesIO(gzip.decompress(archive))) as files:
        member = files.extractfile(f"package/{pinned['file']}")
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != pinned["file_sha256"]:
        raise ValueError(f"{pinned['file']} in it is not the one pinned")
    return content


def commands(name: str, arguments: list[str]) -> list[list[str]]:
    """Return the command lines of a command, in order; the last takes the arguments, of a lock each."""
    lines = [[str(python()), "-m", *line] for line in COMMANDS[name][1]]
    return [[*line, *arguments] if name == "lock" or line is lines[-1] else line for line in lines]


def refused(name: str, arguments: list[str]) -> str:
    """Say what is wrong with a command as typed; empty where nothing is."""
    if name not in COMMANDS:
        return f"{name}: no such command; there are: {', '.join(COMMANDS)}"
    return f"{name} takes no arguments, not {' '.join(arguments)}" if arguments and name == "setup" else ""


def _ran(name: str, lines: list[list[str]]) -> int:
    """Run the command lines of a command; return the exit of the first that fails, else 0."""
    if name == "setup" and not (ROOT / "app.py").exists():  # an image installs before the program is there
        return 0
    if name == "run" and os.name == "posix":  # signals then reach the server itself
        os.chdir(ROOT)
        os.execv(lines[0][0], lines[0])  # noqa: S606
    for line in lines:
        try:
            code = subprocess.run(line, cwd=ROOT, check=False).returncode
        except KeyboardInterrupt:  # it went to the command too, which has ended by it
            return 1
        if code and name != "setup":  # where no page can be kept a line has said so, and all the rest is set up
            return code
    return 0


def main(argv: list[str]) -> int:
    """Do what is asked, ``run`` where nothing is; return the exit of the first step that fails, else 0."""
    if sys.version_info < OLDEST:
        sys.stderr.write(f"Python {sys.version.split()[0]} is too old; start this with 3.11 or newer\n")
        return 1
    name, arguments = (argv[0], argv[1:]) if argv and not argv[0].startswith("-") else ("run", argv)
    if wrong := refused(name, arguments):
        sys.stderr.write(f"{wrong}\n")
        return 2
    try:
        set_up(COMMANDS[name][0])
        get_part()
        if name == "bench":
            set_up_peers()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{ROOT}: cannot be set up ({error}); mend what is said above, then try again\n")
        return 1
    os.environ.setdefault("UV_CUSTOM_COMPILE_COMMAND", "python run.py lock")
    return _ran(name, commands(name, arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
