"""Every number that a document shows is entered, with its value and source."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

from document_samples import DAY, scores_chart

from skm.document.blocks import Column, Document, Paragraph
from skm.document.builder import Builder, row
from skm.document.register import Register, numbers_in
from skm.numerals import percent


def finished(build: Builder, title: str = "Laporan") -> Document:
    return build.document(title, "Kecamatan Contoh", "", DAY)


def test_a_number_that_was_not_entered_is_found_at_its_block() -> None:
    register = Register()
    build = Builder(register)
    shown = register.enter(percent(Decimal("81.718")), Decimal("81.718"), "capaian skm")
    build.add(Paragraph("satu", f"Capaian {shown}"), Paragraph("dua", "Capaian 81,71 %"))
    (found,) = register.unregistered(finished(build))
    assert (found.block, found.number, found.text) == ("dua", "81,71", "Capaian 81,71 %")


def test_numbers_of_tables_headings_annexes_and_columns_are_entered_by_the_builder() -> None:
    register = Register()
    build = Builder(register)
    build.heading("bab1", "SATU")
    build.heading("bab1.a", "Bagian", 2)
    build.heading("bab1.a.1", "Rincian", 3)
    build.table("t", (Column(),) * 2, [], [row("a", "b")], caption="Judul", index=True)
    build.annex("l1", "RENSTRA")
    assert register.unregistered(finished(build)) == ()
    assert {entry.source for entry in register.entries} == {
        "nomor judul bab1.a.1", "nomor tabel t", "nomor kolom", "nomor lampiran l1",
    }  # fmt: skip


def test_titles_and_what_is_read_out_for_pictures_count_too() -> None:
    build = Builder(Register())
    build.figure("g", scores_chart(), "Skor")
    found = build.register.unregistered(finished(build, "Laporan 2020"))
    assert [(entry.block, entry.number) for entry in found] == [("title", "2020")]


def test_numbers_of_a_text_taken_over_are_entered_with_their_values() -> None:
    register = Register()
    register.quote("Undang-Undang Nomor 23 Tahun 2014, pagu 1.685.490.978,50", "rencana 2020")
    assert [(entry.text, entry.value) for entry in register.entries] == [
        ("23", 23), ("2014", 2014), ("1.685.490.978,50", Decimal("1685490978.50")),
    ]  # fmt: skip


def test_a_full_stop_behind_a_number_is_no_part_of_it() -> None:
    assert numbers_in("Tahun 2020. Nilai 69,46; 065/010/35.09.24/2020") == (
        "2020", "69,46", "065", "010", "35.09.24", "2020",
    )  # fmt: skip


def test_the_json_is_exact_and_in_order() -> None:
    register = Register()
    register.enter("69,46", Fraction(1945, 28), "skm/2020.csv")
    register.enter("81,72 %", Decimal("81.72"), "capaian")
    register.enter("18 Januari 2021", date(2021, 1, 18), "rencana")
    register.enter("tiga", 3, "hitungan")
    register.enter("69,46", Fraction(1945, 28), "skm/2020.csv")
    assert json.loads(register.to_json()) == [
        {"text": "69,46", "value": "1945/28", "source": "skm/2020.csv"},
        {"text": "81,72 %", "value": "81.72", "source": "capaian"},
        {"text": "18 Januari 2021", "value": "2021-01-18", "source": "rencana"},
        {"text": "tiga", "value": 3, "source": "hitungan"},
    ]
