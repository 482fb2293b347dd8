"""Every address has one row that says who may reach it; every answer carries the headers."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from offices import changed
from visiting import NAMES, add_officers, address, addresses, csrf_of, officer

from skm import instance
from skm.errors import SkmError
from skm.instance import Instance
from skm.plugins import installed_plugins
from skm.store import Store, open_store, tablets
from skm.web import access, csrf
from skm.web.app import create_app
from skm.web.security import is_officers, secret_key
from skm.web.site import site_of

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cache-Control",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An office with an officer of each role, and everything that is installed."""
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    opened = changed(made, "isi = false", "isi = true")
    with open_store(opened) as store:
        add_officers(store)
        yield create_app(opened, store=store, plugins=installed_plugins())


@pytest.fixture(scope="module")
def browsers(whole: Flask) -> dict[str, FlaskClient]:
    """The browser of an officer of each role."""
    return {role: officer(whole, role) for role in NAMES}


def test_the_rows_and_the_addresses_are_the_same(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(access.ROWS)


def rows_of(app: Flask) -> dict[str, str]:
    plugged = [getattr(plugin, "access", {}) for plugin in installed_plugins()]
    rows = dict(access.ROWS)
    for each in plugged:
        rows |= each
    return rows


def test_a_stranger_reaches_only_what_is_open(whole: Flask) -> None:
    rows = rows_of(whole)
    with open_store_of(whole) as store:
        token = tablets.add(store, "Loket 7")
    for rule, method in addresses(whole):
        for headers in ({}, {"Skm-Token": token}):
            path = address(rule.rule)
            reply = whole.test_client().open(path, method=method, headers=headers)
            said = (rule.rule, method, reply.status_code)
            if rows[rule.rule] == access.OPEN:
                assert reply.status_code not in (401, 403) or path == "/api/pasang", said
            elif rows[rule.rule] == access.TOKEN:
                assert (reply.status_code == 401) == (not headers), said
            elif method == "GET":
                assert reply.status_code == 302, said
                assert reply.location.startswith("/petugas/masuk?lanjut="), said
            else:
                assert reply.status_code == 401, said


def test_an_officer_reaches_what_the_role_may_and_nothing_else(
    whole: Flask, browsers: dict[str, FlaskClient]
) -> None:
    rows = rows_of(whole)
    tokens = {role: csrf_of(client) for role, client in browsers.items()}
    seen = set()
    for rule, method in addresses(whole):
        kind = rows[rule.rule]
        if kind not in access.ADMITTED or rule.rule == "/petugas/keluar":
            continue
        for role, client in browsers.items():
            sent = {"csrf_token": tokens[role]} if method == "POST" else None
            reply = client.open(address(rule.rule), method=method, data=sent)
            admitted = role in access.ADMITTED[kind]
            assert (reply.status_code == 403) != admitted, (rule.rule, method, role)
            assert reply.status_code not in (401, 405, 500), (rule.rule, method, role)
            seen.add((kind, role, admitted))
    assert (access.ADMIN, "petugas", False) in seen
    assert (access.PETUGAS, "perencana", False) in seen


def test_every_changing_request_needs_the_token_of_its_own_session(
    whole: Flask, browsers: dict[str, FlaskClient]
) -> None:
    other = csrf_of(officer(whole, "admin"))
    changing = [
        address(rule.rule)
        for rule, method in addresses(whole)
        if method in csrf.CHANGING and is_officers(rule.rule)
    ]
    assert "/petugas/masuk" in changing
    for path in changing:
        for sent in ({}, {"csrf_token": "x"}, {"csrf_token": other}, {"csrf_token": "é"}):
            assert browsers["admin"].post(path, data=sent).status_code == 400, (path, sent)
        header = {"Skm-Csrf": other}
        assert browsers["admin"].post(path, headers=header).status_code == 400, path


@pytest.mark.parametrize("kind", list(access.ADMITTED))
def test_a_plugin_s_pages_are_shut_to_strangers_and_tablets(
    open_office: Instance, store: Store, token: str, kind: str
) -> None:
    plugin = SimpleNamespace(register=add_page, access={"/petugas/contoh": kind})
    client = create_app(open_office, store=store, plugins=[plugin]).test_client()
    for headers in ({}, {"Skm-Token": token}):
        assert client.get("/petugas/contoh", headers=headers).status_code == 302
        assert client.post("/petugas/contoh", headers=headers).status_code == 401


def test_no_plugin_opens_what_is_shut(open_office: Instance, store: Store) -> None:
    plugin = SimpleNamespace(access={"/petugas/pengguna": access.OPEN})
    client = create_app(open_office, store=store, plugins=[plugin]).test_client()
    assert client.get("/petugas/pengguna").status_code == 302


def test_an_officers_page_outside_their_part_does_not_start(
    open_office: Instance, store: Store
) -> None:
    plugin = SimpleNamespace(access={"/rahasia": access.ADMIN})
    with pytest.raises(SkmError, match="/rahasia: Alamat petugas di luar bagian petugas"):
        create_app(open_office, store=store, plugins=[plugin])


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param({}, id="no row"),
        pytest.param({"/petugas/contoh": "semua"}, id="a role that does not exist"),
    ],
)
def test_an_address_without_a_row_does_not_start(
    open_office: Instance, store: Store, rows: dict[str, str]
) -> None:
    plugin = SimpleNamespace(register=add_page, access=rows)
    with pytest.raises(SkmError, match="/petugas/contoh: Alamat tanpa baris hak akses"):
        create_app(open_office, store=store, plugins=[plugin])


