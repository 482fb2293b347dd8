"""How the classes of a plan say what their keys may hold.

A class is at once the value and its format: a field is a key, its type what may stand there,
a field without default must be there. ``Annotated`` adds the rules of this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any

from skm.errors import SkmError
from skm.period import Kind, Period


@dataclass(frozen=True)
class Check:
    """A rule on one value; ``expected`` tells a person what it asks for."""

    expected: str
    accepts: Callable[[Any], bool]


@dataclass(frozen=True)
class Names:
    """The text is the id of a thing of that kind; no other has the same."""

    kind: str


@dataclass(frozen=True)
class Refers:
    """The text is the id of a thing of that kind that stands in the file, or one of ``also``."""

    kind: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Key:
    """The key of the field, where it is not the field's name."""

    key: str


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except SkmError:
        return False
    return True


def _is_month(text: str) -> bool:
    return _is_period(text) and Period.parse(text).kind is Kind.MONTH


def _is_inside(text: str) -> bool:
    path = PurePosixPath(text)
    outside = path.is_absolute() or PureWindowsPath(text).anchor or ".." in path.parts
    return not outside and "\\" not in text


_IDENTIFIER = Check(
    "huruf kecil, angka, garis bawah, atau tanda hubung, misalnya s1",
    lambda text: re.fullmatch(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", text) is not None,
)
AT_LEAST_ONE = Check("sedikitnya satu", lambda values: len(values) > 0)

Year = Annotated[int, Check("tahun 1990 sampai 2100", lambda year: 1990 <= year <= 2100)]
Amount = Annotated[Decimal, Check("angka 0 atau lebih", lambda value: value >= 0)]
Positive = Annotated[Decimal, Check("angka lebih dari 0", lambda value: value > 0)]
Number = Annotated[int, Check("bilangan bulat mulai 1", lambda value: value >= 1)]
Month = Annotated[str, Check("bulan, misalnya 2020-09", _is_month)]
PeriodName = Annotated[
    str, Check("periode, misalnya 2026, 2026-S1, 2026-TW3, atau 2026-10", _is_period)
]
OfficeFile = Annotated[
    str, Check("jalur berkas di dalam folder kantor, misalnya skm/2020.csv", _is_inside)
]

NewDocument = Annotated[str, _IDENTIFIER, Names("documents")]
NewTujuan = Annotated[str, _IDENTIFIER, Names("tujuan")]
NewSasaran = Annotated[str, _IDENTIFIER, Names("sasaran")]
NewIndicator = Annotated[str, _IDENTIFIER, Names("indicator")]
NewGroup = Annotated[str, _IDENTIFIER, Names("budget.group")]

SUPPORT = "penunjang"
"""What a programme names in place of a sasaran where it serves the office itself."""

OfDocument = Annotated[str, Refers("documents")]
OfTujuan = Annotated[str, Refers("tujuan")]
OfSasaran = Annotated[str, Refers("sasaran")]
OfSasaranOrSupport = Annotated[str, Refers("sasaran", also=(SUPPORT,))]
OfGroup = Annotated[str, Refers("budget.group")]
