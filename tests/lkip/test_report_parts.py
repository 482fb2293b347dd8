"""What a plan may hold beside that of 2020: parts, quarters, shifts of money, more annexes."""

from __future__ import annotations

import pytest
from complete_plan import complete_plan
from reports import model, table

from skm.document.blocks import Document, Formula, Table, plain
from skm.document.parts import parts
from skm.instance import Instance

PARTS = (
    '[[indicator]]\nid = "desa"\nsasaran = "s2"\nname = "Desa tertib"\nunit = "%"\n'
    'direction = "up"\nnumerator = "Jumlah desa tertib"\ndenominator = "Jumlah desa"\n'
    'target = [{ document = "pk", year = 2026, value = 100, measured = true }]\n'
    '[[indicator.realisation]]\nsource = "parts"\nyear = 2026\nnumerator = 6\ndenominator = 7\n'
)
QUARTERS = (
    '[[indicator]]\nid = "surat"\nsasaran = "s2"\nname = "Surat"\nunit = "surat"\n'
    'direction = "up"\njoin = "{join}"\n'
    'target = [{{ document = "pk", year = 2026, value = 100, measured = true }}]\n'
    "quarter = [\n"
    "  {{ quarter = 1, target = 20, realised = 10 }}, {{ quarter = 2, realised = 20 }},\n"
    "  {{ quarter = 3, realised = 30 }}, {{ quarter = 4, realised = 45 }},\n]\n"
)


def built(office: Instance, more: str = "", *changes: tuple[str, str]) -> Document:
    """The report of the complete plan with something more in it."""
    text = complete_plan() + more
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    office.plan(2026).write_text(text, encoding="utf-8")
    return model(office, 2026)


def said(report: Document) -> dict[str, str]:
    return {part.id: plain(part.text) for part in parts(report)}


def test_a_realisation_of_parts_is_printed_as_symbol_numbers_and_result(office: Instance) -> None:
    report = built(office, PARTS)
    formulas = [block for block in report.blocks if isinstance(block, Formula)]
    formula = next(found for found in formulas if found.id.startswith("pengukuran.bagian"))
    assert formula.spoken == "Realisasi = Jumlah desa tertib / Jumlah desa × 100"
    assert said(report)["pengukuran.bagian@desa"] == (
        "Dengan angka tahun 2026: 6 / 7 × 100 = 85,71 %."
    )


@pytest.mark.parametrize(
    ("join", "sentence", "achieved"),
    [
        ("sum", "jumlah keempat triwulan: 105 surat.", "105,00 %"),
        ("last", "realisasi triwulan terakhir: 45 surat.", "45,00 %"),
        ("mean", "rata-rata keempat triwulan: 26,25 surat.", "26,25 %"),
    ],
)
def test_quarters_stand_in_a_table_and_make_the_figure_of_the_year(
    office: Instance, join: str, sentence: str, achieved: str
) -> None:
    report = built(office, QUARTERS.format(join=join))
    rows = table(report, "pengukuran.triwulan_tabel@surat")
    assert rows[0] == ["I", "20 surat", "10 surat"]
    assert rows[1] == ["II", "belum diisi", "20 surat"]
    assert said(report)[f"pengukuran.gabung_{join}@surat"].endswith(sentence)
    measured = [row for row in table(report, "pengukuran.tabel") if "Surat" in " ".join(row)]
    assert measured[0][-1].startswith(achieved)


def test_quarters_beside_another_source_do_not_claim_the_year(office: Instance) -> None:
    report = built(office)
    assert said(report)["pengukuran.triwulan_lain@aduan"] == (
        "Realisasi tahun 2026 diambil dari sumber lain, yaitu 3 aduan."
    )
    assert table(report, "pengukuran.triwulan_tabel@aduan")[0] == ["I", "0 aduan", "1 aduan"]


def formulas(report: Document) -> dict[str, str]:
    return {
        block.id.partition("@")[2]: block.spoken
        for block in report.blocks
        if isinstance(block, Formula) and block.id.startswith("pengukuran.rumus@")
    }


DOWN = 'direction = "down"\ncap = 120'


def test_a_direction_that_no_indicator_has_is_explained_by_its_usual_formula(
    office: Instance,
) -> None:
    assert formulas(model(office, 2020)) == {
        "up.ratio": "Capaian Kinerja = Realisasi / Target × 100 %",
        "down.difference": "Capaian Kinerja = Target − (Realisasi − Target) / Target × 100 %",
    }


def test_the_stable_rule_is_printed_with_both_of_its_branches(office: Instance) -> None:
    report = built(office, "", (DOWN, f'{DOWN}\nformula = "stable"'))
    found = formulas(report)
    assert found["stable"] == "Capaian Kinerja = Realisasi / Target × 100 %"
    assert found["stable.lebih"] == found["down.difference"]
    texts = said(report)
    assert texts["pengukuran.stabil"].startswith("Untuk indikator 2, yang makin dekat")
    assert texts["pengukuran.stabil"].endswith("selama realisasi tidak melebihi target:")
    assert texts["pengukuran.stabil_lebih"].startswith("Bila realisasinya melebihi target")


def test_another_formula_of_a_direction_takes_the_place_of_the_usual_one(
    office: Instance,
) -> None:
    report = built(office, "", (DOWN, f'{DOWN}\nformula = "ratio"'))
    assert list(formulas(report)) == ["up.ratio", "down.ratio"]


def test_two_formulas_of_one_direction_name_their_indicators(office: Instance) -> None:
    more = PARTS.replace('"up"', '"down"').replace(
        "numerator =", 'formula = "ratio"\nnumerator =', 1
    )
    texts = said(built(office, more))
    assert texts["pengukuran.turun_nomor@down.difference"].startswith("Untuk indikator 2, yang")
    assert texts["pengukuran.turun_nomor@down.ratio"].startswith("Untuk indikator 4, yang")
    assert "pengukuran.turun@down.ratio" not in texts


