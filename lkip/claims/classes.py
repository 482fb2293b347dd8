"""The scale of achievement that a report declares, and the class of a figure on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lkip.claims.columns import Head
from lkip.claims.figures import amounts
from lkip.claims.report import Spot, Table

_ABOVE = re.compile(r"lebih (?:dari|besar)|di ?atas|>", re.IGNORECASE)
_BELOW = re.compile(r"kurang dari|di ?bawah|lebih kecil|<", re.IGNORECASE)
_REACHED = re.compile(r"[≥≤]|>=|<=|sama dengan", re.IGNORECASE)


@dataclass(frozen=True)
class ClassRow:
    """A class.

    Attributes:
        lower: its lower bound, None for the lowest; ``lower_in`` whether it is reached there.
        upper: its upper bound, None for the highest; ``upper_in`` likewise.
    """

    number: str
    name: str
    text: str
    lower: Decimal | None
    lower_in: bool
    upper: Decimal | None
    upper_in: bool
    spot: Spot


@dataclass(frozen=True)
class ClassTable:
    """A declared scale, best class first or last as printed."""

    table: Table
    rows: tuple[ClassRow, ...]

    @property
    def rising(self) -> tuple[ClassRow, ...]:
        """The classes from the lowest."""
        return tuple(sorted(self.rows, key=lambda row: (row.lower is not None, row.lower or 0)))

    def class_of(self, value: Decimal | Fraction) -> ClassRow | None:
        """The class of a figure; a figure in a gap belongs to the class below it."""
        reached = [
            row
            for row in self.rising
            if row.lower is None or value > row.lower or (row.lower_in and value == row.lower)
        ]
        return reached[-1] if reached else None

    def named(self, text: str) -> ClassRow | None:
        """The class that a text names, the longest name first."""
        lowered = " ".join(re.sub(r"[^a-z ]", " ", text.lower()).split())
        names = sorted(self.rows, key=lambda row: -len(row.name))
        return next((row for row in names if f" {row.name.lower()} " in f" {lowered} "), None)


def class_table(table: Table, head: Head) -> ClassTable | None:
    """The classes of a table; None for a table of another kind."""
    name = head.place("grade", "note")
    figure = head.place("achievement", "score")
    if name is None or figure is None or len(table.rows) - head.depth > 8:
        return None
    if head.has("indicator") or head.has("element") or head.has("sasaran") or head.has("name"):
        return None
    rows = []
    for row in table.rows[head.depth :]:
        text = " ".join(row.cell(figure).split())
        values = [found.value for found in amounts(text) if found.value is not None]
        if not values:
            continue
        lower, upper, lower_in, upper_in = _bounds(text, values)
        label = " ".join(row.cell(name).split())
        number = row.cell(head.place("number")).strip()
        rows.append(ClassRow(number, label, text, lower, lower_in, upper, upper_in, row.spot))
    return ClassTable(table, tuple(rows)) if len(rows) > 1 else None


def _bounds(text: str, values: list[Decimal]) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    reached = bool(_REACHED.search(text))
    if len(values) > 1:
        open_above = bool(_BELOW.search(text)) and not reached
        return min(values), max(values), True, not open_above
    if _BELOW.search(text) or "≤" in text:
        return None, values[0], False, reached
    if _ABOVE.search(text) or "≥" in text:
        return values[0], None, reached, False
    return values[0], None, True, False
