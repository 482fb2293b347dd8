"""How often an address may try: a bucket that fills again over the hour."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_HOUR = 3600.0
_MOST_ADDRESSES = 10_000


class Throttle:
    """So many tries an hour for each network address, all at once or spread.

    Addresses live in memory only, and no longer than it takes their bucket to fill.

    >>> clock = iter([0.0, 1.0, 2.0, 1802.0, 1803.0])
    >>> throttle = Throttle(2, lambda: next(clock))
    >>> [throttle.allows("192.168.1.7") for _ in range(5)]
    [True, True, False, True, False]
    """

    def __init__(self, an_hour: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._an_hour = an_hour
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}  # tries left, and when that was

    def allows(self, address: str | None) -> bool:
        """Take one try of an address, if it has one left."""
        now = self._clock()
        with self._lock:
            left = self._left(address or "", now)
            if left < 1:
                return False
            if len(self._buckets) >= _MOST_ADDRESSES:
                self._forget_full_buckets(now)
            self._buckets[address or ""] = (left - 1, now)
            return True

    def _left(self, address: str, now: float) -> float:
        left, since = self._buckets.get(address, (self._an_hour, now))
        return min(self._an_hour, left + (now - since) * self._an_hour / _HOUR)

    def _forget_full_buckets(self, now: float) -> None:
        self._buckets = {
            address: bucket
            for address, bucket in self._buckets.items()
            if self._left(address, now) < self._an_hour
        }
