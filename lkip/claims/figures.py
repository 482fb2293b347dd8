"""Figures in the text of a report, as offices write and mistype them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"(?<![\w.,])(?:(?P<rp>(?:[Rr][Pp]\s*\.?\s*)+))?(?P<sign>[-−+]\s?)?"
                     r"(?P<digits>\d(?:[\d.,]*\d)?)(?P<tail>,\s\d\d(?!\d))?(?P<dash>,-)?"
                     r"(?P<percent>\s*%)?")  # fmt: skip
_FAILED = re.compile(r"#[A-Z]+/?[A-Z0]*[!?]?")  # #DIV/0! holds no figure
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?")
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_POINTED = re.compile(r"\d+\.\d{1,2}")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_LONG_HEAD = re.compile(r"\d{4,}(?:\.\d{3})+(?:,\d*)?")
_CODE = re.compile(r"\d{1,2}(?:\.\d{1,4}){2,}")
_SPACED = re.compile(r"(?:[Rr][Pp]\.? ?)?(?=[\d., ]*\d[.,]? +[.,]?\d)\d[\d., ]*[.,][\d., ]*\d")
_GRADE = re.compile(r"(?<![\w.])([ABCD])(?![\w.'’])")
_FEWEST_DIGITS_OF_MONEY = 5
_EMPTY = re.compile(r"[\s:–—\-−.]*")


@dataclass(frozen=True)
class Amount:
    """A figure.

    Attributes:
        text: as written.
        value: None where its separators leave more than one reading.
        places: decimals as written.
        malformed: whether its separators stand where none belong.
        start: where it begins in the text it was found in; ``end`` likewise.
    """

    text: str
    value: Decimal | None
    places: int
    is_percent: bool
    is_money: bool
    malformed: bool
    start: int
    end: int

    @property
    def readings(self) -> tuple[Decimal, ...]:
        """What it may have been meant as: one digit was lost where a group is too short."""
        if self.value is not None:
            return (self.value,)
        whole = re.sub(r",\d{0,2}$", "", re.sub(r"[^\d.,]", "", self.text).strip("."))
        groups = re.split(r"[.,]", whole)
        found = [Decimal("".join(groups))]
        for place, group in enumerate(groups[1:], start=1):
            if len(group) == 2:
                for position in range(3):
                    for digit in "0123456789":
                        fuller = group[:position] + digit + group[position:]
                        found.append(
                            Decimal("".join([*groups[:place], fuller, *groups[place + 1 :]]))
                        )
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=20_000)  # the checks look at the same cells again and again
def amounts(text: str) -> tuple[Amount, ...]:
    """The figures of a text, codes and dates with points left out.

    >>> [str(found.value) for found in amounts("Rp. 1.285.490.978,50 ( 76,27 % ) dan 05")]
    ['1285490978.50', '76.27', '5']
    >>> [(found.value, found.malformed) for found in amounts("146.842.45,00")]
    [(None, True)]
    >>> [str(found.value) for found in amounts("5.01.02 Program, 378.590.950, 00")]
    ['378590950.00']
    """
    found = []
    for match in _NUMBER.finditer(_FAILED.sub(lambda error: " " * len(error[0]), text)):
        digits = match["digits"] + (match["tail"] or "").replace(" ", "")
        percent, money = bool(match["percent"]), bool(match["rp"])
        if _CODE.fullmatch(digits) and not _GROUPED.fullmatch(digits) and not money:
            continue
        value, places, malformed = _interpreted(digits, percent)
        if malformed and sum(char.isdigit() for char in digits) < _FEWEST_DIGITS_OF_MONEY:
            continue
        if value is not None and match["sign"] and match["sign"].strip() in "-−":
            before = text[: match.start("sign")].rstrip()
            if not before or not before[-1].isalnum():
                value = -value
        found.append(
            Amount(
                match[0].strip(),
                value,
                places,
                percent,
                money,
                malformed,
                match.start(),
                match.end(),
            )
        )
    return tuple(found)


def amount(text: str) -> Amount | None:
    """The first figure of a cell; None where it holds none.

    A cell that is one figure with spaces inside is read without them.

    >>> str(amount("1.170.000 .000,00").value), str(amount("2 Desa").value)
    ('1170000000.00', '2')
    """
    text = text.replace(" ", "") if is_spaced(text) else text
    return next(iter(amounts(text)), None)


def is_spaced(text: str) -> bool:
    """Whether a cell is one amount with a space inside."""
    return _SPACED.fullmatch(text.strip()) is not None


def grades(text: str) -> tuple[str, ...]:
    """The grade letters of a cell.

    >>> grades("B ( 97,30%)"), grades("A 85"), grades("Belanja")
    (('B',), ('A',), ())
    """
    return tuple(_GRADE.findall(text))


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or a dash in its place."""
    return _EMPTY.fullmatch(text) is not None


def _interpreted(digits: str, percent: bool) -> tuple[Decimal | None, int, bool]:
    """Value, decimals, and whether the separators are wrong."""
    if percent and re.fullmatch(r"\d{1,3}\.\d{1,4}", digits):
        return Decimal(digits), len(digits.partition(".")[2]), False
    if _GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits):
        return _comma(digits), len(digits.partition(",")[2]), False
    if _POINTED.fullmatch(digits):
        return Decimal(digits), len(digits.partition(".")[2]), False
    if _ENGLISH.fullmatch(digits):
        return Decimal(digits.replace(",", "")), len(digits.partition(".")[2]), False
    if _LONG_HEAD.fullmatch(digits):
        return _comma(digits), len(digits.partition(",")[2]), True
    return None, 0, True


def _comma(digits: str) -> Decimal:
    return Decimal(digits.replace(".", "").replace(",", "."))
