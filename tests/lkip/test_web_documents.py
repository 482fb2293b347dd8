"""The check of somebody's report in the browser: its findings, its sheet, and nothing kept."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hostile_files import DAMAGED, bomb
from visiting import csrf_of, hidden, post
from werkzeug.test import TestResponse

from lkip.checking import check_report
from lkip.web.alone import READING
from lkip.web.apart import check_apart
from skm.errors import SkmError
from skm.web.uploads import LARGEST_FILE

PAGE = "/petugas/lkip/periksa"
REPORT = Path(__file__).parent / "data" / "laporan-kinerja-2020.txt"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the system puts files for a while; nothing may stay there."""
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def send(client: FlaskClient, *files: tuple[bytes, str]) -> TestResponse:
    sent = [(BytesIO(content), name) for content, name in files]
    return client.post(PAGE, data={"csrf_token": csrf_of(client), "berkas": sent})


def test_the_findings_are_those_of_the_command_and_go_into_the_reviewer_s_sheet(
    planner: FlaskClient,
) -> None:
    found = check_report([REPORT]).findings
    page = send(planner, (REPORT.read_bytes(), REPORT.name))
    assert page.status_code == 200
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
    assert len(found) > 40
    assert page.text.count('<span class="weight">') == len(found)
    for finding in found:
        for said in (finding.message, *finding.where, finding.found, finding.expected):
            assert " ".join((said or "").split()) in text
    carried = hidden(page, "temuan")
    for kind, start in (("html", b"<!DOCTYPE html>"), ("docx", b"PK")):
        sheet = post(planner, f"{PAGE}/lembar/{kind}", temuan=carried)
        assert sheet.data.startswith(start)
        assert sheet.headers["Content-Disposition"] == f"attachment; filename=tinjauan-2020.{kind}"
    sheet = post(planner, f"{PAGE}/lembar/html", temuan=carried)
    assert all(finding.code in sheet.text for finding in found)
    assert post(planner, f"{PAGE}/lembar/pdf", temuan=carried).status_code == 404
    for forged in (carried[:-1], "", "é"):
        refused = post(planner, f"{PAGE}/lembar/html", temuan=forged)
        assert refused.status_code == 400
        assert "Periksa berkasnya sekali lagi" in refused.text


def test_several_files_are_one_report(planner: FlaskClient) -> None:
    half = REPORT.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = ["".join(half[:300]).encode(), "".join(half[300:]).encode()]
    page = send(planner, (parts[0], "bab 1.txt"), (parts[1], "bab 2.txt"))
    assert page.status_code == 200
    assert "Laporan bab 1.txt, bab 2.txt" in page.text


def test_a_file_that_cannot_be_read_is_refused_in_words(planner: FlaskClient) -> None:
    hostile = {
        "locked": DAMAGED["locked"],
        "bomb": bomb(41_000_000),
        "broken PDF": b"%PDF-1.7 rusak",
        "program": b"MZ\x90\x00\x03\x00" * 50,
    }
    for kind, content in hostile.items():
        reply = send(planner, (content, "laporan.docx"))
        assert reply.status_code == 422, kind
        complaint = re.search(r'role="alert">(.*?)</p>', reply.text)
        assert complaint is not None, kind
        assert complaint[1].startswith("laporan.docx: "), kind
    assert "Belum ada berkas yang dipilih" in send(planner).text
    assert "paling banyak 10" in send(planner, *[(b"x", "a.txt")] * 11).text
    assert send(planner, (b"x" * LARGEST_FILE, "laporan.pdf")).status_code == 413


def test_a_check_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    file = tmp_path / "laporan.txt"
    file.write_bytes(REPORT.read_bytes())
    with pytest.raises(SkmError, match="tidak dapat diperiksa di sini: belum selesai"):
        check_apart([file], longest=0.05)


def test_one_report_is_checked_at_a_time(planner: FlaskClient) -> None:
    with READING.work():
        reply = send(planner, (REPORT.read_bytes(), REPORT.name))
    assert reply.status_code == 422
    assert "Dokumen lain sedang dibaca. Tunggu sebentar, lalu ulangi." in reply.text


def test_a_name_cannot_lead_out_of_the_folder_or_into_the_page(
    planner: FlaskClient, tmp_path: Path
) -> None:
    page = send(planner, (REPORT.read_bytes(), "../../<b>tebal.txt"))
    assert page.status_code == 200
    assert "<b>" not in page.text
    assert not list(tmp_path.glob("*tebal*"))
