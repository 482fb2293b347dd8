"""Tables of a result, as workbook and report share them, put into a report."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from skm.document.blocks import Align, Column, Emphasis, Inline, Row
from skm.document.builder import row
from skm.export.skm_report.draft import Draft
from skm.export.table import Cell, Kind, Table

_WIDTHS = {
    Kind.TEXT: 24.0,
    Kind.NUMBER: 9.0,
    Kind.COUNT: 17.0,
    Kind.NRR: 16.0,
    Kind.WEIGHT: 16.0,
    Kind.PERCENT: 16.0,
    Kind.SCORE: 15.0,
    Kind.LEVEL: 12.0,
}


def add_table(
    draft: Draft,
    block_id: str,
    table: Table,
    caption: Inline,
    *,
    widths: Mapping[int, float] | None = None,
    landscape: bool = False,
) -> None:
    """Add a table of results with its total and notes, every figure entered.

    Args:
        widths: of single columns by their place, where the usual ones do not do.
    """
    given = widths or {}
    columns = [
        Column(given.get(place, _WIDTHS[column.kind]), _align(column.kind))
        for place, column in enumerate(table.columns)
    ]
    head = [draft.show.quote(column.title, draft.source) for column in table.columns]
    body = [_row(draft, table, cells, Emphasis.NONE) for cells in table.rows]
    if table.total is not None:
        body.append(_row(draft, table, table.total, Emphasis.TOTAL))
    draft.build.table(
        block_id,
        columns,
        [row(*head)],
        body,
        caption=caption,
        source=draft.show.quote(" ".join(table.notes), "keterangan tabel"),
        landscape=landscape,
    )


def _row(draft: Draft, table: Table, cells: tuple[Cell, ...], emphasis: Emphasis) -> Row:
    return row(
        *(
            _text(draft, cell, column.kind)
            for cell, column in zip(cells, table.columns, strict=True)
        ),
        emphasis=emphasis,
    )


def _text(draft: Draft, cell: Cell, kind: Kind) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | Fraction):
        return draft.show.number(cell, draft.source, kind.places)
    return draft.show.quote(cell, draft.source)


def _align(kind: Kind) -> Align:
    if kind is Kind.TEXT:
        return Align.LEFT
    return Align.CENTER if kind is Kind.NUMBER else Align.RIGHT
