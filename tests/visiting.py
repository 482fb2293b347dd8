"""Officers who visit the pages, through the real log-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from skm.store import Store

PASSWORD = "sapi makan rumput"
NAMES = {"petugas": "loket", "perencana": "rencana", "admin": "kepala"}
"""An officer of each role."""

PLACES = {
    "<service>": "kk",
    "<version>": "1",
    "<name>": "kiosk.js",
    "<form_id>": "kecamatan-14",
    "<width>": "lebar",
    "<language>": "id",
    "<question>": "keamanan",
    "<path:filename>": "skm.css",
    "<code>": "kode",
    "<period>": "2026-10",
    "<kind>": "xlsx",
    "<int:number>": "999",
    "<int:year>": "2019",
    "<int:edition>": "1",
    "<digits>": "0" * 16,
    "<length>": "bulan",
    "<comment>": "0" * 32,
    "<response_id>": "0" * 32,
    "<sha256>": "0" * 64,
}


_QUICK = generate_password_hash(PASSWORD, "scrypt:256:8:1")
"""The password as a store keeps it, guessed at sooner than an office's: a log-in costs no time."""


def add_officers(store: Store) -> None:
    """One officer of each role."""
    with store.writing() as db:
        for role, name in NAMES.items():
            db.execute(
                "INSERT INTO officer (name, role, password, added) VALUES (?, ?, ?, ?)",
                (name, role, _QUICK, "2026-01-02"),
            )


def hidden(page: TestResponse, name: str) -> str:
    """What stands in a hidden field."""
    found = re.search(rf'name="{name}" type="hidden" value="([^"]*)"', page.text) or re.search(
        rf'type="hidden" name="{name}" value="([^"]*)"', page.text
    )
    assert found is not None, page.text
    return unescape(found[1])


def csrf_of(client: FlaskClient) -> str:
    """The token of a client's session."""
    return hidden(client.get("/petugas/masuk", follow_redirects=True), "csrf_token")


def post(client: FlaskClient, path: str, /, **fields: str) -> TestResponse:
    """Send a form of a page that the client has open."""
    return client.post(path, data={"csrf_token": csrf_of(client), **fields})


def try_log_in(client: FlaskClient, name: str, password: str = PASSWORD) -> TestResponse:
    """Log in as a browser does."""
    return post(client, "/petugas/masuk", name=name, password=password)


def officer(app: Flask, role: str) -> FlaskClient:
    """The browser of an officer who is logged in."""
    client = app.test_client()
    reply = try_log_in(client, NAMES[role])
    assert reply.status_code == 303, reply.text
    return client


def address(rule: str) -> str:
    """An address that a rule stands for."""
    for place, value in PLACES.items():
        rule = rule.replace(place, value)
    assert "<" not in rule, f"{rule}: tell in tests/visiting.py what stands there"
    return rule


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address of the application with each method that it takes."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method
