"""Markdown and plain text: paragraphs a line, tables with pipes or with tabs between cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lkip.claims.report import Block, Paragraph, Row, Spot, Table

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w))")
_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*\|?")
_MARK = re.compile(r"^#{1,6}\s*")


def read_text(file: str, content: str) -> tuple[Block, ...]:
    """The blocks of a text; a line counts from 1."""
    blocks: list[Block] = []
    rows: list[Row] = []
    gap = False
    for number, line in enumerate(content.splitlines(), start=1):
        cells = _cells(line)
        if cells is None:
            text = _plain(_MARK.sub("", line))
            if text:
                _finish(blocks, rows, file)
                rows = []
                blocks.append(Paragraph(text, Spot(file, line=number)))
            gap = True
            continue
        if rows and gap and not _goes_on(rows, cells):
            _finish(blocks, rows, file)
            rows = []
        gap = False
        if not _RULE.fullmatch(line.strip()):
            rows.append(Row(cells, Spot(file, line=number)))
    _finish(blocks, rows, file)
    return tuple(blocks)


def _cells(line: str) -> tuple[str, ...] | None:
    """The cells of a row of a table; None for running text."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        return tuple(_plain(cell) for cell in stripped.strip("|").split("|"))
    if "\t" in line and line.strip():
        return tuple(_plain(cell) for cell in line.split("\t"))
    return None


def _goes_on(rows: Sequence[Row], cells: tuple[str, ...]) -> bool:
    """Whether a row after a gap belongs to the table: as wide, and no head of its own."""
    wide = {len(row.cells) for row in rows[-3:]}
    is_head = sum(bool(cell) and not any(c.isdigit() for c in cell) for cell in cells)
    return len(cells) in wide and is_head < max(3, len(cells) - 1)


def _finish(blocks: list[Block], rows: list[Row], file: str) -> None:
    if rows:
        blocks.append(Table(tuple(rows), Spot(file, line=rows[0].spot.line)))


def _plain(text: str) -> str:
    return " ".join(_EMPHASIS.sub("", _TAG.sub("", text)).split())