def add_page(app: Flask) -> None:
    app.add_url_rule(
        "/petugas/contoh", view_func=lambda: "contoh", endpoint="contoh", methods=["GET", "POST"]
    )


def open_store_of(app: Flask) -> Store:
    return open_store(site_of(app).instance)


def test_a_revoked_token_is_a_stranger(client: FlaskClient, store: Store, token: str) -> None:
    tablets.revoke(store, "Loket 1")
    reply = client.post("/api/jawaban", headers={"Skm-Token": token})
    assert (reply.status_code, reply.json) == (
        401,
        {"error": "Kunci tablet tidak berlaku. Pasangkan tablet ini lagi."},
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/isi", 200),
        ("GET", "/terima-kasih", 200),
        ("GET", "/static/survey.js", 200),
        ("GET", "/api/versi", 200),
        ("POST", "/api/jawaban", 401),
        ("GET", "/petugas", 302),
        ("GET", "/petugas/masuk", 200),
        ("POST", "/petugas/masuk", 400),
        ("GET", "/petugas/tidak-ada", 404),
        ("GET", "/petugas/mulai/kode", 410),
        ("GET", "/tidak-ada", 404),
        ("GET", "/isi/tidak-ada", 404),
        ("GET", "/api/tidak-ada", 404),
        ("DELETE", "/isi", 405),
    ],
)
def test_every_answer_carries_the_headers(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    reply = client.open(path, method=method)
    assert reply.status_code == status
    assert [name for name in HEADERS if name not in reply.headers] == []
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_pages_are_not_kept_and_versioned_files_are_kept_for_a_year(client: FlaskClient) -> None:
    assert client.get("/isi").headers["Cache-Control"] == "no-store"
    kept = client.get("/static/skm.css?v=1").headers["Cache-Control"]
    assert kept == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("192.168.1.20:8000", 200),
        ("[fe80::1]:8000", 200),
        ("localhost", 200),
        ("PC-LOKET:8000", 200),
        ("kios.lan", 200),
        ("survei.jemberkab.go.id", 200),
        ("contoh.com:8000", 400),
        ("192.168.1.20.contoh.com", 400),
    ],
)
def test_only_hosts_that_nobody_outside_can_point_here_are_answered(
    open_office: Instance, store: Store, host: str, status: int
) -> None:
    app = create_app(open_office, store=store, hosts=["survei.jemberkab.go.id"])
    assert app.test_client().get("/", headers={"Host": host}).status_code == status


def test_the_key_is_made_once_and_for_the_owner_alone(office: Instance) -> None:
    key = secret_key(office.secret_key)
    assert len(key) == 64
    assert secret_key(office.secret_key) == key
    if os.name == "posix":
        assert stat.S_IMODE(office.secret_key.stat().st_mode) == 0o600
    office.secret_key.write_text("")
    with pytest.raises(SkmError, match="Kunci rahasia tidak utuh"):
        secret_key(office.secret_key)
