"""Who may reach what: one row for every address, and no address without a row.

An application that has an address without a row does not start, so that nothing is ever open
by oversight. Every changing request to an officers' address must carry the token of its
session, whoever wrote the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from skm.errors import Fault, SkmError
from skm.store import tablets
from skm.store.officers import ADMIN, PERENCANA, PETUGAS, ROLES
from skm.web import csrf
from skm.web.pages import notice
from skm.web.security import LARGEST_OFFICER_FORM, OFFICERS, is_officers
from skm.web.sessions import held_id
from skm.web.site import current_site
from skm.web.uploads import largest_body

__all__ = [
    "ADMIN",
    "ADMITTED",
    "OFFICER",
    "OPEN",
    "PERENCANA",
    "PETUGAS",
    "ROWS",
    "TOKEN",
    "guard",
]

OPEN = "open"
TOKEN = "token"
OFFICER = "officer"
"""Whoever is logged in."""

ADMITTED: Mapping[str, frozenset[str]] = {
    OFFICER: frozenset(ROLES),
    PETUGAS: frozenset({PETUGAS, ADMIN}),
    PERENCANA: frozenset({PERENCANA, ADMIN}),
    ADMIN: frozenset({ADMIN}),
}
"""The officers that a row lets in: an admin everywhere."""

KINDS = (OPEN, TOKEN, *ADMITTED)

ROWS: Mapping[str, str] = {
    "/": OPEN,
    "/isi": OPEN,
    "/isi/<service>": OPEN,
    "/terima-kasih": OPEN,
    "/publik": OPEN,
    "/publik/<digits>": OPEN,
    "/publik/<digits>/unsur-<width>.svg": OPEN,
    "/publik/<digits>/poster.<kind>": OPEN,
    "/publik/tren/<length>-<width>.svg": OPEN,
    "/kios": OPEN,
    "/kios/<version>/<name>": OPEN,
    "/suara/<language>/<question>": OPEN,
    "/api/jawaban": TOKEN,
    "/api/pasang": OPEN,
    "/api/versi": OPEN,
    "/static/<path:filename>": OPEN,
    "/petugas": OFFICER,
    "/petugas/grafik/unsur-<width>.svg": OFFICER,
    "/petugas/grafik/tren-<width>.svg": OFFICER,
    "/petugas/masuk": OPEN,
    "/petugas/mulai/<code>": OPEN,
    "/petugas/keluar": OFFICER,
    "/petugas/sandi": OFFICER,
    "/petugas/kertas": PETUGAS,
    "/petugas/tutup": OFFICER,
    "/petugas/tutup/<period>": OFFICER,
    "/petugas/tutup/<period>/edisi": ADMIN,
    "/petugas/publikasi": OFFICER,
    "/petugas/publikasi/<period>": OFFICER,
    "/petugas/publikasi/<period>/catat": ADMIN,
    "/petugas/publikasi/<period>/<int:edition>/terbit": ADMIN,
    "/petugas/publikasi/<period>/<int:number>/bukti": ADMIN,
    "/petugas/publikasi/<period>/<int:number>/tarik": ADMIN,
    "/petugas/ekspor": OFFICER,
    "/petugas/ekspor/<period>/<kind>": OFFICER,
    "/petugas/tindak-lanjut": OFFICER,
    "/petugas/tindak-lanjut/baru": PETUGAS,
    "/petugas/tindak-lanjut/laporan/<period>/<kind>": OFFICER,
    "/petugas/tindak-lanjut/<int:number>": OFFICER,
    "/petugas/tindak-lanjut/<int:number>/ubah": PETUGAS,
    "/petugas/tindak-lanjut/<int:number>/selesai": PETUGAS,
    "/petugas/tindak-lanjut/<int:number>/buka": PETUGAS,
    "/petugas/tindak-lanjut/<int:number>/hapus": PETUGAS,
    "/petugas/bukti/<sha256>": OFFICER,
    "/petugas/saran": OFFICER,
    "/petugas/saran/<period>/<comment>": PETUGAS,
    "/petugas/jawaban": ADMIN,
    "/petugas/jawaban/hapus": ADMIN,
    "/petugas/jawaban/<response_id>": ADMIN,
    "/petugas/jawaban/<response_id>/hapus": ADMIN,
    "/petugas/perubahan": ADMIN,
    "/petugas/pemusnahan": ADMIN,
    "/petugas/pemusnahan/<int:year>": ADMIN,
    "/petugas/pemusnahan/catatan/<name>": ADMIN,
    "/petugas/terlayani": PETUGAS,
    "/petugas/terlayani/berkas": PETUGAS,
    "/petugas/formulir": OFFICER,
    "/petugas/formulir/<form_id>": OFFICER,
    "/petugas/formulir/<form_id>/lihat": OFFICER,
    "/petugas/formulir/<form_id>/kuesioner.pdf": OFFICER,
    "/petugas/qr": PETUGAS,
    "/petugas/qr/semua.pdf": PETUGAS,
    "/petugas/qr/umum.pdf": PETUGAS,
    "/petugas/qr/layanan/<service>.pdf": PETUGAS,
    "/petugas/tablet": ADMIN,
    "/petugas/tablet/kode": ADMIN,
    "/petugas/tablet/<int:number>/kode": ADMIN,
    "/petugas/tablet/<int:number>/nama": ADMIN,
    "/petugas/tablet/<int:number>/cabut": ADMIN,
    "/petugas/pengguna": ADMIN,
    "/petugas/pengguna/<int:number>/sandi": ADMIN,
    "/petugas/pengguna/<int:number>/hapus": ADMIN,
}
"""Address as the URL map spells it, and who may reach it."""


def guard(app: Flask, rows: Mapping[str, str]) -> None:
    """Let only those through that an address's row names.

    Raises:
        SkmError: addresses without a row, with one that does not exist, or for officers
            outside their part of the site, where nobody has a session; all are named.
    """
    faults = [
        *(
            Fault(
                "Alamat tanpa baris hak akses",
                field=rule.rule,
                found=rows.get(rule.rule),
                expected=" / ".join(KINDS),
            )
            for rule in app.url_map.iter_rules()
            if rows.get(rule.rule) not in KINDS
        ),
        *(
            Fault("Alamat petugas di luar bagian petugas", field=rule, expected=f"{OFFICERS}/…")
            for rule, kind in rows.items()
            if kind in ADMITTED and not is_officers(rule)
        ),
    ]
    if faults:
        raise SkmError(*faults)

    @app.before_request
    def refuse_strangers() -> Response | None:
        site = current_site()
        g.officer = None
        if is_officers(request.path):
            g.officer = site.sessions.officer(held_id(), site.store)
        if request.url_rule is None:
            return None  # there is no such address, which is told to anyone
        kind = rows[request.url_rule.rule]
        if kind == TOKEN:
            g.tablet = tablets.find(site.store, request.headers.get("Skm-Token", ""))
            if g.tablet is None:
                abort(HTTPStatus.UNAUTHORIZED)
        if kind in ADMITTED:
            if g.officer is None:
                return _ask_to_log_in()
            if g.officer.role not in ADMITTED[kind]:
                abort(HTTPStatus.FORBIDDEN)
            request.max_content_length = largest_body(request.endpoint)
            request.max_form_memory_size = LARGEST_OFFICER_FORM
        if is_officers(request.path) and request.method in csrf.CHANGING and not csrf.is_ours():
            return notice(HTTPStatus.BAD_REQUEST, csrf.STALE)
        return None


def _ask_to_log_in() -> Response:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("log_in.ask", lanjut=request.full_path.rstrip("?")))
    return notice(
        HTTPStatus.UNAUTHORIZED, "Sesi Anda sudah berakhir. Masuk lagi, lalu ulangi dari awal."
    )
