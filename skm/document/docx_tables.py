"""Tables of WordprocessingML: grids with merged cells, with borders or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skm.document.blocks import Align, Cell, Emphasis, Inline, Row, Table
from skm.document.docx_elements import Element, element, twips
from skm.document.tables import placed

_HEAD_FILL = "DDE5EC"
_LONG = 5  # paragraphs; a row of a plain grid with more may go on over the next page
_FILLS = {Emphasis.SUBTOTAL: "F0F3F6", Emphasis.TOTAL: "E3E9EF"}


@dataclass(frozen=True)
class CellLook:
    """How the paragraph of a cell is set.

    Attributes:
        style: id of its paragraph style.
        align: how its lines stand.
        bold: as the rows of sums are.
        keep: on the page of the next row.
    """

    style: str
    align: Align
    bold: bool = False
    keep: bool = False


CellWriter = Callable[[Inline, CellLook], Element]


@dataclass(frozen=True)
class Place:
    """A cell of a grid without borders: its paragraphs, and whether they stand at its foot."""

    content: Sequence[Element]
    bottom: bool = False


def data_table(table: Table, width: float, write: CellWriter) -> Element:
    """A table of the model, ``width`` mm wide; ``write`` makes the paragraph of a cell."""
    shares = sum(column.width for column in table.columns)
    widths = [twips(width * column.width / shares) for column in table.columns]
    dense = "Dense" if table.dense else ""
    last = len(table.body) - 1

    def head_look(_y: int, _x: int, cell: Cell) -> CellLook:
        return CellLook(f"TableHead{dense}", cell.align or Align.CENTER, keep=True)

    def index_look(_y: int, _x: int, _cell: Cell) -> CellLook:
        return CellLook(f"TableIndex{dense}", Align.CENTER, keep=True)

    def body_look(y: int, x: int, cell: Cell) -> CellLook:
        return CellLook(
            f"TableText{dense}",
            cell.align or table.columns[x].align,
            bold=table.body[y].emphasis is not Emphasis.NONE,
            keep=bool(table.source) if y + cell.rows > last else _goes_with_next(table, y),
        )

    index = (Row(tuple(map(Cell, table.index))),) if table.index else ()
    rows = [
        *_rows(table.id, table.head, widths, head_look, write, head=True),
        *_rows(table.id, index, widths, index_look, write, head=True),
        *_rows(table.id, table.body, widths, body_look, write, head=False),
    ]
    return _table("TableGrid", widths, rows, margin=0.9 if table.dense else 1.6)


def _goes_with_next(table: Table, y: int) -> bool:
    """Whether a row of the body stands on the page of the next one.

    No table is begun with one row at the foot of a page, and no heading of rows left there.
    """
    return table.whole or y == 0 or table.body[y].emphasis is Emphasis.SUBTOTAL


def plain_grid(widths: Sequence[float], places: Sequence[Sequence[Place]]) -> Element:
    """A grid without borders; widths in mm."""
    sizes = [twips(width) for width in widths]
    rows = []
    for row in places:
        cells = []
        for size, place in zip(sizes, row, strict=True):
            properties = element("w:tcPr", element("w:tcW", w=size, type="dxa"))
            if place.bottom:
                properties.append(element("w:vAlign", val="bottom"))
            cells.append(element("w:tc", properties, *place.content))
        tall = any(len(place.content) > _LONG for place in row)
        whole = () if tall else (element("w:trPr", element("w:cantSplit")),)
        rows.append(element("w:tr", *whole, *cells))
    return _table("TableNormal", sizes, rows, margin=0)


def _table(
    style: str, widths: Sequence[int], rows: Sequence[Element], *, margin: float
) -> Element:
    above = 0.5 if margin else 0
    sides = (("top", above), ("left", margin), ("bottom", above), ("right", margin))
    return element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblStyle", val=style),
            element("w:tblW", w=sum(widths), type="dxa"),
            element("w:tblLayout", type="fixed"),
            element(
                "w:tblCellMar",
                *(element(f"w:{side}", w=twips(size), type="dxa") for side, size in sides),
            ),
            element("w:tblLook", val="0000"),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        *rows,
    )


def _rows(
    table: str,
    rows: tuple[Row, ...],
    widths: Sequence[int],
    look: Callable[[int, int, Cell], CellLook],
    write: CellWriter,
    *,
    head: bool,
) -> list[Element]:
    """Rows with their merged cells; below a tall cell stands one that goes on with it."""
    grid: list[dict[int, Element]] = [{} for _ in rows]
    for y, x, cell in placed(table, rows, len(widths)):
        width = sum(widths[x : x + cell.columns])
        fill = _HEAD_FILL if head else _FILLS.get(rows[y].emphasis, "")
        written = write(cell.text, look(y, x, cell))
        grid[y][x] = element("w:tc", _cell(cell, width, fill, "restart", middle=head), written)
        for below in range(y + 1, y + cell.rows):
            properties = _cell(cell, width, fill, "continue", middle=head)
            grid[below][x] = element("w:tc", properties, element("w:p"))
    made = []
    for cells in grid:
        properties = element("w:trPr", element("w:cantSplit"))
        if head:
            properties.append(element("w:tblHeader"))
        made.append(element("w:tr", properties, *(cells[x] for x in sorted(cells))))
    return made


def _cell(cell: Cell, width: int, fill: str, merge: str, *, middle: bool) -> Element:
    properties = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(element("w:gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(element("w:vMerge", val=merge))
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    if middle:
        properties.append(element("w:vAlign", val="center"))
    return properties
