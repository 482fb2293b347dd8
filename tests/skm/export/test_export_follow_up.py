"""The follow-up in the recap, in the SKM report and in a report of its own."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from announcing import closed, said, surveyed
from closed_offices import closed_period
from commands import skm
from document_readers import first_difference, read_model
from docx_reader import audit_faults
from monthly import AFTER, OCTOBER
from openpyxl import load_workbook
from pdf_reader import conformance_faults
from photographs import COMMENT, OWNER, opened
from planned_offices import planned
from reports import READERS, numbers, table

from skm import instance
from skm.document.blocks import Document, Figure, plain
from skm.errors import SkmError
from skm.export.month_files import export_month
from skm.export.publications import follow_up_document, make_follow_up_report, report_document
from skm.instance import Instance
from skm.period import Period
from skm.store import open_store

SEPTEMBER = Period.parse("2026-09")
KINDS = tuple(READERS)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """September and October are closed; of the plan upon September half is done."""
    office = instance.init(tmp_path_factory.mktemp("kantor") / "pakusari")
    surveyed(office)
    with open_store(office) as store:
        closed_period(store, office, "2026-09")
    closed(office)
    planned(office)
    return office


@pytest.fixture(scope="module")
def files(sample: Instance, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The follow-up report of September in every format, and its register."""
    folder = tmp_path_factory.mktemp("laporan")
    written = make_follow_up_report(sample, SEPTEMBER, AFTER, folder=folder)
    return {file.suffix[1:]: file.read_bytes() for file in written}


@pytest.fixture(scope="module")
def report(sample: Instance) -> Document:
    return follow_up_document(sample, SEPTEMBER, AFTER)[0]


def text(document: Document) -> str:
    return " ".join(read_model(document).texts)


def figures(document: Document) -> list[Figure]:
    return [block for block in document.blocks if isinstance(block, Figure)]


def recap(office: Instance, period: Period, folder: Path) -> list[tuple[object, ...]]:
    file = export_month(office, period, AFTER, out=folder / "buku.xlsx")
    return list(load_workbook(file)["Rekap"].iter_rows(values_only=True))


def cells(rows: Sequence[tuple[object, ...]], service: str) -> tuple[object, ...]:
    """RTL and the share of the plan before, in the line of a service."""
    return next(row[-2:] for row in rows if row[3] == service)


def test_the_recap_says_what_is_planned_and_what_was_finished_of_the_plan_before(
    sample: Instance, tmp_path: Path
) -> None:
    september, october = (recap(sample, period, tmp_path) for period in (SEPTEMBER, OCTOBER))
    plan = "1) Menata parkir untuk 40 sepeda motor.\n2) Menambah 12 kursi tunggu."
    assert cells(september, "Semua layanan") == (plan, None)
    assert cells(september, "Kartu Keluarga") == (None, None)
    assert cells(october, "Semua layanan") == (None, 50)
    for rows in (september, october):
        assert any("keduanya di luar hasil yang ditutup" in str(row[0]) for row in rows)


def test_a_recap_without_any_follow_up_stays_blank(office: Instance, tmp_path: Path) -> None:
    surveyed(office)
    rows = recap(office, OCTOBER, tmp_path)
    assert cells(rows, "Semua layanan") == (None, None)
    assert not any("tindak lanjut" in str(row[0]) for row in rows)


def test_what_is_written_down_later_changes_the_recap_and_no_other_sheet(
    office: Instance, tmp_path: Path
) -> None:
    surveyed(office)
    closed(office)
    before = sheets(export_month(office, OCTOBER, AFTER, out=tmp_path / "a.xlsx"))
    planned(office, "2026-10")
    after = sheets(export_month(office, OCTOBER, AFTER, out=tmp_path / "b.xlsx"))
    assert {name for name in before if before[name] != after[name]} == {"Rekap"}


