"""The report of 2020 says what its figures say, with every figure where a reviewer looks."""

from __future__ import annotations

import re

import pytest
from document_readers import read_model
from reports import captions, model, table

from skm import instance
from skm.document.blocks import (
    AnnexTitle,
    Document,
    Figure,
    Heading,
    Kind,
    ListOf,
    Section,
    Signature,
    Table,
    plain,
)
from skm.document.parts import parts


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return model(instance.init(tmp_path_factory.mktemp("kantor") / "pakusari"), 2020)


@pytest.fixture(scope="module")
def text(report: Document) -> str:
    return "\n".join(" ".join(line.split()) for line in read_model(report).texts)


def said(report: Document, key: str) -> str:
    """The text of a key, wherever it was said."""
    (found,) = [plain(part.text) for part in parts(report) if part.id == key]
    return found


def test_it_has_the_chapters_of_the_report_of_2020(report: Document) -> None:
    titles = [
        f"{block.number} {plain(block.text)}".strip()
        for block in report.blocks
        if (isinstance(block, Heading) and block.level == 1) or isinstance(block, AnnexTitle)
    ]
    assert titles == [
        "KATA PENGANTAR",
        "DAFTAR ISI",
        "DAFTAR TABEL DAN GAMBAR",
        "IKHTISAR EKSEKUTIF",
        "BAB I PENDAHULUAN",
        "BAB II PERENCANAAN KINERJA",
        "BAB III AKUNTABILITAS KINERJA",
        "BAB IV PENUTUP",
        "Lampiran 1 RENCANA STRATEGIS (RS) 2016-2021",
        "Lampiran 2 RENCANA KINERJA TAHUNAN (RKT) TAHUN 2021",
        "Lampiran 3 PERJANJIAN KINERJA PERUBAHAN TAHUN 2020",
        "Lampiran 4 KEPUTUSAN CAMAT PAKUSARI TENTANG INDIKATOR KINERJA UTAMA",
        "Lampiran 5 PENGOLAHAN HASIL SURVEI KEPUASAN MASYARAKAT TAHUN 2020",
        "Lampiran 6 RENCANA TINDAK LANJUT HASIL SURVEI KEPUASAN MASYARAKAT",
        "Lampiran 7 TINDAK LANJUT REKOMENDASI HASIL EVALUASI AKUNTABILITAS KINERJA",
    ]


def test_tables_3_1_to_3_7_of_2020_are_there_and_between_them_those_of_the_survey(
    report: Document,
) -> None:
    numbered = captions(report)
    assert [numbered[f"Tabel 3.{n}"].partition(",")[0] for n in range(1, 11)] == [
        "Pengukuran Realisasi Kinerja Tahun 2020",
        "Perbandingan Realisasi Kinerja Sasaran 1",
        "Perbandingan Realisasi Kinerja s.d. Akhir Periode Renstra",
        "Perbandingan Realisasi Kinerja dengan Realisasi Nasional",
        "Sebaran Jawaban Survei per Unsur",
        "Nilai dan Mutu Pelayanan per Unsur",
        "Nilai Menurut Unsur Resmi PermenPANRB 14/2017",
        "Perbandingan Realisasi Kinerja Sasaran 2",
        "Perbandingan Realisasi Kinerja s.d. Akhir Periode Renstra",
        "Perbandingan Realisasi Kinerja dengan Realisasi Nasional",
    ]


def test_every_numbered_table_and_picture_stands_in_its_list(report: Document) -> None:
    numbered: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    listed: dict[Kind, list[str]] = {}
    for block in report.blocks:
        if isinstance(block, Table | Figure) and block.number:
            kind = Kind.TABLE if isinstance(block, Table) else Kind.FIGURE
            numbered[kind].append(f"{block.number} {plain(block.caption)}")
        if isinstance(block, ListOf):
            listed[block.kind] = [f"{entry.number} {entry.text}" for entry in block.entries]
    assert listed == numbered
    assert any(line.endswith("per Unsur, Indikator 1") for line in listed[Kind.TABLE])
    assert any(line.startswith("Gambar 3.1 Nilai Unsur") for line in listed[Kind.FIGURE])


