"""Tables of reports as other offices make them, written as DOCX, XLSX, PDF and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx
import openpyxl
import typst

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sample:
    """A table under lines of text.

    Attributes:
        rows: the cells; "<" joins a cell to its left neighbour, "^" to the one above.
        told: code and a piece of what was found, for every fault in it.
    """

    name: str
    rows: Rows
    told: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ("LAPORAN KINERJA KECAMATAN CONTOHAN TAHUN 2024",)
    more: tuple[Rows, ...] = field(default=())

    @property
    def tables(self) -> tuple[Rows, ...]:
        """All its tables."""
        return (self.rows, *self.more)


def write(sample: Sample, form: str, folder: Path) -> Path:
    """The sample as a file of a format."""
    file = folder / f"laporan.{form}"
    {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "md": _markdown}[form](sample, file)
    return file


def _docx(sample: Sample, file: Path) -> None:
    document = docx.Document()
    for line in sample.lines:
        document.add_paragraph(line)
    for rows in sample.tables:
        document.add_paragraph("")
        table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                if text not in ("<", "^"):
                    table.cell(place, column).text = text
        for place, column, down, right in _merges(rows):
            table.cell(place, column).merge(table.cell(place + down, column + right))
        document.add_paragraph("")
    document.save(str(file))


def _xlsx(sample: Sample, file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in sample.lines:
        sheet.append([line])
    for rows in sample.tables:
        top = sheet.max_row + 2
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                if text not in ("<", "^", ""):
                    sheet.cell(top + place, column + 1, text)
        for place, column, down, right in _merges(rows):
            sheet.merge_cells(
                start_row=top + place,
                start_column=column + 1,
                end_row=top + place + down,
                end_column=column + 1 + right,
            )
    book.save(file)


def _pdf(sample: Sample, file: Path) -> None:
    parts = ["#set page(width: 33cm, height: 21cm)\n#set text(size: 9pt)"]
    parts += [_escaped(line) + "\n" for line in sample.lines]
    for rows in sample.tables:
        width = max(map(len, rows))
        joined = {(p, c): (d, r) for p, c, d, r in _merges(rows)}
        cells = []
        for place, row in enumerate(rows):
            for column in range(width):
                text = row[column] if column < len(row) else ""
                if text in ("<", "^"):
                    continue
                down, right = joined.get((place, column), (0, 0))
                span = f"colspan: {right + 1}, rowspan: {down + 1}"
                cells.append(f"table.cell({span})[{_escaped(text)}]")
        parts.append(f"#table(columns: {width}, {', '.join(cells)})")
    file.write_bytes(typst.compile("\n\n".join(parts).encode()))


def _markdown(sample: Sample, file: Path) -> None:
    parts = ["\n\n".join(sample.lines)]
    for rows in sample.tables:
        lines = [
            "| " + " | ".join("" if text in ("<", "^") else text for text in row) + " |"
            for row in rows
        ]
        parts.append("\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]))
    file.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _merges(rows: Rows) -> list[tuple[int, int, int, int]]:
    found = []
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = down = 0
            while column + right + 1 < len(row) and row[column + right + 1] == "<":
                right += 1
            while place + down + 1 < len(rows) and rows[place + down + 1][column] == "^":
                down += 1
            if right or down:
                found.append((place, column, down, right))
    return found


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\#$*_`<>@[]~/=+-" else char for char in text)