def sheets(file: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize(
    ("outline", "at"), [("lima-bab", "lampiran"), ("empat-bab", "sebelumnya")]
)
def test_the_skm_report_shows_what_became_of_the_plan_before_with_its_pictures(
    sample: Instance, outline: str, at: str
) -> None:
    document, register = report_document(sample, OCTOBER, AFTER, outline)
    rows = table(document, f"tindak_lanjut.tabel@{at}")
    assert [(row[1], *row[3:]) for row in rows] == [
        (
            *("Keamanan", "Menata parkir untuk 40 sepeda motor.", "sudah"),
            "Garis parkir dicat. Selesai 14 November 2026.",
        ),
        (
            *("Kenyamanan", "Menambah 12 kursi tunggu.", "belum"),
            "Dikerjakan sampai 31 Desember 2026.",
        ),
    ]
    assert all("," in row[2] for row in rows), "the score in the result that is answered"
    assert "Dari 2 rencana tindak lanjut hasil SKM September 2026, 1 sudah" in text(document)
    assert "50,00 %" in text(document)
    pictures = [each for each in figures(document) if each.picture.jpeg]
    assert [plain(each.caption) for each in pictures] == [
        "Bukti Tindak Lanjut Keamanan (1)",
        "Bukti Tindak Lanjut Keamanan (2)",
    ]
    assert pictures[0].width > pictures[1].width, "a tall picture takes no whole page"
    assert register.unregistered(document) == ()


def test_the_plan_in_the_skm_report_is_that_of_the_pages(sample: Instance) -> None:
    document, _ = report_document(sample, SEPTEMBER, AFTER)
    assert table(document, "rencana.tabel") == [
        [
            *("1", "Keamanan", "Menata parkir untuk 40 sepeda motor."),
            *("Triwulan IV Tahun 2026", "Kasi Trantib"),
        ],
        [
            *("2", "Kenyamanan", "Menambah 12 kursi tunggu."),
            *("Triwulan IV Tahun 2026", "Kasubbag Umum"),
        ],
    ]


def test_lines_of_the_pages_stand_in_the_place_of_those_of_the_office_s_file(
    office: Instance,
) -> None:
    surveyed(office)
    said(office)
    assert "Menambah 12 kursi" in text(report_document(office, OCTOBER, AFTER)[0])
    assert "Menata tempat parkir" in text(report_document(office, OCTOBER, AFTER)[0])
    planned(office)
    document, _ = report_document(office, OCTOBER, AFTER)
    assert "Membuka nomor pengaduan" not in text(document), "the file's, of the period before"
    assert "Menata tempat parkir" in text(document), "the file's, of this period, still stands"


def test_a_longer_period_has_what_was_planned_month_by_month(sample: Instance) -> None:
    semester = Period.parse("2026-S2")
    document, _ = follow_up_document(sample, semester, AFTER)
    assert len(table(document, "tl_uraian.tabel")) == 2
    assert "BELUM DITUTUP" in document.notice


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_has_the_same_words_in_the_same_order(
    report: Document, files: dict[str, bytes], kind: str
) -> None:
    wanted = read_model(report).words
    assert len(wanted) > 500
    assert first_difference(wanted, READERS[kind](files[kind]).words) is None


def test_every_number_is_in_the_register(files: dict[str, bytes]) -> None:
    reading = READERS["pdf"](files["pdf"])
    shown = {found for each in (*reading.texts, *reading.alts) for found in numbers(each)}
    entered = {found for row in json.loads(files["json"]) for found in numbers(row["text"])}
    assert {"50,00", "40"} <= shown <= entered


def test_the_pdf_is_archival_and_the_docx_opens_clean(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    assert conformance_faults(files["pdf"]) == []
    assert audit_faults(files["docx"], tmp_path) == []


def test_the_pictures_are_in_the_files_and_tell_no_place(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as archive:
        media = [archive.read(name) for name in archive.namelist() if "/media/" in name]
    assert [opened(each).format for each in media] == ["JPEG", "JPEG"]
    assert not any(opened(each).getexif() for each in media)
    assert b"data:image/jpeg;base64," in files["html"]
    assert b"/DCTDecode" in files["pdf"]
    for content in (*media, *files.values()):
        for told in (b"Exif", OWNER.encode(), COMMENT):
            assert told not in content


def test_the_report_says_how_much_is_done_and_what_is_not(report: Document) -> None:
    said = text(report)
    assert "Dari 2 rencana tindak lanjut hasil SKM September 2026, 1 sudah" in said
    assert "termasuk langkah 30 % sampai 80 %" in said
    assert "Menambah 12 kursi tunggu, oleh Kasubbag Umum, paling lambat 31 Desember 2026" in said
    assert "kantor menyimpan 1 berkas PDF" in said
    assert "bulan sejak tanggal laporan" not in said, "no speed while a line is open"
    assert [row[4] for row in table(report, "tl_uraian.tabel")] == ["sudah", "belum"]


def test_a_plan_that_is_done_has_a_speed(office: Instance) -> None:
    surveyed(office)
    with open_store(office) as store:
        closed_period(store, office, "2026-09")
    planned(office, all_done=True)
    document, register = follow_up_document(office, SEPTEMBER, AFTER)
    said = text(document)
    assert "selesai dalam 2 bulan sejak tanggal laporan SKM, 1 Oktober 2026" in said
    assert "langkah paling lama 3 bulan" in said
    assert "termasuk langkah 100 %" in said
    assert "Yang belum selesai" not in said
    assert register.unregistered(document) == ()


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        ("2026-12-01", "sudah selesai pada tanggal laporan SKM, 1 Desember 2026"),
        ("2025-10-01", "dalam 14 bulan sejak tanggal laporan SKM, 1 Oktober 2025"),
    ],
    ids=["before the report", "later than the last step"],
)
def test_the_speed_counts_from_the_date_that_the_office_gives_its_report(
    office: Instance, reported: str, words: str
) -> None:
    surveyed(office)
    planned(office, all_done=True)
    own = office.root / "skm" / f"laporan-{SEPTEMBER}.toml"
    own.write_text(f"tanggal = {reported}\n", encoding="utf-8")
    document, register = follow_up_document(office, SEPTEMBER, AFTER)
    assert words in text(document)
    assert register.unregistered(document) == ()


def test_the_same_records_give_the_same_bytes(
    sample: Instance, files: dict[str, bytes], tmp_path: Path
) -> None:
    again = make_follow_up_report(sample, SEPTEMBER, AFTER, folder=tmp_path)
    assert {file.suffix[1:]: file.read_bytes() for file in again} == files


def test_without_a_plan_there_is_no_report(sample: Instance) -> None:
    with pytest.raises(SkmError, match=r"Belum ada rencana tindak lanjut hasil Oktober 2026"):
        follow_up_document(sample, OCTOBER, AFTER)


def test_the_command_puts_the_report_beside_the_others(sample: Instance) -> None:
    order = ("report", "--period", SEPTEMBER, "--follow-up", "--instance", sample.root)
    done = skm(*order, "--format", "html")
    assert (done.status, done.err) == (0, "")
    folder = sample.reports(SEPTEMBER)
    for name in (
        f"laporan-tindak-lanjut-{SEPTEMBER}.html",
        f"register-tindak-lanjut-{SEPTEMBER}.json",
    ):
        assert f"Ditulis: {folder / name}\n" in done.out
    refused = skm(*order, "--outline", "lima-bab")
    assert refused.status == 2
    assert "hanya mempunyai satu susunan" in refused.err
