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
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from answering import delivery, message, response
from flask import Flask
from flask.testing import FlaskClient
from offices import changed
from photographs import PDF, photograph
from visiting import NAMES, PASSWORD, add_officers, address, addresses, csrf_of, officer
from werkzeug.routing import Rule

from skm import instance
from skm.closing_text import SHORT, checksum
from skm.demo_year import live_through
from skm.period import Period
from skm.plugins import installed_plugins
from skm.simulation import Simulation
from skm.store import follow_up, officers, open_store
from skm.store.closings import all_closings
from skm.store.evidence import prepare
from skm.store.follow_up import Completion, Writer
from skm.web.app import create_app
from skm.web.site import Site, site_of

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
        _live_through_a_summer(site)
        answers = (response(site.form, level, comment=EVIL) for level in (1, 2, 3, 4) * 3)
        site.intake.receive_many(site.form, map(delivery, answers))
        yield app


def _live_through_a_summer(site: Site) -> None:
    """Months that are closed, published, and answered by a plan with evidence."""
    office, months = site.instance.office, [Period.parse(f"2026-{month:02}") for month in _SUMMER]
    people = Simulation("umpan", 8, 12)
    for month in months:
        site.intake.receive_many(
            site.form,
            [
                delivery(replace(each, comment=EVIL), received=each.day)
                for each in people.month(month, site.form, office)
            ],
        )
    live_through(site.store, site.instance, months, "umpan", NAMES["admin"])
    (first, *_) = follow_up.all_follow_ups(site.store)
    done = Completion(months[-1].first_day, "Selesai.", added=(prepare(PICTURE),))
    follow_up.finish(site.store, first.number, done, Writer(NAMES["admin"], months[-1].last_day))


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
    places = _real_places(site_of(app), clients[-1])
    failed = []
    for _ in range(count):
        rule, method = chance.choice(everywhere)
        who = chance.randrange(len(clients))
        path = re.sub("<[^>]+>", partial(_piece, chance, places), rule.rule)
        asked: dict[str, Any] = {"query_string": _anything(chance, known[rule.rule])}
        if method != "GET":
            asked |= _body(chance, app, known[rule.rule], tokens[who])
        if chance.random() < 0.2:
            asked["headers"] = {chance.choice(_HEADERS): chance.choice(_SENDABLE)}
        reply = clients[who].open(path, method=method, **asked)
        if reply.status_code >= 500:
            failed.append(f"{method} {path} {asked} {reply.status_code}")
    return failed


def _real_places(site: Site, client: FlaskClient) -> Mapping[str, list[str]]:
    """What can stand at the places of addresses and is there in the office."""
    closed = all_closings(site.store)
    comments = client.get("/petugas/saran?periode=2026-06").text
    answers = client.get("/petugas/jawaban?periode=2026-06").text
    proof = [key for line in follow_up.all_follow_ups(site.store) for key in line.evidence]
    return {
        "<period>": [str(closing.period) for closing in closed],
        "<digits>": [checksum(closing)[:SHORT] for closing in closed],
        "<comment>": re.findall(r"/petugas/saran/2026-06/([0-9a-f]+)", comments),
        "<response_id>": re.findall(r"/petugas/jawaban/([0-9a-f]{32})", answers),
        "<sha256>": proof,
        "<form_id>": [site.form.id, "permenpanrb-14-2017"],
        "<service>": [service.code for service in site.instance.office.services],
        "<kind>": ["xlsx", "csv", "docx", "html", "png", "pdf", "poster-gambar", "laporan-html"],
        "<int:number>": ["1", "2", "3"],
        "<int:edition>": ["1", "2"],
        "<int:year>": ["2020", "2021", "2026"],
        "<width>": ["lebar", "sempit"],
        "<length>": ["bulan", "semester"],
    }


def _piece(chance: random.Random, places: Mapping[str, list[str]], place: re.Match[str]) -> str:
    real = places.get(place[0])
    return chance.choice(real if real and chance.random() < 0.7 else _PIECES)


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
    fields: dict[str, Any] = _anything(chance, known)
    if chance.random() < 0.9:
        fields["csrf_token"] = token
    if chance.random() < 0.3:
        content, name = chance.choice(_FILES)
        fields["file"] = (BytesIO(content), name)
    return {"data": fields}


_SUMMER = (5, 6, 7, 8)
PICTURE = photograph(80, 60)
_FILES = (
    *((PICTURE, "bukti.png"), (PDF, "bukti.pdf"), (b"", "kosong.docx")),
    *((b"PK\x03\x04" + bytes(40), "laporan.docx"), (EVIL.encode(), "laporan.html")),
    (b"bulan,layanan,jumlah\n2026-09,kk,7\n", "terlayani.csv"),
)


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
_HEADERS = (
    *("Skm-Token", "Skm-Clock", "Skm-Age-Ms", "Skm-Waiting", "Skm-Runs"),
    *("Host", "Cookie", "Range"),
)
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
