"""Report and poster of a period are downloaded as the commands write them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from closed_offices import closed_period, people_of, receive
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from qr_reader import read_codes
from visiting import add_officers, officer

from skm import instance
from skm.form import find_form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.closings import ClosingOrder, close
from skm.web.app import create_app
from skm.web.officer_pages.downloads import KINDS

LAN = "192.168.1.20:8000"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Store]]:
    """An office whose March is closed."""
    office = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    with open_store(office) as store:
        add_officers(store)
        receive(store, office.questionnaire(), people_of(office, "2026-03"))
        closed_period(store, office, "2026-03")
        yield office, store


@pytest.fixture(scope="module")
def app(closed: tuple[Instance, Store]) -> Flask:
    return create_app(closed[0], store=closed[1], lan=LAN)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return officer(app, "perencana")


BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG",
    "text/html": b"<!doctype html>",
    "text/csv": b"\xef\xbb\xbf",
    "application/json": b"{",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_what_it_says(client: FlaskClient, kind: str) -> None:
    reply = client.get(f"/petugas/ekspor/2026-03/{kind}")
    assert (reply.status_code, reply.mimetype) == (200, KINDS[kind].mimetype)
    assert reply.data.lower().startswith(BEGINNINGS.get(reply.mimetype or "", b"PK").lower())
    disposition = reply.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "2026-03" in disposition


def test_report_and_poster_say_the_closed_result(
    client: FlaskClient, closed: tuple[Instance, Store]
) -> None:
    word = Document(io.BytesIO(client.get("/petugas/ekspor/2026-03/laporan-docx").data))
    assert any("Maret 2026" in paragraph.text for paragraph in word.paragraphs)
    poster = client.get("/petugas/ekspor/2026-03/poster-gambar").data
    ((address,),) = closed[1].reader.execute("SELECT substr(checksum, 1, 16) FROM closing")
    assert read_codes(poster) == [f"http://{LAN}/publik/{address}"]
    wide = Image.open(io.BytesIO(client.get("/petugas/ekspor/2026-03/poster-tv").data))
    assert wide.size == (1920, 1080)


def test_the_page_offers_every_kind_for_every_period(client: FlaskClient) -> None:
    page = client.get("/petugas/ekspor").text
    for period in ("2026-03", "2026-TW1", "2026-S1", "2026"):
        for kind in KINDS:
            assert f'href="/petugas/ekspor/{period}/{kind}"' in page


def test_a_period_without_answers_has_no_report(client: FlaskClient) -> None:
    for kind in ("laporan-docx", "poster-a4"):
        reply = client.get(f"/petugas/ekspor/2019-01/{kind}")
        assert (reply.status_code, "Belum ada jawaban" in reply.text) == (422, True)


def test_of_a_period_with_two_forms_the_officer_chooses_one(office: Instance) -> None:
    with open_store(office) as store:
        add_officers(store)
        for form_id in ("kecamatan-14", "pernyataan-16-a"):
            form = find_form(form_id)
            receive(store, form, people_of(office, "2026-03", form))
        client = officer(create_app(office, store=store), "petugas")
        asked = client.get("/petugas/ekspor/2026-TW1/csv")
        assert (asked.status_code, asked.mimetype) == (200, "text/html")
        assert "berisi jawaban dari beberapa formulir" in asked.text
        links = re.findall(r'"(/petugas/ekspor/2026-TW1/csv\?formulir=[^"]*)"', asked.text)
        files = [client.get(link) for link in links]
        assert [each.mimetype for each in files] == ["text/csv"] * 2
        assert files[0].data != files[1].data
        order = ClosingOrder(date(2026, 4, 1))
        close(store, office, Period.parse("2026-TW1"), order, "pernyataan-16-a")
        assert client.get("/petugas/ekspor/2026-TW1/csv").mimetype == "text/csv"
