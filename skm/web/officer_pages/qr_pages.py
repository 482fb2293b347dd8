"""Sheets with a QR code of the survey for phones: to print from the page, or as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, abort, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from skm.export.qr_sheets import QrPrint, QrSheet, qr_sheets, write_qr_sheets
from skm.web.address import is_in_network
from skm.web.security import OFFICERS
from skm.web.site import AN_HOUR, Site, current_site

qr_pages = Blueprint("qr_pages", __name__, url_prefix=f"{OFFICERS}/qr")


@qr_pages.get("")
def show() -> str:
    """Show the sheets, or what is missing for them."""
    site = current_site()
    office = site.instance.office
    base = _base(site)
    codes = [None, *(each.code for each in office.services)]
    sheets = _sheets(site) if office.own_phone and base else ()
    return render_template(
        "officer_qr.html",
        opened=office.own_phone,
        base=base,
        an_hour=AN_HOUR,
        sheets=[
            (code, sheet, Markup(sheet.svg.decode()))
            for code, sheet in zip(codes, sheets, strict=False)
        ],
    )


@qr_pages.get("/semua.pdf")
def print_all() -> Response:
    """All sheets in one file."""
    return _pdf(_sheets(current_site()), "semua")


@qr_pages.get("/umum.pdf")
def print_general() -> Response:
    """The sheet for all services."""
    return _pdf(_sheets(current_site())[:1], "umum")


@qr_pages.get("/layanan/<service>.pdf")
def print_one(service: str) -> Response:
    """The sheet of one service."""
    site = current_site()
    codes = [each.code for each in site.instance.office.services]
    if service not in codes:
        abort(HTTPStatus.NOT_FOUND)
    return _pdf([_sheets(site)[1 + codes.index(service)]], service)


def _sheets(site: Site) -> tuple[QrSheet, ...]:
    """The office's sheets; there are none while its survey for phones is closed."""
    base = _base(site)
    if not site.instance.office.own_phone or base is None:
        abort(HTTPStatus.NOT_FOUND)
    return qr_sheets(base, {each.code: each.name for each in site.instance.office.services})


def _base(site: Site) -> str | None:
    """Where phones reach the server; as the officer's browser did where tablets never have."""
    here = f"http://{request.host}" if is_in_network(request.host) else None
    return site.base or here


def _pdf(sheets: Sequence[QrSheet], name: str) -> Response:
    site = current_site()
    services = site.instance.office.services
    printed = QrPrint(
        site.instance.office,
        tuple(site.languages.values()),
        len(site.form.asked_by(online=all(each.online for each in services))),
        sheets,
    )
    reply = make_response(write_qr_sheets(printed, site.now().date()))
    reply.mimetype = "application/pdf"
    reply.headers["Content-Disposition"] = f"inline; filename=qr-{name}.pdf"
    return reply