def test_a_target_0_has_its_rule_beside_it(office: Instance) -> None:
    assert said(built(office))["pengukuran.target_nol@aduan"].startswith(
        "Indikator 2 bertarget 0: capaiannya 100 % bila realisasinya 0"
    )


def test_a_shift_of_money_has_its_reason_or_says_that_it_is_missing(office: Instance) -> None:
    note = 'note = "kenaikan jumlah berkas"\ninitial = 500\nrevised = 600'
    report = built(office, "", ("initial = 500\nrevised = 600", note))
    texts = said(report)
    assert texts["keuangan.pergeseran.turun_tanpa@1"] == (
        "Honorarium berkurang Rp100,00, dari Rp300,00 menjadi Rp200,00; "
        "alasannya belum diisi dalam rencana."
    )
    assert texts["keuangan.pergeseran.naik@2"].endswith("karena kenaikan jumlah berkas.")


def test_a_budget_that_was_not_changed_has_no_shifts(office: Instance) -> None:
    assert not [key for key in said(model(office, 2020)) if key.startswith("keuangan.pergeseran")]


def test_missing_factors_are_said_and_not_invented(office: Instance) -> None:
    assert said(built(office))["simpulan.tanpa_faktor@skm"].endswith("belum diisi dalam rencana.")


def test_all_activities_stand_once_more_with_their_money(office: Instance) -> None:
    rows = table(model(office, 2020), "kegiatan.dana_tabel")
    assert sum(row[0] in ("I", "II", "III", "IV", "V") for row in rows) == 5
    assert len(rows) == 5 + 8
    meetings = next(row for row in rows if row[1] == "Koordinasi Penyelenggaraan Pemerintahan")
    assert meetings[2:5] == ["4.750.000,00", "4.750.000,00", "100,00 %"]
    assert meetings[5].startswith("Terlaksananya rapat koordinasi")


def annex(kind: str) -> str:
    return f'[[annex]]\nkind = "{kind}"\ntitle = "Lampiran {kind}"\n'


def test_the_processing_sheet_goes_from_the_elements_to_the_index(office: Instance) -> None:
    report = model(office, 2020)
    *elements, total, index = table(report, "lampiran.pengolahan.tabel@skm")
    assert len(elements) == 14
    assert elements[8][2:8] == ["20", "70", "10", "0", "100", "190"]
    assert elements[8][8:] == ["1,900", "0,136", "47,50", "C", "D"]
    assert total[1] == "2,77857"
    assert index[1:] == ["69,46", "B", "C"]
    assert said(report)["lampiran.pengolahan.indeks_hitung@skm"] == (
        "Indeks = jumlah NRR tertimbang × 25 = 2,77857 × 25 = 69,46"
    )


def test_a_processing_sheet_without_counts_says_so(office: Instance) -> None:
    report = model(office, 2020)
    texts = said(report)
    assert "banyaknya responden tidak tercetak" in texts["lampiran.pengolahan.persentase@skm"]
    assert "skornya yang tercetak" in texts["lampiran.pengolahan.nrr_tercetak@skm"]
    first, *_ = table(report, "lampiran.pengolahan.tabel@skm")
    assert first[2:9] == ["–"] * 6 + ["2,800"]


def test_the_follow_up_is_the_plans_or_the_weakest_elements_with_blanks(office: Instance) -> None:
    steps = (
        '[[follow_up]]\nelement = "Kenyamanan"\naction = "Menambah kursi tunggu"\n'
        'month = "2027-03"\nowner = "Seksi Pelayanan Umum"\n'
    )
    planned = table(built(office, annex("rtl") + steps), "lampiran.rtl.tabel")
    assert planned == [
        ["1", "Kenyamanan", "Menambah kursi tunggu", "Maret 2027", "Seksi Pelayanan Umum"]
    ]
    blank = table(model(office, 2020), "lampiran.rtl.tabel")
    assert [row[1] for row in blank] == [
        "Penanganan pengaduan dan saran", "Kenyamanan", "Kecepatan dan ketepatan waktu",
    ]  # fmt: skip
    assert all(set("".join(row[2:])) == {"."} for row in blank)


def test_recommendations_of_the_last_evaluation_stand_beside_what_was_done(
    office: Instance,
) -> None:
    more = '[[recommendation]]\ntext = "Susun rencana aksi"\n'
    rows = table(built(office, annex("evaluasi") + more), "lampiran.evaluasi.tabel")
    assert rows == [["1", "Susun rencana aksi", "............"]]
    (row,) = table(model(office, 2020), "lampiran.evaluasi.tabel")
    assert row[2].startswith("Renstra diubah")
    assert len(table(built(office, annex("evaluasi")), "lampiran.evaluasi.tabel")) == 3


def test_the_statement_of_review_leaves_its_finding_to_the_reviewer(office: Instance) -> None:
    more = annex("reviu") + 'signatory = ["Inspektur Kabupaten Contoh"]\n'
    texts = said(built(office, more))
    assert texts["lampiran.reviu.judul"] == "PERNYATAAN TELAH DIREVIU"
    assert "Peraturan Menteri" in texts["lampiran.reviu.lingkup"]
    assert texts["lampiran.reviu.hasil"].endswith("....")


def test_a_programme_without_a_note_has_no_column_for_it(office: Instance) -> None:
    (money,) = [block for block in built(office).blocks
                if isinstance(block, Table) and block.id == "bab_2.pk.anggaran"]  # fmt: skip
    assert len(money.columns) == 3
