"""A workbook or CSV file: its sheets cut into titles and tables at empty rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lkip.claims.report import Block, Paragraph, Row, Spot, Table
from skm.reading.cells import Cells, read_cells


def read_sheets(file: Path) -> tuple[Block, ...]:
    """The blocks of all sheets.

    Raises:
        SkmError: the file cannot be read.
    """
    return tuple(block for cells in read_cells(file) for block in _blocks(cells, file.name))


def _blocks(cells: Cells, file: str) -> Iterator[Block]:
    where = f"lembar {cells.sheet}" if cells.sheet else None
    rows: list[Row] = []
    for number, texts in enumerate(cells.rows, start=1):
        spot = Spot(file, table=where, row=number)
        row = Row(tuple(" ".join(text.split()) for text in texts), spot)
        if len(row.filled) > 1:
            rows.append(row)
            continue
        if row.filled and rows and len(rows) > 1 and any(map(str.isdigit, row.filled[0])):
            rows.append(row)
            continue
        if rows:
            yield Table(tuple(rows), rows[0].spot)
            rows = []
        if row.filled:
            yield Paragraph(row.filled[0], spot)
    if rows:
        yield Table(tuple(rows), rows[0].spot)
