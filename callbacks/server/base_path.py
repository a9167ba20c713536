"""The path under which the page is reached behind a proxy, whether that takes it off or passes it on."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def under(application: WSGIApplication, base: str) -> WSGIApplication:
    """Return an application that answers under ``base`` (``/trade/``) as ``application`` does under ``/``.

    A path without it is answered too, since most proxies take it off; ``/trade`` leads to ``/trade/``.
    """

    def based(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if f"{path}/" == base:
            start_response("308 Permanent Redirect", [("Location", base), ("Content-Length", "0")])
            return []
        inner = {**environ, "PATH_INFO": path[len(base) - 1 :]} if path.startswith(base) else environ
        return application(inner, start_response)

    return based
