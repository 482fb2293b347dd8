"""The SKM report: all its parts in both outlines, three formats that say the same."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pdfplumber
import pytest
from announcing import PARTICULARS, SEPTEMBER, closed, said, surveyed
from answering import delivery, response
from closed_offices import closed_period, late, people_of, receive
from commands import skm
from document_readers import first_difference, read_model
from docx_reader import audit_faults
from monthly import AFTER, OCTOBER, month_with, own_form
from offices import changed
from pdf_reader import conformance_faults
from reports import READERS, numbers, table

from skm import instance
from skm.disclosure import SMALLEST_SHOWN
from skm.document.blocks import Document, Heading, Signature, plain
from skm.errors import SkmError
from skm.export.publications import make_poster, make_report, report_document
from skm.export.skm_report.outline import FOLDER
from skm.form import all_forms, find_form
from skm.instance import Instance
from skm.numerals import number, read_number
from skm.period import Period
from skm.store import open_store
from skm.store.corrections import Ruling, delete
from skm.store.intake import Intake
from skm.store.purge import purge

OUTLINES = sorted(file.stem for file in FOLDER.glob("*.toml"))
KINDS = tuple(READERS)


@dataclass(frozen=True)
class Report:
    """The report of October in one outline, as a model and as files."""

    document: Document
    folder: Path

    def bytes(self, kind: str) -> bytes:
        return (self.folder / f"laporan-skm-{OCTOBER}.{kind}").read_bytes()

    @property
    def entered(self) -> set[str]:
        """Every number of the register."""
        rows = json.loads((self.folder / f"register-skm-{OCTOBER}.json").read_bytes())
        return {found for row in rows for found in numbers(row["text"])}

    @property
    def text(self) -> str:
        return " ".join(read_model(self.document).texts)


def made(office: Instance, folder: Path, outline: str) -> Report:
    make_report(office, OCTOBER, AFTER, folder=folder, outline=outline)
    document, _ = report_document(office, OCTOBER, AFTER, outline)
    return Report(document, folder)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An office that closed October and said all that only it knows."""
    office = instance.init(tmp_path_factory.mktemp("kantor") / "pakusari")
    surveyed(office)
    closed(office)
    said(office)
    return office


