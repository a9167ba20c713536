"""The scripts, styles and icons of the page: named by their content, so that a browser asks for each once."""

import pkgutil
import re
from pathlib import Path
from typing import Any, Final

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Response, request
from werkzeug.exceptions import NotFound

from callbacks.kept_answers import KeptValues
from callbacks.server import plotly_bundle
from callbacks.server.delivery import ASK_AGAIN, FOREVER, digest, pack, send

PAGE_FILES: Final = "page files"  # the extension that holds them
ROOM: Final = 16 * 1024 * 1024  # bytes of packed files; all of them together take less than 3 MB
SUITES: Final = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
ASSETS: Final = "_dash_assets.static"
# by name, not by the system: a registry that takes a script for text would keep it from running
_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".map": "application/json",
    ".svg": "image/svg+xml",
}
_SUITE: Final = re.compile(r'(?<=_dash-component-suites/)([\w.-]+)/([^"?\s]+)')
_MARK: Final = re.compile(r"(?<=m)[0-9a-f]+$")  # of a name as Dash gives it: v4_4_1m1795974547
_ASSET: Final = re.compile(r'(?<=/assets/)([^"?\s]+)\?m=[\d.]+')


class PageFiles:
    """What the page loads beside its answers. A file that the page does not name is not there."""

    def __init__(self, app: Dash) -> None:
        """Know the files of an application; the part of plotly.js, where there is one, stands for the whole."""
        self._app = app
        folder = Path(app.config.assets_folder)
        self._assets = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
        self._kept: KeptValues[bytes] = KeptValues(ROOM, len)
        self._digests: dict[tuple[str, str], str] = {}
        part = plotly_bundle.read()
        self._instead = {} if part is None else {(plotly_bundle.PACKAGE, plotly_bundle.WHOLE): part}

    def install(self) -> None:
        """Answer for Dash's own routes."""
        self._app.server.extensions[PAGE_FILES] = self
        views = self._app.server.view_functions
        views[SUITES] = self.script
        views[ASSETS] = self.asset

    def styles(self) -> dict[str, bytes]:
        """Return the style sheets, packed, by their addresses inside the page: nothing is seen before they come."""
        names = sorted(name for name in self._assets if name.endswith(".css"))
        return {f"assets/{name}?h={self._digest('', name)}": self._packed("", name) for name in names}

    def named(self, page: str) -> str:
        """Return the page with each address of a file naming the content, not the time it was written."""
        page = _SUITE.sub(lambda match: f"{match[1]}/{self._marked(match[1], match[2])}", page)
        return _ASSET.sub(lambda match: f"{match[1]}?h={self._digest('', match[1])}", page)

    def script(self, package_name: str, fingerprinted_path: str) -> Response:
        """Serve a file of a package; an address that names another content than this one is not kept."""
        path, _ = check_fingerprint(fingerprinted_path)
        if path not in self._app.registered_paths.get(package_name, ()):
            raise NotFound("there is no such script")
        own = fingerprinted_path == self._marked(package_name, fingerprinted_path)
        return self._send(package_name, path, own=own and fingerprinted_path != path)

    def asset(self, filename: str) -> Response:
        """Serve one of our own files."""
        if filename not in self._assets:
            raise NotFound("there is no such file")
        return self._send("", filename, own=request.args.get("h") == self._digest("", filename))

    def _marked(self, package: str, path: str) -> str:
        """Return a path with its mark, where it has one, naming the content."""
        plain, has_mark = check_fingerprint(path)
        if not has_mark:
            return path
        folder, _, name = path.rpartition("/")
        first, mark, *rest = name.split(".")
        mark = _MARK.sub(self._digest(package, plain), mark)
        return f"{folder}/{'.'.join([first, mark, *rest])}".lstrip("/")

    def _send(self, package: str, path: str, *, own: bool) -> Response:
        kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
        return send(self._packed(package, path), kind, FOREVER if own else ASK_AGAIN)

    def _packed(self, package: str, path: str) -> bytes:
        return self._kept.get(None, (package, path), lambda: pack(self._read(package, path)))

    def _digest(self, package: str, path: str) -> str:
        key = package, path
        if key not in self._digests:
            self._digests[key] = digest(self._read(package, path))
        return self._digests[key]

    def _read(self, package: str, path: str) -> bytes:
        """Return a file's content.

        Raises:
            NotFound: it is named, but not there.
        """
        if (package, path) in self._instead:
            return self._instead[package, path]
        try:
            content: Any = self._assets[path].read_bytes() if not package else pkgutil.get_data(package, path)
        except OSError as error:
            raise NotFound("there is no such file") from error
        return bytes(content)
