"""A report edited in Word comes back through the browser: shown, ticked, and kept in the plan."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from edited_files import edited
from flask.testing import FlaskClient
from hostile_files import DAMAGED, bomb
from reports import built
from visiting import csrf_of, hidden, post
from werkzeug.test import TestResponse

from skm.instance import Instance, init

PAGE = "/petugas/lkip/2020/sunting"
ANEW = ("Berkat rahmat-Nya", "Atas rahmat-Nya")
SECOND = ("Laporan ini merupakan wujud", "Laporan ini adalah wujud")
FIGURE = ("81,72 %", "91,72 %")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DOCX of 2020."""
    office = init(tmp_path_factory.mktemp("laporan") / "k")
    folder = office.root / "hasil"
    built(office, 2020, folder)
    return folder / "laporan-kinerja-2020.docx"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the system puts files for a while; nothing may stay there."""
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def send(client: FlaskClient, content: bytes, name: str = "laporan.docx") -> TestResponse:
    fields = {"csrf_token": csrf_of(client), "berkas": (BytesIO(content), name)}
    return client.post(PAGE, data=fields)


def narrative(office: Instance) -> dict[str, str]:
    read = tomllib.loads(office.plan(2020).read_text(encoding="utf-8"))
    found = read.get("narrative", {})
    assert isinstance(found, dict)
    return found


def accept(client: FlaskClient, page: TestResponse, **fields: str) -> TestResponse:
    return post(client, f"{PAGE}/terima", perubahan=hidden(page, "perubahan"), **fields)


def test_a_report_that_was_not_changed_is_said_to_be_the_same(
    planner: FlaskClient, report: Path
) -> None:
    assert "Tidak ada yang berubah" in send(planner, report.read_bytes()).text


def test_what_is_ticked_stands_in_the_plan_and_what_is_not_does_not(
    office: Instance, planner: FlaskClient, report: Path
) -> None:
    before = office.plan(2020).read_text(encoding="utf-8")
    page = send(planner, edited(report, ANEW, SECOND).read_bytes())
    assert page.status_code == 200
    assert "<del>Berkat</del> <ins>Atas</ins>" in page.text
    keys = re.findall(r'name="terima" value="([^"]+)"', page.text)
    assert len(keys) == 2
    assert "pengantar.syukur" in keys
    nothing = accept(planner, page)
    assert nothing.status_code == 422
    assert "Belum ada yang dicentang" in nothing.text
    assert office.plan(2020).read_text(encoding="utf-8") == before
    done = accept(planner, nothing, terima="pengantar.syukur")
    assert (done.status_code, done.location) == (303, "/petugas/lkip/2020")
    assert "1 naskah disimpan di lkip/2020.toml" in planner.get(done.location).text
    assert list(narrative(office)) == ["pengantar.syukur"]
    assert office.plan(2020).read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    again = accept(planner, page, terima="pengantar.syukur")
    assert again.status_code == 303
    other = accept(planner, page, semua="ya")
    assert other.status_code == 409
    assert "Rencana berubah sejak berkas dibaca" in other.text
    every = accept(planner, send(planner, edited(report, SECOND).read_bytes()), semua="ya")
    assert every.status_code == 303
    assert set(narrative(office)) == set(keys)


def test_a_changed_figure_is_refused_with_its_place_and_cannot_be_accepted(
    office: Instance, planner: FlaskClient, report: Path
) -> None:
    new = "<w:p><w:r><w:t>Ucapan terima kasih tambahan.</w:t></w:r></w:p>"
    page = send(planner, edited(report, FIGURE, ("<w:body>", f"<w:body>{new}")).read_bytes())
    assert "Ditolak: 1" in page.text
    assert "<code>ikhtisar.sasaran@s1</code>" in page.text
    assert "<del>81,72</del> <ins>91,72</ins>" in page.text
    assert "ubah di data" in page.text
    assert "<ins>Ucapan terima kasih tambahan.</ins>" in page.text
    assert 'name="terima"' not in page.text
    assert 'name="perubahan"' not in page.text
    assert narrative(office) == {}


def test_only_what_a_page_of_this_office_and_year_offered_is_taken(
    office: Instance, planner: FlaskClient, report: Path
) -> None:
    page = send(planner, edited(report, ANEW).read_bytes())
    offered = hidden(page, "perubahan")
    for path, text in (
        (f"{PAGE}/terima", offered[:-2]),
        (f"{PAGE}/terima", ""),
        (f"{PAGE}/terima", "é"),
    ):
        reply = post(planner, path, perubahan=text, semua="ya")
        assert reply.status_code == 400
        assert "Unggah berkasnya sekali lagi" in reply.text
    office.plan(2021).write_bytes(office.plan(2020).read_bytes())
    other = post(planner, "/petugas/lkip/2021/sunting/terima", perubahan=offered, semua="ya")
    assert other.status_code == 400
    assert narrative(office) == {}


def test_a_file_that_cannot_be_a_report_is_refused_in_words(planner: FlaskClient) -> None:
    hostile = {**DAMAGED, "text": b"bukan zip", "bomb": bomb(9_000_000)}
    for kind, content in hostile.items():
        reply = send(planner, content)
        assert reply.status_code == 422, kind
        complaint = re.search(r'role="alert">(.*?)</p>', reply.text)
        assert complaint is not None, kind
        assert complaint[1].startswith("laporan.docx: "), kind
    assert "Belum ada berkas yang dipilih" in send(planner, b"", "").text


def test_a_plan_that_cannot_be_built_is_told(
    office: Instance, planner: FlaskClient, report: Path
) -> None:
    office.plan(2020).write_text("year = 2020\n", encoding="utf-8")
    reply = send(planner, report.read_bytes())
    assert reply.status_code == 422
    assert "lkip/2020.toml" in reply.text
    assert str(office.root) not in reply.text
