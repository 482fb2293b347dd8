"""The DOCX: clean for Word, editable, and readable back by its bookmarks."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from document_samples import DAY, one_of_each, report_of_full_length
from docx_reader import W, audit_faults, docx_paragraphs, docx_part, found, read_docx

from skm.charts import Picture
from skm.document import docx, pdf
from skm.document.blocks import Document, Figure, PageSetup, Paper, Paragraph, Section, plain
from skm.document.builder import Builder
from skm.document.parts import parts
from skm.document.register import Register
from skm.errors import SkmError


@cache
def sample(paper: Paper = Paper.A4, notice: str = "") -> bytes:
    document = one_of_each(PageSetup(paper=paper), notice)
    return docx.write(document, pdf.page_labels(document))


def body(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("paper", Paper)
def test_the_audit_finds_nothing(paper: Paper, tmp_path: Path) -> None:
    assert audit_faults(sample(paper), tmp_path) == []


def test_the_audit_finds_nothing_in_a_report_of_full_length(tmp_path: Path) -> None:
    document = report_of_full_length()
    assert audit_faults(docx.write(document, pdf.page_labels(document)), tmp_path) == []


@pytest.mark.parametrize("keep", [False, True])
def test_a_paragraph_on_a_new_page_keeps_the_order_of_its_properties(
    keep: bool, tmp_path: Path
) -> None:
    build = Builder(Register())
    build.add(Paragraph("p", "Halaman pertama."))
    build.page_break("b")
    build.add(Paragraph("q", "Halaman kedua.", keep_with_next=keep))
    document = build.document("Laporan", "Kecamatan Contoh", "", DAY)
    written = docx.write(document, pdf.page_labels(document))
    assert audit_faults(written, tmp_path) == []
    assert "<w:pageBreakBefore/>" in body(written)


def test_the_audit_finds_properties_out_of_order(tmp_path: Path) -> None:
    forged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample())) as old, zipfile.ZipFile(forged, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = re.sub(
                    rb"(<w:pPr>)(<w:pStyle [^>]*/>)(<w:keepNext/>)", rb"\1\3\2", content
                )
            new.writestr(entry.filename, content)
    assert audit_faults(forged.getvalue(), tmp_path) != []


def test_every_paragraph_has_a_hidden_bookmark_of_its_own() -> None:
    wanted = {
        part.bookmark: plain(part.text) for part in parts(one_of_each()) if not part.generated
    }
    carried = {
        mark: paragraph.text
        for paragraph in docx_paragraphs(sample())
        for mark in paragraph.bookmarks
    }
    assert carried.keys() == wanted.keys()
    assert {mark: text.split() for mark, text in carried.items()} == {
        mark: text.split() for mark, text in wanted.items()
    }


def test_bookmarks_are_unique_names_that_word_takes() -> None:
    names = found(docx_part(sample(), "word/document.xml"), "//w:bookmarkStart/@w:name")
    ids = found(docx_part(sample(), "word/document.xml"), "//w:bookmarkStart/@w:id")
    assert len(set(names)) == len(names) == len(set(ids))
    assert all(re.fullmatch(r"_lk_[A-Za-z0-9_]+", name) and len(name) <= 40 for name in names)


def test_bookmarks_stay_the_same_from_run_to_run() -> None:
    (part,) = [part for part in parts(one_of_each()) if part.id == "latar.p1"]
    assert part.bookmark == "_lk_latar_p1_8120ad0f_0"


def test_contents_are_a_field_with_its_entries_filled_in() -> None:
    codes = re.findall(r"<w:instrText[^>]*>([^<]*)", body(sample()))
    assert codes[0] == 'TOC \\o "1-3" \\h \\z \\u'
    assert all(code.startswith("PAGEREF _lk_") for code in codes[1:])
    fields = found(docx_part(sample(), "word/document.xml"), "//w:fldChar/@w:fldCharType")
    assert fields.count("begin") == fields.count("separate") == fields.count("end") == len(codes)


def test_contents_carry_the_page_labels_of_the_layout() -> None:
    labels = pdf.page_labels(one_of_each())
    printed = dict(read_docx(sample()).entries)
    assert printed["KATA PENGANTAR"] == "i"
    assert printed["A. Latar Belakang"] == labels["bab1.latar"]
    assert printed["Tabel 2.2 Rencana Strategis"] == labels["rencana"]
    assert all(printed.values())


def test_links_and_page_references_lead_to_bookmarks_that_are_there() -> None:
    root = docx_part(sample(), "word/document.xml")
    names = set(found(root, "//w:bookmarkStart/@w:name"))
    assert set(found(root, "//w:hyperlink/@w:anchor")) <= names
    assert set(re.findall(r"PAGEREF (\S+)", body(sample()))) <= names


def test_word_asks_nothing_at_opening() -> None:
    with zipfile.ZipFile(io.BytesIO(sample())) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"updateFields" not in everything
    assert b"w:dirty" not in everything


def test_there_are_no_content_controls_and_no_legacy_parts() -> None:
    with zipfile.ZipFile(io.BytesIO(sample())) as archive:
        names = archive.namelist()
    assert "<w:sdt" not in body(sample())
    assert not [name for name in names if "stylesWithEffects" in name or "customXml" in name]


def test_head_rows_repeat_and_rows_stay_whole() -> None:
    root = docx_part(sample(), "word/document.xml")
    (table,) = [
        table for table in root.iter(f"{W}tbl")
        if "INDIKATOR SASARAN" in "".join(text.text or "" for text in table.iter(f"{W}t"))
    ]  # fmt: skip
    rows = list(table.iter(f"{W}tr"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert heads == [True, True, True, False, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_merged_cells_fill_the_grid() -> None:
    root = docx_part(sample(), "word/document.xml")
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [found(cell, "w:tcPr/w:gridSpan/@w:val") for cell in row.findall(f"{W}tc")]
            assert sum(int(span[0]) if span else 1 for span in spans) == columns


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (210, 297)), (Paper.F4, (215, 330))])
def test_sections_have_the_paper_and_turn_for_wide_tables(
    paper: Paper, size: tuple[int, int]
) -> None:
    root = docx_part(sample(paper), "word/document.xml")
    sheets = [
        tuple(round(int(found(section, f"@w:{side}")[0]) * 25.4 / 1440) for side in "wh")
        for section in root.iter(f"{W}pgSz")
    ]
    assert sheets == [size, size, size, size[::-1], size]


def test_pages_are_numbered_roman_then_arabic() -> None:
    root = docx_part(sample(), "word/document.xml")
    assert found(root, "//w:pgNumType/@w:fmt") == ["lowerRoman", "decimal", "decimal", "decimal"]
    assert found(root, "//w:pgNumType/@w:start") == ["1", "1"]


def test_the_notice_stands_in_the_header() -> None:
    with zipfile.ZipFile(io.BytesIO(sample(notice="DATA SIMULASI"))) as archive:
        headers = [archive.read(name) for name in archive.namelist() if "header" in name]
    assert any(b"DATA SIMULASI" in header for header in headers)


def test_language_date_and_office_are_the_document_s() -> None:
    with zipfile.ZipFile(io.BytesIO(sample())) as archive:
        core, styles = archive.read("docProps/core.xml"), archive.read("word/styles.xml")
    assert core.count(b"2021-01-18T00:00:00Z") == 2
    assert b"<dc:creator>Kecamatan Contoh</dc:creator>" in core
    assert b'w:val="id-ID"' in styles
    assert b'w:ascii="Arial"' in styles


def test_nothing_in_the_archive_bears_the_time_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(sample())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_entry_without_its_page_is_refused() -> None:
    with pytest.raises(SkmError, match="kata-pengantar"):
        docx.write(one_of_each(), {})


def test_a_picture_without_png_is_refused() -> None:
    document = one_of_each()
    figure = Figure("g", Picture(b"<svg/>", None, "alt"), "Gambar 1", "Judul")
    short = Document("", "", "", document.date, (Section("s"), figure))
    with pytest.raises(SkmError, match="PNG"):
        docx.write(short, {})
