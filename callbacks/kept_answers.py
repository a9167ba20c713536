"""Values made once and kept under a bound: who asks for one that is being made waits for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")
LARGEST: Final = 8  # a value of more than this part of the room would drive out all others


class KeptValues(Generic[Value]):
    """The values of one version of the data, the least asked for dropped first.

    ``room`` bounds the sum of ``weigh`` over what is kept. A value of another version is never
    returned, and the first question about a new version frees all of the old one.
    """

    def __init__(self, room: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        """Keep nothing yet."""
        self.room, self.weight = room, 0
        self._weigh = weigh
        self._version: Hashable = None
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._making: dict[Hashable, Future[Value]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._values)

    def get(self, version: Hashable, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value, made by ``make`` where it is not kept; what that raises reaches all who wait for it."""
        with self._lock:
            self._turn(version)
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            under_way = self._making.get((version, key))
            mine: Future[Value] = under_way or Future()
            self._making[version, key] = mine
        if under_way is None:
            self._make(version, key, make, mine)
        return mine.result()

    def _make(self, version: Hashable, key: Hashable, make: Callable[[], Value], mine: Future[Value]) -> None:
        try:
            value = make()
        except BaseException as error:  # noqa: BLE001 (handed on to all who wait)
            with self._lock:
                del self._making[version, key]
            mine.set_exception(error)
            return
        with self._lock:
            del self._making[version, key]
            if version == self._version:
                self._keep(key, value)
        mine.set_result(value)

    def _turn(self, version: Hashable) -> None:
        if version != self._version:
            self._version, self.weight = version, 0
            self._values.clear()

    def _keep(self, key: Hashable, value: Value) -> None:
        weight = self._weigh(value)
        if weight * LARGEST > self.room:
            return
        self._values[key] = value
        self.weight += weight
        while self.weight > self.room:
            self.weight -= self._weigh(self._values.popitem(last=False)[1])
