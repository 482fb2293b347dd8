"""How many people were served: a month typed service by service, or many months from a file."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

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
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import Optional, Regexp

from skm.errors import SkmError
from skm.instance import Office
from skm.numerals import number
from skm.overview import Sample, sample_of
from skm.period import Kind, Period
from skm.store.closings import closed_periods
from skm.store.served import served_in, set_month, set_served
from skm.store.served_file import COLUMNS, read_served
from skm.web.csrf import OfficerFields
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site
from skm.web.uploads import LARGEST_FILE, as_file, chosen_file, takes_a_file

served = Blueprint("served", __name__, url_prefix=f"{OFFICERS}/terlayani")

_WHOLE = Regexp(
    r"\s*[0-9]{1,7}\s*$", message="Tulis bilangan bulat tanpa titik dan koma, misalnya 1200."
)


class MonthFields(OfficerFields):
    """A month with one field a service; a blank one has no figure."""

    month = HiddenField()

    def figures(self, office: Office) -> dict[str, int | None]:
        """People served by service."""
        typed = {
            each.code: (self[_name(each.code)].data or "").strip() for each in office.services
        }
        return {code: int(text) if text else None for code, text in typed.items()}


@dataclass(frozen=True)
class MonthLine:
    """One month of a year: what was entered, and the sample that it asks for."""

    month: Period
    people: int | None
    sample: Sample | None


@served.get("")
def show() -> Response:
    """Show the year, and the fields of a month."""
    site = current_site()
    month = _asked(site, request.args.get("bulan"))
    return _page(site, month, _fields(site.instance.office)(data=_stored(site, month)))


@served.post("")
def keep() -> Response:
    """Keep what was typed for a month."""
    site = current_site()
    office = site.instance.office
    month = _asked(site, request.form.get("month"))
    fields = _fields(office)(request.form)
    if not fields.validate():
        named = "; ".join(str(field.label.text) for field in fields if field.errors)
        said = f"Belum ada yang disimpan. Periksa: {named}."
        return _page(site, month, fields, said, HTTPStatus.UNPROCESSABLE_ENTITY)
    set_month(site.store, office, month, fields.figures(office))
    flash(f"Jumlah terlayani {month.label} tersimpan.")
    return _back_to(month)


@served.post("/berkas")
@takes_a_file
def take_file() -> Response:
    """Keep what stands in a file, as ``skm served import`` does."""
    site = current_site()
    office = site.instance.office
    try:
        with as_file(chosen_file("file")) as file:
            entries = read_served(file, office)
        set_served(site.store, office, entries)
    except SkmError as error:
        month = _asked(site, None)
        fields = _fields(office)(data=_stored(site, month))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(site, month, fields, status=status, file_complaint=str(error))
    months = sorted({entry.month for entry in entries})
    if not months:
        flash("Berkas itu tidak berisi angka; tidak ada yang berubah.")
        return _back_to(_asked(site, None))
    named = ", ".join(month.label for month in months)
    flash(f"{number(len(entries))} angka dari berkas tersimpan: {named}.")
    return _back_to(months[-1])


def _page(
    site: Site,
    month: Period,
    fields: MonthFields,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    file_complaint: str | None = None,
) -> Response:
    office = site.instance.office
    this_month = Period.month_of(site.now().date())
    lines = [
        MonthLine(each, _people(site, each), _own_sample(site, each))
        for each in (Period(month.year, first, 1) for first in range(1, 13))
        if each <= this_month
    ]
    page = render_template(
        "officer_served.html",
        month=month,
        fields=fields,
        grid=[fields[_name(each.code)] for each in office.services],
        lines=lines,
        total=sum(line.people or 0 for line in lines),
        next_year=month.year + 1 if month.year < this_month.year else None,
        running=month == this_month,
        closed=[str(each.label) for each in _closed_around(site, month)],
        complaint=complaint,
        file_complaint=file_complaint,
        columns=COLUMNS,
        services=office.services,
        largest=LARGEST_FILE,
    )
    return make_response(page, status)


def _asked(site: Site, text: str | None) -> Period:
    """The month that was asked for, not one to come; without one the last that is over."""
    this_month = Period.month_of(site.now().date())
    if not text:
        return this_month.previous
    try:
        month = Period.parse(text)
    except SkmError:
        abort(HTTPStatus.NOT_FOUND)
    if month.kind is not Kind.MONTH or month > this_month:
        abort(HTTPStatus.NOT_FOUND)
    return month


def _fields(office: Office) -> type[MonthFields]:
    fields: dict[str, Any] = {
        _name(each.code): StringField(each.name, [Optional(), _WHOLE]) for each in office.services
    }
    return cast(type[MonthFields], type("Month", (MonthFields,), fields))


def _name(code: str) -> str:
    return f"n_{code}"


def _stored(site: Site, month: Period) -> dict[str, str]:
    found = served_in(site.store, month)
    return {"month": str(month)} | {_name(code): str(n) for code, n in found.items()}


def _people(site: Site, month: Period) -> int | None:
    found = served_in(site.store, month)
    return sum(found.values()) if found else None


def _own_sample(site: Site, month: Period) -> Sample | None:
    sample = sample_of(site.store, month)
    return sample if sample and sample.estimated_from is None else None


def _closed_around(site: Site, month: Period) -> list[Period]:
    """The closed periods that a month lies in; their results keep the figures of then."""
    return sorted(each for each in closed_periods(site.store) if month.months[0] in each.months)


def _back_to(month: Period) -> Response:
    return redirect(url_for("served.show", bulan=str(month)), HTTPStatus.SEE_OTHER)
