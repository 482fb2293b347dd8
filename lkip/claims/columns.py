"""The head of a table -> what each of its columns holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from lkip.claims.figures import amounts, is_blank
from lkip.claims.report import Row, Table

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ASIDE = re.compile(r"\(\s*(?:n|rp|dalam)\b[^)]*\)", re.IGNORECASE)  # (n-1), (Rp. 000)
_NUMBERING = re.compile(r"\(?\s*(\d{1,2})\s*\)?")
_DEEPEST_HEAD = 4
_LONGEST_HEAD = 90
_LONGEST_PART = 25
_NAMING = ("number", "name", "sasaran", "indicator", "element")


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        role: a name of headings.toml, empty where its head says nothing known.
        year: that its head names.
        head: as printed, the rows of the head joined.
    """

    place: int
    role: str
    year: int | None
    head: str


@dataclass(frozen=True)
class Head:
    """The head of a table.

    Attributes:
        depth: rows that it takes, the row of column numbers counted.
    """

    columns: tuple[Column, ...]
    depth: int

    def places(self, *roles: str) -> tuple[int, ...]:
        """The columns of any of the roles."""
        return tuple(column.place for column in self.columns if column.role in roles)

    def place(self, *roles: str) -> int | None:
        """The first column of the first role that there is."""
        return next((self.places(role)[0] for role in roles if self.places(role)), None)

    def has(self, *roles: str) -> bool:
        """Whether every role has a column."""
        return all(self.places(role) for role in roles)

    def years(self, role: str) -> dict[int, int]:
        """The columns of a role by the year that their heads name."""
        return {
            column.year: column.place
            for column in self.columns
            if column.role == role and column.year
        }


def head_of(table: Table) -> Head:
    """What the columns of a table hold; depth 0 where it has no head."""
    rows: list[Row] = []
    for row in table.rows[:_DEEPEST_HEAD]:
        if is_numbering(row):
            rows.append(row)
            break
        if not _is_head(row, rows) and not _is_beneath(row, rows):
            break
        rows.append(row)
    texts = _joined([row for row in rows if not is_numbering(row)], table.width)
    columns = tuple(
        Column(place, _role(text), _year(text), text) for place, text in enumerate(texts)
    )
    return Head(_shifted(columns, table, len(rows)), len(rows))


def is_numbering(row: Row) -> bool:
    """Whether a row holds but the numbers of the columns, (1) (2) (3)."""
    found = [_NUMBERING.fullmatch(cell.strip()) for cell in row.filled]
    if any(match is None for match in found):
        # a number lost its digits in typing: «(3) ( ( (5)»
        marks = [cell for cell in row.filled if re.fullmatch(r"\(?\d{0,2}\)?", cell.strip())]
        return len(row.filled) > 2 and len(marks) == len(row.filled) and "(" in "".join(marks)
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < 2 or numbers[0] != 1:
        return False
    return all(0 < after - before <= 2 for before, after in pairwise(numbers))


def squashed(text: str) -> str:
    """The letters of a head in lower case; a lone percent sign stays."""
    letters = re.sub(r"[^a-z]", "", re.sub(r"\((?:rp|%|persen)[^)]*\)", "", text.lower()))
    return letters or ("%" if "%" in text else "")


def _is_head(row: Row, before: Sequence[Row]) -> bool:
    """Whether a row names columns: short texts with a known word, or years, no figures."""
    if not row.filled or any(len(cell) > _LONGEST_HEAD for cell in row.filled):
        return False
    named = years = figures = 0
    for cell in row.filled:
        if amounts(_ASIDE.sub("", _YEAR.sub("", cell))):
            figures += 1
        elif _role(cell):
            named += 1
        elif _YEAR.search(cell) and len(cell) < 16:
            years += 1
    if figures or not (named or years):
        return False
    if not before:
        return named >= 2 or named + years >= max(2, len(row.filled) / 2)
    texts = [cell for cell in row.filled if not is_blank(cell)]
    return named + years >= max(1, len(texts) - 1)


def _is_beneath(row: Row, before: Sequence[Row]) -> bool:
    """Whether a row divides the columns above: «Semula», «Menjadi»; no name, no figure."""
    if not before or is_numbering(before[-1]) or not row.filled:
        return False
    named = [place for place, cell in enumerate(before[0].cells) if _role(cell) in _NAMING]
    if not named or any(row.cell(place).strip() for place in named):
        return False
    return all(len(cell) < _LONGEST_PART and not amounts(cell) for cell in row.filled)


def _joined(rows: Sequence[Row], width: int) -> list[str]:
    """The texts of the head column by column; what spans several columns counts for each."""
    texts = [""] * width
    for depth, row in enumerate(rows):
        carried = ""
        for place in range(width):
            cell = row.cell(place)
            if cell.strip():
                carried = cell
            below = any(later.cell(place).strip() for later in rows[depth + 1 :])
            own = cell if cell.strip() else (carried if below else "")
            texts[place] = f"{texts[place]} {own}".strip()
    return texts


def _shifted(columns: tuple[Column, ...], table: Table, depth: int) -> tuple[Column, ...]:
    """Names and figures that stand one column beside their head, where that has none of its own.

    A head over a number and its text («INDIKATOR» over «1» and «Hasil survei») leaves the text
    without a head, and one that is merged leaves it to its first column.
    """
    found = list(columns)
    body = table.rows[depth:]
    for column in columns:
        if column.role in ("", "number") or column.place == 0:
            continue
        before = found[column.place - 1]
        if before.role or not body:
            continue
        own = [row.cell(column.place).strip() for row in body]
        if not any(own) and any(row.cell(before.place).strip() for row in body):
            found[before.place] = Column(before.place, column.role, column.year, column.head)
            found[column.place] = Column(column.place, "", None, "")
    for column in tuple(found):
        if column.role != "" or column.place == 0 or not body:
            continue
        left = found[column.place - 1]
        if left.role not in ("indicator", "sasaran", "name", "element"):
            continue
        numbers = [row.cell(left.place).strip() for row in body]
        if any(numbers) and all(re.fullmatch(r"[\d.)]{0,4}", number) for number in numbers):
            found[column.place] = Column(column.place, left.role, left.year, left.head)
            found[left.place] = Column(left.place, "number", None, "")
    return tuple(found)


def _year(text: str) -> int | None:
    found = _YEAR.findall(text)
    return int(found[-1]) if found else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("lkip.claims").joinpath("headings.toml").read_text("utf-8")
    return tuple(
        (role["name"], re.compile("|".join(role["heads"]))) for role in tomllib.loads(text)["role"]
    )


def _role(text: str) -> str:
    letters = squashed(text)
    if not letters:
        return ""
    return next((name for name, pattern in _patterns() if pattern.search(letters)), "")
