"""One row of a score table: its four cells as numbers, and whether they add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median_low
from typing import Literal

from skm.numerals import read_number

Values = Literal["count", "percent"]

WHOLE_PERCENT_TOLERANCE = Decimal(2)
_TOLERANCE_UNITS = 2
_MOST_DECIMALS = 15
_LARGEST_COUNT = Decimal(10) ** 9
_THOUSANDS = re.compile(r"\s*[1-9]\d{0,2}(?:\.\d{3})+\s*")
_POINTS_PER_LEVEL = 25
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Figures:
    """The four cells of a row, level 1 to 4, as they are written."""

    texts: tuple[str, str, str, str]

    @property
    def is_blank(self) -> bool:
        """Whether the row has no distribution at all."""
        return not any(text.strip() for text in self.texts)

    @property
    def has_percent_sign(self) -> bool:
        """Whether any cell carries a percent sign."""
        return any("%" in text for text in self.texts)

    @property
    def has_decimals(self) -> bool:
        """Whether any cell is surely no whole number; ``1.234`` may be 1234 and is not."""
        read = [read_number(text) for text in self.texts if not _THOUSANDS.fullmatch(text)]
        return any(value is not None and value % 1 for value in read)

    @property
    def plain_sum(self) -> Decimal | None:
        """The sum with ``1.234`` as a decimal; None where a cell holds no number."""
        known = [value for text in self.texts if (value := read_number(text)) is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.texts) else None


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell of a row, by its level from 1."""

    level: int
    message: str
    found: str
    expected: str


def values_of(rows: Sequence[Figures]) -> Values:
    """Counts or percentages: see design.md section 6.

    Percentages if a cell has a percent sign or decimals, or the median row sums to 98-102.

    >>> values_of([Figures(("0", "10", "90", "0"))]), values_of([Figures(("0", "1", "9", "0"))])
    ('percent', 'count')
    """
    filled = [row for row in rows if not row.is_blank]
    if any(row.has_percent_sign or row.has_decimals for row in filled):
        return "percent"
    sums = [row.plain_sum for row in filled]
    known = [total for total in sums if total is not None]
    near = bool(known) and abs(median_low(known) - _HUNDRED) <= WHOLE_PERCENT_TOLERANCE
    return "percent" if near else "count"


def read_figures(
    figures: Figures, values: Values
) -> tuple[tuple[Decimal, Decimal, Decimal, Decimal] | None, list[Problem]]:
    """The four numbers of a row, or what is wrong with them."""
    numbers: list[Decimal] = []
    problems: list[Problem] = []
    for level, text in enumerate(figures.texts, start=1):
        value, problem = _cell(level, text, values)
        if problem:
            problems.append(problem)
        else:
            numbers.append(value)
    if problems:
        return None, problems
    first, second, third, fourth = numbers
    return (first, second, third, fourth), []


def adds_up(figures: Sequence[Decimal]) -> bool:
    """Whether a row of percentages adds to 100 within 2 units of its last printed decimal.

    The last decimal is that of the cell with fewest decimals among those that are no whole
    numbers; where all are whole, 98 to 102 pass.

    >>> adds_up([Decimal("33.3")] * 3 + [Decimal(0)]), adds_up([Decimal("33.33"), Decimal("66.7")])
    (True, True)
    """
    return abs(sum(figures, Decimal(0)) - _HUNDRED) <= tolerance(figures)


def tolerance(figures: Sequence[Decimal]) -> Decimal:
    """How far a row of percentages may be from 100."""
    decimals = [-int(value.as_tuple().exponent) for value in figures if value % 1]
    if not decimals:
        return WHOLE_PERCENT_TOLERANCE
    return _TOLERANCE_UNITS * Decimal(1).scaleb(-min(decimals))


def whole_weights(figures: Sequence[Decimal]) -> tuple[int, int, int, int]:
    """The row as whole numbers in the same proportions.

    >>> whole_weights([Decimal("0"), Decimal("12.5"), Decimal("87.5"), Decimal("0")])
    (0, 125, 875, 0)
    """
    decimals = max(max(0, -int(value.as_tuple().exponent)) for value in figures)
    first, second, third, fourth = (int(value.scaleb(decimals)) for value in figures)
    return first, second, third, fourth


def score_of(weights: Sequence[int]) -> Fraction | None:
    """The score (25 to 100) of a distribution divided by its own sum; None for an empty one."""
    total = sum(weights)
    points = sum(level * weight for level, weight in enumerate(weights, start=1))
    return Fraction(points * _POINTS_PER_LEVEL, total) if total else None


def read_count(text: str) -> Decimal | None:
    """The number of a cell among counts, where a lone point separates thousands too.

    >>> read_count("1.600"), read_count("12")
    (Decimal('1600'), Decimal('12'))
    """
    if _THOUSANDS.fullmatch(text):
        return Decimal(text.strip().replace(".", ""))
    return read_number(text)


def _cell(level: int, text: str, values: Values) -> tuple[Decimal, Problem | None]:
    expected = "bilangan bulat 0 atau lebih" if values == "count" else "persen 0 sampai 100"

    def wrong(message: str) -> tuple[Decimal, Problem]:
        return Decimal(0), Problem(level, message, text, expected)

    if not text.strip():
        return wrong("Sel kosong; tulis 0 bila tidak ada yang memilih")
    value = read_count(text) if values == "count" else read_number(text)
    if value is None:
        return wrong("Bukan angka")
    if value < 0:
        return wrong("Angka negatif")
    if values == "count":
        if "%" in text:
            return wrong("Persen di antara jumlah")
        if value % 1:
            return wrong("Jumlah responden harus bulat")
        return (value, None) if value <= _LARGEST_COUNT else wrong("Jumlah terlalu besar")
    if value > _HUNDRED:
        return wrong("Persentase lebih dari 100")
    if -int(value.as_tuple().exponent) > _MOST_DECIMALS:
        return wrong("Terlalu banyak desimal")
    return value, None
