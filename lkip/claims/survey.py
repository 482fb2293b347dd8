"""Tables of a survey: the distribution of answers, scores and predicates by element."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from lkip.claims.columns import Head
from lkip.claims.figures import Amount, amount, amounts
from lkip.claims.report import Row, Spot, Table

_LEVELS = ("level_1", "level_2", "level_3", "level_4")
_MEAN = re.compile(r"rata[\s-]*rata|indeks|\bikm\b|jumlah|total", re.IGNORECASE)


@dataclass(frozen=True)
class ElementRow:
    """A row of an element.

    Attributes:
        number: its place, as printed.
        levels: the four figures of its distribution; empty where the table has none.
        predicates: what it is called, by the year of the scale in the head or 0.
        mean_level: NRR; ``weighted`` the same times its weight.
    """

    number: str
    name: str
    levels: tuple[Amount | None, ...]
    total: Amount | None
    score: Amount | None
    predicates: tuple[tuple[int, str], ...]
    spot: Spot
    mean_level: Amount | None = None
    weighted: Amount | None = None

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
        weighted_sum: the sum of the weighted NRR, where it is printed.
    """

    table: Table
    rows: tuple[ElementRow, ...]
    mean: ElementRow | None
    weighted_sum: Amount | None = None

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
    sums: list[tuple[ElementRow, tuple[Amount, ...]]] = []
    for row in table.rows[head.depth :]:
        found = _element(row, head, element, levels)
        if not found.name or not any(row.cells[1:]):
            continue
        is_number = found.number.strip(" .").isdigit()
        if not is_number and _MEAN.search(f"{found.number} {found.name}"):
            sums.append((found, tuple(each for cell in row.cells for each in amounts(cell))))
        else:
            rows.append(found)
    mean = next((found for found, _ in sums if found.score), None)
    if mean is None and sums and sums[0][1] and not head.has("weighted"):
        mean = replace(sums[0][0], score=sums[0][1][-1])
    weighted = next(
        (figures[0] for found, figures in sums if figures and "tertimbang" in _said(found)), None
    )
    return SurveyTable(table, tuple(rows), mean, weighted) if rows else None


def _said(row: ElementRow) -> str:
    return "" if row.score else f"{row.number} {row.name}".lower()


def _element(row: Row, head: Head, element: int, levels: list[int | None]) -> ElementRow:
    number = row.cell(head.place("number")).strip()
    return ElementRow(
        number,
        " ".join(row.cell(element).split()) or number,
        () if None in levels else tuple(amount(row.cell(place)) for place in levels),
        amount(row.cell(head.place("total"))),
        amount(row.cell(head.place("score"))),
        tuple(
            (column.year or 0, " ".join(row.cell(column.place).split()))
            for column in head.columns
            if column.role == "grade"
        ),
        row.spot,
        amount(row.cell(head.place("mean_level"))),
        amount(row.cell(head.place("weighted"))),
    )
