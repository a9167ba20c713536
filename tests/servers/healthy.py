"""All services in good health, each on a port of its own."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from tests.servers import comtrade, gacc, rates, trade
from tests.servers.base import Ask, Reply, Server
from tests.servers.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

SERVICES: Final[dict[str, Callable[[Ask, World], Reply]]] = {
    "cbr": rates.cbr,
    "comtrade": comtrade.comtrade,
    "crea": trade.crea,
    "ecb": rates.ecb,
    "eurostat": trade.eurostat,
    "gacc": gacc.gacc,
    "imf": trade.imf,
    "worldbank": rates.worldbank,
}


def answers(name: str, world: World) -> Callable[[Ask], Reply]:
    """Return a service's answers, with tags that tell whether the body has changed."""
    return partial(_tagged, SERVICES[name], world)


def _tagged(service: Callable[[Ask, World], Reply], world: World, ask: Ask) -> Reply:
    reply = service(ask, world)
    if reply.status != 200:
        return reply
    tag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
    if ask.headers.get("If-None-Match") == tag:
        return Reply(b"", "", 304, {"ETag": tag})
    return replace(reply, headers={**reply.headers, "ETag": tag})


class Services:
    """Healthy servers for some sources, or for all, as long as the block lasts."""

    def __init__(self, *names: str, world: World | None = None) -> None:
        """Choose the sources; they all report on one world."""
        self.world = world or World()
        self.servers = {name: Server(answers(name, self.world)) for name in names or SERVICES}
        self._stack = ExitStack()

    def variables(self) -> dict[str, str]:
        """Return the environment variables that lead a refresh here."""
        return {f"{name.upper()}_BASE_URL": server.url for name, server in self.servers.items()}

    def calls(self) -> int:
        """Return how many requests came in so far."""
        return sum(len(server.asked) for server in self.servers.values())

    def __enter__(self) -> Self:
        """Start them all."""
        for server in self.servers.values():
            self._stack.enter_context(server)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop them all."""
        self._stack.close()
