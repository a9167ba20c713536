"""What Linux, macOS or Windows lacks, and where the product would rest on it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
ROOMS: Final = ("loaders", "analysis", "layouts", "commands", "callbacks")
MODULES: Final = frozenset(["fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"])
NAMES: Final = {
    "os": frozenset(
        [
            "chown",
            "fchmod",
            "fchown",
            "fork",
            "forkpty",
            "getegid",
            "geteuid",
            "getgid",
            "getgroups",
            "getloadavg",
            "getpgid",
            "getpgrp",
            "getuid",
            "killpg",
            "mkfifo",
            "mknod",
            "nice",
            "openpty",
            "pipe2",
            "posix_fadvise",
            "posix_spawn",
            "process_cpu_count",
            "sched_getaffinity",
            "sched_setaffinity",
            "sendfile",
            "setgid",
            "setpgid",
            "setsid",
            "setuid",
            "statvfs",
            "sync",
            "sysconf",
            "uname",
            "wait",
            "O_DIRECTORY",
            "O_NOFOLLOW",
            "O_NONBLOCK",
            "O_CLOEXEC",
            "WNOHANG",
        ]
    ),
    "select": frozenset({"poll", "epoll", "kqueue"}),
    "signal": frozenset(
        [
            "SIGALRM",
            "SIGCHLD",
            "SIGHUP",
            "SIGKILL",
            "SIGPIPE",
            "SIGQUIT",
            "SIGUSR1",
            "SIGUSR2",
            "alarm",
            "pause",
            "setitimer",
            "sigwait",
        ]
    ),
    "socket": frozenset({"AF_UNIX", "SO_REUSEPORT"}),
    "time": frozenset({"tzset"}),
}
# There everywhere, but not alike: a rename does not replace on Windows, and kill ends a process without its say.
_UNLIKE: Final = {"os": frozenset({"rename", "kill"})}
_TEXT: Final = {"read_text": 1, "write_text": 2}
_RUNS: Final = frozenset({"run", "call", "check_call", "check_output", "Popen"})
# Their open gives bytes unless it is told otherwise: modules, and a file or a member of an archive (wrappers.py).
_BYTES: Final = frozenset({"archive", "gzip", "os", "piece", "self", "zipfile"})
_PLACES: Final = ("/dev/", "/proc/", "/tmp", "/usr/", "/etc/")  # noqa: S108  # what no product file may name


def product() -> list[Path]:
    """Return the files of the product, the tests and benches left out."""
    return [*ROOT.glob("*.py"), *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]


def faults(source: str) -> list[str]:
    """Return a line for each use of what one system lacks, or does in its own way, with its place."""
    tree = ast.parse(source)
    docs, guarded = _docs(tree), _guarded(tree)
    faults_ = [(getattr(node, "lineno", 0), why) for node in ast.walk(tree) if (why := _why(node, docs))]
    return [f"line {line}: {why}" for line, why in faults_ if (line, why) not in guarded]


def _docs(tree: ast.Module) -> set[int]:
    """Return which constants are docstrings: they may name anything."""
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))]
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def _guarded(tree: ast.Module) -> set[tuple[int, str]]:
    """Return what stands under ``try: ... except ImportError`` or ``if hasattr(...)`` that asks for it."""
    out: set[tuple[int, str]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and any("ImportError" in ast.dump(one) for one in node.handlers):
            inside: list[ast.AST] = [*node.body]
        elif isinstance(node, ast.If) and "hasattr" in ast.dump(node.test):
            asked = {one.value for one in ast.walk(node.test) if isinstance(one, ast.Constant)}
            inside = [
                one
                for part in node.body
                for one in ast.walk(part)
                if isinstance(one, ast.Attribute) and one.attr in asked
            ]
        else:
            continue
        for one in inside:
            if why := _why(one, set()):
                out.add((getattr(one, "lineno", 0), why))
    return out


def _lacking(module: str) -> frozenset[str]:
    return NAMES.get(module, frozenset()) | _UNLIKE.get(module, frozenset())


def _why(node: ast.AST, docs: set[int]) -> str:
    if isinstance(node, ast.Import):
        lacking = MODULES & {alias.name for alias in node.names}
        return f"imports {', '.join(sorted(lacking))}" if lacking else ""
    if isinstance(node, ast.ImportFrom):
        lacking = (MODULES & {node.module or ""}) | (_lacking(node.module or "") & {alias.name for alias in node.names})
        return f"imports {', '.join(sorted(lacking))}" if lacking else ""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"uses {node.value.id}.{node.attr}" if node.attr in _lacking(node.value.id) else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
        return f"names {node.value!r}" if node.value.startswith(_PLACES) else ""
    return _call(node) if isinstance(node, ast.Call) else ""


def _call(node: ast.Call) -> str:
    """Return what is wrong with a call: text without its encoding, or a pattern of dates that Windows refuses."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    named = {one.arg: one.value for one in node.keywords}
    if name in _TEXT and "encoding" not in named and len(node.args) < _TEXT[name]:
        return f"calls {name} without an encoding"
    if name == "open" and _as_text(node, named) and "encoding" not in named:
        return "opens text without an encoding"
    if name in _RUNS and "text" in named and "encoding" not in named:
        return f"calls {name} with text and without an encoding"
    if name == "strftime" and "%-" in ast.dump(node):
        return "calls strftime with %-"
    return ""


def _as_text(node: ast.Call, named: dict[str | None, ast.expr]) -> bool:
    """Return whether a call named open opens text: open, io.open and Path.open do, an archive's and os.open do not."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(owner, ast.Name) and owner.id in _BYTES:
        return isinstance(mode := named.get("mode"), ast.Constant) and "t" in str(mode.value)
    first = node.args[1:2] if owner is None or (isinstance(owner, ast.Name) and owner.id == "io") else node.args[:1]
    mode = named.get("mode") or (first[0] if first else None)
    return mode is None or (isinstance(mode, ast.Constant) and "b" not in str(mode.value))
