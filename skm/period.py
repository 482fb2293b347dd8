"""Periods that results are made for: a month, a quarter, a semester, a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import Enum

from skm.errors import refuse
from skm.numerals import month_name

_PATTERN = re.compile(r"(\d{4})(?:-(?:(\d{2})|TW([1-4])|S([12])))?")
_ROMAN = ("I", "II", "III", "IV")


class Kind(Enum):
    """Lengths of a period; the value is the number of its months."""

    MONTH = 1
    QUARTER = 3
    SEMESTER = 6
    YEAR = 12


@dataclass(frozen=True, order=True)
class Period:
    """One period, as ``2026-10``, ``2026-TW3``, ``2026-S1`` or ``2026``.

    Attributes:
        year: four digits.
        first_month: 1 to 12, the month it begins with.
        length: 1, 3, 6 or 12 months.
    """

    year: int
    first_month: int
    length: int

    @staticmethod
    def parse(text: str) -> Period:
        """Read a period.

        >>> Period.parse("2026-TW3").months
        ('2026-07', '2026-08', '2026-09')

        Raises:
            SkmError: it is none of the four forms, or has no such month.
        """
        match = _PATTERN.fullmatch(text.strip())
        if match and MINYEAR <= int(match.group(1)) < MAXYEAR:  # its neighbour must have days too
            year, month, quarter, semester = (int(part) if part else 0 for part in match.groups())
            if quarter:
                return Period(year, quarter * 3 - 2, 3)
            if semester:
                return Period(year, semester * 6 - 5, 6)
            if not match.group(2):
                return Period(year, 1, 12)
            if 1 <= month <= 12:
                return Period(year, month, 1)
        raise refuse(
            "Periode tidak dikenal",
            found=text,
            expected="2026-10 (bulan), 2026-TW3 (triwulan), 2026-S1 (semester), atau 2026 (tahun)",
        )

    @staticmethod
    def month_of(day: date) -> Period:
        """The month that a day lies in."""
        return Period(day.year, day.month, 1)

    @property
    def kind(self) -> Kind:
        """Month, quarter, semester or year."""
        return Kind(self.length)

    @property
    def months(self) -> tuple[str, ...]:
        """Its months as ``YYYY-MM``, in order."""
        return tuple(
            f"{self.year:04}-{month:02}"
            for month in range(self.first_month, self.first_month + self.length)
        )

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, self.first_month, 1)

    @property
    def last_day(self) -> date:
        """The day it ends."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The period of the same length that follows."""
        return self._shifted(self.length)

    @property
    def previous(self) -> Period:
        """The period of the same length before."""
        return self._shifted(-self.length)

    def around(self, kind: Kind) -> Period:
        """The period of a kind that this one begins in.

        >>> str(Period.parse("2026-11").around(Kind.SEMESTER))
        '2026-S2'
        """
        first = (self.first_month - 1) // kind.value * kind.value + 1
        return Period(self.year, first, kind.value)

    @property
    def label(self) -> str:
        """As reports name it.

        >>> Period.parse("2026-S1").label, Period.parse("2026-10").label
        ('Semester I Tahun 2026', 'Oktober 2026')
        """
        number = (self.first_month - 1) // self.length
        match self.kind:
            case Kind.MONTH:
                return f"{month_name(self.first_month)} {self.year}"
            case Kind.QUARTER:
                return f"Triwulan {_ROMAN[number]} Tahun {self.year}"
            case Kind.SEMESTER:
                return f"Semester {_ROMAN[number]} Tahun {self.year}"
            case Kind.YEAR:
                return f"Tahun {self.year}"

    def __str__(self) -> str:
        number = (self.first_month - 1) // self.length + 1
        match self.kind:
            case Kind.MONTH:
                return self.months[0]
            case Kind.QUARTER:
                return f"{self.year:04}-TW{number}"
            case Kind.SEMESTER:
                return f"{self.year:04}-S{number}"
            case Kind.YEAR:
                return f"{self.year:04}"

    def _shifted(self, months: int) -> Period:
        ordinal = self.year * 12 + self.first_month - 1 + months
        return Period(ordinal // 12, ordinal % 12 + 1, self.length)
