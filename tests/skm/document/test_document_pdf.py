"""The PDF: archival, accessible, and laid out fit for an office."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from document_samples import DAY, LOREM, one_of_each, report_of_full_length
from matplotlib.figure import Figure
from pdf_reader import conformance_faults, read_pdf

from skm.document import pdf, typesetting
from skm.document.blocks import Column, Document, PageSetup, Paper, Paragraph
from skm.document.builder import Builder, row
from skm.document.register import Register
from skm.errors import SkmError


@cache
def sample(paper: Paper = Paper.A4, notice: str = "") -> bytes:
    return pdf.write(one_of_each(PageSetup(paper=paper), notice))


@cache
def full() -> bytes:
    return pdf.write(report_of_full_length())


def pages(data: bytes) -> Iterator[Any]:
    with pdfplumber.open(io.BytesIO(data)) as opened:
        yield from opened.pages


def small_document(build: Builder) -> Document:
    return build.document("Laporan", "Kecamatan Contoh", "", DAY)


@pytest.mark.parametrize("paper", Paper)
def test_passes_pdf_a_2a_and_pdf_ua_1(paper: Paper) -> None:
    assert conformance_faults(sample(paper)) == []


def test_a_report_of_full_length_passes_too() -> None:
    assert conformance_faults(full()) == []


def test_the_checker_faults_a_plain_pdf() -> None:
    plain = io.BytesIO()
    Figure().savefig(plain, format="pdf")
    assert conformance_faults(plain.getvalue()) != []


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (210, 297)), (Paper.F4, (215, 330))])
def test_sheets_have_the_size_of_the_paper(paper: Paper, size: tuple[int, int]) -> None:
    sheets = {(page.width, page.height) for page in pages(sample(paper))}
    found = {tuple(round(side * 25.4 / 72) for side in sheet) for sheet in sheets}
    assert found == {size, size[::-1]}, "upright and, for wide tables, turned"


def test_wide_tables_share_a_turned_page_and_the_text_goes_on_upright() -> None:
    turned = [page.width > page.height for page in pages(sample())]
    texts = [page.extract_text() for page in pages(sample())]
    (wide,) = [number for number, is_turned in enumerate(turned) if is_turned]
    assert "Kolom 13" in texts[wide]
    assert texts[wide].rstrip().endswith("4")
    assert "Kembali tegak." in texts[wide + 1]


def test_pages_are_numbered_roman_then_arabic_and_the_cover_not_at_all() -> None:
    feet = [page.extract_text().splitlines()[-1] for page in pages(sample())]
    assert feet[0] == "TAHUN 2021"
    assert feet[1:5] == ["i", "ii", "iii", "1"]


def test_page_labels_are_the_numbers_printed_on_the_pages() -> None:
    labels = pdf.page_labels(one_of_each())
    feet = {page.extract_text().splitlines()[-1]: page.extract_text() for page in pages(sample())}
    assert "KATA PENGANTAR" in feet[labels["kata-pengantar"]]
    assert "AKUNTABILITAS KINERJA" in feet[labels["bab2"]]
    assert "Tabel 2.2 Rencana Strategis" in feet[labels["rencana"]]
    assert "Gambar 2.1 Skor unsur" in feet[labels["grafik"]]
    assert "PERJANJIAN KINERJA" in feet[labels["lampiran-pk"]]


def test_contents_print_the_page_labels() -> None:
    labels = pdf.page_labels(one_of_each())
    printed = dict(read_pdf(sample()).entries)
    assert printed["KATA PENGANTAR"] == labels["kata-pengantar"] == "i"
    assert printed["BAB II AKUNTABILITAS KINERJA"] == labels["bab2"] == "3"
    assert printed["Lampiran 1 PERJANJIAN KINERJA TAHUN 2020"] == labels["lampiran-pk"]


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    build = Builder(Register())
    build.table(
        "t", (Column(),), [row("KEPALA")], [row(f"Isi {n}") for n in range(120)], index=True
    )
    texts = [page.extract_text() for page in pages(pdf.write(small_document(build)))]
    assert len(texts) > 2
    assert all(text.startswith("KEPALA\n(1)\nIsi") for text in texts)
    assert read_pdf(pdf.write(small_document(build))).words.count("KEPALA") == 1


def test_the_notice_stands_at_the_head_of_every_page() -> None:
    heads = {page.extract_text().splitlines()[0] for page in pages(sample(notice="DATA SIMULASI"))}
    assert heads == {"DATA SIMULASI"}


@pytest.mark.parametrize("lines", range(0, 39, 3))
def test_a_small_table_is_never_torn_nor_parted_from_caption_and_source(lines: int) -> None:
    build = Builder(Register())
    build.add(*(Paragraph(f"p{n}", "Satu baris.") for n in range(lines)))
    build.table(
        "t", (Column(), Column()), [row("Kepala", "x")],
        [row(f"Baris {n}", LOREM) for n in range(5)], caption="Judul", source="Sumber: DPA",
    )  # fmt: skip
    texts = [page.extract_text() for page in pages(pdf.write(small_document(build)))]
    home = [number for number, text in enumerate(texts) if "Tabel 1 Judul" in text]
    for wanted in ("Kepala", *(f"Baris {n}" for n in range(5)), "Sumber: DPA"):
        assert [number for number, text in enumerate(texts) if wanted in text] == home, wanted


@pytest.mark.parametrize("lines", range(0, 39, 3))
def test_a_long_table_leaves_neither_caption_nor_source_alone(lines: int) -> None:
    build = Builder(Register())
    build.add(*(Paragraph(f"p{n}", "Satu baris.") for n in range(lines)))
    build.table("t", (Column(),), [row("Kepala")], [row(f"Isi-{n};") for n in range(40)],
                caption="Judul", source="Sumber: DPA")  # fmt: skip
    texts = [page.extract_text() for page in pages(pdf.write(small_document(build)))]
    for text in texts:
        if "Tabel 1 Judul" in text:
            assert "Isi-0;" in text
        if "Sumber: DPA" in text:
            assert "Isi-39;" in text


def test_a_table_too_tall_for_a_page_goes_on_over_the_next() -> None:
    build = Builder(Register())
    build.table("t", (Column(),), [row("Kepala")], [row(f"{LOREM} " * 25)] * 2)
    printed = read_pdf(pdf.write(small_document(build))).words
    assert printed.count("Akuntabilitas") == 50
    on_paper = (
        page.within_bbox(page.bbox).extract_text()
        for page in pages(pdf.write(small_document(build)))
    )
    shown = sum(text.count("Akuntabilitas") for text in on_paper)
    assert shown == 50, "nothing falls off the page"


@pytest.mark.parametrize("words", [12, 20, 24, 28, 40])
def test_tables_about_as_tall_as_a_page_lose_nothing(words: int) -> None:
    build = Builder(Register())
    text = " ".join(["AKUNTABILITAS"] * words)
    columns = (Column(), Column(), Column())
    build.table("t", columns, [row("1", "2", "3")], [row("", text, "")] * 6)
    made = pdf.write(small_document(build))
    on_paper = (page.within_bbox(page.bbox).extract_text() for page in pages(made))
    assert sum(text.count("AKUNTABILITAS") for text in on_paper) == 6 * words


def test_only_our_fonts_are_used() -> None:
    names = {char["fontname"] for page in pages(sample()) for char in page.chars}
    strange = {name for name in names if "LiberationSans" not in name}
    # The equals sign and the cross of a formula are set in typst's mathematical font.
    assert {name.partition("+")[2] for name in strange} == {"NewCMMath-Book"}


def test_chart_text_is_text() -> None:
    assert any("Kemudahan prosedur" in page.extract_text() for page in pages(sample()))


def test_the_date_is_the_document_s() -> None:
    with pdfplumber.open(io.BytesIO(sample())) as opened:
        assert opened.metadata["CreationDate"].startswith("D:20210118")
        assert opened.metadata["Title"] == "Laporan Kinerja Kecamatan Contoh Tahun 2020"
        assert opened.metadata["Author"] == "Kecamatan Contoh"


def test_a_letter_that_no_font_has_is_named() -> None:
    build = Builder(Register())
    build.add(Paragraph("saran", "Bagus 👍 sekali"))
    with pytest.raises(SkmError, match="👍"):
        pdf.write(small_document(build))


def test_a_comment_with_a_picture_in_it_can_be_made_displayable() -> None:
    build = Builder(Register())
    build.add(Paragraph("saran", typesetting.displayable("Bagus 👍 sekali; ꦗꦮ")))
    words = read_pdf(pdf.write(small_document(build))).words
    assert words == ["Bagus", "□", "sekali;", "□□"]


def test_the_pages_can_be_looked_at_as_pictures() -> None:
    template = Path(typesetting.__file__).with_name("report.typ")
    build = Builder(Register())
    build.add(Paragraph("p", "Halo"))
    content = pdf._document(small_document(build))
    (image,) = typesetting.images(template, content, 40)
    assert image.startswith(b"\x89PNG")


@pytest.mark.parametrize("template", [*Path(typesetting.__file__).parent.glob("*.typ")])
def test_templates_download_no_packages(template: Path) -> None:
    assert "@preview" not in template.read_text(encoding="utf-8")
