"""Files that must be refused: how each is made, and what the officer is told of it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from officers_files import NINE, U9, Row, csv_bytes, write_csv, write_xlsx

from skm.reading.cells import LARGEST_FILE

TABLE: list[Row] = [["NO", *U9], [1, *[4] * 9], [2, *[3] * 9]]


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
