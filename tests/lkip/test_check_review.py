"""The reviewer's sheet: findings, the checklist of 53/2014 and the coverage of 88/2021."""

from __future__ import annotations

import tomllib
from pathlib import Path

import docx
import pytest
from commands import lkip

from lkip.checks import PLAN, REPORT
from skm.instance import Instance

PRINTED = Path(__file__).parent / "data" / "laporan-kinerja-2020.txt"
SHEET = Path(__file__).parents[2] / "lkip" / "review.toml"


@pytest.fixture
def tables(office: Instance, tmp_path: Path) -> list[list[list[str]]]:
    """The tables of the sheet of the sample plan, cell by cell."""
    outcome = lkip(
        "check", "2020", "--instance", office.root, "--format", "html,docx", "--out", tmp_path
    )
    assert outcome.status == 0, outcome.err
    assert (tmp_path / "tinjauan-2020.html").read_text(encoding="utf-8").startswith("<!DOCTYPE")
    document = docx.Document(str(tmp_path / "tinjauan-2020.docx"))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def answers(table: list[list[str]]) -> dict[str, str]:
    return {row[1]: row[2] for row in table}


def test_the_accepted_finding_stands_with_its_reason(tables: list[list[list[str]]]) -> None:
    assert any("Diterima: Tabel 3.2 cetakan" in row[2] for row in tables[0])


def test_the_checklist_is_filled_where_the_data_tell(tables: list[list[list[str]]]) -> None:
    found = answers(tables[1])
    assert found["Target indikator sesuai dengan Perjanjian Kinerja"] == "Tidak"
    assert found["Tujuan dan sasaran selaras dengan Renstra"] == "Ya"
    assert found["Laporan bukan sekadar gabungan laporan unit di bawahnya"] == ""
    assert len(tables[1]) == 1 + 3 + 6 + 7 + 10


def test_the_coverage_has_its_letters(tables: list[list[list[str]]]) -> None:
    found = {row[1]: (row[2], row[3]) for row in tables[2]}
    assert found["Realisasi dibandingkan dengan tahun sebelumnya"] == ("3 dari 3", "a")
    assert found["Realisasi dibandingkan dengan tingkat nasional"] == ("0 dari 3", "e")
    assert found["Efisiensi penggunaan sumber daya per sasaran"] == ("2 dari 2", "a")


def test_a_finished_report_has_its_sheet_too(tmp_path: Path) -> None:
    outcome = lkip("check", "--document", PRINTED, "--format", "docx", "--out", tmp_path)
    assert outcome.status == 1
    document = docx.Document(str(tmp_path / "tinjauan-2020.docx"))
    checklist = answers([[c.text for c in row.cells] for row in document.tables[1].rows])
    assert checklist["IKU dalam laporan sesuai dengan IKU yang ditetapkan"] == "Tidak"
    # no check of a finished report looks at this
    assert checklist["Penanggung jawab pengumpulan data ditetapkan di setiap unit"] == ""


def test_the_sheet_names_only_checks_that_there_are() -> None:
    parts = tomllib.loads(SHEET.read_text(encoding="utf-8"))["part"]
    named = {code for part in parts for item in part["items"] for code in item.get("no_if", ())}
    assert named <= {check.code for check in PLAN.checks} | {check.code for check in REPORT.checks}


def test_an_unknown_format_is_refused() -> None:
    outcome = lkip("check", "2020", "--format", "pdf")
    assert outcome.status == 2
    assert "--format" in outcome.err
