"""A second, invented office: its report reads as its own and says what its plan does not have."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from document_readers import first_difference, read_model
from reports import Files, built, model, numbers, table

from lkip.checking import check_report
from skm import instance
from skm.document.blocks import Document, Figure, plain
from skm.document.parts import parts
from skm.instance import Instance, open_instance

FOLDER = Path(__file__).with_name("other_office")
YEAR = 2025


@pytest.fixture(scope="module")
def rawa_bening(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    root = instance.init(tmp_path_factory.mktemp("kantor") / "rawa-bening", new=True).root
    shutil.copy(FOLDER / "office.toml", root / "office.toml")
    for folder, source, name in (("lkip", "2025.toml", "2025.toml"),
                                 ("skm", "survei.csv", "survei-2025.csv")):  # fmt: skip
        (root / folder).mkdir(exist_ok=True)
        shutil.copy(FOLDER / source, root / folder / name)
    return open_instance(root)


@pytest.fixture(scope="module")
def report(rawa_bening: Instance) -> Document:
    return model(rawa_bening, YEAR)


@pytest.fixture(scope="module")
def files(rawa_bening: Instance, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return built(rawa_bening, YEAR, tmp_path_factory.mktemp("laporan"))


@pytest.fixture(scope="module")
def said(report: Document) -> dict[str, str]:
    return {part.id: plain(part.text) for part in parts(report)}


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_every_format_says_what_the_report_says(report: Document, files: Files, kind: str) -> None:
    assert first_difference(read_model(report).words, files.reading(kind).words) is None


def test_every_number_of_the_printed_report_is_in_its_register(files: Files) -> None:
    entered = {found for entry in files.register for found in numbers(entry["text"])}
    printed = {found for word in files.reading("html").words for found in numbers(word)}
    assert printed - entered == set()


def test_nothing_of_the_sample_office_or_its_year_is_left(report: Document) -> None:
    text = "\n".join(read_model(report).texts)
    assert not re.search(r"pakusari|jember|2020|tidak langsung|14 \(empat belas\)", text, re.I)
    assert "9 (sembilan) unsur" in text


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("ikhtisar.sasaran@pelayanan",
         "Sasaran 1, Meningkatnya kepuasan masyarakat, mencapai 94,36 % dengan kategori Sangat "
         "Tinggi dan dinyatakan berhasil."),
        ("ikhtisar.indikator@waktu",
         "Rata-rata waktu penyelesaian layanan: target 30 menit, realisasi 33 menit, capaian "
         "90,00 %, kategori Tinggi."),
        ("ikhtisar.indikator@sengketa",
         "Persentase sengketa warga yang diselesaikan: target 60 %, realisasi 75 %, capaian "
         "120,00 % (sebelum dibatasi 125,00 %), kategori Sangat Tinggi."),
        ("ikhtisar.sasaran_mutu@birokrasi",
         "Sasaran 3, Meningkatnya akuntabilitas kinerja kecamatan, diukur menurut mutu dan "
         "dinyatakan berhasil."),
        ("ikhtisar.indikator_mutu@pegawai",
         "Indeks kepuasan pegawai: target Baik, realisasi 79,40; targetnya berupa mutu, sehingga "
         "capaiannya tidak dinyatakan dalam persen."),
        ("penutup.hasil",
         "Dari 5 (lima) indikator kinerja, 3 (tiga) berkategori Sangat Tinggi, 1 (satu) "
         "berkategori Tinggi, dan 1 (satu) diukur menurut mutu."),
        ("tahun.turun_membaik@waktu",
         "Realisasi indikator 2 turun 3,00 menit, dari 36 menit pada tahun 2024 menjadi 33 menit "
         "pada tahun 2025; karena makin rendah makin baik, kinerjanya membaik."),
        ("renstra.uraian@waktu",
         "Terhadap target akhir Renstra sebesar 20 menit pada tahun 2029, realisasi indikator 2 "
         "sebesar 33 menit berarti tingkat kemajuan 35,00 %."),
        ("pengukuran.bagian@sengketa", "Dengan angka tahun 2025: 9 / 12 × 100 = 75 %."),
        ("simpulan.putusan_mutu_terpenuhi@birokrasi",
         "Karena target mutunya terpenuhi, sasaran ini dinyatakan berhasil."),
        ("survei.responden@ikm", "Sumber itu memuat jawaban 400 responden."),
        ("keuangan.efisiensi.aturan_margin",
         "Penggunaan anggaran dinyatakan efisien bila capaian kinerja sasaran melebihi serapan "
         "anggarannya dengan lebih dari 5 poin persen, cukup efisien bila selisihnya tidak lebih "
         "dari itu, dan tidak efisien bila di bawah serapan dengan lebih dari itu. Hasilnya "
         "disajikan dalam Tabel 3.17."),
    ],
)  # fmt: skip
def test_its_sentences_fit_its_data(said: dict[str, str], key: str, sentence: str) -> None:
    assert said[key] == sentence


@pytest.mark.parametrize(
    "key",
    [
        "ikhtisar.hambatan_belum", "penutup.hambatan_belum", "bab_1.organisasi.belum",
        "bab_1.isu.belum", "bab_2.visi.belum", "bab_2.iku.awal_tanpa_keputusan",
        "simpulan.tanpa_faktor@waktu", "tahun.tanpa@gangguan", "lampiran.rtl.awal_kosong",
        "lampiran.evaluasi.awal_kosong",
    ],
)  # fmt: skip
def test_what_its_plan_lacks_is_said(said: dict[str, str], key: str) -> None:
    assert "belum diisi" in said[key]


def test_table_3_1_has_a_word_for_a_target_that_is_a_predicate(report: Document) -> None:
    rows = table(report, "pengukuran.tabel")
    assert [row[-1] for row in rows] == [
        "98,72 %\nSangat Tinggi",
        "90,00 %\nTinggi",
        "100,00 %\nSangat Tinggi",
        "120,00 % (sebelum dibatasi 125,00 %)\nSangat Tinggi",
        "terpenuhi (skala 2017)",
    ]


def test_national_codes_and_both_budgets_stand_in_the_table_of_programmes(
    report: Document,
) -> None:
    rows = {row[0]: row[1:] for row in table(report, "keuangan.program.tabel")}
    assert rows["7.01.01.2.02.0001"] == [
        "Penyediaan Gaji dan Tunjangan ASN",
        "1.510.000.000,00", "1.480.000.000,00", "1.462.750.400,00", "98,83 %",
    ]  # fmt: skip
    kinds = {row[1]: row[2] for row in table(report, "keuangan.alokasi.tabel")[:-1]}
    assert kinds == {"Belanja Operasi": "1.624.000.000,00", "Belanja Modal": "60.000.000,00"}


def test_a_source_names_the_indicator_that_it_is_of(report: Document) -> None:
    sources = [plain(part.text) for part in parts(report) if part.id == "tahun.tabel@pelayanan"]
    assert sources[-1] == "Sumber data: Laporan Survei Kepuasan Masyarakat (indikator 1)."


def test_charts_describe_its_own_figures(report: Document) -> None:
    told = {block.id: block.picture.alt for block in report.blocks if isinstance(block, Figure)}
    assert (
        "Terendah Penanganan Pengaduan, Saran dan Masukan dengan 77,25"
        in (told["survei.gambar@ikm"])
    )
    assert "3 (tiga) program" in told["keuangan.program.gambar"]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_checks_of_a_report_find_nothing_in_it(files: Files, kind: str) -> None:
    found = check_report([files.folder / f"laporan-kinerja-{YEAR}.{kind}"]).findings
    assert [(each.code, each.found) for each in found] == []