def test_table_3_1_measures_all_three_indicators(report: Document) -> None:
    skm, follow_up, villages = table(report, "pengukuran.tabel")
    assert skm[:2] == ["1", "Meningkatnya Kualitas Pelayanan"]
    assert skm[3:] == [
        "85\nB (PK dan PK Perubahan)",
        "69,46\nB (skala 2004)\nC (skala 2017)",
        "81,72 %\nBAIK",
    ]
    assert follow_up[3:] == ["100 %", "100 %", "100,00 %\nBAIK"]
    assert villages[1:] == ["100 %", "100 %", "100,00 %\nBAIK"]


def test_table_3_2_stands_beside_2019(report: Document) -> None:
    ((*_, before, now, change),) = table(report, "tahun.tabel@s1")
    assert before == "84,81\nA (skala 2004)\nB (skala 2017)"
    assert now.startswith("69,46\n")
    assert change == "−15,35"


def test_table_3_3_gives_the_progress_to_the_end_of_the_renstra(report: Document) -> None:
    ((*_, final, now, progress),) = table(report, "renstra.tabel@s1")
    assert (final, now.split("\n")[0], progress) == ("100", "69,46", "69,46 %")


def test_table_3_4_leaves_blank_what_the_nation_does_not_tell(report: Document) -> None:
    ((*_, national, difference),) = table(report, "nasional.tabel@s1")
    assert (national, difference) == ("–", "–")


def test_the_target_of_the_agreement_is_judged_on_both_scales(report: Document) -> None:
    on_2004, on_2017 = (
        plain(part.text) for part in parts(report) if re.match(r"mutu\.(terp|belum)", part.id)
    )
    assert on_2004 == (
        "menurut Skala 2004 (KEP/25/M.PAN/2/2004), mutunya B (Baik): target mutu terpenuhi."
    )
    assert on_2017 == (
        "menurut Skala 2017 (PermenPANRB 14/2017), mutunya C (Kurang Baik): "
        "target mutu belum terpenuhi."
    )


def test_which_target_is_measured_and_where_it_stands_is_said(report: Document) -> None:
    sentence = said(report, "mutu.diukur@skm")
    assert "85 menurut Tabel 3.1 Laporan Kinerja Tahun 2020 cetakan 18 Januari 2021" in sentence


def test_the_verdict_follows_the_rule_of_the_plan(report: Document) -> None:
    assert said(report, "simpulan.hitung_satu@s1") == (
        "Capaian sasaran 1 adalah 81,72 %, termasuk kategori BAIK."
    )
    assert said(report, "simpulan.putusan@s1").endswith("sasaran ini dinyatakan berhasil.")


def test_the_survey_shows_its_rows_as_printed(report: Document) -> None:
    rows = table(report, "survei.sebaran@skm")
    assert rows[0] == ["1", "Persyaratan", "–", "–", "–", "–", "–"]
    assert rows[7][2:] == ["10", "30", "50", "20", "110"]
    assert len(rows) == 14


def test_each_element_is_graded_on_both_scales_and_so_is_the_index(report: Document) -> None:
    *rows, index = table(report, "survei.nilai@skm")
    assert rows[8][1:] == [
        "Penanganan pengaduan dan saran",
        "47,50",
        "C (Kurang Baik)",
        "D (Tidak Baik)",
    ]
    assert index == ["Indeks (rata-rata unsur)", "69,46", "B (Baik)", "C (Kurang Baik)"]


def test_the_official_nine_stand_beside_the_fourteen(report: Document) -> None:
    *rows, index = table(report, "survei.resmi_tabel@skm")
    assert len(rows) == 9
    assert rows[8][1:4] == ["Sarana dan Prasarana", "Kenyamanan; Keamanan", "72,50"]
    assert index == ["Indeks menurut unsur resmi", "69,07", "C (Kurang Baik)"]


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        (1, "sebaran jawaban tidak tercetak, hanya nilai 70,00"),
        (2, "sebaran jawaban tidak tercetak, hanya nilai 70,00"),
        (6, "tercetak 67,50, sedangkan sebarannya menghasilkan 70,00"),
        (7, "sebarannya berjumlah 105 % dan bila disetarakan menghasilkan 73,81"),
        (8, "sebarannya berjumlah 110 % dan bila disetarakan menghasilkan 68,18"),
        (9, "predikat tercetak “baik”, sedangkan nilai 47,50 termasuk Kurang Baik"),
        (13, "predikat tercetak “baik”, sedangkan nilai 62,50 termasuk Kurang Baik"),
    ],
)
def test_a_row_that_is_not_sure_is_told(text: str, row: int, remark: str) -> None:
    (line,) = [line for line in text.splitlines() if line.startswith(f"Unsur nomor {row} (")]
    assert remark in line


