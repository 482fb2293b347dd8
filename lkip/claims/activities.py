"""Tables of one activity: inputs and outputs with target and realisation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lkip.claims.columns import Head
from lkip.claims.figures import Amount, amounts
from lkip.claims.report import Row, Spot, Table

_FUNDS = re.compile(r"jumlah dana|anggaran|\bdana\b", re.IGNORECASE)
_LEADING = re.compile(r"^\s*(?:[a-z]\.|\d[.)])?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class ActivityTable:
    """A table of an activity.

    Attributes:
        name: of the activity, as the line above or the head names it.
        budget: of its funds; ``spent`` likewise where the table has both.
        percents: stated as the realisation, each with the row it stands in.
        rows: label, target and realisation of every row.
    """

    table: Table
    name: str
    budget: Amount | None
    spent: Amount | None
    percents: tuple[tuple[Amount, Spot], ...]
    rows: tuple[tuple[str, str, str, Spot], ...]


def activity_table(table: Table, head: Head, above: str) -> ActivityTable | None:
    """What a table of an activity says; None for any other table.

    Args:
        above: the last line of running text before it.
    """
    if head.has("indicator") or head.has("sasaran") or not head.has("target", "realisation"):
        return None
    if head.has("element") or head.has("budget") or head.has("final_target"):
        return None
    target, realised = head.place("target"), head.place("realisation")
    if target is None or realised is None:
        return None
    budget = spent = None
    percents: list[tuple[Amount, Spot]] = []
    rows: list[tuple[str, str, str, Spot]] = []
    for row in table.rows[head.depth :]:
        label = _label(row, target)
        promised, done = row.cell(target), row.cell(realised)
        rows.append((label, promised, done, row.spot))
        if _FUNDS.search(label):
            in_label = [found for found in amounts(label) if found.is_money]
            in_cells = [found for found in amounts(promised) if found.is_money]
            budget = budget or next(iter((*in_cells, *in_label)), None)
            spent = spent or next((f for f in amounts(done) if f.is_money), None)
        percents += [(found, row.spot) for found in amounts(done) if found.is_percent]
    first = table.rows[0].cell(0).strip()
    name = first if first.lower().startswith("kegiatan") else above
    name = re.sub(r"^kegiatan\s*:?\s*", "", _LEADING.sub("", name, count=1), flags=re.IGNORECASE)
    return ActivityTable(table, name.strip(), budget, spent, tuple(percents), tuple(rows))


def _label(row: Row, until: int) -> str:
    return " ".join(" ".join(cell.split()) for cell in row.cells[:until] if cell.strip())
