"""XLSX -> cells as text, opened only after its directory shows that it is safe to open."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from skm.errors import SkmError, refuse
from skm.reading.cells import Area, Cells

LARGEST_UNPACKED = 500_000_000
"""Bytes of all parts together, by the directory; zipfile reads no part beyond its own entry."""
MOST_PARTS = 5_000
MOST_CELLS = 30_000_000

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_TODO = "Buka di Excel atau LibreOffice dan simpan ulang sebagai XLSX."


def read_workbook(file: Path, content: bytes) -> tuple[Cells, ...]:
    """The cells of each visible sheet that holds anything.

    Raises:
        SkmError: no workbook, damaged, or unpacking to more than an office's file can.
    """
    try:
        has_structure = _checked(file, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles that it drops
            values = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            # merged cells and formulas are only known to the slow way of opening
            structure = (
                openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
                if has_structure
                else None
            )
            sheets = [
                _sheet(file, sheet, structure[sheet.title] if structure else None)
                for sheet in values.worksheets
                if sheet.sheet_state == "visible"
            ]
    except SkmError:
        raise
    except Exception as error:  # damage shows as whatever zipfile and the parsers raise
        raise refuse(
            "Buku kerja Excel rusak atau terpotong",
            file=file,
            found=type(error).__name__,
            todo=_TODO,
        ) from error
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise refuse("Buku kerja tidak berisi apa-apa", file=file, todo="Periksa lembarnya.")
    return filled


def _checked(file: Path, content: bytes) -> bool:
    """Refuse what must not be opened; tell whether any sheet has formulas or merged cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _refuse_bomb(file, parts)
        names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise refuse("Berkas dikunci dengan kata sandi", file=file, todo=_TODO)
        if "xl/workbook.xml" not in names:
            raise _other_archive(file, archive, names)
        has_structure = False
        for name in sorted(names):
            if not name.endswith((".xml", ".rels")):
                continue
            part = archive.read(name)
            if b"<!DOCTYPE" in part:  # entities that grow; no spreadsheet writes any
                raise refuse("Buku kerja berisi DTD", file=file, found=name, todo=_TODO)
            if _SHEET_PART.fullmatch(name):
                has_structure |= b"<f" in part or b"<mergeCell " in part
        return has_structure


def _refuse_bomb(file: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise refuse(
            "Isi berkas XLSX jauh lebih besar daripada tabel survei",
            file=file,
            found=f"{unpacked // 1_000_000} MB dalam {len(parts)} bagian",
            expected=f"paling besar {LARGEST_UNPACKED // 1_000_000} MB",
            todo="Salin tabelnya saja ke buku kerja baru, atau bagi per bulan.",
        )


def _other_archive(file: Path, archive: zipfile.ZipFile, names: set[str]) -> SkmError:
    kind = "arsip ZIP"
    if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
        kind = "berkas OpenDocument"
    elif "word/document.xml" in names:
        kind = "dokumen Word"
    elif "xl/workbook.bin" in names:
        kind = "buku kerja biner Excel (.xlsb)"
    return refuse(f"Ini {kind}, bukan XLSX", file=file, expected="XLSX atau CSV", todo=_TODO)


def _sheet(file: Path, sheet: ReadOnlyWorksheet, structure: Worksheet | None) -> Cells:
    sheet.reset_dimensions()  # some programs write a wrong size into the file
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.rows:
        texts = [_text(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        rows.append(texts)
        cells += len(texts) + 1
        if cells > MOST_CELLS:
            raise refuse(
                "Lembar terlalu besar",
                file=file,
                field=sheet.title,
                todo="Hapus sel berformat di luar tabel, atau bagi per bulan.",
            )
    while rows and not rows[-1]:
        rows.pop()
    return Cells(
        file,
        rows,
        sheet=sheet.title,
        padded=True,
        merged=_merged(structure) if structure else (),
        uncomputed=_uncomputed(structure, rows) if structure else {},
    )


def _merged(sheet: Worksheet) -> tuple[Area, ...]:
    return tuple(
        Area(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    )


def _uncomputed(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """Formulas whose result the file does not hold: written by a program, never calculated."""
    missing = {}
    for place_row, row in enumerate(sheet.iter_rows()):
        texts = rows[place_row] if place_row < len(rows) else ()
        for column, cell in enumerate(row):
            if cell.data_type == "f" and not (column < len(texts) and texts[column]):
                missing[place_row, column] = str(getattr(cell.value, "text", cell.value))
    return missing


def _text(cell: Cell | MergedCell) -> str:
    """What a person sees in a cell, as far as it bears on its value."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime):
        # a spreadsheet stores 9:13:22 as a fraction of a day, a hair before or after
        second = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return str(second.date() if second.time() == time(0) else second)
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float, number_format: str) -> str:
    """A number with decimal comma; 15 digits are all that a spreadsheet keeps."""
    exact = Decimal(format(value, ".15g"))
    if not exact.is_finite():
        return str(value)
    sign = ""
    if "%" in number_format:
        sign = "%"
        if "%" in _LITERAL.sub("", number_format):
            exact *= 100
    return format(exact.normalize(), "f").replace(".", ",") + sign
