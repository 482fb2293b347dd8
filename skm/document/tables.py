"""Tables of a document: columns, cells that cover several places, rows of sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from skm.document.text import Align, Inline, plain
from skm.errors import refuse

DENSE_FROM_COLUMNS = 9
_WHOLE_UP_TO = 12  # rows


@dataclass(frozen=True)
class Column:
    """A column: its share of the table's width, and how its cells stand."""

    width: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Cell:
    """A cell; ``columns`` and ``rows`` are how many of each it covers."""

    text: Inline = ""
    columns: int = 1
    rows: int = 1
    align: Align | None = None


class Emphasis(StrEnum):
    """What a table row stands for."""

    NONE = "none"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Row:
    """A row of cells, less those places that a cell of an earlier row still covers."""

    cells: tuple[Cell, ...]
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page it runs over.

    Attributes:
        number: ``Tabel 3.1``; empty for a table without a caption.
        index: the row of column numbers under the head, (1) (2) ..., if there is one.
        source: the line under the table that says where its figures are from.
    """

    id: str
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    number: str = ""
    caption: Inline = ""
    index: tuple[str, ...] = ()
    source: Inline = ""

    def __post_init__(self) -> None:
        if not self.body:
            raise refuse("Tabel tanpa baris isi", field=self.id)
        if self.index and len(self.index) != len(self.columns):
            raise refuse(
                "Baris nomor kolom tidak selebar tabel",
                field=self.id,
                found=len(self.index),
                expected=f"{len(self.columns)} kolom",
            )
        for part in (self.head, self.body):
            for _ in placed(self.id, part, len(self.columns)):
                pass

    def placed_body(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell of the body with the row and column, from 0, of its first place."""
        return placed(self.id, self.body, len(self.columns))

    @property
    def dense(self) -> bool:
        """Whether its columns are so many that it is set in small type."""
        return len(self.columns) >= DENSE_FROM_COLUMNS

    @property
    def whole(self) -> bool:
        """Whether it is so short that it is not torn over two pages."""
        return len(self.body) <= _WHOLE_UP_TO

    @property
    def extent(self) -> tuple[int, int]:
        """Letters and lines that all its rows take at most, each row as wide as the table.

        A row is as high as its highest cell, and words that do not fit leave up to half of a
        line free: a cell is taken for twice its letters, spread over the width of the table.
        """
        letters = lines = 0
        width = sum(column.width for column in self.columns)
        for part in (self.head, self.body):
            longest = [(0.0, 1)] * len(part)
            for y, x, cell in placed(self.id, part, len(self.columns)):
                own = sum(column.width for column in self.columns[x : x + cell.columns])
                text = plain(cell.text)
                spread, broken = longest[y]
                longest[y] = (
                    max(spread, 2 * len(text) * width / own),
                    max(broken, text.count("\n") + 1),
                )
            letters += sum(ceil(spread) for spread, _ in longest)
            lines += sum(broken for _, broken in longest)
        return letters, lines


def placed(table: str, rows: tuple[Row, ...], width: int) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and column, from 0, of its first place.

    Raises:
        SkmError: a row is too short or too long, or a cell reaches below the last row.
    """
    taken: dict[int, int] = {}
    for y, row in enumerate(rows):
        cells = iter(row.cells)
        x = 0
        while x < width:
            if taken.get(x, 0) > y:
                x += 1
                continue
            cell = next(cells, None)
            covered = range(x, x + cell.columns) if cell else range(0)
            if (
                cell is None
                or x + cell.columns > width
                or y + cell.rows > len(rows)
                or any(taken.get(place, 0) > y for place in covered)
            ):
                raise _not_filled(table, y, len(row.cells), width)
            yield y, x, cell
            for place in covered:
                taken[place] = y + cell.rows
            x += cell.columns
        if next(cells, None) is not None:
            raise _not_filled(table, y, len(row.cells), width)


def _not_filled(table: str, y: int, found: int, width: int) -> Exception:
    return refuse(
        "Sel tidak mengisi tabel dengan tepat",
        field=table,
        row=y + 1,
        found=f"{found} sel",
        expected=f"lebar {width} kolom, termasuk sel gabungan",
    )
