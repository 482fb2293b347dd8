"""The tablets of the counter: an admin pairs, renames and revokes them."""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from skm import qr
from skm.errors import SkmError
from skm.period import Period
from skm.store import tablets
from skm.store.run_counts import runs_in
from skm.store.tablets import LONGEST_NAME, Tablet
from skm.web.contacts import statuses
from skm.web.csrf import OfficerFields
from skm.web.security import OFFICERS
from skm.web.sessions import Invitation, held_id
from skm.web.site import current_site

tablet_pages = Blueprint("tablet_pages", __name__, url_prefix=f"{OFFICERS}/tablet")


class TabletName(OfficerFields):
    """What a tablet is called."""

    name = StringField(
        "Nama tablet",
        [
            InputRequired("Belum diisi."),
            Length(max=LONGEST_NAME, message=f"Paling banyak {LONGEST_NAME} huruf."),
        ],
        description="Misalnya Loket 1. Nama ini tercetak di tanda terima kelengkapan.",
    )


@tablet_pages.get("")
def show() -> Response:
    """Show an admin the tablets."""
    return _page(TabletName())


@tablet_pages.post("")
def add() -> Response:
    """Make a pairing code for a new tablet."""
    fields = TabletName(request.form)
    if not fields.validate():
        return _page(fields, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        code = tablets.invite_new(current_site().store, fields["name"].data, current_site().now())
    except SkmError as error:
        return _page(fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _show_code(tablets.tidy_name(fields["name"].data), code)


@tablet_pages.post("/<int:number>/kode")
def pair_again(number: int) -> Response:
    """Make a pairing code for a tablet that is there; its queue and its numbers go on."""
    tablet = _tablet(number)
    code = tablets.invite(current_site().store, tablet.name, current_site().now())
    return _show_code(tablet.name, code)


@tablet_pages.get("/kode")
def show_code() -> Response:
    """Show the pairing code that was asked for last, until a tablet has scanned it."""
    site = current_site()
    invitation = site.sessions.invitation(held_id())
    if invitation is None:
        return redirect(url_for("tablet_pages.show"))
    waits = tablets.is_waiting(site.store, invitation.code, site.now())
    address = f"http://{pairing_host(request.host, site.lan)}/kios#{invitation.code}"
    page = render_template(
        "officer_pairing.html",
        invitation=invitation,
        waits=waits,
        address=address,
        picture=Markup(qr.svg(address).decode()) if waits else "",
        alone=is_loopback(pairing_host(request.host, site.lan)),
    )
    return make_response(page)


@tablet_pages.post("/<int:number>/nama")
def rename(number: int) -> Response:
    """Call a tablet something else."""
    tablet = _tablet(number)
    try:
        tablets.rename(current_site().store, tablet.number, request.form.get("name", ""))
    except SkmError as error:
        return _page(TabletName(), str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(f"Nama tablet «{tablet.name}» diganti.")


@tablet_pages.post("/<int:number>/cabut")
def revoke(number: int) -> Response:
    """End a tablet's token."""
    tablet = _tablet(number)
    tablets.revoke(current_site().store, tablet.name)
    return _done(f"Tablet «{tablet.name}» dicabut; jawaban yang sudah terkirim tetap ada.")


def pairing_host(host: str, lan: str | None) -> str:
    """``host:port`` that a tablet can reach: not the one by which a computer calls itself.

    >>> pairing_host("127.0.0.1:8000", "192.168.1.20:8000")
    '192.168.1.20:8000'
    >>> pairing_host("pc-loket:8000", "192.168.1.20:8000")
    'pc-loket:8000'
    """
    return lan if lan and is_loopback(host) else host


def is_loopback(host: str) -> bool:
    """Whether only the computer itself can reach ``host:port``.

    >>> is_loopback("localhost:8000"), is_loopback("[::1]:80"), is_loopback("192.168.1.20:80")
    (True, True, False)
    """
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _tablet(number: int) -> Tablet:
    """The tablet in use of a number."""
    everyone = tablets.all_tablets(current_site().store)
    found = [each for each in everyone if each.number == number and each.revoked is None]
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    return found[0]


def _show_code(name: str, code: str) -> Response:
    current_site().sessions.keep_invitation(held_id(), Invitation(name, code))
    return redirect(url_for("tablet_pages.show_code"), HTTPStatus.SEE_OTHER)


def _done(text: str) -> Response:
    flash(text)
    return redirect(url_for("tablet_pages.show"), HTTPStatus.SEE_OTHER)


def _page(
    fields: TabletName, complaint: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    site = current_site()
    everyone = tablets.all_tablets(site.store)
    now = site.now()
    page = render_template(
        "officer_tablets.html",
        fields=fields,
        complaint=complaint,
        tablets=statuses(everyone, site.contacts, site.instance.office, now),
        revoked=[tablet for tablet in everyone if tablet.revoked],
        runs=runs_in(site.store, Period.month_of(now.date())),
        today=now.date(),
    )
    return make_response(page, status)
