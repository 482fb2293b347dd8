"""Budget tables of a report: rows with their level, whatever marks it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lkip.claims.columns import Head
from lkip.claims.figures import Amount, amount
from lkip.claims.report import Row, Spot, Table

_TOTAL = re.compile(r"^\W*(?:grand\s+)?(?:total|jumlah|jumlah total)\b", re.IGNORECASE)
_CODE = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,4}){1,})\.?\s*")
_ACCOUNT = re.compile(r"[456]\.\d(?:\.|$)")  # 5.1.02, kode rekening; a programme has 5.01
_CODED = "code"
_LEADING = re.compile(r"^\s*([IVX]{1,5}|\d{1,2}|[A-Za-z])(?:[.)]\s*|\s*$)")
_WORDS = (("sub kegiatan", "sub"), ("program", "program"), ("kegiatan", "kegiatan"))


@dataclass(frozen=True)
class BudgetRow:
    """A row of a budget table.

    Attributes:
        number: as printed: a digit, a letter, a Roman number, a code.
        style: what tells its level.
        depth: 0 for the highest level of the table.
        is_total: whether it sums up the table.
    """

    number: str
    name: str
    style: str
    depth: int
    is_total: bool
    budget: Amount | None
    spent: Amount | None
    absorption: Amount | None
    share: Amount | None
    spot: Spot


@dataclass(frozen=True)
class BudgetTable:
    """A table of money: what was budgeted and, where it says so, what was spent."""

    table: Table
    rows: tuple[BudgetRow, ...]

    @property
    def totals(self) -> tuple[BudgetRow, ...]:
        """The rows that sum up the table."""
        return tuple(row for row in self.rows if row.is_total)

    @property
    def tops(self) -> tuple[BudgetRow, ...]:
        """The rows of the highest level."""
        return tuple(row for row in self.rows if not row.is_total and row.depth == 0)

    @property
    def ends(self) -> tuple[BudgetRow, ...]:
        """The rows that nothing stands under."""
        return tuple(row for row in self.rows if not row.is_total and not self.children(row))

    def children(self, parent: BudgetRow) -> tuple[BudgetRow, ...]:
        """The rows one level below a row."""
        below: list[BudgetRow] = []
        start = self.rows.index(parent) + 1
        for row in self.rows[start:]:
            if row.is_total or row.depth <= parent.depth:
                break
            if row.depth == parent.depth + 1:
                below.append(row)
        return tuple(below)


def budget_table(table: Table, head: Head) -> BudgetTable | None:
    """The rows of a budget table; None for any other table."""
    name = head.place("name", "sasaran")
    if name is None or not head.has("budget") or head.has("indicator") or head.has("target"):
        return None
    places = {
        "budget": head.places("budget")[-1],
        "spent": head.place("realisation"),
        "absorption": head.place("absorption", "achievement"),
        "share": head.place("share"),
    }
    spent = [place for place in head.places("realisation") if place > 0]
    if len(spent) > 1 and places["absorption"] is None:  # «Realisasi» over «Rp» and «%»
        places["absorption"] = spent[-1]
    rows: list[BudgetRow] = []
    styles: list[str] = []
    for row in table.rows[head.depth :]:
        figures = {key: amount(row.cell(place)) for key, place in places.items()}
        if figures["budget"] is None and figures["spent"] is None:
            continue
        number, text = _named(row, head.place("number"), name)
        is_total = any(_TOTAL.match(part) for part in (number, text))
        style = "total" if is_total else _style(number, text)
        rows.append(
            BudgetRow(
                number,
                text,
                style,
                0 if is_total else _depth(styles, style),
                is_total,
                figures["budget"],
                figures["spent"],
                figures["absorption"],
                figures["share"],
                row.spot,
            )
        )
    return BudgetTable(table, tuple(rows)) if rows else None


def _named(row: Row, number_place: int | None, name_place: int) -> tuple[str, str]:
    number = row.cell(number_place).strip() if number_place is not None else ""
    text = " ".join(row.cell(name_place).split())
    if number_place is None:
        first = row.cell(0).strip() if name_place > 0 else ""
        number = first
    if not number:
        found = _CODE.match(text) or _LEADING.match(text)
        if found:
            return found[1], text[found.end() :]
    return number, text or number


def _style(number: str, name: str) -> str:
    code = _CODE.match(number)
    if code:
        return f"{_CODED} {code[1]}"
    lowered = name.lower().lstrip()
    if lowered.startswith("program"):
        return "program"
    mark = number.strip(" .)")
    if re.fullmatch(r"[IVX]{1,5}", mark):
        return "roman"
    if mark.isdigit():
        return "digit"
    if re.fullmatch(r"[a-z]", mark):
        return "letter"
    if re.fullmatch(r"[A-Z]", mark):
        return "capital"
    return next((style for word, style in _WORDS if lowered.startswith(word)), "plain")


def _stands_under(style: str, above: str) -> bool:
    """Whether a code goes on from another, or is that of an account below a code of the tree."""
    if not above.startswith(_CODED):
        return False
    own, other = style.split()[1], above.split()[1]
    if _ACCOUNT.match(own) and not _ACCOUNT.match(other):
        return True
    return own.startswith(f"{other}.")


def _depth(styles: list[str], style: str) -> int:
    """The level of a style, as outlines are read: a known one returns, a new one goes deeper."""
    if style.startswith(_CODED):
        while styles and not _stands_under(style, styles[-1]):
            styles.pop()
        styles.append(style)
        return len(styles) - 1
    if style in styles:
        del styles[styles.index(style) + 1 :]
    else:
        styles.append(style)
    return len(styles) - 1
