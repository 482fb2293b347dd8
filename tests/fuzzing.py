"""Requests with anything in them to every address, logged in and not.

``PYTHONPATH=tests python tests/fuzzing.py 20000`` sends as many as it is told and prints those
that ended in an error of the server.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from answering import delivery, message, response
from flask import Flask
from flask.testing import FlaskClient
from offices import changed
from visiting import NAMES, PASSWORD, add_officers, address, addresses, csrf_of, officer
from werkzeug.routing import Rule

from skm import instance
from skm.plugins import installed_plugins
from skm.store import officers, open_store
from skm.web.app import create_app
from skm.web.site import site_of

EVIL = "<script>alert(1)</script>"


@contextmanager
def everything(folder: Path) -> Iterator[Flask]:
    """An office with all that is installed, an officer of each role, and answers."""
    opened = changed(instance.init(folder), "isi = false", "isi = true")
    with open_store(opened) as store:
        officers.add(store, "umpan", officers.PETUGAS, PASSWORD)  # whom a fuzzer may remove
        add_officers(store)
        app = create_app(opened, store=store, plugins=installed_plugins())
        site = site_of(app)
        answers = (response(site.form, level, comment=EVIL) for level in (1, 2, 3, 4) * 3)
        site.intake.receive_many(site.form, map(delivery, answers))
        yield app


def fuzz(app: Flask, count: int, seed: int) -> list[str]:
    """Send requests with anything in them to every address, logged in and not.

    Returns:
        Those that were answered with 500 or above.
    """
    app.testing = False  # a bug is to be answered as in the office
    chance = random.Random(seed)
    everywhere = [each for each in addresses(app) if each[0].rule != "/petugas/keluar"]
    clients = [app.test_client(), *(officer(app, role) for role in NAMES)]
    tokens = ["", *(csrf_of(client) for client in clients[1:])]
    known = {rule.rule: _fields_of(clients[-1], rule) for rule, _ in everywhere}
    failed = []
    for _ in range(count):
        rule, method = chance.choice(everywhere)
        who = chance.randrange(len(clients))
        path = re.sub("<[^>]+>", lambda _: chance.choice(_PIECES), rule.rule)
        asked: dict[str, Any] = {"query_string": _anything(chance, known[rule.rule])}
        if method != "GET":
            asked |= _body(chance, app, known[rule.rule], tokens[who])
        if chance.random() < 0.2:
            asked["headers"] = {chance.choice(_HEADERS): chance.choice(_SENDABLE)}
        reply = clients[who].open(path, method=method, **asked)
        if reply.status_code >= 500:
            failed.append(f"{method} {path} {asked} {reply.status_code}")
    return failed


def _fields_of(client: FlaskClient, rule: Rule) -> dict[str, str]:
    """The fields of an address's page, and what its hidden ones hold."""
    query = {"day": "2026-10-05", "service": "kk", "counted": "2"}
    reply = client.get(address(rule.rule), query_string=query)
    page = reply.text if reply.mimetype == "text/html" else ""
    inputs = re.findall(r"<(?:input|select|textarea)[^>]*>", page)
    names = [re.search(r'name="([^"]+)"', each) for each in inputs]
    values = [re.search(r'value="([^"]*)"', each) for each in inputs]
    pairs = zip(names, values, strict=True)
    return query | {name[1]: value[1] if value else "" for name, value in pairs if name}


def _anything(chance: random.Random, known: Mapping[str, str]) -> dict[str, str]:
    """Some of the fields that a page has, and of those it has not, most of them with nonsense."""
    fields = {name: value for name, value in known.items() if chance.random() < 0.8}
    for name in [*fields, *chance.sample(_NAMES, 2)]:
        if chance.random() < 0.4:
            fields[name] = chance.choice(_PIECES)
    return fields


def _body(
    chance: random.Random, app: Flask, known: Mapping[str, str], token: str
) -> dict[str, Any]:
    if chance.random() < 0.2:
        sent = message(site_of(app).form, chance.randrange(-1, 9))
        sent[chance.choice(list(sent))] = chance.choice(_VALUES)
        return {"json": sent}
    fields = _anything(chance, known)
    return {"data": fields | {"csrf_token": token} if chance.random() < 0.9 else fields}


_PIECES = (
    *("", "x", "1", "-1", "0", "999999999999999999999999", "2026-10", "2026-13", "0000-00-00"),
    *("9999-12-31", "2026-10-05", "kk", "-", "csv", "json", "xlsx", "id", "Loket 1", "true"),
    *("../../etc/passwd", "%2e%2e", "'; DROP TABLE tablet; --", EVIL, "{{7*7}}", "a" * 3000),
    *("4" * 14, "dcba" * 3 + "44", "٣", "０１２３４５６７８９", "Ünïcödé \u202e", "\x00\x01"),
)
_SENDABLE = [piece for piece in _PIECES if piece.isascii() and piece.isprintable()]
_NAMES = (
    *("name", "password", "new", "again", "present", "role", "wanted", "lanjut", "day"),
    *("service", "counted", "ticket", "token", "q_prosedur", "comment", "bahasa", "formulir"),
    *("l1-answers", "l1-profile", "l1-comment", "l1-helped", "l50-answers", "number"),
)
_HEADERS = ("Skm-Token", "Skm-Clock", "Skm-Age-Ms", "Skm-Waiting", "Host", "Cookie", "Range")
_VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    2**70,
    1e308,
    "",
    "x" * 2000,
    [],
    {},
    [[]],
    {"a": 1},
    "\ud800",
)


def main() -> None:
    """Fuzz an office of its own."""
    count = int(sys.argv[1])
    with TemporaryDirectory() as folder, everything(Path(folder) / "k") as app:
        failed = fuzz(app, count, seed=count)
        routes = len({rule.rule for rule, _ in addresses(app)})
    lines = [*failed, f"{count} requests to {routes} addresses: {len(failed)} errors"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
