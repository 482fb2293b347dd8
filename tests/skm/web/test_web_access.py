"""Every address has one row that says who may reach it; every answer carries the headers."""

from __future__ import annotations

import os
import stat
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skm.errors import SkmError
from skm.instance import Instance
from skm.store import Store, tablets
from skm.web import access
from skm.web.app import create_app
from skm.web.security import secret_key

PLACES = {"<service>": "kk", "<path:filename>": "skm.css"}
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cache-Control",
)


def address(rule: str) -> str:
    for place, value in PLACES.items():
        rule = rule.replace(place, value)
    return rule


def test_the_rows_and_the_addresses_are_the_same(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(access.ROWS)


@pytest.mark.parametrize(("rule", "role"), access.ROWS.items(), ids=access.ROWS)
def test_each_address_lets_in_whom_its_row_names(
    client: FlaskClient, app: Flask, token: str, rule: str, role: str
) -> None:
    methods = {
        method
        for each in app.url_map.iter_rules()
        if each.rule == rule
        for method in (each.methods or ())
    }
    for method in methods & {"GET", "POST"}:
        stranger = client.open(address(rule), method=method, json={})
        tablet = client.open(address(rule), method=method, json={}, headers={"Skm-Token": token})
        if role == access.TOKEN:
            assert stranger.status_code == 401
        else:
            assert stranger.status_code != 403
            assert stranger.status_code == tablet.status_code
        assert tablet.status_code not in (403, 404, 405)


@pytest.mark.parametrize("role", [access.PETUGAS, access.PERENCANA, access.ADMIN])
def test_what_is_the_officers_is_shut_to_strangers_and_tablets(
    open_office: Instance, store: Store, token: str, role: str
) -> None:
    plugin = SimpleNamespace(register=add_page, access={"/petugas/contoh": role})
    client = create_app(open_office, store=store, plugins=[plugin]).test_client()
    for headers in ({}, {"Skm-Token": token}):
        assert client.get("/petugas/contoh", headers=headers).status_code == 403


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
    app.add_url_rule("/petugas/contoh", view_func=lambda: "contoh", endpoint="contoh")


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
