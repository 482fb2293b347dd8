"""Who may reach what: one row for every address, and no address without a row.

An application that has an address without a row does not start, so that nothing is ever open
by oversight.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, abort, g, request

from skm.errors import Fault, SkmError
from skm.store import tablets
from skm.web.site import current_site

OPEN = "open"
TOKEN = "token"
PETUGAS, PERENCANA, ADMIN = "petugas", "perencana", "admin"
ROLES = (OPEN, TOKEN, PETUGAS, PERENCANA, ADMIN)

ROWS: Mapping[str, str] = {
    "/": OPEN,
    "/isi": OPEN,
    "/isi/<service>": OPEN,
    "/terima-kasih": OPEN,
    "/api/jawaban": TOKEN,
    "/api/pasang": OPEN,
    "/api/versi": OPEN,
    "/static/<path:filename>": OPEN,
}
"""Address as the URL map spells it, and who may reach it."""


def guard(app: Flask, rows: Mapping[str, str]) -> None:
    """Let only those through that an address's row names.

    Raises:
        SkmError: addresses without a row, or with a role that does not exist; all are named.
    """
    faults = [
        Fault(
            "Alamat tanpa baris hak akses",
            field=rule.rule,
            found=rows.get(rule.rule),
            expected=" / ".join(ROLES),
        )
        for rule in app.url_map.iter_rules()
        if rows.get(rule.rule) not in ROLES
    ]
    if faults:
        raise SkmError(*faults)

    @app.before_request
    def refuse_strangers() -> None:
        if request.url_rule is None:
            return  # there is no such address, which is told to anyone
        match rows[request.url_rule.rule]:
            case "open":
                return
            case "token":
                token = request.headers.get("Skm-Token", "")
                g.tablet = tablets.find(current_site().store, token)
                if g.tablet is None:
                    abort(HTTPStatus.UNAUTHORIZED)
            case _:
                # Officers cannot log in yet, so what is theirs is shut to all.
                abort(HTTPStatus.FORBIDDEN)
