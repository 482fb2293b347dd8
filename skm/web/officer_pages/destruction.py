"""Destroying the responses of past years, by an admin; the same as ``skm purge``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from skm.errors import SkmError
from skm.numerals import long_date, number
from skm.store import StoreError
from skm.store.backup import back_up
from skm.store.purge import purge
from skm.store.purge_record import read_records, record_text
from skm.store.purge_scope import Scope, kept_until, last_day_before, scope_of, years_left
from skm.web.csrf import OfficerFields
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

destruction = Blueprint("destruction", __name__, url_prefix=f"{OFFICERS}/pemusnahan")


class ConfirmFields(OfficerFields):
    """The year, typed by hand, so that no click alone destroys anything."""

    year = StringField("Ketik tahunnya untuk memastikan", [InputRequired("Belum diisi.")])


@dataclass(frozen=True)
class PastYear:
    """A year that is over and of which responses are left.

    Attributes:
        kept_until: the first day on which they need not be kept.
        due: whether that day has come.
    """

    year: int
    responses: int
    kept_until: date
    due: bool


@destruction.get("")
def show() -> Response:
    """Show an admin what may be destroyed."""
    site = current_site()
    return make_response(
        render_template(
            "officer_destruction.html",
            years=_years(site),
            months=site.instance.office.retention_months,
            records=reversed(read_records(site.instance)),
        )
    )


@destruction.get("/<int:year>")
def ask(year: int) -> Response:
    """Show an admin what would be destroyed with a year and those before it."""
    return _asking(_scope(current_site(), year), ConfirmFields())


@destruction.post("/<int:year>")
def destroy(year: int) -> Response:
    """Destroy a year and those before it, once its number was typed."""
    site = current_site()
    scope = _scope(site, year)
    fields = ConfirmFields(request.form)
    if not fields.validate():
        return _asking(scope, fields)
    if fields["year"].data.strip() != str(year):
        return _asking(scope, fields, f"Yang diketik bukan {year}. Belum ada yang dimusnahkan.")
    now = datetime.now(UTC)
    try:
        done = purge(site.instance, site.store, year + 1, now, g.officer.name)
    except StoreError:
        raise
    except SkmError as error:
        return _asking(scope, fields, str(error))
    gone = number(sum(done.destroyed.responses.values()))
    flash(f"{gone} jawaban sampai {long_date(done.destroyed.until)} dimusnahkan.")
    try:
        back_up(site.instance, now)  # the closings are now all that is left of those years
    except SkmError as error:
        flash(f"Cadangan baru belum dapat dibuat: {error}")
    return redirect(url_for("destruction.record", name=done.records[0].stem), HTTPStatus.SEE_OTHER)


@destruction.get("/catatan/<name>")
def record(name: str) -> str:
    """Show an admin a record of destruction."""
    text = record_text(current_site().instance, name)
    if text is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template("officer_destruction_record.html", text=text, name=name)


def _years(site: Site) -> Sequence[PastYear]:
    today = site.now().date()
    months = site.instance.office.retention_months
    return [
        PastYear(year, n, kept_until(year, months), kept_until(year, months) <= today)
        for year, n in years_left(site.store, today).items()
    ]


def _scope(site: Site, year: int) -> Scope:
    """What would go; a year that must be kept still, or holds nothing, is no page."""
    if year not in {each.year for each in _years(site) if each.due}:
        abort(HTTPStatus.NOT_FOUND)
    return scope_of(site.store, site.instance, last_day_before(year + 1, site.now().date()))


def _asking(scope: Scope, fields: ConfirmFields, complaint: str | None = None) -> Response:
    refused = bool(complaint or fields.errors)
    html = render_template(
        "officer_destruction_year.html",
        scope=scope,
        year=scope.until.year,
        fields=fields,
        complaint=complaint,
    )
    return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)
