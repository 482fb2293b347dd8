"""Tables of other shapes: every fault in them is told, and what is right stays silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_tables import Sample, write

from lkip.checking import check_report

FORMS = ("docx", "xlsx", "pdf", "md")

RIGHT = [
    Sample(
        "another order of columns, codes, no head for the numbers",
        [
            ["Kode Rekening", "Uraian", "% Capaian", "Realisasi (Rp)", "Pagu Anggaran (Rp)"],
            [
                "7.01",
                "Program Penunjang Urusan Pemerintahan",
                "95,00",
                "1.900.000.000",
                "2.000.000.000",
            ],
            [
                "7.01.2.01",
                "Perencanaan dan Evaluasi Kinerja",
                "90,00",
                "900.000.000",
                "1.000.000.000",
            ],
            ["7.01.2.02", "Administrasi Keuangan", "100", "1.000.000.000", "1.000.000.000"],
            [
                "7.02",
                "Program Penyelenggaraan Pelayanan Publik",
                "50",
                "250.000.000",
                "500.000.000",
            ],
            ["7.02.2.01", "Koordinasi Pelayanan", "50", "250.000.000", "500.000.000"],
            ["", "JUMLAH", "86,00", "2.150.000.000", "2.500.000.000"],
        ],
    ),
    Sample(
        "a head of two lines with merged cells, Rp before the amounts",
        [
            ["No", "Program/Kegiatan", "Anggaran", "<", "Realisasi", "<"],
            ["^", "^", "Semula", "Menjadi", "Rp", "%"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            [
                "I",
                "Program Satu",
                "Rp 100.000.000,00",
                "Rp 120.000.000,00",
                "Rp 90.000.000,00",
                "75,00",
            ],
            ["1", "Rapat", "Rp 60.000.000,00", "Rp 70.000.000,00", "Rp 45.000.000,00", "64,29"],
            [
                "2",
                "Perjalanan",
                "Rp 40.000.000,00",
                "Rp 50.000.000,00",
                "Rp 45.000.000,00",
                "90,00",
            ],
            ["", "Total", "Rp 100.000.000,00", "Rp 120.000.000,00", "Rp 90.000.000,00", "75,00"],
        ],
    ),
    Sample(
        "rows that were left out, a total of the programmes alone",
        [
            ["No.", "Program", "Pagu", "Realisasi", "Serapan"],
            ["1", "Program Pelayanan", "300.000.000", "270.000.000", "90 %"],
            ["2", "Program Koordinasi", "100.000.000", "-", "-"],
            ["3", "Program Pembinaan", "600.000.000", "300.000.000", "50 %"],
            ["", "Jumlah", "1.000.000.000", "570.000.000", "57 %"],
        ],
    ),
    Sample(
        "three decimals, above 100, target 100 with ratio = realisation, decimals mixed",
        [
            [
                "No",
                "Sasaran Strategis",
                "Indikator Kinerja",
                "Satuan",
                "Target",
                "Realisasi",
                "Capaian (%)",
            ],
            ["1", "2", "3", "4", "5", "6", "7"],
            [
                "1",
                "Meningkatnya pelayanan",
                "Nilai kepatuhan standar pelayanan",
                "Nilai",
                "83,4",
                "87",
                "104,317",
            ],
            [
                "2",
                "Meningkatnya koordinasi",
                "Persentase usulan musrenbang diakomodasi",
                "%",
                "100",
                "97,5",
                "97,5",
            ],
            [
                "3",
                "Meningkatnya ketertiban",
                "Cakupan patroli siaga ketertiban wilayah",
                "kali",
                "10",
                "12",
                "120",
            ],
        ],
    ),
    Sample(
        "figures followed by a remark, and a ratio with a colon",
        [
            ["No", "Sasaran", "Indikator", "Target", "Realisasi"],
            ["1", "Ketertiban", "Rasio petugas linmas per penduduk", "1:32", "1:30"],
            [
                "2",
                "Stunting",
                "Angka prevalensi balita stunting kecamatan",
                "0,9 Angka",
                "0,8 Angka",
            ],
            [
                "3",
                "Evaluasi",
                "Persentase desa dievaluasi perkembangannya",
                "38% (Evaluasi Semester I)",
                "40%",
            ],
            ["4", "Desa", "Jumlah desa mandiri berstatus tetap", "2 Desa/Kel", "2 Desa/Kel"],
        ],
    ),
    Sample(
        "less is better by either formula",
        [
            ["No", "Sasaran", "Indikator", "Target", "Realisasi", "Capaian"],
            ["1", "Ketertiban", "Jumlah gangguan ketertiban umum wilayah", "10", "12", "80 %"],
            [
                "2",
                "Kemiskinan",
                "Angka kemiskinan ekstrem penduduk kecamatan",
                "10",
                "12",
                "83,33 %",
            ],
        ],
    ),
    Sample(
        "several years in columns under one head",
        [
            [
                "No",
                "Sasaran Strategis",
                "Indikator Kinerja",
                "Target 2024",
                "Realisasi",
                "<",
                "<",
                "Capaian",
            ],
            ["^", "^", "^", "^", "2022", "2023", "2024", "^"],
            [
                "1",
                "Pelayanan",
                "Indeks Kepuasan Masyarakat (IKM)",
                "82",
                "79,10",
                "80,25",
                "84,05",
                "102,50 %",
            ],
            [
                "2",
                "Koordinasi",
                "Persentase rekomendasi rapat koordinasi ditindaklanjuti",
                "90 %",
                "85 %",
                "88 %",
                "81 %",
                "90,00 %",
            ],
        ],
    ),
    Sample(
        "a survey in counts, with NRR and the predicates of 2017",
        [
            [
                "No",
                "Unsur Pelayanan",
                "Tidak Baik",
                "Kurang Baik",
                "Baik",
                "Sangat Baik",
                "Jumlah",
                "NRR",
                "Nilai Unsur",
                "Mutu",
            ],
            ["1", "Persyaratan", "0", "5", "80", "65", "150", "3,40", "85,00", "B"],
            ["2", "Prosedur", "0", "0", "60", "90", "150", "3,60", "90,00", "A"],
            ["3", "Waktu", "10", "20", "90", "30", "150", "2,93", "73,33", "C"],
            ["", "Indeks (rata-rata)", "", "", "", "", "", "", "82,78", "B"],
        ],
    ),
    Sample(
        "a scale without gap, and a table that follows it",
        [
            ["No", "Capaian", "Kategori"],
            ["1", "≥ 91 %", "Sangat Tinggi"],
            ["2", "76 % sampai kurang dari 91 %", "Tinggi"],
            ["3", "Kurang dari 76 %", "Rendah"],
        ],
        more=(
            [
                ["No", "Sasaran", "Indikator", "Target", "Realisasi", "Capaian"],
                [
                    "1",
                    "Pelayanan",
                    "Persentase layanan tepat waktu sesuai standar",
                    "80",
                    "72",
                    "90,00 % (Tinggi)",
                ],
            ],
        ),
    ),
    Sample(
        "a tree of national codes, the accounts 5.1 below each sub kegiatan",
        [
            ["Kode", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "%"],
            ["7.01", "Kecamatan", "500.000.000", "450.000.000", "90,00"],
            ["7.01.01", "Program Penunjang Urusan", "300.000.000", "280.000.000", "93,33"],
            ["7.01.01.2.02", "Administrasi Keuangan", "300.000.000", "280.000.000", "93,33"],
            ["7.01.01.2.02.0001", "Penyediaan Gaji", "300.000.000", "280.000.000", "93,33"],
            ["5.1.01", "Belanja Pegawai", "260.000.000", "245.000.000", "94,23"],
            ["5.1.02", "Belanja Barang dan Jasa", "40.000.000", "35.000.000", "87,50"],
            ["7.01.02", "Program Pelayanan Publik", "200.000.000", "170.000.000", "85,00"],
            ["7.01.02.2.03", "Koordinasi Pelayanan", "200.000.000", "170.000.000", "85,00"],
            ["5.1.02", "Belanja Barang dan Jasa", "200.000.000", "170.000.000", "85,00"],
            ["", "JUMLAH", "500.000.000", "450.000.000", "90,00"],
        ],
    ),
]

WRONG = [
    Sample(
        "a tree of national codes with an account that does not add up",
        [
            ["Kode", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "%"],
            ["7.01", "Kecamatan", "500.000.000", "450.000.000", "90,00"],
            ["7.01.01", "Program Penunjang Urusan", "300.000.000", "280.000.000", "93,33"],
            ["7.01.01.2.02", "Administrasi Keuangan", "300.000.000", "280.000.000", "93,33"],
            ["7.01.01.2.02.0001", "Penyediaan Gaji", "300.000.000", "280.000.000", "93,33"],
            ["5.1.01", "Belanja Pegawai", "260.000.000", "245.000.000", "94,23"],
            ["5.1.02", "Belanja Barang dan Jasa", "50.000.000", "35.000.000", "87,50"],
            ["7.01.02", "Program Pelayanan Publik", "200.000.000", "170.000.000", "85,00"],
            ["7.01.02.2.03", "Koordinasi Pelayanan", "200.000.000", "170.000.000", "85,00"],
            ["5.1.02", "Belanja Barang dan Jasa", "200.000.000", "170.000.000", "85,00"],
            ["", "JUMLAH", "500.000.000", "450.000.000", "90,00"],
        ],
        (("anggaran-jumlah", "310.000.000"), ("serapan-salah", "70,00 %")),
    ),
    Sample(
        "the percentage of the total is the mean of the percentages",
        [
            ["Uraian Program", "Anggaran", "Realisasi", "%"],
            ["Program A", "900.000.000", "450.000.000", "50,00"],
            ["Program B", "100.000.000", "100.000.000", "100,00"],
            ["Jumlah", "1.000.000.000", "550.000.000", "75,00"],
        ],
        (("serapan-salah", "75,00"),),
    ),
    Sample(
        "a figure with a lost digit, and two digits swapped in a percentage",
        [
            ["No", "Program / Kegiatan", "Anggaran (Rp.)", "Realisasi (Rp.)", "Capaian %"],
            ["I", "Program Perkantoran", "149.990.000,00", "146.842.45,00", "97,90"],
            ["1", "Listrik", "100.000.000,00", "96.852.450,00", "69,85"],
            ["2", "Air", "49.990.000,00", "49.990.000,00", "100"],
            ["II", "Program Lain", "10.000.000,00", "9.000.000,00", "90"],
            ["1", "Rapat", "10.000.000,00", "9.000.000,00", "90"],
            ["", "TOTAL", "159.990.000,00", "155.842.450,00", "97,41"],
        ],
        (("angka-rusak", "146.842.45,00"), ("serapan-salah", "69,85")),
    ),
    Sample(
        "a sum that takes a wrong line, percentages cut",
        [
            ["Kode", "Program/Kegiatan/Sub Kegiatan", "Pagu", "Realisasi", "Serapan (%)"],
            ["5.01.01", "Program Penunjang", "70.000.000", "60.000.000", "85,71"],
            ["5.01.01.01", "Gaji", "30.000.000", "29.000.000", "96,66"],
            ["5.01.01.02", "Jasa", "30.000.000", "31.000.000", "103,33"],
            ["", "Jumlah", "70.000.000", "60.000.000", "85,71"],
        ],
        (
            ("anggaran-jumlah", "70.000.000"),
            ("serapan-dipotong", "96,66"),
            ("anggaran-terlampaui", "31.000.000"),
        ),
    ),
    Sample(
        "the ratio repeats the realisation, a cap that nobody declared, 0 in place of a figure",
        [
            ["Sasaran", "Indikator", "Target", "Realisasi", "Capaian"],
            ["Pelayanan", "Persentase dokumen kependudukan diterbitkan tepat", "90", "80", "80"],
            ["Koordinasi", "Persentase forum koordinasi pimpinan terlaksana", "62", "68", "100"],
            ["Pembinaan", "Persentase desa tertib administrasi keuangan", "50", "40", "0,00"],
        ],
        (("capaian-salah", "80"), ("capaian-salah", "100"), ("capaian-salah", "0,00")),
    ),
    Sample(
        "the change is N - 100, two realisations for one year",
        [
            ["No", "Sasaran", "Indikator", "Realisasi 2023", "Realisasi 2024", "Naik/Turun"],
            ["1", "Pelayanan", "Indeks Kepuasan Masyarakat", "80,25", "84,05", "-15,95"],
        ],
        (("perubahan-salah", "-15,95"), ("realisasi-berbeda", "84,50")),
        more=(
            [
                ["No", "Sasaran", "Indikator", "Target", "Realisasi", "Capaian"],
                [
                    "1",
                    "Pelayanan",
                    "Nilai survei kepuasan masyarakat (SKM)",
                    "82",
                    "84,50",
                    "103,05 %",
                ],
            ],
        ),
    ),
    Sample(
        "a distribution of 108, a score of another row, a predicate of no scale",
        [
            [
                "No.",
                "Unsur",
                "Tidak Baik",
                "Kurang Baik",
                "Baik",
                "Sangat Baik",
                "Total",
                "Skor",
                "Predikat",
            ],
            ["1", "Persyaratan", "0%", "10%", "68%", "30%", "100%", "80", "Baik"],
            ["2", "Sistem dan Prosedur", "0%", "0%", "80%", "20%", "100%", "77,5", "Baik"],
            ["3", "Waktu Penyelesaian", "10%", "60%", "30%", "0%", "100%", "55", "Sangat Baik"],
        ],
        (("sebaran-jumlah", "68%"), ("nilai-unsur", "77,5"), ("mutu-unsur", "Sangat Baik")),
    ),
    Sample(
        "99 of 100 called tercapai, words that are another amount, too few respondents",
        [
            ["No", "Sasaran", "Indikator", "Target", "Realisasi", "Capaian", "Keterangan"],
            [
                "1",
                "Pelayanan",
                "Persentase layanan sesuai standar waktu",
                "100",
                "99",
                "99 %",
                "Tercapai",
            ],
            [
                "2",
                "Desa",
                "Persentase desa berstatus berkembang mandiri",
                "80",
                "88",
                "110 %",
                "Tercapai",
            ],
        ],
        (
            ("status-capaian", "Tercapai"),
            ("uang-terbilang", "400.000.000"),
            ("responden-kurang", "100 responden"),
        ),
        lines=(
            "LAPORAN KINERJA KECAMATAN CONTOHAN TAHUN 2024",
            "Anggaran berjumlah Rp40.000.000,00 (empat ratus juta rupiah).",
            "Pagu Rp121.500,00 (seratus dua puluh satu ribu lima ratus rupiah) tersedia.",
            "Survei menanyai 100 responden dari 6.281 orang yang dilayani.",
        ),
    ),
    Sample(
        "a space inside an amount",
        [
            ["No", "Program", "Anggaran (Rp)", "Realisasi (Rp)", "Serapan"],
            ["1", "Program Pelayanan", "1.300.000.000,00", "1.170.000 .000,00", "90 %"],
        ],
        (("angka-berspasi", "1.170.000 .000,00"),),
    ),
    Sample(
        "a failed formula, full rupiah under (Rp. 000)",
        [
            ["No", "Program", "Anggaran (Rp. 000)", "Realisasi (Rp. 000)", "Serapan"],
            ["1", "Program Pelayanan", "1.300.000.000", "1.170.000.000", "90 %"],
            ["2", "Program Baru", "200.000.000", "200.000.000", "#DIV/0!"],
            ["", "Jumlah", "1.500.000.000", "1.370.000.000", "91,33 %"],
        ],
        (("rumus-gagal", "#DIV/0!"), ("satuan-ribuan", "000)")),
    ),
    Sample(
        "a scale that overlaps and one that gaps",
        [
            ["No", "Capaian Kinerja", "Kategori"],
            ["1", "90 s/d 100", "Sangat Baik"],
            ["2", "75 s/d 90", "Baik"],
            ["3", "50 s/d 70", "Cukup"],
        ],
        (("skala-tumpang-tindih", "90"), ("skala-bercelah", "70")),
    ),
    Sample(
        "a target that is not the promised one, an achievement that was cut",
        [
            ["No", "Sasaran", "Indikator Kinerja", "Target"],
            ["1", "Pelayanan", "Persentase pelayanan administrasi kecamatan tepat", "95 %"],
        ],
        (("target-berbeda", "90 %"), ("capaian-dipotong", "105,55")),
        lines=("LAPORAN KINERJA KECAMATAN CONTOHAN TAHUN 2024", "PERJANJIAN KINERJA TAHUN 2024"),
        more=(
            [
                ["No", "Sasaran", "Indikator", "Target", "Realisasi", "Capaian"],
                [
                    "1",
                    "Pelayanan",
                    "Persentase pelayanan administrasi kecamatan tepat waktu",
                    "90 %",
                    "95 %",
                    "105,55 %",
                ],
            ],
        ),
    ),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", RIGHT, ids=lambda sample: sample.name)
def test_what_is_right_stays_silent(sample: Sample, form: str, tmp_path: Path) -> None:
    found = check_report([write(sample, form, tmp_path)]).findings
    assert [(one.code, one.message, one.found) for one in found] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", WRONG, ids=lambda sample: sample.name)
def test_every_fault_is_told(sample: Sample, form: str, tmp_path: Path) -> None:
    found = check_report([write(sample, form, tmp_path)]).findings
    left = [(one.code, one.found or "", one.expected or "") for one in found]
    for code, piece in sample.told:
        match = [one for one in left if one[0] == code and piece in f"{one[1]} {one[2]}"]
        assert match, f"{code} {piece} not told; told: {left}"
    assert {one[0] for one in left} <= {code for code, _ in sample.told}
