"""What an attacker in the office's network tries, and a fuzzer that knows every address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from fuzzing import EVIL, everything, fuzz
from visiting import address, addresses, csrf_of, officer, post

from skm.errors import SkmError
from skm.store import tablets
from skm.web.app import create_app
from skm.web.security import LARGEST_FORM, LARGEST_OFFICER_FORM
from skm.web.site import site_of

FUZZED = 1_000
"""Requests of the fuzzer here; ``tests/fuzzing.py`` sends as many as it is told."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with everything(tmp_path_factory.mktemp("kantor") / "k") as app:
        tablets.add(site_of(app).store, EVIL)
        yield app


@pytest.fixture(scope="module")
def admin(whole: Flask) -> FlaskClient:
    return officer(whole, "admin")


def test_no_page_has_a_script_or_a_style_of_its_own(whole: Flask, admin: FlaskClient) -> None:
    pages = [address(rule.rule) for rule, method in addresses(whole) if method == "GET"]
    pages += ["/petugas/kertas?day=2026-10-05&service=kk&counted=3"]
    post(admin, "/petugas/tablet", name="Loket 1")
    for page in pages:
        reply = admin.get(page)
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        if reply.mimetype == "text/html":
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", reply.text), page
            assert not re.search(r"<script(?![^>]*\ssrc=)", reply.text), page
            assert (
                re.findall(r'(?:src|href|action)="(?:https?:)?//(?!localhost)', reply.text) == []
            )


def test_html_in_names_is_shown_as_text(admin: FlaskClient) -> None:
    shown = 0
    post(admin, "/petugas/tablet", name='"><img src=x onerror=alert(1)>')
    for page in ("/petugas", "/petugas/tablet", "/petugas/tablet/kode", "/petugas/kertas?day=<b>"):
        text = admin.get(page).text
        shown += text.count("&lt;script&gt;alert(1)&lt;/script&gt;")
        assert EVIL not in text
        assert "<img src=x" not in text
    assert shown >= 2
    typed = post(admin, "/petugas/pengguna", name=EVIL, role="admin", password=EVIL)
    assert EVIL not in typed.text
    assert 'value="&lt;script&gt;' in typed.text


@pytest.mark.parametrize("place", ["Host", "X-Forwarded-Host", "X-Forwarded-For", "Forwarded"])
def test_a_foreign_host_changes_no_address(whole: Flask, place: str) -> None:
    reply = whole.test_client().get("/petugas/tablet", headers={place: "contoh.com"})
    assert "contoh.com" not in str(reply.headers) + reply.text
    assert reply.status_code == (400 if place == "Host" else 302)


@pytest.mark.parametrize("break_", ["\r\nX-Jahat: 1", "%0d%0aX-Jahat:%201", "\nSet-Cookie: a=b"])
def test_no_header_comes_out_of_an_address(admin: FlaskClient, break_: str) -> None:
    for path in ("/petugas/ekspor/2026-10/", "/petugas/masuk?lanjut=/petugas", "/petugas/x"):
        reply = admin.get(path + break_)
        assert "X-Jahat" not in reply.headers
        assert "a=b" not in str(reply.headers)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../site.py",
        "/static/..%2fsite.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..\\site.py",
        "/static//etc/passwd",
        "/static/kiosk/../../security.py",
        "/petugas/ekspor/..%2f..%2fsecret.key/csv",
        "/petugas/ekspor/2026-10/..%2f..%2fsecret",
        "/petugas/ekspor/2026-10/key",
    ],
)
def test_no_path_leads_out_of_what_is_served(whole: Flask, admin: FlaskClient, path: str) -> None:
    reply = admin.get(path, follow_redirects=True)
    assert reply.status_code in (404, 422)
    assert "import" not in reply.text
    assert str(whole.secret_key) not in reply.text


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/petugas/masuk", LARGEST_FORM + 1, 413),
        ("/petugas/mulai/kode", LARGEST_FORM + 1, 413),
        ("/isi", LARGEST_FORM + 1, 413),
        ("/api/pasang", 17 * 1024, 413),
    ],
)
def test_strangers_send_little(whole: Flask, path: str, size: int, status: int) -> None:
    assert whole.test_client().post(path, data={"name": "x" * size}).status_code == status


def test_officers_send_more_but_not_everything(whole: Flask, admin: FlaskClient) -> None:
    token = csrf_of(admin)
    for size, status in ((LARGEST_FORM * 2, 422), (LARGEST_OFFICER_FORM + 1, 413)):
        sent = {"csrf_token": token, "name": "x" * size}
        assert admin.post("/petugas/tablet", data=sent).status_code == status
        stranger = whole.test_client().post("/petugas/tablet", data=sent)
        assert stranger.status_code == 401


def test_a_password_is_nowhere_in_an_answer(admin: FlaskClient) -> None:
    for path, fields in (
        ("/petugas/pengguna", {"name": "k", "role": "admin", "password": "rahasia sekali"}),
        ("/petugas/sandi", {"present": "rahasia sekali", "new": "rahasia sekali"}),
    ):
        reply = post(admin, path, **fields)
        assert reply.status_code == 422
        assert "rahasia sekali" not in reply.text


def test_what_cannot_be_stored_is_said_without_a_traceback(whole: Flask) -> None:
    def fail() -> str:
        raise SkmError

    app = create_app(site_of(whole).instance, store=site_of(whole).store)
    app.view_functions["log_in.ask"] = fail
    reply = app.test_client().get("/petugas/masuk")
    assert (reply.status_code, "Traceback" in reply.text) == (503, False)


def test_no_request_whatever_ends_in_an_error_of_the_server(whole: Flask) -> None:
    assert fuzz(whole, FUZZED, seed=1) == []