@pytest.fixture(scope="module", params=OUTLINES)
def report(
    request: pytest.FixtureRequest, sample: Instance, tmp_path_factory: pytest.TempPathFactory
) -> Report:
    return made(sample, tmp_path_factory.mktemp("laporan"), request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_has_the_same_words_in_the_same_order(report: Report, kind: str) -> None:
    wanted = read_model(report.document).words
    assert len(wanted) > 1500
    assert first_difference(wanted, READERS[kind](report.bytes(kind)).words) is None


def test_every_number_is_in_the_register(report: Report) -> None:
    reading = READERS["pdf"](report.bytes("pdf"))
    shown = {found for text in (*reading.texts, *reading.alts) for found in numbers(text)}
    assert len(shown) > 200
    assert shown <= report.entered


def test_the_pdf_is_archival_and_accessible(report: Report) -> None:
    assert conformance_faults(report.bytes("pdf")) == []


def test_the_docx_opens_clean_in_word(report: Report, tmp_path: Path) -> None:
    assert audit_faults(report.bytes("docx"), tmp_path) == []


@pytest.mark.parametrize(
    ("outline", "chapters"),
    [
        (
            "lima-bab",
            [
                "PENDAHULUAN",
                "PENGUMPULAN DATA SKM",
                "HASIL PENGOLAHAN DATA SKM",
                "ANALISIS HASIL SKM",
                "PENUTUP",
            ],
        ),
        (
            "empat-bab",
            [
                "PENDAHULUAN",
                "ANALISIS HASIL SKM",
                "HASIL TINDAK LANJUT SKM PERIODE SEBELUMNYA",
                "PENUTUP",
            ],
        ),
    ],
)
def test_an_outline_orders_the_chapters(
    sample: Instance, outline: str, chapters: list[str]
) -> None:
    document, _ = report_document(sample, OCTOBER, AFTER, outline)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [plain(each.text) for each in headings if each.number.startswith("BAB")] == chapters


def test_its_figures_are_those_of_skm_score(sample: Instance, report: Report) -> None:
    done = skm("score", "--period", OCTOBER, "--json", "--instance", sample.root)
    scored = done.document
    rows = table(report.document, "indeks.tabel")
    *elements, total = rows
    for row, element in zip(elements, scored["elements"], strict=True):
        assert row[1] == element["name"]
        assert row[6] == number(Fraction(element["score"]).limit_denominator(10**9), 2)
        assert row[7:] == [element["grade"], element["predicate"]]
    assert total[6] == number(Fraction(scored["index"]).limit_denominator(10**9), 2)
    assert total[7:] == [scored["grade"], scored["predicate"]]
    assert f"{scored['respondents']} responden" in report.text
    low, high = (number(Fraction(end), 2) for end in scored["interval"])
    assert f"di antara {low} dan {high}" in report.text


def test_the_plain_arithmetic_of_the_processing_gives_the_mean(report: Report) -> None:
    sums = table(report.document, "pengolahan.jumlah")
    *elements, _ = table(report.document, "indeks.tabel")
    for (_, _, total, filled), row in zip(sums, elements, strict=True):
        assert number(Fraction(int(total), int(filled)), 3) == row[3]


def test_what_the_office_says_stands_in_its_place(report: Report) -> None:
    for words in (
        "Pakusari, 10 November 2026",
        "CAMAT PAKUSARI",
        "Keputusan Nomor 188/07/2026 tanggal 5 Januari 2026 tentang Tim Survei",
        "Seksi Pelayanan Umum (ketua)",
        "Forum Konsultasi Publik pada tanggal 9 November 2026 di pendopo kecamatan",
        "Petugas mempersilakan setiap warga",
        "ruang pelayanan kantor kecamatan",
        "Tablet di loket, 12 Oktober 2026",
        "dengan dokumen nomor 400.8/15/2026 tanggal 6 November 2026 sebagai edisi 1",
    ):
        assert words in report.text
    assert table(report.document, "waktu.tabel") == [
        ["1", "Persiapan", "28 September 2026 s.d. 30 September 2026", "3"],
        ["2", "Pengumpulan data", "1 Oktober 2026 s.d. 30 Oktober 2026", "22"],
    ]
    assert table(report.document, "rencana.tabel") == [
        ["1", "Keamanan", "Menata tempat parkir", "TW IV", "Kasi Trantib"]
    ]
    assert "Dari 2 rencana tindak lanjut hasil SKM September 2026, 1 sudah" in report.text


def test_what_nobody_said_is_a_blank_to_be_filled_in_by_hand(
    office: Instance, tmp_path: Path
) -> None:
    surveyed(office)
    report = made(office, tmp_path, "lima-bab")
    blank = "." * 32
    assert f"Keputusan Nomor {blank} tanggal {blank}" in report.text
    assert [row[2] for row in table(report.document, "waktu.tabel")] == [
        blank,
        "1 Oktober 2026 s.d. 31 Oktober 2026",
        blank,
        blank,
    ]
    assert [row[2] for row in table(report.document, "rencana.tabel")] == [f"{blank}\n{blank}"] * 3
    assert [row[1] for row in table(report.document, "tindak_lanjut.tabel@lampiran")] == [
        blank
    ] * 3


def test_priorities_are_the_lowest_elements_in_words_of_their_own(report: Report) -> None:
    *elements, _ = table(report.document, "indeks.tabel")
    ordered = sorted(elements, key=lambda row: read_number(row[6]) or 0)
    name, score, predicate = ordered[0][1], ordered[0][6], ordered[0][8]
    assert f"{name} ({score}, {predicate})." in report.text
    advice = next(text for text in read_model(report.document).texts if f"{name}: " in text)
    assert len(advice) > len(name) + 40


def test_the_sample_needed_stands_beside_the_respondents(report: Report) -> None:
    assert "melayani 325 orang, sehingga diperlukan 176 responden" in report.text
    pairs = [cell for row in table(report.document, "sampel.tabel") for cell in row]
    assert (pairs[0], pairs[1]) == ("10", "10")
    assert pairs[-2:] == ["1.000.000", "384"]


def test_the_trend_shows_the_period_before(report: Report) -> None:
    rows = table(report.document, "tren.tabel")
    assert [row[1] for row in rows] == [SEPTEMBER.label, OCTOBER.label]
    assert [row[4] for row in rows] == ["belum ditutup", ""]


def test_small_groups_are_hidden(report: Report) -> None:
    counts = [row[-2] for row in table(report.document, "responden.tabel")]
    assert "*" in counts
    assert all(count in ("*", "0") or int(count) >= SMALLEST_SHOWN for count in counts)
    assert "UU 27/2022" in report.text
    services = table(report.document, "layanan.tabel")
    hidden = [row for row in services if "*" in row]
    assert hidden
    assert all(set(row[4:]) == {"*"} for row in hidden)


def test_simulated_and_open_periods_are_marked_on_every_page(
    office: Instance, tmp_path: Path
) -> None:
    surveyed(office, simulated=True)
    report = made(office, tmp_path, "empat-bab")
    with pdfplumber.open(io.BytesIO(report.bytes("pdf"))) as opened:
        for page in opened.pages:
            assert "DATA SIMULASI · BELUM DITUTUP" in page.extract_text()
    assert "DATA SIMULASI" in report.bytes("html").decode()
    with zipfile.ZipFile(io.BytesIO(report.bytes("docx"))) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        assert any(b"DATA SIMULASI" in archive.read(name) for name in headers)


def test_a_real_closed_period_has_no_mark(report: Report) -> None:
    assert report.document.notice == ""


def test_nothing_that_comes_later_changes_a_byte_of_what_was_announced(
    office: Instance, tmp_path: Path
) -> None:
    form, people = office.questionnaire(), people_of(office, str(OCTOBER))
    ruling = Ruling("admin", "salah ketik", date(2026, 11, 5))
    with open_store(office) as store:
        receive(store, form, people)
        closed_period(store, office, str(OCTOBER), document="070/1/2026")
    before = announced(office, tmp_path / "awal")
    with open_store(office) as store:
        receive(store, form, late(form, date(2026, 10, 20), 50))
        delete(store, form, people[1].id, ruling)
    assert announced(office, tmp_path / "susulan") == before
    with open_store(office) as store:
        purge(office, store, 2027, datetime(2027, 3, 1, tzinfo=UTC))
    assert announced(office, tmp_path / "dimusnahkan") == before


def announced(office: Instance, folder: Path) -> list[bytes]:
    """Poster and report of October, every file."""
    files = [
        make_poster(office, OCTOBER, AFTER, out=folder / "poster.pdf"),
        make_poster(office, OCTOBER, AFTER, out=folder / "poster.png", format="png"),
        *make_report(office, OCTOBER, AFTER, folder=folder),
    ]
    return [file.read_bytes() for file in files]


def test_a_report_can_be_made_of_a_form_without_official_elements(office: Instance) -> None:
    form = own_form(office, "sendiri", {"ramah": "Keramahan", "bersih": "Kebersihan"})
    month_with(office, form=form)
    document, register = report_document(office, OCTOBER, AFTER, form_id=form.id)
    assert register.unregistered(document) == ()
    assert "menggali sebabnya bersama pengguna layanan" in " ".join(read_model(document).texts)


@pytest.mark.parametrize("form_id", [form.id for form in all_forms(None)])
def test_a_report_can_be_made_of_every_form(office: Instance, form_id: str) -> None:
    month_with(office, form=find_form(form_id))
    document, register = report_document(office, OCTOBER, AFTER, form_id=form_id)
    assert register.unregistered(document) == ()


def test_an_element_that_nobody_answered_leaves_the_index_open(office: Instance) -> None:
    form = office.questionnaire()
    answers = {question.code: 3 for question in form.questions} | {"keamanan": None}
    month_with(office, [response(form, answers=answers) for _ in range(7)])
    document, register = report_document(office, OCTOBER, AFTER)
    assert "belum lengkap" in " ".join(read_model(document).texts)
    assert register.unregistered(document) == ()


def test_a_historic_scale_is_followed_by_the_one_in_force(office: Instance) -> None:
    historic = changed(office, 'skala = "2017"', 'skala = "2004"')
    month_with(historic)
    document, _ = report_document(historic, OCTOBER, AFTER)
    text = " ".join(read_model(document).texts)
    assert "kinerja Baik menurut Skala 2004" in text
    assert "Menurut Skala 2017 (PermenPANRB 14/2017) indeks yang sama bermutu C" in text


def test_an_electronic_signature_has_its_tag_once(office: Instance) -> None:
    electronic = changed(office, '"basah"', '"elektronik"')
    month_with(electronic)
    document, _ = report_document(electronic, OCTOBER, AFTER)
    signers = [
        each for block in document.blocks if isinstance(block, Signature) for each in block.signers
    ]
    assert [signer.tag for signer in signers] == ["", "#"]


def test_a_result_of_fewer_than_five_people_is_not_announced(
    office: Instance, tmp_path: Path
) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        Intake(store).receive_many(form, [delivery(response(form, 3)) for _ in range(4)])
    with pytest.raises(SkmError, match="belum boleh diumumkan"):
        report_document(office, OCTOBER, AFTER)
    with pytest.raises(SkmError, match="belum boleh diumumkan"):
        make_poster(office, OCTOBER, AFTER, out=tmp_path / "poster.pdf")


def test_an_office_words_the_report_in_its_own_way(sample: Instance) -> None:
    own = sample.root / "skm" / "naskah-laporan.toml"
    own.write_text('[penutup]\nakhir = "Sekian dari {kantor}."\n', encoding="utf-8")
    try:
        document, _ = report_document(sample, OCTOBER, AFTER)
        assert "Sekian dari Kecamatan Pakusari." in " ".join(read_model(document).texts)
        own.write_text('[penutup]\nakhr = "Sekian."\n', encoding="utf-8")
        with pytest.raises(SkmError, match=r"penutup\.akhr"):
            report_document(sample, OCTOBER, AFTER)
    finally:
        own.unlink()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("nomor = ", "nomer = ", "nomer"),
        ("selesai = 2026-09-30", "selesai = 2026-09-01", "Selesai sebelum mulai"),
        ('unsur = "keamanan"', 'unsur = "aman"', "Unsur tidak ada pada formulir"),
    ],
    ids=["an unknown key", "an end before its beginning", "an unknown element"],
)
def test_what_the_office_says_is_checked(office: Instance, old: str, new: str, told: str) -> None:
    surveyed(office)
    said(office, PARTICULARS.replace(old, new, 1))
    with pytest.raises(SkmError, match=told):
        report_document(office, OCTOBER, AFTER)


