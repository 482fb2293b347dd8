"""A finished report as it was read: paragraphs and tables in their order, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

HEADER, FOOTER = "kepala halaman", "kaki halaman"
"""What running heads and feet have in place of a table's name."""


@dataclass(frozen=True)
class Spot:
    """Where something stands.

    Attributes:
        page: as the file counts them, from 1; None where the format has no pages.
        line: of a text file, from 1.
        table: number and caption, or what else names a table.
        row: of the table, its head counted too, from 1.
    """

    file: str
    page: int | None = None
    line: int | None = None
    table: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        parts = [
            self.file,
            f"hlm. {self.page}" if self.page else "",
            self.table or "",
            f"baris tabel {self.row}" if self.row else "",
            f"baris {self.line}" if self.line else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Paragraph:
    """A line or paragraph of running text."""

    text: str
    spot: Spot

    @property
    def is_edge(self) -> bool:
        """Whether it runs at the head or foot of the pages."""
        return self.spot.table in (HEADER, FOOTER)


@dataclass(frozen=True)
class Row:
    """A row of a table; what is merged stands in the first of its cells, the rest are empty."""

    cells: tuple[str, ...]
    spot: Spot

    def cell(self, column: int | None) -> str:
        """The text of a cell, empty beyond the row and for no column."""
        if column is None or column >= len(self.cells):
            return ""
        return self.cells[column]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold anything."""
        return tuple(cell for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        caption: the line that names it, empty where none does.
        heading: the chapter, part or annex that it stands in.
    """

    rows: tuple[Row, ...]
    spot: Spot
    caption: str = ""
    heading: str = ""

    @property
    def name(self) -> str:
        """Its number, caption or place."""
        return self.spot.table or str(self.spot)

    @property
    def width(self) -> int:
        """The number of its columns."""
        return max((len(row.cells) for row in self.rows), default=0)


Block = Paragraph | Table


@dataclass(frozen=True)
class ReadReport:
    """What was read of one file.

    Attributes:
        unread: what could not be read, in Indonesian, with its place.
    """

    file: str
    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = field(default=())

    @property
    def tables(self) -> Iterator[Table]:
        """Its tables."""
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Its running text."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
