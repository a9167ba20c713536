"""Ready answers that workers share through Redis, named by what they were made from; without it each makes its own."""

from __future__ import annotations

import hashlib
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.cache import per_dataset
from commands.telling import complain
from loaders.core import places

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis import Redis

    from analysis.dataset import Dataset
    from callbacks.live_dataset import LiveDataset

WAIT: Final = 0.3  # seconds: an answer that takes longer to fetch is sooner made
PAUSE: Final = 10.0  # seconds without Redis after it has failed
KEPT: Final = 36 * 3600  # seconds: answers are made for one day
LARGEST: Final = 8 * 1024 * 1024  # bytes
_DIGEST: Final = 32  # bytes before each value, by which a broken one is known


class SharedAnswers:
    """Answers of one program over the same data on the same day, whichever worker made them."""

    def __init__(self, address: str, place: str) -> None:
        """Connect to nothing yet; ``place`` is the path that the page is served under.

        Raises:
            ValueError: this is no address of a Redis, or redis is not installed.
        """
        try:
            from redis import Redis  # noqa: PLC0415 (for those who set it only)
            from redis.backoff import NoBackoff  # noqa: PLC0415
            from redis.retry import Retry  # noqa: PLC0415
        except ImportError as error:
            raise ValueError("Redis needs one more package: pip install -r requirements-cluster.txt") from error
        once = Retry(NoBackoff(), 0)
        self._redis: Redis = Redis.from_url(address, socket_timeout=WAIT, socket_connect_timeout=WAIT, retry=once)
        known = self._redis.connection_pool.connection_kwargs
        self._name = str(known.get("path") or f"{known.get('host', 'localhost')}:{known.get('port', 6379)}")
        self._program = f"{places.of_program()}:{place}"
        self._lock, self._well, self._again = Lock(), True, 0.0

    def through(self, live: LiveDataset, dataset: Dataset, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the answer that some worker has made, else make it, and share it unless the data changed meanwhile."""
        if time.monotonic() < self._again:
            return make()
        day = pd.Timestamp.now().date()
        name = hashlib.sha256(f"{self._program}:{fingerprint(dataset)}:{day}:{key}".encode()).hexdigest()
        kept = self._get(f"trade:{name}")
        if kept is not None:
            return kept
        content = make()
        unchanged = live.dataset() is dataset and pd.Timestamp.now().date() == day
        if unchanged and len(content) <= LARGEST:
            self._put(f"trade:{name}", content)
        return content

    def _get(self, name: str) -> bytes | None:
        """Return what is held under a name; None where nothing is, it is broken, or Redis does not answer."""
        try:
            kept = self._redis.get(name)
        except Exception as error:  # noqa: BLE001 (whatever it is, the answer is made here)
            self._failed(error)
            return None
        self._answered()
        if not isinstance(kept, bytes) or hashlib.sha256(kept[_DIGEST:]).digest() != kept[:_DIGEST]:
            return None
        return kept[_DIGEST:]

    def _put(self, name: str, content: bytes) -> None:
        try:
            self._redis.set(name, hashlib.sha256(content).digest() + content, ex=KEPT)
        except Exception as error:  # noqa: BLE001
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        with self._lock:
            well, self._well, self._again = self._well, False, time.monotonic() + PAUSE
        if well:
            why = " ".join(str(error).split())[:160] or type(error).__name__
            complain(f"Redis at {self._name} does not answer ({why}); each worker makes its own answers until it does")

    def _answered(self) -> None:
        with self._lock:
            well, self._well = self._well, True
        if not well:
            complain(f"Redis at {self._name} answers again")


@per_dataset(1)
def fingerprint(dataset: Dataset) -> str:
    """Return what tells the content of a dataset from that of any other, the same on every machine."""
    content = hashlib.sha256()
    for name, table in (("", dataset.trade), *sorted(dataset.sides.items())):
        content.update(f"{name}{list(table.columns)}".encode())
        content.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    read = f"{dataset.read:%Y-%m}"
    facts = (dataset.problems, dataset.imports, dataset.refreshed, dataset.day, dataset.version, read)
    content.update(repr(facts).encode())
    return content.hexdigest()
