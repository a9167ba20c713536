"""The commands without make, the lock files, and what pyproject.toml says of the project."""

from __future__ import annotations

import ast
import itertools
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import run
from loaders.core import program
from tests.lacking import ROOMS, product

ROOT = run.ROOT
PINNED = re.compile(
    r"^([a-z0-9][a-z0-9.-]*)==([^\s;]+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)
pytestmark = pytest.mark.portable


def asked(name: str) -> list[Requirement]:
    """Return what a requirements file asks for, those it includes too."""
    out = []
    for line in (ROOT / name).read_text("utf-8").split("\n"):
        if line.startswith("-r "):
            out += asked(line[3:])
        elif line:
            out.append(Requirement(line))
    return out


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock file holds of each package."""
    out: dict[str, set[str]] = {}
    for package, version, _ in PINNED.findall((ROOT / name).read_text("utf-8")):
        out.setdefault(package, set()).add(version)
    return out


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Set the project up in an empty folder and note what would be run; ``venv`` alone has an effect."""
    lines: list[list[str]] = []
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PEERS", tmp_path / ".bench")
    for name in (run.RUN, run.DEV, run.S3, run.PEERS_NEED):
        (tmp_path / name).write_text("", "utf-8")

    def noted(line: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        lines.append(line)
        if line[1:3] == ["-m", "venv"]:
            made = run.python(Path(line[3]))
            made.parent.mkdir(parents=True)
            made.touch()
        return subprocess.CompletedProcess(line, 0)

    monkeypatch.setattr(subprocess, "run", noted)
    monkeypatch.setattr(os, "execv", lambda _, line: sys.exit(noted(line).returncode))  # it never comes back
    monkeypatch.setattr(os, "chdir", lambda _: None)
    return lines


def ended(*words: str) -> object:
    """Return the exit of a command."""
    try:
        return run.main([*words])
    except SystemExit as done:
        return done.code


def _later(file: Path, stamp: Path) -> None:
    """Make a file newer than a stamp."""
    when = stamp.stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(when, when))


def test_the_first_run_sets_up_and_the_next_does_not(ran: list[list[str]]) -> None:
    """An environment, what the lock file lists with its hashes, the server; afterwards the server alone."""
    assert ended("--port", "8051") == 0
    venv, install, server = ran
    assert venv == [sys.executable, "-m", "venv", str(run.VENV)]
    assert install[-3:] == ["--require-hashes", "-r", str(run.ROOT / run.RUN)]
    assert server == [str(run.python()), "-m", "app", "--port", "8051"]
    ended()
    assert ran[3:] == [[str(run.python()), "-m", "app"]]


def test_setup_installs_and_makes_the_page_ready(ran: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """What the server needs, once, and the page; a word that would mean nothing is refused before anything is made."""
    assert run.main(["setup", "--port", "8051"]) == 2
    assert capsys.readouterr().err == "setup takes no arguments, not --port 8051\n"
    assert ran == []
    assert run.main(["setup"]) == run.main(["setup"]) == 0
    ready = [str(run.python()), "-m", "app", "--ready"]
    assert [line[2] for line in ran[:2]] == ["venv", "pip"]
    assert ran[1][-1] == str(run.ROOT / run.RUN)
    assert ran[2:] == []  # an image installs before the program is there
    (run.ROOT / "app.py").touch()
    assert run.main(["setup"]) == 0
    assert ran[2:] == [ready]
    ended()
    assert ran[3:] == [[str(run.python()), "-m", "app"]]


def test_tests_take_more_and_arguments_go_to_the_last(ran: list[list[str]]) -> None:
    """What is for development is installed once for both; a lock file that changed is installed anew."""
    assert run.main(["test", "-k", "lock"]) == 0
    assert [line[2] for line in ran] == ["venv", "pip", "pip", "ruff", "ruff", "mypy", "pytest"]
    assert ran[2][-1] == str(run.VENV / "s3")
    assert ran[-1][2:] == ["pytest", "-k", "lock"]
    ended("run")
    assert [line[2] for line in ran[7:]] == ["app"]
    for number, name in enumerate((run.DEV, run.S3)):
        (run.VENV / "dev").touch()
        _later(run.ROOT / name, run.VENV / "dev")
        run.main(["lint"])
        assert [line[2] for line in ran[8 + 4 * number :]] == ["pip", "pip", "ruff", "ruff"]
        os.utime(run.ROOT / name, (0, 0))


def test_the_bench_has_its_peers_in_an_environment_of_their_own(ran: list[list[str]]) -> None:
    """They are installed at first use and when what they need has changed, never where the page is served from."""
    assert run.main(["bench"]) == run.main(["bench", "views"]) == 0
    assert [line[2] for line in ran] == ["venv", "pip", "pip", "venv", "pip", "bench", "bench"]
    assert ran[4][0] == str(run.python(run.PEERS))
    assert ran[4][-2:] == ["-r", str(run.ROOT / run.PEERS_NEED)]
    assert ran[-1] == [str(run.python()), "-m", "bench", "views"]
    _later(run.ROOT / run.PEERS_NEED, run.PEERS / "ready")
    run.main(["bench"])
    assert [line[2] for line in ran[7:]] == ["pip", "bench"]


def test_what_failed_is_done_again(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An install that breaks off leaves no word that it is done; one line says what to do."""
    noted = subprocess.run

    def broken(line: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        if "pip" in line:
            raise subprocess.CalledProcessError(1, line)
        done: subprocess.CompletedProcess[str] = noted(line, **options)
        return done

    monkeypatch.setattr(subprocess, "run", broken)
    assert run.main([]) == 1
    assert capsys.readouterr().err.endswith("; mend what is said above, then try again\n")
    monkeypatch.setattr(subprocess, "run", noted)
    assert ended() == 0
    assert [line[2] for line in ran] == ["venv", "pip", "app"]


def test_the_first_step_that_fails_ends_it(ran: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its exit is that of the command; what stands after it is not run."""
    noted = subprocess.run

    def failing(line: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        noted(line, **options)
        return subprocess.CompletedProcess(line, 3 if "mypy" in line else 0)

    monkeypatch.setattr(subprocess, "run", failing)
    assert run.main(["test"]) == 3
    assert [line[2] for line in ran] == ["venv", "pip", "pip", "ruff", "ruff", "mypy"]


def test_a_word_that_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    """One line names those that there are."""
    assert run.main(["tset"]) == 2
    assert capsys.readouterr().err.startswith("tset: no such command; there are: setup, run, test, ")


def test_a_python_that_is_too_old(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so, before anything is made."""
    monkeypatch.setattr(run, "OLDEST", (99, 0))
    monkeypatch.setattr(run, "set_up", lambda _: pytest.fail("something is made"))
    assert run.main([]) == 1
    assert capsys.readouterr().err.endswith(" is too old; start this with 3.11 or newer\n")


def test_make_has_the_same_commands() -> None:
    """Whoever has make and whoever has not do the same."""
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = [line.partition(":")[0].split() for line in text.split("\n") if re.match(r"[a-z ]+:", line)]
    assert [sorted(names) for names in targets] == [sorted(run.COMMANDS)]
    assert "\t@$(PY) run.py $@ $(ARGS)\n" in text


def test_run_uses_the_standard_library_alone() -> None:
    """It must start before anything is installed."""
    tree = ast.parse((ROOT / "run.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("lock", [run.RUN, run.DEV, run.CLUSTER, run.S3])
def test_lock_files_hold_what_is_asked_for(lock: str) -> None:
    """Each package asked for is locked at a version that will do, with hashes; ``python run.py lock`` mends it."""
    packages = locked(lock)
    for one in asked(lock.replace(".lock", ".txt")):
        versions = packages.get(one.name.lower().replace("_", "-"), set())
        assert versions, f"{one.name} is missing in {lock}"
        assert all(version in one.specifier for version in versions), one
    pinned = sum(map(len, packages.values()))
    assert pinned == len(re.findall(r"^[a-z0-9]", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def test_both_locks_agree_and_name_no_place() -> None:
    """What runs is what is tested; no path and no address of an index stands in a lock file."""
    many = locked(run.DEV)
    for few in (locked(run.RUN), locked(run.CLUSTER)):
        assert {name: many[name] for name in few} == few
    for name in (run.RUN, run.DEV, run.CLUSTER, run.S3):
        assert not re.search(r"://|file:|--index|--find-links|\s/\w", (ROOT / name).read_text("utf-8")), name


def test_pyproject_says_what_is_so() -> None:
    """Version and dependencies stand in one place each; every package is named; the changes of this version too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert not {"version", "dependencies"} & set(project["project"])
    made = project["tool"]["setuptools"]["dynamic"]
    assert made["version"]["attr"] == f"{program.__name__}.VERSION"
    for place in (made["dependencies"], made["optional-dependencies"]["cluster"]):
        assert all(asked(file) for file in place["file"])
    assert project["tool"]["setuptools"]["packages"]["find"]["include"] == [f"{room}*" for room in ROOMS]
    assert project["tool"]["coverage"]["run"]["source"] == [*ROOMS, "app", "run"]
    for file in product():  # a folder without it is left out of what is built
        assert file.parent == ROOT or (file.parent / "__init__.py").exists(), file
    assert project["project"]["name"] == program.NAME
    heads = re.findall(r"^## (\S+)(?: - (\d{4}-\d\d-\d\d))?$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    dated = [version for version, day in heads if day]
    assert Version(dated[0]) == Version(program.VERSION)
    assert all(Version(a) > Version(b) for a, b in itertools.pairwise(dated))


def test_hooks_and_forge_run_the_same_commands() -> None:
    """Before a commit and on the forge the tools are those of the lock file, by the same commands."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"entry: make (\w+)", hooks) == ["lint", "types"]
    assert "rev:" not in hooks
    forge = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    commands = re.findall(r"run: (?:make|python run.py) (\w+)", forge)
    assert set(commands) <= set(run.COMMANDS)
    assert {"run", "test"} <= set(commands)
    for version in ("3.11", "3.12", "3.13", "3.14"):
        assert f'"{version}"' in forge
