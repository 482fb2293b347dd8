"""A plan that lacks something is told so; what is missing is never shown as a figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from complete_plan import complete_plan
from reports import captions, model, table

from lkip.build import build
from lkip.plan import load_plan
from lkip.report.annexes import KINDS
from lkip.texts import FOLDER
from skm.document.blocks import Document, Figure, Paragraph, plain
from skm.document.parts import parts
from skm.errors import SkmError
from skm.instance import Instance
from skm.toml_file import parsed_toml


def written(office: Instance, text: str) -> Instance:
    """The office with a plan of 2026."""
    office.plan(2026).write_text(text, encoding="utf-8")
    return office


def without(text: str, *lines: str) -> str:
    """A plan less some of its text."""
    for line in lines:
        assert line in text, line
        text = text.replace(line, "", 1)
    return text


def said(report: Document) -> dict[str, str]:
    """All paragraphs by their id; of several under one id the last."""
    return {part.id: plain(part.text) for part in parts(report)}


SIGNING = '[signing]\nplace = "Contoh"\ndate = 2027-01-18\noffice = "Camat Contoh"\n'


@pytest.mark.parametrize(
    ("left_out", "line"),
    [
        (SIGNING + 'superior = "Bupati Contoh"\n', "signing: Tempat, tanggal, dan jabatan"),
        ('superior = "Bupati Contoh"\n', "signing.superior: Atasan penanda tangan belum ada"),
        ("revised = 1000\nrealised = 900\n", "anggaran Belanja Tidak Terduga: Realisasi belum"),
        (
            'source = "stated"\nyear = 2026\nvalue = 3\ndocument = "pk"\n'
            "[[indicator.realisation]]\n",
            "indikator aduan: Realisasi tahun 2026 belum diisi",
        ),
        (
            '[letterhead]\nlines = ["PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH"]\n'
            'address = "Jalan Contoh 1"\n',
            "letterhead: Kop surat untuk lampiran pk belum ada",
        ),
    ],
)
def test_what_the_report_needs_is_asked_for_in_one_line_and_nothing_is_written(
    office: Instance, left_out: str, line: str
) -> None:
    text = complete_plan().replace('kind = "pk"\n', 'kind = "pk"\nletterhead = true\n')
    keep = "revised = 1000\n" if left_out.startswith("revised = 1000") else ""
    assert left_out in text
    written(office, text.replace(left_out, keep, 1))
    with pytest.raises(SkmError) as refused:
        build(office, 2026)
    (told,) = str(refused.value).splitlines()
    assert told.startswith(f"{office.plan(2026)}, {line}")
    assert not office.reports(2026).exists()


def test_everything_that_is_missing_is_told_at_once(office: Instance) -> None:
    text = without(complete_plan(), 'superior = "Bupati Contoh"\n', "realised = 900\n")
    with pytest.raises(SkmError) as refused:
        build(written(office, text), 2026)
    assert len(str(refused.value).splitlines()) == 2


def test_an_annex_of_an_unknown_kind_is_refused_with_those_there_are(office: Instance) -> None:
    text = complete_plan().replace('kind = "pk"', 'kind = "peta"')
    with pytest.raises(SkmError, match="Lampiran peta tidak ada bentuknya") as refused:
        build(written(office, text), 2026)
    assert all(kind in str(refused.value) for kind in KINDS)


def test_a_figure_that_cannot_be_computed_says_why(office: Instance) -> None:
    report = model(written(office, complete_plan()), 2026)
    rows = table(report, "pengukuran.tabel")
    assert rows[1][-1] == "tidak dapat dihitung"
    assert "target 0 tidak tercapai (realisasi 3)" in said(report)["simpulan.tanpa_angka@s2"]
    assert not re.search(r"(?<![\d.,])0(,00)? %", "\n".join(said(report).values()))


def test_a_grade_target_alone_gives_no_percentage_and_the_report_says_so(
    office: Instance,
) -> None:
    report = model(written(office, complete_plan()), 2026)
    assert "tidak ikut dalam rata-rata" in said(report)["pengukuran.tanpa_persentase@akip"]


def test_an_output_without_its_count_is_not_filled_in(office: Instance) -> None:
    report = model(office, 2020)
    villages = next(row for row in table(report, "kegiatan.tabel@s2.1.1") if "desa" in row[0])
    assert villages[1:] == ["7 desa", "belum diisi"]


def test_a_changed_budget_shows_both_amounts(office: Instance) -> None:
    report = model(written(office, complete_plan()), 2026)
    urusan, programme, *_, last = table(report, "keuangan.program.tabel")
    assert urusan[:2] == ["7", "Kewilayahan"]
    assert programme[2:] == ["400,00", "300,00", "290,00", "96,67 %"]
    assert last == ["JUMLAH", "900,00", "900,00", "590,00", "65,56 %"]


def test_the_national_figure_is_compared_where_there_is_one(office: Instance) -> None:
    report = model(written(office, complete_plan()), 2026)
    assert table(report, "nasional.tabel@s2")[0][-2:] == ["12 aduan", "−9,00"]


def test_tables_are_numbered_on_through_three_sasaran(office: Instance) -> None:
    text = complete_plan() + (
        '[[sasaran]]\nid = "s3"\ntujuan = "t1"\nname = "Terwujudnya kecamatan tertib"\n'
        '[[indicator]]\nid = "tertib"\nsasaran = "s3"\nname = "Desa tertib"\nunit = "%"\n'
        'direction = "up"\n'
        'target = [{ document = "pk", year = 2026, value = 100, measured = true }]\n'
        '[[indicator.realisation]]\nsource = "parts"\nyear = 2026\nnumerator = 7\n'
        "denominator = 7\n"
    )
    numbered = captions(model(written(office, text), 2026))
    compared = [number for number, caption in numbered.items() if "Perbandingan" in caption]
    assert numbered[compared[6]] == "Perbandingan Realisasi Kinerja Sasaran 3"
    assert numbered[compared[8]].endswith("Nasional, Sasaran 3")
    of_chapter = [number for number in numbered if number.startswith("Tabel 3.")]
    assert of_chapter == [f"Tabel 3.{place}" for place in range(1, len(of_chapter) + 1)]


def test_a_plan_without_survey_or_organisation_has_the_charts_of_its_money(
    office: Instance,
) -> None:
    stated = complete_plan().replace(
        'source = "table"\nyear = 2026\nfile = "skm/2020.csv"\nrows = "printed"\n'
        'reason = "Sebaran dua unsur tidak tercetak"',
        'source = "stated"\nyear = 2026\nvalue = 80\ndocument = "pk"',
    )
    report = model(written(office, stated), 2026)
    drawn = [block.id for block in report.blocks if isinstance(block, Figure)]
    assert drawn == ["keuangan.program.gambar", "keuangan.sasaran.gambar"]


def test_an_office_words_a_paragraph_in_its_plan(office: Instance) -> None:
    own = '[narrative]\n"penutup.ringkas" = "Tahun {tahun} **selesai** di {kantor}."\n'
    report = model(written(office, complete_plan() + own), 2026)
    (paragraph,) = [
        block
        for block in report.blocks
        if isinstance(block, Paragraph) and block.id == "penutup.ringkas"
    ]
    assert plain(paragraph.text) == "Tahun 2026 selesai di Kecamatan Pakusari."


@pytest.mark.parametrize(
    ("own", "complaint"),
    [
        ('"penutup.ringkasan" = "a"', "narrative.penutup.ringkasan: Kunci naskah tidak dikenal"),
        ('"penutup.akhir" = "Tahun {tahun"', "Kurung kurawal pada naskah"),
        ('"penutup.akhir" = "{camat}"', "Isian naskah tidak dikenal"),
    ],
)
def test_wording_that_cannot_be_used_is_refused(
    office: Instance, own: str, complaint: str
) -> None:
    with pytest.raises(SkmError, match=complaint):
        model(written(office, f"{complete_plan()}[narrative]\n{own}\n"), 2026)


def test_texts_of_officers_are_printed_as_they_are(office: Instance) -> None:
    hostile = '#panic(1) <b>5 * 3 = {x}</b> _y_ & "z"'
    text = complete_plan().replace('name = "Menurunnya aduan"', f"name = '{hostile}'")
    office.plan(2026).write_text(text, encoding="utf-8")
    build(office, 2026, formats=["pdf", "html"])
    page = (office.reports(2026) / "laporan-kinerja-2026.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;5 * 3 = {x}&lt;/b&gt; _y_ &amp; &quot;z&quot;" in page


def test_no_key_is_worded_in_two_files() -> None:
    seen: dict[str, Path] = {}
    for file in FOLDER.glob("*.toml"):
        for area in parsed_toml(file):
            assert area not in seen, f"{area}: {file.name} and {seen[area].name}"
            seen[area] = file


def test_the_sample_plan_is_one_that_a_report_can_be_built_of(office: Instance) -> None:
    assert load_plan(office.plan(2020)).signing is not None
    assert {file.suffix for file in build(office, 2020).files} == {
        ".docx",
        ".pdf",
        ".html",
        ".json",
    }
