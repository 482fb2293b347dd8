"""Which running numbers of a tablet have arrived, and which are missing."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable

from sqlite_utils import Database

MOST_NAMED = 1000
"""A tablet keeps its last 1,000 sent responses, so older gaps cannot be filled by it."""

_GAPS = """
    SELECT before + 1, seq - 1
    FROM (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM receipt WHERE device = ?)
    WHERE seq > before + 1
    ORDER BY seq"""


class Numbers:
    """The running numbers of one tablet, counted from 1.

    Kept as the highest number and the gaps below it, so that taking one in costs nothing as
    the years go by.

    >>> numbers = Numbers()
    >>> for seq in (1, 2, 6, 4):
    ...     numbers.add(seq)
    >>> numbers.have, numbers.missing()
    (6, [3, 5])
    """

    def __init__(self, have: int = 0, gaps: Iterable[tuple[int, int]] = ()) -> None:
        self.have = have
        self._gaps = list(gaps)

    @staticmethod
    def of(db: Database, device: str) -> Numbers:
        """Those that stand in the receipts of a device."""
        highest = db.execute("SELECT max(seq) FROM receipt WHERE device = ?", (device,))
        return Numbers(highest.fetchone()[0] or 0, db.execute(_GAPS, (device,)))

    def add(self, seq: int) -> None:
        """Take one in; a number that is there already changes nothing."""
        if seq > self.have:
            if seq > self.have + 1:
                self._gaps.append((self.have + 1, seq - 1))
            self.have = seq
            return
        position = bisect_right(self._gaps, (seq, self.have)) - 1
        if position < 0 or seq > self._gaps[position][1]:
            return
        first, last = self._gaps.pop(position)
        for gap in ((first, seq - 1), (seq + 1, last)):
            if gap[0] <= gap[1]:
                insort(self._gaps, gap)

    def missing(self, most: int = MOST_NAMED) -> list[int]:
        """The missing numbers in order; of very many the highest."""
        named: list[int] = []
        for first, last in reversed(self._gaps):
            room = most - len(named)
            named.extend(range(last, max(first, last - room + 1) - 1, -1))
            if len(named) == most:
                break
        return named[::-1]
