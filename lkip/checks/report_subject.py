"""What the checks of a finished report look at, and how a printed figure is judged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from fractions import Fraction

from lkip.checks.registry import Registry
from lkip.claims import Claims
from lkip.claims.figures import Amount, amounts
from skm.numerals import Number, number, round_half_up

REPORT: Registry[Claims] = Registry()
"""The checks of a finished report."""


class Judged(Enum):
    """How a printed figure stands to the exact one."""

    RIGHT = "right"
    CUT = "cut"
    WRONG = "wrong"


def judged(exact: Number, printed: Amount) -> Judged:
    """Whether a printed figure is the exact one rounded, cut, or neither.

    Trailing decimals may be left out: 95,7 for 95,70 is right.
    """
    value = printed.value
    if value is None:
        return Judged.WRONG
    if round_half_up(exact, printed.places) == value:
        return Judged.RIGHT
    if cut(exact, printed.places) == value:
        return Judged.CUT
    return Judged.WRONG


def cut(exact: Number, places: int) -> Decimal:
    """The exact figure with its further decimals cut off."""
    fine = round_half_up(Fraction(exact), places + 6)
    return fine.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)


def shown(exact: Number, places: int = 2) -> str:
    """A figure as it ought to be printed."""
    return number(round_half_up(Fraction(exact), places), places)


def ratio(part: Amount | None, whole: Amount | None) -> Fraction | None:
    """A part in percent of a whole, where both are there."""
    if part is None or whole is None or part.value is None or not whole.value:
        return None
    return Fraction(part.value) / Fraction(whole.value) * 100


def is_told(claims: Claims, name: str, *figures: Number) -> bool:
    """Whether the report names a contradiction itself: the thing and all its figures.

    What a report discloses is no slip of it.
    """
    wanted = {Fraction(figure) for figure in figures}
    words = _letters(name)
    for paragraph in claims.paragraphs:
        if words in _letters(paragraph.text):
            there = {
                Fraction(found.value)
                for found in amounts(paragraph.text)
                if found.value is not None
            }
            if wanted <= there:
                return True
    return False


def places(*spots: object) -> tuple[str, ...]:
    """Spots as a finding lists them, each once."""
    return tuple(dict.fromkeys(str(spot) for spot in spots))


def listed(values: Iterable[str]) -> str:
    """Values in one line, each once."""
    return "; ".join(dict.fromkeys(values))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
