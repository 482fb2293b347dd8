"""A file of an officer -> its cells as text, each at the place the file shows it.

Every cell becomes the text a person sees: an XLSX percentage stored as 0,4 is ``40%``, a date
is ISO, a decimal has a comma. So all that reads tables knows one kind of cell, and a CSV and
an XLSX of the same table read the same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from skm.errors import SkmError, refuse

LARGEST_FILE = 200_000_000
"""Bytes; a million responses of 20 columns are 40 MB."""

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "gambar PNG",
    b"\xff\xd8\xff": "gambar JPEG",
    b"GIF8": "gambar GIF",
    b"Rar!": "arsip RAR",
    b"\x1f\x8b": "arsip gzip",
    b"7z\xbc\xaf": "arsip 7z",
    b"SQLite format 3": "basis data SQLite",
    b"{\\rtf": "dokumen RTF",
}
_SAVE_AS = "Buka di Excel atau LibreOffice, lalu simpan sebagai XLSX atau CSV UTF-8."


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, all four sides counted from 0 and included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """As spreadsheets write it, ``C2:D2``."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@dataclass(frozen=True, eq=False)
class Cells:
    """One sheet, or a whole CSV file.

    Attributes:
        file: where it was read from.
        rows: text of each cell, "" for an empty one; rows may differ in length.
        sheet: name of the sheet; None for CSV.
        padded: whether an absent cell at the end of a row is an empty one (XLSX does not
            store empty cells); in CSV it is a row that was cut.
        merged: joined cells; the text stands at the top left.
        uncomputed: formulas that the file holds no result for, by (row, column) from 0.
        remarks: what was noticed about the file itself, in Indonesian.
    """

    file: Path
    rows: Sequence[Sequence[str]]
    sheet: str | None = None
    padded: bool = False
    merged: tuple[Area, ...] = ()
    uncomputed: Mapping[tuple[int, int], str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """File and sheet, as messages name the place."""
        return f"{self.file}, lembar «{self.sheet}»" if self.sheet else str(self.file)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, "" beyond the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def address(row: int, column: int) -> str:
    """A cell as spreadsheets name it.

    >>> address(11, 5), address(0, 27)
    ('F12', 'AB1')
    """
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """A column, counted from 0, as spreadsheets name it.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without garbage collection: it would walk a million young cells again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_cells(file: Path) -> tuple[Cells, ...]:
    """Read a CSV or XLSX file; what it is, is seen from its content, not from its name.

    Returns:
        One for a CSV file, one for each visible sheet of a workbook that holds anything.

    Raises:
        SkmError: no such file, too large, empty, of another kind, damaged, or guarded by a
            password; each with what to do.
    """
    content = _content(file)
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        from skm.reading.workbook import read_workbook  # openpyxl: only where it is needed

        return read_workbook(file, content)
    _refuse_foreign(file, content)
    from skm.reading.delimited import read_delimited

    return (read_delimited(file, content),)


def _content(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise refuse("Ini folder, bukan berkas", file=file, todo="Tunjuk satu berkas.")
        if not file.exists():
            raise refuse("Berkas tidak ada", file=file, todo="Periksa nama dan foldernya.")
        if not file.is_file():
            raise refuse("Bukan berkas biasa", file=file, todo="Tunjuk berkas CSV atau XLSX.")
        if (size := file.stat().st_size) > LARGEST_FILE:
            raise refuse(
                "Berkas terlalu besar",
                file=file,
                found=f"{size // 1_000_000} MB",
                expected=f"paling besar {LARGEST_FILE // 1_000_000} MB",
                todo="Bagi per bulan atau per layanan, lalu baca satu per satu.",
            )
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise refuse(
            "Berkas tidak dapat dibaca",
            file=file,
            found=reason,
            todo="Tutup berkas di program lain dan periksa izinnya.",
        ) from error
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise refuse("Berkas kosong", file=file, todo="Periksa apakah berkas sudah disimpan.")
    return content


def _refuse_foreign(file: Path, content: bytes) -> None:
    """Say what a file is that is neither a workbook nor a table in text."""
    if content.startswith(_OLE):
        raise _old_excel(file, content)
    for magic, kind in _FOREIGN.items():
        if content.startswith(magic):
            raise refuse(
                f"Ini {kind}, bukan tabel", file=file, expected="XLSX atau CSV", todo=_SAVE_AS
            )
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<meta")):
        raise refuse(
            "Ini halaman HTML atau XML, walaupun namanya mungkin .xls",
            file=file,
            expected="XLSX atau CSV",
            todo=_SAVE_AS,
        )


def _old_excel(file: Path, content: bytes) -> SkmError:
    if _ENCRYPTED in content:
        return refuse(
            "Buku kerja dikunci dengan kata sandi",
            file=file,
            todo="Buka di Excel, hapus kata sandinya (File, Info, Protect Workbook), simpan lagi.",
        )
    return refuse(
        "Format Excel lama (.xls) tidak dibaca",
        file=file,
        expected="XLSX atau CSV",
        todo=_SAVE_AS,
    )
