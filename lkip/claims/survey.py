"""Tables of a survey: the distribution of answers, scores and predicates by element."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from lkip.claims.columns import Head
from lkip.claims.figures import Amount, amount, amounts
from lkip.claims.report import Spot, Table

_LEVELS = ("level_1", "level_2", "level_3", "level_4")
_MEAN = re.compile(r"rata[\s-]*rata|indeks|\bikm\b|jumlah|total", re.IGNORECASE)


@dataclass(frozen=True)
class ElementRow:
    """A row of an element.

    Attributes:
        number: its place, as printed.
        levels: the four figures of its distribution; empty where the table has none.
        predicates: what it is called, by the year of the scale in the head or 0.
    """

    number: str
    name: str
    levels: tuple[Amount | None, ...]
    total: Amount | None
    score: Amount | None
    predicates: tuple[tuple[int, str], ...]
    spot: Spot

    @property
    def key(self) -> str:
        """Its name as it is compared."""
        return re.sub(r"[^a-z]", "", self.name.lower())

    @property
    def is_empty(self) -> bool:
        """Whether it is listed without any distribution."""
        return bool(self.levels) and all(level is None for level in self.levels)

    @property
    def distribution(self) -> tuple[Decimal, ...] | None:
        """The four figures; None where one is missing."""
        values = [level.value for level in self.levels if level is not None]
        known = [value for value in values if value is not None]
        return tuple(known) if len(known) == len(_LEVELS) else None


@dataclass(frozen=True)
class SurveyTable:
    """A table of elements.

    Attributes:
        mean: the row of the index, None where there is none.
    """

    table: Table
    rows: tuple[ElementRow, ...]
    mean: ElementRow | None

    @property
    def has_distribution(self) -> bool:
        """Whether it holds distributions."""
        return any(row.levels for row in self.rows)

    @property
    def has_scores(self) -> bool:
        """Whether it holds scores."""
        return any(row.score is not None for row in self.rows)


def survey_table(table: Table, head: Head) -> SurveyTable | None:
    """The rows of a table of elements; None for any other table."""
    element = head.place("element", "name")
    levels = [head.place(level) for level in _LEVELS]
    scored = head.has("element", "score")
    if element is None or (None in levels and not scored):
        return None
    rows: list[ElementRow] = []
    mean: ElementRow | None = None
    for row in table.rows[head.depth :]:
        number = row.cell(head.place("number")).strip()
        name = " ".join(row.cell(element).split())
        found = ElementRow(
            number,
            name or number,
            () if None in levels else tuple(amount(row.cell(place)) for place in levels),
            amount(row.cell(head.place("total"))),
            amount(row.cell(head.place("score"))),
            tuple(
                (column.year or 0, " ".join(row.cell(column.place).split()))
                for column in head.columns
                if column.role == "grade"
            ),
            row.spot,
        )
        if not found.name or not any(row.cells[1:]):
            continue
        if not number.strip(" .").isdigit() and _MEAN.search(f"{number} {name}"):
            mean = mean or found
            if found.score is None:
                figures = [each for cell in row.cells for each in amounts(cell)]
                mean = ElementRow(
                    number, found.name, (), None, figures[0] if figures else None,
                    found.predicates, row.spot,
                )  # fmt: skip
        else:
            rows.append(found)
    return SurveyTable(table, tuple(rows), mean) if rows else None
