"""Indonesian numbers, percentages, rupiah and dates: read and printed.

Everything is exact (``Decimal``, ``Fraction``) and rounded half up: Babel alone rounds half
to even, which prints 76,605 as 76,60 and so in another class.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.dates import format_date as _babel_date
from babel.numbers import format_decimal as _babel_decimal

Number = Fraction | Decimal | int

_LOCALE = "id"
_MONTHS = tuple(
    _babel_date(date(2000, month, 1), "LLLL", locale=_LOCALE) for month in range(1, 13)
)
_WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip

_PLAIN = re.compile(r"[+-]?\d+")
_INDONESIAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d+,\d+")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}|[+-]?\d+\.\d+")


def round_half_up(value: Number, places: int) -> Decimal:
    """Round half away from zero, exactly, as every printed figure of a report is rounded.

    >>> round_half_up(Decimal("76.605"), 2)
    Decimal('76.61')
    >>> round_half_up(Fraction(1945, 28), 2)
    Decimal('69.46')
    """
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    scaled = abs(Fraction(value)) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def number(value: Number, places: int | None = None) -> str:
    """A number as Indonesian text: decimal comma, point between thousands.

    Args:
        value: any exact number.
        places: decimals to print; without it a Decimal or int keeps its own, without
            trailing zeros.

    >>> number(Decimal("1685490978.5"), 2), number(Decimal("72.50")), number(100)
    ('1.685.490.978,50', '72,5', '100')
    """
    if places is None:
        if isinstance(value, Fraction):
            raise TypeError("a fraction is printed with a stated number of decimals")
        exact = Decimal(value)
        places = max(0, -int(exact.normalize().as_tuple().exponent))
    rounded = round_half_up(value, places)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(_babel_decimal(rounded, format=pattern, locale=_LOCALE))


def percent(value: Number, places: int | None = 2) -> str:
    """A percentage as text; ``value`` is in percent already (81.72 for 81,72 %).

    >>> percent(Decimal("81.718"))
    '81,72 %'
    """
    return f"{number(value, places)} %"


def rupiah(value: Number) -> str:
    """An amount as official reports write it.

    >>> rupiah(Decimal("378590950"))
    'Rp378.590.950,00'
    """
    return f"-Rp{number(-value, 2)}" if value < 0 else f"Rp{number(value, 2)}"


def signed(value: Number, places: int = 2) -> str:
    """A difference with its sign, a true minus for a fall.

    >>> signed(Decimal("-15.35")), signed(Decimal("0.5")), signed(Decimal(0))
    ('−15,35', '+0,50', '0,00')
    """
    rounded = round_half_up(value, places)
    if rounded == 0:
        return number(Decimal(0), places)
    return ("+" if rounded > 0 else "−") + number(abs(rounded), places)


def long_date(day: date) -> str:
    """A date in words.

    >>> long_date(date(2021, 1, 18))
    '18 Januari 2021'
    """
    return f"{day.day} {month_name(day.month)} {day.year}"


def month_name(month: int) -> str:
    """Januari for 1 ... Desember for 12."""
    return _MONTHS[month - 1]


def in_words(count: int) -> str:
    """A small count in words, as running text names it.

    >>> in_words(3), in_words(14), in_words(21), in_words(105)
    ('tiga', 'empat belas', 'dua puluh satu', 'seratus lima')
    """
    if not 0 <= count < 1000:
        raise ValueError(f"no words for {count}")
    if count < 12:
        return _WORDS[count]
    if count < 20:
        return f"{_WORDS[count - 10]} belas"
    if count < 100:
        tens, rest = divmod(count, 10)
        return f"{_WORDS[tens]} puluh" + (f" {_WORDS[rest]}" if rest else "")
    hundreds, rest = divmod(count, 100)
    head = "seratus" if hundreds == 1 else f"{_WORDS[hundreds]} ratus"
    return head + (f" {in_words(rest)}" if rest else "")


def read_number(text: str) -> Decimal | None:
    """The number that a cell holds, or None where it holds no number.

    Reads ``72,5`` and ``72.5``, ``1.685.490.978,50`` and ``1,685,490,978.50``, with ``Rp``
    before or ``%`` behind. ``1.234`` is 1234 only where more than one group or a decimal
    comma shows that the point separates thousands; alone it is the decimal 1.234.

    >>> read_number("Rp 1.685.490.978,50"), read_number("97,30%"), read_number("05")
    (Decimal('1685490978.50'), Decimal('97.30'), Decimal('5'))
    >>> read_number("146.842.45,00"), read_number("-")
    (None, None)
    """
    text = re.sub(r"^\s*[Rr][Pp]\.?\s*|\s*%\s*$|,-\s*$", "", text).strip().replace("−", "-")
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _INDONESIAN.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return None
