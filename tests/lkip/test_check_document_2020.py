"""The printed report of 2020: every contradiction in it is found, and nothing else is told."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import lkip

from lkip.checking import ReportReview, check_report
from lkip.findings import Finding, Severity

DATA = Path(__file__).parent / "data"
REPORT = DATA / "laporan-kinerja-2020.txt"
EXPECTED: list[dict[str, str]] = tomllib.loads(
    (DATA / "temuan-2020.toml").read_text(encoding="utf-8")
)["finding"]
FEWEST = 40
# what the issue names, by the check that must tell it and a piece of what it tells
NAMED = [
    ("nilai-unsur", "67,5"),
    ("sebaran-jumlah", "05"),
    ("nilai-unsur", "75"),
    ("mutu-unsur", "baik"),
    ("indeks-dipotong", "69,4"),
    ("indeks-serapan", "97,30"),
    ("realisasi-berbeda", "84,81"),
    ("target-berbeda", "A 100 %"),
    ("kelas-capaian", "Sangat Baik"),
    ("angka-rusak", "146.842.45,00"),
    ("anggaran-jumlah", "146.842.45,00"),
    ("persen-berbeda", "29,62 %; 29,63 %"),
    ("serapan-dipotong", "99,13"),
    ("persen-teks-dipotong", "39,35"),
    ("persen-berbeda", "89,58 %; 89,5 %"),
    ("jumlah-program", "4 ( Empat ) program dan 8"),
    ("jumlah-bagian", "8 ( Delapan )"),
    ("kantor-lain", "Kecamatan Panti"),
    ("nomor-baris", "1, II, III, VI, VII"),
    ("rkt-tahun", "RKT 2020"),
]


@pytest.fixture(scope="module")
def review() -> ReportReview:
    return check_report([REPORT])


def row(finding: Finding) -> dict[str, Any]:
    """A finding as the table of expected ones holds it."""
    place = finding.where[0].removeprefix(f"{REPORT.name}, ")
    found = {
        "code": finding.code,
        "place": place,
        "found": finding.found,
        "expected": finding.expected,
        "suggestion": finding.suggestion,
    }
    return {key: value for key, value in found.items() if value is not None}


@pytest.mark.parametrize(
    "expected", EXPECTED, ids=lambda one: f"{one['code']} {one['place'][:30]}"
)
def test_every_contradiction_is_found(expected: dict[str, str], review: ReportReview) -> None:
    assert expected in [row(finding) for finding in review.findings]


def test_nothing_else_is_told(review: ReportReview) -> None:
    assert [found for found in map(row, review.findings) if found not in EXPECTED] == []


def test_they_are_more_than_forty(review: ReportReview) -> None:
    weighty = [found for found in review.findings if found.severity is not Severity.NOTE]
    assert len(weighty) >= FEWEST
    assert review.failed


@pytest.mark.parametrize(("code", "piece"), NAMED)
def test_what_the_plan_of_the_checks_names_is_told(
    code: str, piece: str, review: ReportReview
) -> None:
    told = [found for found in review.findings if found.code == code]
    assert any(piece in (found.found or "") for found in told)


def test_the_lost_digit_is_suggested(review: ReportReview) -> None:
    suggested = [found.suggestion or "" for found in review.findings]
    assert any("1.995.500 menjadi 1.996.500 cocok dengan 99,83 %" in text for text in suggested)


def test_it_takes_less_than_a_second() -> None:
    began = time.perf_counter()
    check_report([REPORT])
    assert time.perf_counter() - began < 1


def test_the_command_ends_with_1_and_prints_one_json_document() -> None:
    outcome = lkip("check", "--document", REPORT, "--json")
    assert outcome.status == 1
    assert outcome.document["year"] == 2020
    assert set(outcome.document["findings"][0]) == {
        "code", "severity", "message", "where", "found", "expected", "suggestion",
    }  # fmt: skip


def test_the_catalogue_names_every_code_that_is_told(review: ReportReview) -> None:
    outcome = lkip("check", "--list")
    assert outcome.status == 0
    assert {found.code for found in review.findings} <= {
        line.split(" (")[0] for line in outcome.out.splitlines()
    }


def test_no_name_and_no_number_of_an_official_stands_in_the_data() -> None:
    text = REPORT.read_text(encoding="utf-8")
    digits = {
        char for line in text.splitlines() if "NIP" in line for char in line if char.isdigit()
    }
    assert digits == {"0", "1"}
