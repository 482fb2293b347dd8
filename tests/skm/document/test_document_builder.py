"""The builder numbers, resolves and checks a document as a whole."""

from __future__ import annotations

import pytest
from document_samples import DAY, scores_chart

from skm.document.blocks import (
    AnnexTitle,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Item,
    Kind,
    List,
    ListOf,
    PageNumbers,
    PageSetup,
    Paper,
    Paragraph,
    Run,
    Section,
    Signature,
    Signer,
    Table,
    Typeface,
    plain,
    reference,
)
from skm.document.builder import Builder, row, under
from skm.document.register import Register
from skm.errors import SkmError


def builder() -> Builder:
    return Builder(Register())


def finished(build: Builder) -> Document:
    return build.document("Laporan", "Kecamatan Contoh", "", DAY)


def add_table(build: Builder, name: str, caption: str = "Judul") -> None:
    build.table(name, (Column(),), [row("Kepala")], [row("isi")], caption=caption)


def numbers(document: Document, *kinds: type) -> list[str]:
    return [
        block.number
        for block in document.blocks
        if isinstance(block, kinds) and isinstance(block, Table | Figure | Heading | AnnexTitle)
    ]


def test_headings_are_numbered_by_level_and_begin_anew_in_each_chapter() -> None:
    build = builder()
    build.heading("pengantar", "KATA PENGANTAR", numbered=False)
    for chapter in ("a", "b"):
        build.heading(chapter, "BAB")
        for part in ("1", "2"):
            build.heading(f"{chapter}.{part}", "Bagian", 2)
        build.heading(f"{chapter}.2.1", "Rincian", 3)
    assert numbers(finished(build), Heading) == [
        "", "BAB I", "A.", "B.", "1.", "BAB II", "A.", "B.", "1.",
    ]  # fmt: skip


def test_tables_and_figures_are_numbered_within_chapter_and_annex() -> None:
    build = builder()
    add_table(build, "depan")
    build.heading("bab1", "SATU")
    add_table(build, "t1")
    build.figure("g1", scores_chart(), "Skor")
    add_table(build, "t2")
    add_table(build, "polos", caption="")
    build.heading("bab2", "DUA")
    add_table(build, "t3")
    build.annex("l1", "RENSTRA")
    add_table(build, "t4")
    document = finished(build)
    assert numbers(document, Table) == [
        "Tabel 1", "Tabel 1.1", "Tabel 1.2", "", "Tabel 2.1", "Tabel L1.1",
    ]  # fmt: skip
    assert numbers(document, Figure) == ["Gambar 1.1"]
    assert numbers(document, AnnexTitle) == ["Lampiran 1"]


def test_a_reference_reads_the_number_of_a_table_that_comes_later() -> None:
    build = builder()
    build.heading("bab1", "SATU")
    build.add(Paragraph("p", (Run("Lihat "), reference("nilai"), Run("."))))
    add_table(build, "nilai")
    (paragraph,) = [block for block in finished(build).blocks if isinstance(block, Paragraph)]
    assert plain(paragraph.text) == "Lihat Tabel 1.1."


def test_a_reference_to_a_missing_table_is_refused_at_its_place() -> None:
    build = builder()
    add_table(build, "nilai")
    build.add(Paragraph("ikhtisar", (reference("tabel-4-1"),)))
    with pytest.raises(SkmError, match=r"ikhtisar.*tabel-4-1.*nilai"):
        finished(build)


def test_references_inside_lists_and_cells_are_resolved_too() -> None:
    build = builder()
    add_table(build, "nilai")
    build.list("daftar", [Item((reference("nilai"),), under((reference("nilai"),)))])
    build.table("lain", (Column(),), [], [row((reference("nilai"),))])
    document = finished(build)
    assert plain_texts(document).count("Tabel 1") == 3


def plain_texts(document: Document) -> list[str]:
    from skm.document.parts import parts

    return [plain(part.text) for part in parts(document)]


@pytest.mark.parametrize("second", ["p", "butir"])
def test_an_id_used_twice_is_refused(second: str) -> None:
    build = builder()
    build.add(Paragraph("p", "satu"), List("daftar", (Item("dua", id="butir"),)))
    build.add(Paragraph(second, "tiga"))
    with pytest.raises(SkmError, match=f"{second}: Id blok dipakai dua kali"):
        finished(build)


def test_an_id_with_a_space_is_refused() -> None:
    build = builder()
    build.add(Paragraph("bab 1", "satu"))
    with pytest.raises(SkmError, match="bab 1"):
        finished(build)


def test_all_faults_are_told_at_once() -> None:
    build = builder()
    build.add(Paragraph("p", (reference("tiada"),)), Paragraph("p", "dua"))
    build.list_of("daftar", Kind.FIGURE)
    with pytest.raises(SkmError) as refused:
        finished(build)
    assert len(refused.value.faults) == 3


