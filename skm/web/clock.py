"""When a response was finished, though the tablet's clock may be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_WAIT = timedelta(days=400)
"""A response older than this is a clock gone wrong, not a tablet that waited."""
TOLERANCE = timedelta(minutes=5)
"""Clocks that differ by less agree."""

_NO_TIME = timedelta(0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass
class Contact:
    """A tablet since the server started; kept in memory only.

    Attributes:
        seen: when it last spoke.
        ahead: by how much the server's clock was ahead of its clock then; None if it never told.
        seq: the highest running number of its responses.
        finished: when that response was finished.
    """

    seen: datetime | None = None
    ahead: timedelta | None = None
    seq: int = 0
    finished: datetime | None = None

    def seconds_since_last(self, seq: int, finished: datetime) -> float | None:
        """From the response before this one; None for the first, and for one that comes late."""
        if self.finished is None or seq <= self.seq:
            return None
        return abs((finished - self.finished).total_seconds())

    def remember(
        self, now: datetime, ahead: timedelta | None, seq: int, finished: datetime
    ) -> None:
        """Keep what the next response is compared with."""
        self.seen = now
        self.ahead = self.ahead if ahead is None else ahead
        if seq > self.seq:
            self.seq, self.finished = seq, finished


def finished_at(
    now: datetime,
    finished: int,
    *,
    age: int | None,
    ahead: timedelta | None,
    ahead_before: timedelta | None,
) -> tuple[datetime, bool]:
    """The moment of a response by the server's clock, and whether it is a guess.

    The age by the tablet's monotonic clock is trusted before any clock of the day. Without it
    the tablet's clock is set right by the difference at sending, else by the last one known.

    Args:
        finished: what the tablet's clock showed, milliseconds since 1970.
        age: milliseconds since then by the monotonic clock; None where it was restarted.
        ahead: by how much the server's clock is ahead of the tablet's at sending.
        ahead_before: the same when the tablet spoke the last time.

    >>> now = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
    >>> moment, guessed = finished_at(now, 0, age=60_000, ahead=None, ahead_before=None)
    >>> str(moment), guessed
    ('2026-10-05 08:59:00+00:00', False)
    """
    if age is not None and _NO_TIME <= age * _MILLISECOND <= LONGEST_WAIT:
        return now - age * _MILLISECOND, False
    correction = ahead if ahead is not None else ahead_before or _NO_TIME
    waited = now - _EPOCH - finished * _MILLISECOND - correction
    if not -TOLERANCE <= waited <= LONGEST_WAIT:
        return now, True
    both = ahead is not None and ahead_before is not None
    jumped = both and abs((ahead or _NO_TIME) - (ahead_before or _NO_TIME)) > TOLERANCE
    return now - max(waited, _NO_TIME), jumped


def clock_difference(now: datetime, clock: int) -> timedelta:
    """By how much the server's clock is ahead of a tablet's that shows ``clock``."""
    return now - _EPOCH - clock * _MILLISECOND
