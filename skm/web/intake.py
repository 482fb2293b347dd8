"""The JSON door: where tablets deliver what was answered on them."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, g, request

from skm.errors import SkmError, refuse
from skm.quality import Circumstances
from skm.store import StoreError, tablets
from skm.store.intake import CONFLICT, KNOWN, STORED, Delivery
from skm.store.numbers import Numbers
from skm.store.run_counts import Runs, note_runs
from skm.store.tablets import Tablet
from skm.web.clock import clock_difference, finished_at
from skm.web.delivery import delivery_of
from skm.web.message import Message, id_of, parse
from skm.web.site import Site, current_site

LARGEST_BODY = 16 * 1024
"""Bytes."""

_RUNS = re.compile(r"(\d{1,9}) (\d{1,9}) (\d{1,9})", re.ASCII)
"""What a tablet says of itself: begun, finished, given up, each since it was new."""

_STATUS = {
    STORED: HTTPStatus.CREATED,
    KNOWN: HTTPStatus.OK,
    CONFLICT: HTTPStatus.CONFLICT,
}

door = Blueprint("door", __name__, url_prefix="/api")


@door.before_request
def limit_body() -> None:
    """Refuse what no page of ours sends before it is read."""
    request.max_content_length = LARGEST_BODY


@door.post("/jawaban")
def receive() -> Response:
    """Take one response from a tablet; 201 is said when it is on the disk."""
    site = current_site()
    body = request.get_data(cache=False)
    found: str | None = None
    try:
        parsed = parse(body)
        found = id_of(parsed)
        message = site.checks(parsed.get("form")).check(parsed)
        now = site.now()
        delivery = _delivery(site, message, body, now)
    except StoreError:
        raise
    except SkmError as error:
        return _reply(HTTPStatus.UNPROCESSABLE_ENTITY, {"id": found, "error": str(error)})
    receipt = site.intake.receive(message.form, delivery)
    waiting = _header("Skm-Waiting")  # this response among them
    site.contacts.note(g.tablet, now, waiting and waiting - 1)
    if g.tablet.last_seen != delivery.received or g.tablet.device is None:
        tablets.note_contact(site.store, g.tablet, message.device, delivery.received)
    return _reply(
        _STATUS[receipt.state],
        {
            "id": receipt.id,
            "state": receipt.state,
            "have": receipt.have,
            "missing": receipt.missing,
            **_news(site, receipt.purged_until),
        },
    )


@door.post("/pasang")
def pair() -> Response:
    """Exchange the one-time code of a QR code for a token."""
    site = current_site()
    if not site.pairings.allows(request.remote_addr):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    try:
        parsed = parse(request.get_data(cache=False))
        code, device = parsed.get("code"), parsed.get("device")
        if not isinstance(code, str) or not (device is None or id_of({"id": device})):
            raise refuse("Isi kiriman salah", expected='{"code": teks, "device": id atau null}')
    except SkmError as error:
        return _reply(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)})
    pairing = tablets.pair(site.store, code, device, site.now())
    if pairing is None:
        abort(HTTPStatus.UNAUTHORIZED)
    paired = {"token": pairing.token, "device": pairing.device, "name": pairing.name}
    return _reply(HTTPStatus.CREATED, {**paired, **_news(site, _purged_until(site))})


@door.get("/versi")
def version() -> Response:
    """Tell which version of the pages is served, so that a cached one renews itself.

    A tablet hears also what of its own is here, so that it fills a restored server again.
    """
    site = current_site()
    news: dict[str, Any] = {**_news(site, _purged_until(site))}
    if tablet := tablets.find(site.store, request.headers.get("Skm-Token", "")):
        _note_contact(site, tablet)
        news["device"] = tablet.device
        if tablet.device is not None:
            numbers = Numbers.of(site.store.reader, tablet.device)
            news |= {"have": numbers.have, "missing": numbers.missing()}
    return _reply(HTTPStatus.OK, news)


def _note_contact(site: Site, tablet: Tablet) -> None:
    now = site.now()
    site.contacts.note(tablet, now, _header("Skm-Waiting"))
    today = site.instance.office.day_and_half(now)[0]
    if tablet.last_seen != today:
        tablets.note_contact(site.store, tablet, None, today)
    told = _RUNS.fullmatch(request.headers.get("Skm-Runs", ""))
    if told is not None and tablet.device is not None:
        note_runs(site.store, tablet.device, f"{today:%Y-%m}", Runs(*map(int, told.groups())))


def _delivery(site: Site, message: Message, body: bytes, now: datetime) -> Delivery:
    office = site.instance.office
    contact = site.contact(message.device)
    sent = _header("Skm-Clock")
    ahead = clock_difference(now, sent) if sent is not None else None
    finished, guessed = finished_at(
        now,
        message.finished,
        age=_header("Skm-Age-Ms"),
        ahead=ahead,
        ahead_before=contact.ahead,
    )
    how = Circumstances(
        finished.astimezone(office.timezone),
        message.dwell_ms,
        contact.seconds_since_last(message.seq, finished),
        guessed,
    )
    contact.remember(now, ahead, message.seq, finished)
    return delivery_of(message, body, office, how, office.day_and_half(now)[0])


def _header(name: str) -> int | None:
    """A header of milliseconds; one that makes no sense counts as absent."""
    text = request.headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 14 else None


def _news(site: Site, purged_until: date | None) -> dict[str, str | None]:
    """What every reply tells a tablet about its pages and its second copies."""
    purged = purged_until.isoformat() if purged_until else None
    return {"version": site.version, "purged_until": purged}


def _purged_until(site: Site) -> date | None:
    return site.store.deletions.read().purged_until


def _reply(status: HTTPStatus, content: dict[str, Any]) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")
