"""Silence means checked: what could not be read is named, and what is no report is refused."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import typst
from commands import lkip
from document_samples import logo
from hostile_files import DAMAGED, DOCUMENT, WIDE, package
from report_tables import Sample, write

from lkip.checking import check_report
from lkip.claims.reading import read_report
from lkip.claims.report import Table
from skm.errors import SkmError

TITLE = "LAPORAN KINERJA KECAMATAN CONTOHAN TAHUN 2024"
BUDGET = [
    ["No", "Program", "Pagu", "Realisasi", "Serapan"],
    ["1", "Program Pelayanan", "300.000.000", "270.000.000", "90 %"],
    ["", "Jumlah", "300.000.000", "270.000.000", "90 %"],
]


def test_a_table_that_is_a_picture_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gambar.docx"
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("Tabel 3.1 Pengukuran Kinerja")
    picture = tmp_path / "tabel.png"
    picture.write_bytes(logo().png or b"")
    document.add_paragraph().add_run().add_picture(str(picture))
    document.add_paragraph("Demikian pengukurannya.")
    document.save(str(file))
    found = check_report([file]).findings
    assert [one.code for one in found] == ["tabel-tidak-terbaca"]
    assert "Tabel 3.1 Pengukuran Kinerja berupa gambar" in found[0].where[0]


def test_a_page_with_figures_in_columns_and_no_rules_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tanpa-garis.pdf"
    rows = "\\\n".join(f"Kegiatan {n} #h(2cm) {n}00.000 #h(1cm) {n}0.000" for n in range(1, 7))
    file.write_bytes(typst.compile(f"{TITLE}\n\n{rows}".encode()))
    found = check_report([file]).findings
    assert [one.code for one in found] == ["tabel-tidak-terbaca"]
    assert "hlm. 1" in found[0].where[0]


def test_a_table_that_goes_on_over_pages_is_one(tmp_path: Path) -> None:
    rows = [[str(n), f"Program {n}", "10.000.000", "9.000.000", "90 %"] for n in range(1, 61)]
    long = [BUDGET[0], *rows, ["", "Jumlah", "600.000.000", "540.000.000", "90 %"]]
    file = write(Sample("panjang", long, lines=(TITLE,)), "pdf", tmp_path)
    report = read_report(file)
    assert [len(table.rows) for table in report.tables] == [62]
    assert check_report([file]).findings == ()


def test_the_year_of_a_regulation_in_a_caption_is_none_of_the_report(tmp_path: Path) -> None:
    caption = "Tabel 3.1 Nilai Menurut Unsur Resmi PermenPANRB 14/2017 (Skala 2017)"
    table = [["NO", "UNSUR", "NILAI"], ["1", "Persyaratan", "80,00"], ["2", "Waktu", "81,00"]]
    file = write(Sample("resmi", table, lines=(TITLE, caption)), "docx", tmp_path)
    assert [one.code for one in check_report([file]).findings] == []


def test_a_year_left_in_a_footer_is_told(tmp_path: Path) -> None:
    file = tmp_path / "kaki.docx"
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.sections[0].footer.paragraphs[0].text = "Laporan Kinerja Tahun 2023"
    document.save(str(file))
    found = check_report([file]).findings
    assert [(one.code, one.expected) for one in found] == [("tahun-judul", "2024")]


def test_several_files_are_one_report(tmp_path: Path) -> None:
    one = write(Sample("satu", BUDGET, lines=(TITLE,)), "xlsx", tmp_path)
    other = [[cell.replace("270", "207") for cell in row] for row in BUDGET]
    two = write(Sample("dua", other, lines=(TITLE,)), "docx", tmp_path)
    codes = {found.code for found in check_report([one, two]).findings}
    assert "anggaran-antartabel" in codes


def test_places_name_page_table_and_row(tmp_path: Path) -> None:
    wrong = [[cell.replace("90 %", "95 %") for cell in row] for row in BUDGET]
    file = write(Sample("salah", wrong, lines=(TITLE, "Tabel 3.2 Serapan")), "pdf", tmp_path)
    assert check_report([file]).findings[0].where == (
        "laporan.pdf, hlm. 1, Tabel 3.2, baris tabel 2",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rusak.pdf", b"%PDF-1.7 rusak"),
        ("rusak.docx", b"PK\x03\x04word/document.xml rusak"),
        ("lain.bin", b"\x00\x01\x02\x00"),
        ("kosong.txt", b"  \n"),
    ],
)
def test_what_is_no_report_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SkmError) as refused:
        check_report([file])
    assert name in str(refused.value)


def test_a_missing_file_is_refused_without_traceback(tmp_path: Path) -> None:
    outcome = lkip("check", "--document", tmp_path / "tidak-ada.docx")
    assert outcome.status == 2
    assert "Berkas tidak ada" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_table_of_pipes_and_one_of_tabs_read_the_same(tmp_path: Path) -> None:
    tabs = tmp_path / "tab.txt"
    tabs.write_text("\n".join("\t".join(row) for row in BUDGET), encoding="utf-8")
    pipes = write(Sample("pipa", BUDGET), "md", tmp_path)
    read = [next(iter(read_report(file).tables)) for file in (tabs, pipes)]
    assert all(isinstance(table, Table) for table in read)
    assert [row.cells for row in read[0].rows] == [row.cells for row in read[1].rows]


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_package_that_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "laporan.docx"
    file.write_bytes(content)
    with pytest.raises(SkmError, match=r"laporan\.docx: Dokumen DOCX tidak dapat dibaca"):
        read_report(file)


def test_a_cell_that_says_it_covers_everything_covers_itself(tmp_path: Path) -> None:
    file = tmp_path / "laporan.docx"
    file.write_bytes(package({DOCUMENT: WIDE}))
    (table,) = read_report(file).tables
    assert [row.cells for row in table.rows] == [("Laporan",)]
