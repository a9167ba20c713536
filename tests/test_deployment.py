"""What a server is set up with says what it should, and names only what there is."""

from __future__ import annotations

import ast
import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import app
from callbacks.live_dataset import LiveDataset
from callbacks.server import guard
from callbacks.server.settings import Settings
from commands import arguments
from loaders.core.store import Store
from tests.conftest import serving
from tests.lacking import ROOMS

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
HOME = "/opt/trade"


def dockerfile() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile with their words, long lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).split("\n")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line)]


def last(name: str) -> str:
    """Return the words of the last instruction of a name."""
    return [rest for word, rest in dockerfile() if word == name][-1]


def compose() -> dict[str, Any]:
    """Return what compose.yaml says, its merges done."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return services


def unit(name: str) -> configparser.ConfigParser:
    """Return a unit of systemd; no word of these is given twice."""
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(DEPLOY / name, "utf-8")
    return parsed


def taken(words: list[str]) -> Any:
    """Return how the program reads words after ``app.py``; an unknown one ends the test."""
    return arguments.parse(words)


def test_the_image_serves_as_nobody_in_particular() -> None:
    """A user by number, that is not root and has no shell; the data dir is its own; nothing is written beside it."""
    assert last("USER") == "10001:10001"
    made = next(rest for word, rest in dockerfile() if word == "RUN" and "useradd" in rest)
    assert "--uid 10001" in made
    assert "nologin" in made
    assert "--owner trade" in made
    assert last("VOLUME") == "/data"
    assert "TRADE_DATA_DIR=/data" in last("ENV")
    assert "PYTHONDONTWRITEBYTECODE=1" in last("ENV")
    order = [word for word, _ in dockerfile()]
    assert order.index("USER") > max(place for place, word in enumerate(order) if word in {"RUN", "COPY"})


def test_the_image_holds_the_program_and_no_more() -> None:
    """Every room and file that it takes is there, none is forgotten, and what lies about here stays out."""
    copied = {word.rstrip("/") for name, rest in dockerfile() if name == "COPY" for word in rest.split()[:-1]}
    taken_in = {word for word in copied if not word.startswith(("--from", "/"))}
    assert {*ROOMS, "app.py", "data", "run.py"} <= taken_in
    assert [name for name in taken_in if not (ROOT / name).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split("\n")
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == taken_in
    assert "data/refreshed" in ignored


def test_the_image_starts_the_program() -> None:
    """By words that it takes, on all addresses of the container, on the port that is exposed and asked."""
    start, words = ast.literal_eval(last("ENTRYPOINT")), ast.literal_eval(last("CMD"))
    assert start == ["/app/.venv/bin/python", "app.py"]
    given = taken(words)
    assert (given.host, str(given.port)) == ("0.0.0.0", last("EXPOSE"))  # noqa: S104 (the container's own)
    assert f"127.0.0.1:{given.port}/healthz" in last("HEALTHCHECK")


def test_the_image_brings_its_page() -> None:
    """It is made where the program that serves looks for it, over the same data dir."""
    made = next(rest for word, rest in dockerfile() if word == "RUN" and "--ready" in rest)
    given, _, words = made.partition("&& ")[2].partition(" .venv/bin/python app.py ")
    assert taken(shlex.split(words)).ready
    assert sorted(given.split()) == ["CACHE_DIRECTORY=/app/ready", "TRADE_DATA_DIR=/data"]
    assert set(given.split()) <= set(last("ENV").split())


@pytest.mark.parametrize("rows", [True, False])
def test_the_health_check_tells_a_well_server_from_one_without_data(tmp_path: Path, rows: bool) -> None:  # noqa: FBT001
    """The very code of the image, against a server of ours."""
    store = Store(tmp_path / "data", *([] if rows else [tmp_path / "nothing"]))
    line = ast.literal_eval(last("HEALTHCHECK").partition("CMD")[2].strip())
    with serving(app.create_app(LiveDataset(store), Settings()).server) as address:
        code = line[2].replace("http://127.0.0.1:8050/", address)
        assert code != line[2]
        run = subprocess.run([sys.executable, line[1], code], capture_output=True, check=False, timeout=60)
    assert (run.returncode == 0) is rows


def test_composed_services_can_do_little() -> None:
    """A root that cannot be written, no capability, no new privilege, bounded memory; the page only reads the data."""
    services = compose()["services"]
    assert set(services) == {"page", "refresh", "proxy"}
    for name, one in services.items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert "mem_limit" in one, name
        assert "privileged" not in one, name
    assert services["page"]["volumes"] == ["data:/data:ro"]
    assert services["refresh"]["volumes"] == ["data:/data"]
    assert "data" in compose()["volumes"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert services["proxy"]["depends_on"] == {"page": {"condition": "service_healthy"}}


def test_composed_words_are_those_of_the_program() -> None:
    """The refresh that is run each night is a command, and every setting is one that is read."""
    (script,) = compose()["services"]["refresh"]["command"]
    given, then = (taken(shlex.split(words)) for words in re.findall(r"app\.py (.+)", script))
    assert given.refresh == []
    assert given.quiet
    assert then.ready
    sources = "".join(file.read_text("utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    names = {name for one in compose()["services"].values() for name in one.get("environment", {})}
    assert names
    assert [name for name in names if f'"{name}"' not in sources] == []


def test_the_refresh_waits_until_night() -> None:
    """The shell reads the loop, and the time that it sleeps ends at half past three of the next day."""
    (script,) = compose()["services"]["refresh"]["command"]
    shell = script.replace("$$", "$")
    asked = re.search(r"sleep (\$\(\( .+ \)\))", shell)
    assert asked is not None
    dry = f'date() {{ case "$*" in +%s) echo 100;; *"tomorrow 03:30"*) echo 5000;; esac; }}; echo {asked[1]}'
    assert subprocess.run(["/bin/sh", "-n", "-c", shell], check=False).returncode == 0
    assert subprocess.run(["/bin/sh", "-c", dry], capture_output=True, text=True, check=True).stdout == "4900\n"


def test_the_proxy_passes_on_who_is_asked() -> None:
    """It leads to the page, tells it the name that was asked for, takes no larger body, keeps the counts to itself."""
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert text.count("{") == text.count("}")
    assert "server page:8050;" in text
    assert "page" in compose()["services"]
    assert "proxy_set_header Host $http_host;" in text
    assert f"client_max_body_size {guard.MOST // 1024}k;" in text
    assert re.search(r"location = /metrics \{\s*return 404;", text)
    assert compose()["services"]["proxy"]["ports"][0].endswith(":8080")
    assert "listen 8080;" in text


@pytest.mark.parametrize("name", ["trade.service", "trade-refresh.service"])
def test_a_unit_starts_the_program_as_its_own_user(name: str) -> None:
    """By words that it takes, in a place where nothing but the data dir can be written."""
    service = unit(name)["Service"]
    program, script, *words = shlex.split(service["ExecStart"])
    assert (program, script) == (f"{HOME}/.venv/bin/python", "app.py")
    assert service["WorkingDirectory"] == HOME
    given = taken(words)
    assert (given.refresh == []) is ("refresh" in name)
    assert service["User"] == "trade"
    assert "TRADE_DATA_DIR=/var/lib/trade" in service["Environment"]
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert ("ReadOnlyPaths" in service) is ("refresh" not in name)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Its own check finds nothing wrong with them; without it the test is skipped, but never in CI."""
    check = shutil.which("systemd-analyze")
    if check is None:
        if os.environ.get("CI"):
            pytest.fail("systemd-analyze is missing, and it is mandatory in CI")
        pytest.skip("no systemd-analyze: apt-get install -y systemd")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    units = []
    for file in sorted(DEPLOY.glob("trade*")):
        units.append(tmp_path / file.name)
        units[-1].write_text(file.read_text("utf-8").replace(HOME, str(tmp_path)), "utf-8")
    assert len(units) == 3
    run = subprocess.run([check, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert unit("trade-refresh.timer")["Timer"]["Persistent"] == "true"