def test_an_outline_that_there_is_not_is_refused_with_those_that_there_are(
    sample: Instance,
) -> None:
    with pytest.raises(SkmError, match="empat-bab / lima-bab"):
        report_document(sample, OCTOBER, AFTER, "enam-bab")


def test_the_command_puts_the_files_into_the_reports_of_the_period(sample: Instance) -> None:
    done = skm("report", "--period", OCTOBER, "--instance", sample.root)
    assert (done.status, done.err) == (0, "")
    folder = sample.reports(OCTOBER)
    names = [f"laporan-skm-{OCTOBER}.{kind}" for kind in KINDS]
    for name in (*names, f"register-skm-{OCTOBER}.json"):
        assert f"Ditulis: {folder / name}\n" in done.out
        assert (folder / name).stat().st_size


def test_the_command_refuses_a_format_that_there_is_not(sample: Instance) -> None:
    done = skm("report", "--period", OCTOBER, "--format", "odt", "--instance", sample.root)
    assert done.status == 2
    assert "Format tidak dikenal" in done.err
    assert "docx, pdf, html" in done.err


def test_a_period_without_responses_is_refused(sample: Instance) -> None:
    with pytest.raises(SkmError, match="Belum ada jawaban"):
        report_document(sample, Period.parse("2020-01"), AFTER)


def test_a_report_that_cannot_be_written_whole_leaves_the_old_one(
    sample: Instance, tmp_path: Path
) -> None:
    make_report(sample, OCTOBER, AFTER, folder=tmp_path, outline="lima-bab")
    pdf, docx = (tmp_path / f"laporan-skm-{OCTOBER}.{kind}" for kind in ("pdf", "docx"))
    old = docx.read_bytes()
    pdf.unlink()
    (tmp_path / f".{pdf.name}.tmp").mkdir()
    with pytest.raises(SkmError, match="tidak dapat ditulis"):
        make_report(sample, OCTOBER, AFTER, folder=tmp_path, outline="empat-bab")
    assert docx.read_bytes() == old
