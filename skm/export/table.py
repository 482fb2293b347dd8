"""A table of results as a value: exact cells, and columns that say what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from skm.regulation import Band

Cell = str | int | Fraction | None
Row = tuple[Cell, ...]


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    NUMBER = auto()
    COUNT = auto()
    LEVEL = auto()
    NRR = auto()
    WEIGHT = auto()
    SCORE = auto()
    PERCENT = auto()

    @property
    def places(self) -> int:
        """The decimals that its figures are printed with, half up."""
        return _PLACES.get(self, 0)


_PLACES = {Kind.NRR: 3, Kind.WEIGHT: 4, Kind.SCORE: 2, Kind.PERCENT: 2}


@dataclass(frozen=True)
class Column:
    """One column: its heading and what stands in it."""

    title: str
    kind: Kind


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        total: the last row, set apart; None where there is none.
        notes: what a reader has to know, printed beneath.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[str, ...] = ()


PLACE = Column("No.", Kind.NUMBER)
GRADE = (Column("Mutu", Kind.TEXT), Column("Kinerja", Kind.TEXT))


def grade_cells(band: Band | None) -> tuple[str | None, str | None]:
    """Mutu and kinerja of a class, for the columns ``GRADE``."""
    return (band.grade, band.predicate) if band else (None, None)
