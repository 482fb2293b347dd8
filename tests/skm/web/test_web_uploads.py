"""A page that takes a file takes as much as a file, from an officer it admits, and no other."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from visiting import add_officers, csrf_of, officer
from werkzeug.test import TestResponse

from skm.errors import SkmError
from skm.instance import Instance
from skm.store import Store
from skm.web import access
from skm.web.app import create_app
from skm.web.security import LARGEST_OFFICER_FORM
from skm.web.uploads import LARGEST_FILE, chosen_file, takes_a_file

PATH = "/petugas/berkas"


@takes_a_file
def show_size() -> str:
    """Tell what came, or why nothing did."""
    try:
        file = chosen_file("berkas")
    except SkmError as error:
        return str(error)
    return f"{file.name}: {len(file.content)}"


def add_pages(app: Flask) -> None:
    app.add_url_rule(PATH, view_func=show_size, endpoint="berkas", methods=["POST"])
    app.add_url_rule(f"{PATH}/lain", view_func=lambda: "lain", endpoint="lain", methods=["POST"])


@pytest.fixture
def app(open_office: Instance, store: Store) -> Flask:
    add_officers(store)
    rows = {PATH: access.PERENCANA, f"{PATH}/lain": access.PERENCANA}
    plugin = SimpleNamespace(register=add_pages, access=rows)
    return create_app(open_office, store=store, plugins=[plugin])


@pytest.fixture
def planner(app: Flask) -> FlaskClient:
    return officer(app, "perencana")


def send(client: FlaskClient, name: str, content: bytes, path: str = PATH) -> TestResponse:
    fields = {"csrf_token": csrf_of(client), "berkas": (BytesIO(content), name)}
    return client.post(path, data=fields)


def test_a_file_larger_than_any_form_comes_through(planner: FlaskClient) -> None:
    reply = send(planner, "laporan.docx", b"x" * (LARGEST_OFFICER_FORM * 2))
    assert reply.text == f"laporan.docx: {LARGEST_OFFICER_FORM * 2}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("C:/Dokumen/a.docx", "a.docx"), ("../../x/y.pdf", "y.pdf"), ("a\u202eb.pdf", "ab.pdf")],
)
def test_of_its_name_only_the_last_part_is_taken(
    planner: FlaskClient, name: str, shown: str
) -> None:
    assert send(planner, name, b"x").text == f"{shown}: 1"


def test_a_file_that_is_too_large_is_refused_in_words(planner: FlaskClient) -> None:
    reply = send(planner, "laporan.pdf", b"x" * LARGEST_FILE)
    assert reply.status_code == 413
    assert "satu berkas paling besar 15 MB" in reply.text


def test_a_page_without_files_takes_no_more_than_before(planner: FlaskClient) -> None:
    reply = send(planner, "laporan.pdf", b"x" * (LARGEST_OFFICER_FORM + 1), f"{PATH}/lain")
    assert reply.status_code == 413


def test_no_file_and_an_empty_one_are_told(planner: FlaskClient) -> None:
    assert "Belum ada berkas yang dipilih" in send(planner, "", b"").text
    assert "Berkas kosong" in send(planner, "laporan.docx", b"").text


def test_others_send_no_file_at_all(app: Flask, planner: FlaskClient) -> None:
    fields = {"berkas": (BytesIO(b"x" * LARGEST_OFFICER_FORM), "laporan.docx")}
    assert app.test_client().post(PATH, data=fields).status_code == 401
    assert send(officer(app, "petugas"), "laporan.docx", b"x").status_code == 403
    assert planner.post(PATH, data={"berkas": (BytesIO(b"x"), "a.docx")}).status_code == 400
