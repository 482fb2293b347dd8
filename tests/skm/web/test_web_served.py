"""People served: typed for a month or taken from a file, refused whole where a cell is wrong."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape

import openpyxl
import pytest
from closed_offices import closed_period, people_of, receive
from flask import Flask
from flask.testing import FlaskClient
from visiting import add_officers, csrf_of, officer, post
from werkzeug.test import TestResponse

from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.schema import ensure_form
from skm.store.served import served_in
from skm.web.app import create_app

AUGUST = Period.parse("2026-08")


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        add_officers(opened)
        ensure_form(opened, office.questionnaire())
        yield opened


@pytest.fixture
def app(office: Instance, store: Store) -> Flask:
    return create_app(office, store=store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return officer(app, "petugas")


def words(reply: TestResponse) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", reply.text)).split())


def typed(client: FlaskClient, month: str = "2026-08", **people: str) -> TestResponse:
    fields = {f"n_{code.replace('_', '-')}": text for code, text in people.items()}
    return post(client, "/petugas/terlayani", month=month, **fields)


def sent(client: FlaskClient, content: bytes, name: str = "terlayani.csv") -> TestResponse:
    fields = {"csrf_token": csrf_of(client), "file": (io.BytesIO(content), name)}
    return client.post(
        "/petugas/terlayani/berkas", data=fields, content_type="multipart/form-data"
    )


def test_a_month_is_typed_and_stands_in_the_fields_and_in_the_year(
    client: FlaskClient, store: Store
) -> None:
    reply = typed(client, ktp_el="140", kk=" 90 ", kia="0", lainnya="")
    assert (reply.status_code, reply.location) == (303, "/petugas/terlayani?bulan=2026-08")
    assert served_in(store, AUGUST) == {"kia": 0, "kk": 90, "ktp-el": 140}
    page = client.get(reply.location)
    assert "Jumlah terlayani Agustus 2026 tersimpan." in words(page)
    assert re.search(r'id="n_kk"[^>]*value="90"', page.text)
    assert "Agustus 2026 230 144" in words(page)
    assert "Juli 2026 belum diisi –" in words(page)


def test_a_field_that_is_emptied_has_no_figure_any_more(client: FlaskClient, store: Store) -> None:
    typed(client, ktp_el="140", kk="90")
    typed(client, ktp_el="", kk="91")
    assert served_in(store, AUGUST) == {"kk": 91}


@pytest.mark.parametrize("wrong", ["12a", "-3", "1.200", "12,5", "99999999"])
def test_a_wrong_figure_is_named_with_its_service_and_nothing_is_kept(
    client: FlaskClient, store: Store, wrong: str
) -> None:
    reply = typed(client, ktp_el="140", kk=wrong)
    assert reply.status_code == 422
    assert "Belum ada yang disimpan. Periksa: Kartu Keluarga." in words(reply)
    assert "Tulis bilangan bulat tanpa titik dan koma, misalnya 1200." in words(reply)
    assert re.search(rf'aria-invalid="true"[^>]*value="{re.escape(wrong)}"', reply.text)
    assert served_in(store, AUGUST) == {}


def test_a_file_is_taken_as_the_command_takes_it(client: FlaskClient, store: Store) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Bulan", "Layanan", "Jumlah"],
        ["Agustus 2026", "Kartu Keluarga", 90],
        ["2026-09", "ktp-el", 12],
    ):
        book.active.append(row)  # type: ignore[union-attr]
    content = io.BytesIO()
    book.save(content)
    reply = sent(client, content.getvalue(), "terlayani.xlsx")
    assert reply.location == "/petugas/terlayani?bulan=2026-09"
    assert "2 angka dari berkas tersimpan: Agustus 2026, September 2026." in words(
        client.get(reply.location)
    )
    assert served_in(store, Period.parse("2026")) == {"kk": 90, "ktp-el": 12}


def test_a_file_with_wrong_cells_is_refused_whole_and_each_is_named(
    client: FlaskClient, store: Store
) -> None:
    lines = "bulan,layanan,jumlah\n2026-08,kk,90\n2026-13,kk,5\n2026-09,paspor,banyak\n"
    reply = sent(client, lines.encode(), "C:\\kantor\\<b>terlayani.csv")
    said = words(reply)
    assert reply.status_code == 422
    for place in ("baris 2, bulan", "baris 3, layanan", "baris 3, jumlah"):
        assert f"terlayani.csv, {place}" in said
    assert "/tmp" not in said
    assert "&lt;b&gt;terlayani.csv" in reply.text
    assert served_in(store, Period.parse("2026")) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Berkas kosong"),
        (b"nama,nilai\na,1\n", "Tidak ada tabel jumlah terlayani di berkas ini"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(
    client: FlaskClient, content: bytes, said: str
) -> None:
    reply = sent(client, content)
    assert reply.status_code == 422
    assert said in words(reply)


def test_no_file_is_no_error_of_the_program(client: FlaskClient) -> None:
    reply = post(client, "/petugas/terlayani/berkas")
    assert (reply.status_code, "Belum ada berkas yang dipilih" in words(reply)) == (422, True)


def test_what_is_closed_is_said_to_keep_its_figures(
    client: FlaskClient, office: Instance, store: Store
) -> None:
    receive(store, office.questionnaire(), people_of(office, "2026-05"))
    closed_period(store, office, "2026-05")
    closed_period(store, office, "2026-S1")
    page = words(client.get("/petugas/terlayani?bulan=2026-05"))
    assert "Sudah ditutup: Semester I Tahun 2026; Mei 2026." in page
    assert "Sudah ditutup" not in words(client.get("/petugas/terlayani?bulan=2026-07"))


@pytest.mark.parametrize("month", ["2026-13", "2999-01", "2026-TW1", "2026"])
def test_only_a_month_that_has_begun_can_be_filled_in(client: FlaskClient, month: str) -> None:
    assert client.get(f"/petugas/terlayani?bulan={month}").status_code == 404
    assert typed(client, month, kk="1").status_code == 404


def test_planners_do_not_fill_it_in(app: Flask) -> None:
    assert officer(app, "perencana").get("/petugas/terlayani").status_code == 403