def test_contents_list_headings_to_their_depth_and_annexes() -> None:
    build = builder()
    build.heading("isi", "DAFTAR ISI", numbered=False, in_contents=False)
    build.contents("daftar", levels=2)
    build.heading("bab1", "SATU\nDUA")
    build.heading("bab1.a", "Bagian", 2)
    build.heading("bab1.a.1", "Rincian", 3)
    build.annex("l1", "RENSTRA")
    (contents,) = [block for block in finished(build).blocks if isinstance(block, Contents)]
    assert [(e.level, e.number, e.text) for e in contents.entries] == [
        (1, "BAB I", "SATU DUA"), (2, "A.", "Bagian"), (1, "Lampiran 1", "RENSTRA"),
    ]  # fmt: skip


def test_lists_of_captions_list_what_has_one() -> None:
    build = builder()
    build.list_of("daftar", Kind.TABLE)
    add_table(build, "satu", "Nilai")
    add_table(build, "polos", "")
    (listed,) = [block for block in finished(build).blocks if isinstance(block, ListOf)]
    assert [(entry.number, entry.text) for entry in listed.entries] == [("Tabel 1", "Nilai")]


def test_wide_tables_turn_the_page_and_keep_its_numbering() -> None:
    build = builder()
    build.section("depan", numbers=PageNumbers.ROMAN, start=1)
    build.add(Paragraph("p", "teks"))
    for name in ("satu", "dua"):
        build.table(name, (Column(),), [], [row("isi")], landscape=True)
    build.add(Paragraph("q", "teks"))
    turned = [block for block in finished(build).blocks if isinstance(block, Section)]
    assert [(section.landscape, section.numbers.value, section.start) for section in turned] == [
        (False, "roman", 1), (True, "roman", None), (False, "roman", None),
    ]  # fmt: skip


def test_a_document_does_not_end_with_an_empty_page() -> None:
    build = builder()
    build.table("t", (Column(),), [], [row("isi")], landscape=True)
    assert isinstance(finished(build).blocks[-1], Table)


def test_the_tag_of_an_electronic_signature_stands_exactly_once() -> None:
    build = builder()
    build.add(Paragraph("p", "Nomor #5"), Signature("ttd", (Signer("CAMAT", "nama", "#"),)))
    with pytest.raises(SkmError, match=r"p: .*# hanya pada ttd"):
        finished(build)


def test_two_electronic_signatures_are_refused() -> None:
    build = builder()
    for name in ("satu", "dua"):
        build.add(Signature(name, (Signer("CAMAT", "nama", "#"),)))
    with pytest.raises(SkmError, match="satu, dua"):
        finished(build)


def test_a_hash_is_no_fault_where_the_signature_is_wet() -> None:
    build = builder()
    build.add(Paragraph("p", "Nomor #5"), Signature("ttd", (Signer("CAMAT", "nama"),)))
    assert finished(build)


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\t", "\x1f", "￾"])
def test_control_characters_are_refused_before_a_writer_meets_them(char: str) -> None:
    build = builder()
    build.add(Paragraph("p", f"a{char}b"))
    with pytest.raises(SkmError, match="p: Teks mengandung karakter kendali"):
        finished(build)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([row("a"), row("a", "b")], "baris 1"),
        ([row("a", "b"), row("a", "b", "c")], "baris 2"),
        ([row(Cell("a", columns=3))], "baris 1"),
        ([row(Cell("a", rows=2), "b")], "baris 1"),
        ([row(Cell("a", rows=2), "b"), row("c", "d")], "baris 2"),
        ([row("a", Cell("b", rows=2)), row(Cell("c", columns=2))], "baris 2"),
    ],
)
def test_cells_that_do_not_fill_the_table_are_refused(rows: list[object], place: str) -> None:
    with pytest.raises(SkmError, match=place):
        builder().table("t", (Column(), Column()), [], rows)  # type: ignore[arg-type]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(SkmError, match="t: Tabel tanpa baris isi"):
        builder().table("t", (Column(),), [row("Kepala")], [])


def test_a_list_deeper_than_three_levels_is_refused() -> None:
    deep = under(Item("2", under(Item("3", under("4")))))
    with pytest.raises(SkmError, match="paling banyak 3 tingkat"):
        builder().list("daftar", [Item("1", deep)])


def test_an_office_chooses_paper_font_and_margins() -> None:
    page = PageSetup.chosen("F4", "Times New Roman", (30, 20, 25, 35))
    assert (page.paper, page.typeface) == (Paper.F4, Typeface.SERIF)
    assert page.text_width(landscape=False) == 215 - 20 - 35
    assert page.text_width(landscape=True) == 330 - 30 - 25


@pytest.mark.parametrize(
    ("paper", "font", "margins", "field"),
    [("A5", None, (), "kertas"), ("A4", "Comic Sans", (), "huruf"), ("A4", None, (1, 2), "tepi")],
)
def test_a_choice_that_there_is_not_is_refused(
    paper: str, font: str | None, margins: tuple[int, ...], field: str
) -> None:
    with pytest.raises(SkmError, match=field):
        PageSetup.chosen(paper, font, margins)
