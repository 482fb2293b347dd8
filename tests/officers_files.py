"""Files as officers keep them, written for a test: real CSV and XLSX on the disk."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from skm.form import Form, all_forms, find_form
from skm.reading.cells import read_cells
from skm.reading.column_map import NO_MAP, ColumnMap
from skm.reading.response_sheet import ResponseSheet, read_response_sheet

Row = Sequence[object]

NINE = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "pengaduan",
    "sarpras",
)
"""The unsur of 2017 in the order of its list."""

U9 = [f"U{number}" for number in range(1, 10)]
P9 = [f"P{number}" for number in range(1, 10)]


def csv_bytes(rows: Sequence[Row], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a spreadsheet program saves them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(
    folder: Path, rows: Sequence[Row], separator: str = ",", encoding: str = "utf-8"
) -> Path:
    """A CSV file of these rows."""
    file = folder / "berkas.csv"
    file.write_bytes(csv_bytes(rows, separator, encoding))
    return file


def write_xlsx(
    folder: Path,
    rows: Sequence[Row],
    *,
    merged: Sequence[str] = (),
    sheet: str = "Data",
    others: Mapping[str, Sequence[Row]] | None = None,
) -> Path:
    """A workbook of these rows; ``merged`` areas keep the text of their first cell."""
    file = folder / "berkas.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name, content in {sheet: rows, **(others or {})}.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(content):
                for column, value in enumerate(row):
                    if value not in (None, ""):
                        page.write(number, column, value)
            for area in merged if name == sheet else ():
                first_row, first_column = xl_cell_to_rowcol(area.split(":")[0])
                page.merge_range(area, content[first_row][first_column])
    return file


def read_sheet(
    file: Path, form: str | None = None, column_map: ColumnMap = NO_MAP
) -> ResponseSheet:
    """The responses of a file, by any shipped form."""
    return read_response_sheet(
        read_cells(file), all_forms(None), find_form(form) if form else None, column_map
    )


def questions_of(form: Form) -> list[str]:
    """The question codes of a form in official order."""
    return [question.code for question in form.questions]
