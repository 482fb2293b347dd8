"""Files: every dialect is read, and whatever else is handed over is told, never a traceback."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from officers_files import NINE, U9, Row, csv_bytes, read_sheet, write_csv, write_xlsx
from openpyxl.utils import get_column_letter

from skm.errors import SkmError
from skm.reading.cells import LARGEST_FILE, column_letters, read_cells

TABLE: list[Row] = [["NO", *U9], [1, *[4] * 9], [2, *[3] * 9]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings_of_offices(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    file = tmp_path / "survei.csv"
    file.write_bytes(mark + csv_bytes([*TABLE, [3, *["–"] * 9]], separator, encoding))
    sheet = read_sheet(file)
    assert sheet.table.levels[:, :2].tolist() == [[4, 3]] * 9


def test_excels_own_line_about_the_separator_is_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "survei.csv"
    file.write_bytes(b"sep=;\r\n" + csv_bytes(TABLE, ";"))
    assert len(read_sheet(file).table) == 2


def test_a_semicolon_file_with_decimal_commas_is_cut_at_semicolons(tmp_path: Path) -> None:
    rows = [["element", "skor"], ["a", "72,5"], ["b", "67,5"]]
    (cells,) = read_cells(write_csv(tmp_path, rows, ";"))
    assert cells.rows == [list(row) for row in rows]


def test_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    rows: list[Row] = [["NO", "SARAN", *U9], [1, "17–25 tahun, café", *[4] * 9]]
    sheet = read_sheet(write_csv(tmp_path, rows, encoding="cp1252"))
    assert sheet.texts["saran"] == ("17–25 tahun, café",)
    assert any("Windows-1252" in notice.message for notice in sheet.notices)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_three_systems(tmp_path: Path, newline: bytes) -> None:
    file = tmp_path / "survei.csv"
    file.write_bytes(csv_bytes(TABLE).replace(b"\r\n", newline))
    assert len(read_sheet(file).table) == 2


def test_what_a_file_is_is_seen_from_its_content_not_its_name(tmp_path: Path) -> None:
    renamed = write_xlsx(tmp_path, TABLE).rename(tmp_path / "survei.csv")
    assert len(read_sheet(renamed).table) == 2
    text = write_csv(tmp_path, TABLE).rename(tmp_path / "survei.xlsx")
    assert len(read_sheet(text).table) == 2


def test_hidden_and_empty_sheets_are_not_looked_at(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in TABLE:
        page.append(list(row))
    old = book.create_sheet("Lama")
    for row in TABLE:
        old.append(list(row))
    old.sheet_state = "hidden"
    book.create_sheet("Kosong")
    file = tmp_path / "buku.xlsx"
    book.save(file)
    assert [cells.sheet for cells in read_cells(file)] == ["Sheet"]


def test_dates_times_and_truths_of_a_workbook_are_texts_a_person_knows(tmp_path: Path) -> None:
    from datetime import date, datetime, time

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    stamp = datetime(2026, 10, 8, 9, 13, 22)
    page.append([date(2026, 10, 8), stamp, time(9, 15), True, 4.0, 0.1 + 0.2, 1e20, " x "])
    file = tmp_path / "buku.xlsx"
    book.save(file)
    (cells,) = read_cells(file)
    assert cells.rows == [
        [
            *("2026-10-08", "2026-10-08 09:13:22", "09:15:00", "true", "4", "0,3"),
            *("100000000000000000000", " x "),
        ]
    ]


def bytes_of(content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        file = folder / "survei.csv"
        file.write_bytes(content)
        return file

    return make


def rows_of(rows: list[Row], separator: str = ",") -> Callable[[Path], Path]:
    return lambda folder: write_csv(folder, rows, separator)


def archive_of(parts: dict[str, bytes]) -> Callable[[Path], Path]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return bytes_of(packed.getvalue())


def workbook_bytes(folder: Path) -> bytes:
    return write_xlsx(folder, TABLE).read_bytes()


def changed_workbook(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    """A workbook with one part of its archive changed."""

    def make(folder: Path) -> Path:
        file = folder / "ubah.xlsx"
        with (
            zipfile.ZipFile(io.BytesIO(workbook_bytes(folder))) as source,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, change(content) if name == part else content)
        return file

    return make


def huge(folder: Path) -> Path:
    """A file of 201 MB that takes no room on the disk."""
    file = folder / "besar.csv"
    with file.open("wb") as stream:
        stream.write(b"U1,U2\n")
        stream.truncate(LARGEST_FILE + 1_000_000)
    return file


def bomb(folder: Path) -> Path:
    """A workbook whose directory promises far more than it holds."""
    content = bytearray(workbook_bytes(folder))
    end = content.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", content, end + 16)
    place = content.index(b"PK\x01\x02", start)
    struct.pack_into("<I", content, place + 24, 2**32 - 2)
    file = folder / "bom.xlsx"
    file.write_bytes(content)
    return file


def encrypted_parts(folder: Path) -> Path:
    content = bytearray(workbook_bytes(folder))
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1
        place += 4
    file = folder / "sandi.xlsx"
    file.write_bytes(content)
    return file


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipa")
    return folder / "pipa"


def empty_workbook(folder: Path) -> Path:
    file = folder / "kosong.xlsx"
    openpyxl.Workbook().save(file)
    return file


def formulas_without_result(folder: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(U9)
    page.append(["=2+2", *[4] * 8])
    file = folder / "rumus.xlsx"
    book.save(file)
    return file


def merged_answers(folder: Path) -> Path:
    return write_xlsx(folder, [*TABLE, ["", *[""] * 9]], merged=["B2:B3"])


def merged_header(folder: Path) -> Path:
    rows: list[Row] = [["NO", *U9[:7], "U8", ""], [1, *[4] * 9]]
    return write_xlsx(folder, rows, merged=["I1:J1"])


def merged_over_blank(folder: Path) -> Path:
    return write_xlsx(folder, [U9, [4] * 9], merged=["I1:J1"])


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom">]>'

BAD_FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no such file": (lambda folder: folder / "tidak-ada.csv", "Berkas tidak ada"),
    "a folder": (lambda folder: folder, "Ini folder, bukan berkas"),
    "a pipe": (fifo, "Bukan berkas biasa"),
    "a name with a NUL": (lambda folder: folder / "a\0b.csv", "Berkas tidak ada"),
    "empty": (bytes_of(b""), "Berkas kosong"),
    "only a byte order mark": (bytes_of(b"\xef\xbb\xbf\r\n"), "Berkas kosong"),
    "201 MB": (huge, "201 MB"),
    "NUL bytes": (bytes_of(b"U1,U2\n\x00,4\n"), "bita NUL"),
    "UTF-16 without a mark": (bytes_of(csv_bytes(TABLE, encoding="utf-16-le")), "bita NUL"),
    "UTF-16 cut in half": (bytes_of(b"\xff\xfeU\x001\x00,"), "UTF-16 rusak"),
    "control characters": (bytes_of(b"U1,U2\n\x01,4\n"), "karakter kendali"),
    "another encoding": (bytes_of(b"U1,U2\n\x81\x8d,4\n"), "Pengodean huruf tidak dikenal"),
    "an open quote": (bytes_of(b'U1,U2\n"4,4\n4,4\n'), "Tanda kutip tidak berpasangan"),
    "text behind a quote": (bytes_of(b'U1,U2\n"4"x,4\n'), "Tanda kutip"),
    "an unknown separator": (rows_of(TABLE, "|"), "pisahkan kolom dengan titik koma"),
    "prose": (bytes_of(b"Laporan SKM kecamatan tahun ini"), "Tidak ada baris judul"),
    "a PDF": (bytes_of(b"%PDF-1.7\n..."), "Ini PDF, bukan tabel"),
    "a picture": (bytes_of(b"\x89PNG\r\n\x1a\n"), "Ini gambar PNG"),
    "an old .xls": (bytes_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "(.xls)"),
    "a workbook with a password": (
        bytes_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        "dikunci dengan kata sandi",
    ),
    "an HTML page named .xls": (bytes_of(b"<html><table><tr><td>U1"), "HTML"),
    "an archive": (archive_of({"a.csv": b"U1,U2"}), "Ini arsip ZIP"),
    "an encrypted archive": (encrypted_parts, "dikunci dengan kata sandi"),
    "a Word document": (archive_of({"word/document.xml": b"<a/>"}), "Ini dokumen Word"),
    "an OpenDocument sheet": (
        archive_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "OpenDocument",
    ),
    "an .xlsb": (archive_of({"xl/workbook.bin": b"x"}), "biner Excel"),
    "a zip bomb": (bomb, "jauh lebih besar"),
    "too many parts": (archive_of({f"{n}.xml": b"" for n in range(5001)}), "5001 bagian"),
    "half a workbook": (
        lambda folder: bytes_of(workbook_bytes(folder)[:900])(folder),
        "rusak atau terpotong",
    ),
    "an empty archive": (bytes_of(b"PK\x05\x06" + b"\0" * 18), "Ini arsip ZIP"),
    "an entity bomb": (changed_workbook("xl/worksheets/sheet1.xml", DOCTYPE.__add__), "DTD"),
    "a broken sheet": (
        changed_workbook("xl/worksheets/sheet1.xml", lambda part: part[:300]),
        "Buku kerja Excel rusak",
    ),
    "no sheet at all": (
        changed_workbook("xl/workbook.xml", lambda _: b"<a/>"),
        "Buku kerja",
    ),
    "an empty workbook": (empty_workbook, "tidak berisi apa-apa"),
    "formulas without result": (formulas_without_result, "Rumus tanpa hasil tersimpan"),
    "merged answers": (merged_answers, "Sel digabung di antara jawaban"),
    "a header merged over two questions": (merged_header, "kolom J: Kolom ini berisi jawaban"),
    "a header merged over a blank column": (merged_over_blank, "digabung di atas beberapa"),
    "only headers": (rows_of([U9]), "Tidak ada satu jawaban pun"),
    "a level 5": (rows_of([U9, [5, *[4] * 8]]), "di luar 1 sampai 4"),
    "a negative level": (rows_of([U9, [-4, *[4] * 8]]), "di luar 1 sampai 4"),
    "a text for a level": (rows_of([U9, ["empat", *[4] * 8]]), "bukan jawaban yang dikenal"),
    "a formula for a level": (rows_of([U9, ["=cmd|'/c calc'!A1", *[4] * 8]]), "=cmd|"),
    "a formula for a header": (rows_of([[*U9[:8], "=1+1"], [4] * 9]), "«sarpras»"),
    "a doubled column": (rows_of([[*U9, "U1"], [4] * 10]), "Dua kolom untuk «persyaratan»"),
    "a missing column": (rows_of([U9[:8], [4] * 8]), "«sarpras»"),
    "columns of two forms": (
        rows_of([[*NINE, "kedisiplinan"], [4] * 10]),
        "kedisiplinan (kolom J)",
    ),
    "an unknown column with answers": (rows_of([[*U9, "Parkir"], [4] * 10]), "Parkir (kolom J)"),
    "a column without header": (rows_of([[*U9, ""], [4] * 10]), "kolom J"),
    "two date columns": (
        rows_of([["Tanggal", "Tgl", *U9], ["2026-10-08", "2026-10-09", *[4] * 9]]),
        "Dua kolom untuk «tanggal»",
    ),
    "a cut row": (rows_of([U9, [4] * 9, [4] * 5]), "Baris ini terpotong"),
    "a longer row": (rows_of([U9, [4] * 9, [4] * 10]), "lebih banyak sel"),
    "answers below the closing row": (
        rows_of([["NO", *U9], [1, *[4] * 9], ["Jumlah", *[4] * 9], [2, *[4] * 9]]),
        "Ada jawaban di bawah baris penutup (baris 2)",
    ),
    "a respondent who may be a closing row": (
        rows_of([["Keperluan", *U9], ["Total pajak", *[4] * 9]]),
        "berawal seperti baris penutup",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_told_and_nothing_is_read(tmp_path: Path, case: str) -> None:
    make, told = BAD_FILES[case]
    file = make(tmp_path)
    with pytest.raises(SkmError) as refused:
        read_sheet(file)
    assert told in str(refused.value)
    assert refused.value.exit_status == 2


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_csv(tmp_path, TABLE)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SkmError, match="tidak dapat dibaca"):
        read_cells(file)


@given(st.binary(max_size=300))
def test_any_bytes_are_cells_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = bytes_of(content)(tmp_path_factory.mktemp("bita"))
    try:
        (cells,) = read_cells(file)
    except SkmError:
        return
    assert all(isinstance(text, str) for row in cells.rows for text in row)


@given(st.binary(max_size=60), st.integers(0, 5000))
def test_a_damaged_workbook_is_cells_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, place: int
) -> None:
    folder = tmp_path_factory.mktemp("rusak")
    content = bytearray(workbook_bytes(folder))
    place = min(place, len(content))
    content[place : place + len(damage)] = damage
    try:
        sheets = read_cells(bytes_of(bytes(content))(folder))
    except SkmError:
        return
    assert sheets


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12
)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=8),
    separator=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_table_written_in_any_dialect_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, encoding: str
) -> None:
    marked = [["aksara", "é–", "x"], *([f"x{cell}" for cell in row] for row in rows)]
    others = {",", ";", "\t"} - {separator}
    plain = [["".join(c for c in cell if c not in others) for cell in row] for row in marked]
    (cells,) = read_cells(write_csv(tmp_path_factory.mktemp("dialek"), plain, separator, encoding))
    assert [list(row) for row in cells.rows] == plain


@given(st.integers(0, 18_277))
def test_column_letters_are_those_of_openpyxl(column: int) -> None:
    assert column_letters(column) == get_column_letter(column + 1)