def test_where_the_survey_and_its_weights_come_from_is_said(report: Document) -> None:
    sentence = said(report, "survei.sumber@skm")
    assert "tabel unsur pelayanan Laporan Kinerja Tahun 2020 cetakan 18 Januari 2021" in sentence
    assert "1/14" in sentence
    assert "skor yang tercetak" in said(report, "survei.baris_printed@skm")


def test_the_money_of_2020_adds_up(report: Document) -> None:
    rows = table(report, "keuangan.program.tabel")
    programmes = [row for row in rows if re.fullmatch(r"[IVX]+", row[0])]
    assert [row[0] for row in programmes] == ["I", "II", "III", "IV", "V"]
    assert programmes[0][2:] == ["149.990.000,00", "146.842.450,00", "97,90 %"]
    assert rows[-1] == ["JUMLAH", "400.000.000,00", "378.590.950,00", "94,65 %"]


def test_both_groups_of_spending_have_their_share(report: Document) -> None:
    assert table(report, "keuangan.alokasi.tabel") == [
        ["1", "Belanja Tidak Langsung", "1.285.490.978,50", "76,27 %", "1.151.548.565,00",
         "89,58 %"],
        ["2", "Belanja Langsung", "400.000.000,00", "23,73 %", "378.590.950,00", "94,65 %"],
        ["JUMLAH", "1.685.490.978,50", "100,00 %", "1.530.139.515,00", "90,78 %"],
    ]  # fmt: skip


def test_shares_that_do_not_print_to_100_are_explained(report: Document) -> None:
    shares = [row[3] for row in table(report, "keuangan.sasaran.tabel")[:-1]]
    assert shares == ["5,55 %", "39,36 %", "55,10 %"]
    assert "dapat berbeda 0,01 dari 100" in "\n".join(
        plain(part.text) for part in parts(report) if part.id == "keuangan.sasaran.tabel"
    )


def test_the_ikhtisar_tells_the_year_on_its_own(report: Document) -> None:
    assert "81,72 % dengan kategori BAIK dan dinyatakan berhasil" in said(
        report, "ikhtisar.sasaran@s1"
    )
    assert said(report, "ikhtisar.kelompok_akhir@langsung") == (
        "Belanja Langsung sebesar Rp400.000.000,00, terealisasi Rp378.590.950,00 atau 94,65 %."
    )
    assert "seluruh 3 (tiga) indikator kinerja, 3 (tiga) berkategori BAIK" in said(
        report, "ikhtisar.simpulan"
    )


def test_it_is_dated_by_the_plan_and_signed_by_the_office_without_a_name(
    report: Document,
) -> None:
    signatures = [block for block in report.blocks if isinstance(block, Signature)]
    first, last = signatures[:2]
    assert plain(first.signers[0].above) == "Jember, 18 Januari 2021\nCAMAT PAKUSARI"
    assert plain(last.signers[0].above) == "Pakusari, 18 Januari 2021\nCAMAT PAKUSARI"
    assert report.date.isoformat() == "2021-01-18"
    for signature in signatures:
        for signer in signature.signers:
            assert re.fullmatch(r"\(\.+\)\nNIP\. \.+", plain(signer.below))


def test_pages_are_counted_roman_before_the_first_chapter_and_arabic_from_it(
    report: Document,
) -> None:
    numbered = [
        (block.numbers.value, block.start) for block in report.blocks if isinstance(block, Section)
    ]
    assert numbered[:3] == [("none", None), ("roman", 1), ("arabic", 1)]
    assert {kind for kind, _ in numbered[3:]} == {"arabic"}


def test_nothing_of_another_office_or_of_a_template_is_left(text: str) -> None:
    assert not re.search(r"panti|contoh", text, re.IGNORECASE)
