"""Requests with anything in them to every address, logged in and not.

``PYTHONPATH=tests python tests/fuzzing.py 20000`` sends as many as it is told and prints those
that ended in an error of the server.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from answering import delivery, message, response
from flask import Flask
from offices import changed
from visiting import NAMES, add_officers, addresses, csrf_of, officer

from skm import instance
from skm.plugins import installed_plugins
from skm.store import open_store
from skm.web.app import create_app
from skm.web.site import site_of

EVIL = "<script>alert(1)</script>"


@contextmanager
def everything(folder: Path) -> Iterator[Flask]:
    """An office with all that is installed, an officer of each role, and answers."""
    opened = changed(instance.init(folder), "isi = false", "isi = true")
    with open_store(opened) as store:
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
    everywhere = list(addresses(app))
    clients = [app.test_client(), *(officer(app, role) for role in NAMES)]
    tokens = ["", *(csrf_of(client) for client in clients[1:])]
    form = site_of(app).form
    failed = []
    for _ in range(count):
        rule, method = chance.choice(everywhere)
        if rule.rule == "/petugas/keluar":
            continue
        who = chance.randrange(len(clients))
        path = re.sub("<[^>]+>", lambda _: chance.choice(_PIECES), rule.rule)
        fields = {chance.choice(_NAMES): chance.choice(_PIECES) for _ in range(6)}
        if chance.random() < 0.9:
            fields["csrf_token"] = tokens[who]
        query = {chance.choice(_NAMES): chance.choice(_PIECES) for _ in range(chance.randrange(4))}
        body: dict[str, Any] = {"data": fields}
        if chance.random() < 0.3:
            sent = message(form, chance.randrange(-1, 9))
            sent[chance.choice(list(sent))] = chance.choice(_VALUES)
            body = {"json": sent}
        headers = {chance.choice(_HEADERS): chance.choice(_PIECES[:-4]) for _ in range(2)}
        try:
            reply = clients[who].open(
                path, method=method, query_string=query, headers=headers, **body
            )
        except ValueError:
            continue  # the test client does not send such a header
        if reply.status_code >= 500:
            failed.append(f"{method} {path} {query} {fields} {headers} {reply.status_code}")
    return failed


_PIECES = (
    *("", "x", "1", "-1", "0", "999999999999999999999999", "2026-10", "2026-13", "0000-00-00"),
    *("9999-12-31", "2026-10-05", "kk", "-", "csv", "json", "xlsx", "id", "Loket 1", "true"),
    *("../../etc/passwd", "%2e%2e", "'; DROP TABLE tablet; --", EVIL, "{{7*7}}", "a" * 3000),
    *("4" * 14, "dcba" * 3 + "44", "٣", "０１２３４５６７８９", "Ünïcödé \u202e", "\x00\x01"),
)
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
