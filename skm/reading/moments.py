"""Dates and times as sheets write them: ISO, 8/10/2026, 8 Oktober 2026, form time stamps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta, timezone
from enum import Enum
from functools import cache

from babel.dates import get_month_names

_ISO = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_WORDED = re.compile(r"(\d{1,2})[\s-]+([^\W\d_]+)\.?[\s-]+(\d{4})(?!\d)")
_WEEKDAY = re.compile(r"[^\W\d_]+['’]?[^\W\d_]*\s*,\s*")
_BETWEEN = re.compile(r"(?:\s*,)?(?:\s*T|\s+(?:pukul|jam)\s+|\s+)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?:\s*([AaPp])\.?[Mm]\.?)?")
_ZONE = re.compile(r"\s*(?:(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?|(WIB|WITA|WIT|GMT|UTC|Z))")
_NAMED_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9, "GMT": 0, "UTC": 0, "Z": 0}
_RANGE = re.compile(r"\s*(?:-|–|—|s/d|s\.d\.?|sampai)\s*")


@dataclass(frozen=True)
class Moment:
    """What a cell says of when.

    Attributes:
        day: the date.
        clock: the time of day, or None.
        zone: the offset that the cell names itself (``GMT+7``), or None.
    """

    day: date
    clock: time | None = None
    zone: timezone | None = None


class DateOrder(Enum):
    """How 5/10/2026 is meant in a column; the values are what a column map writes."""

    DAY_FIRST = "hari"
    MONTH_FIRST = "bulan"


@dataclass(frozen=True)
class OrderEvidence:
    """What the dates of a column show about their order.

    Attributes:
        day_first: a date that can only be day/month (13/10/2026), or None.
        month_first: a date that can only be month/day (10/13/2026), or None.
        stamp: a date that fits both and looks like an American time stamp
            (10/5/2026 9:13:22), or None.
        either: a date that fits both and is two different days, or None.
    """

    day_first: str | None = None
    month_first: str | None = None
    stamp: str | None = None
    either: str | None = None


def order_evidence(texts: Iterable[str]) -> OrderEvidence:
    """Look for dates that show which part is the day.

    >>> order_evidence(["3/4/2026", "13/4/2026"]).day_first
    '13/4/2026'
    """
    found: dict[str, str] = {}
    for text in texts:
        if match := _NUMERIC.match(text.strip()):
            first, second = int(match.group(1)), int(match.group(3))
            if first > 12:
                found.setdefault("day_first", text)
            elif second > 12:
                found.setdefault("month_first", text)
            elif first != second:
                found.setdefault("either", text)
                unpadded = min(len(match.group(1)), len(match.group(3))) == 1
                if unpadded and ":" in text[match.end() :]:
                    found.setdefault("stamp", text)
    return OrderEvidence(**found)


def read_moment(
    text: str, order: DateOrder, months: Mapping[str, int] | None = None
) -> Moment | None:
    """The moment that a cell holds, or None where it holds none.

    Args:
        order: how 5/10/2026 is meant.
        months: more spellings of months, casefolded, beside Indonesian and English.

    >>> read_moment("8 Oktober 2026", DateOrder.DAY_FIRST).day
    datetime.date(2026, 10, 8)
    >>> read_moment("2026/10/08 9:13:22 PM GMT+7", DateOrder.DAY_FIRST).clock
    datetime.time(21, 13, 22)
    >>> read_moment("31/02/2026", DateOrder.DAY_FIRST) is None
    True
    """
    text = text.strip()
    if weekday := _WEEKDAY.match(text):
        text = text[weekday.end() :]
    read = _read_day(text, order, months or {})
    if read is None:
        return None
    day, end = read
    rest = text[end:]
    if not rest.strip():
        return Moment(day)
    between = _BETWEEN.match(rest)
    clock = _CLOCK.match(rest, between.end() if between else 0)
    if not clock:
        return None
    hour = _time(clock)
    zone, end = _read_zone(rest, clock.end())
    return Moment(day, hour, zone) if hour and not rest[end:].strip() else None


def read_clock(text: str) -> time | None:
    """A time of day alone.

    >>> read_clock("09.15 WIB"), read_clock("2:05 PM"), read_clock("25:00")
    (datetime.time(9, 15), datetime.time(14, 5), None)
    """
    text = text.strip()
    match = _CLOCK.match(text)
    if not match:
        return None
    _, end = _read_zone(text, match.end())
    return None if text[end:].strip() else _time(match)


def read_half_day(text: str, noon: time, words: Mapping[str, str]) -> str | None:
    """``pagi`` or ``siang`` from a word, a time, or a slot such as ``08:00 - 12:00``.

    None where it says neither, or a slot that reaches over noon.

    >>> read_half_day("13.00 - 17.00", time(12, 30), {})
    'siang'
    """
    if word := words.get(text.strip().casefold()):
        return word
    if clock := read_clock(text):
        return "pagi" if clock < noon else "siang"
    ends = [read_clock(part) for part in _RANGE.split(text)]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0] < ends[1]:
        if ends[1] <= noon:
            return "pagi"
        if ends[0] >= noon:
            return "siang"
    return None


def _read_day(text: str, order: DateOrder, months: Mapping[str, int]) -> tuple[date, int] | None:
    """A date at the beginning of a text, and where it ends."""
    if match := _ISO.match(text):
        parts = int(match[1]), int(match[3]), int(match[4])
    elif match := _NUMERIC.match(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        parts = (year, second, first) if order is DateOrder.DAY_FIRST else (year, first, second)
    elif match := _WORDED.match(text):
        name = match[2].casefold()
        parts = int(match[3]), months.get(name) or _month_names().get(name, 0), int(match[1])
    else:
        return None
    try:
        return date(*parts), match.end()
    except ValueError:
        return None


def _read_zone(text: str, start: int) -> tuple[timezone | None, int]:
    match = _ZONE.match(text, start)
    if not match:
        return None, start
    if match[4]:
        return timezone(timedelta(hours=_NAMED_ZONES[match[4]])), match.end()
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset >= timedelta(hours=24):
        return None, start
    return timezone(-offset if match[1] == "-" else offset), match.end()


def _time(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4].casefold() == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


@cache
def _month_names() -> Mapping[str, int]:
    """Months in Indonesian and English, whole and short, casefolded."""
    return {
        name.strip(".").casefold(): month
        for locale in ("en", "id")
        for width in ("abbreviated", "wide")
        for month, name in get_month_names(width, locale=locale).items()
    }
