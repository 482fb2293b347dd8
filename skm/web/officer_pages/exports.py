"""Downloads of a period: its data, the SKM report, and the poster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from skm.errors import SkmError
from skm.form import Form, find_form
from skm.period import Kind, Period
from skm.store import StoreError
from skm.store.closings import closed_periods
from skm.store.rows import forms_in, months_in
from skm.web.officer_pages.downloads import GROUPS, KINDS, Download, Order
from skm.web.security import OFFICERS
from skm.web.site import current_site

exports = Blueprint("exports", __name__, url_prefix=f"{OFFICERS}/ekspor")

KIND_NAMES = {
    Kind.MONTH: "Bulan",
    Kind.QUARTER: "Triwulan",
    Kind.SEMESTER: "Semester",
    Kind.YEAR: "Tahun",
}
"""What lengths of a period are called, the shortest first."""


@dataclass(frozen=True)
class Choice:
    """A file that is made for one of several forms; which one, the officer says.

    Attributes:
        kind: of the file, as its address names it.
        label: the same as the page names it.
    """

    period: Period
    kind: str
    label: str
    forms: Sequence[Form]


@exports.get("")
def show() -> Response:
    """Show an officer the periods that hold responses."""
    return _page()


@exports.get("/<period>/<kind>")
def download(period: str, kind: str) -> Response:
    """Give an officer a period as a file."""
    if kind not in KINDS:
        abort(HTTPStatus.NOT_FOUND)
    form_id = request.args.get("formulir")
    try:
        if form_id is None and (forms := _to_choose_from(Period.parse(period))):
            return _page(choice=Choice(Period.parse(period), kind, KINDS[kind].label, forms))
        return made(KINDS[kind], period, form_id)
    except StoreError:
        raise
    except SkmError as error:
        return _page(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)


def made(wanted: Download, period: str, form_id: str | None = None) -> Response:
    """A file of a period, to be saved.

    Raises:
        SkmError: there is no such period, or nothing to write of it.
    """
    site = current_site()
    order = Order(site.instance, Period.parse(period), site.now().date(), form_id, site.base)
    with TemporaryDirectory() as folder:
        file = wanted.make(order, Path(folder))
        name, content = file.name, file.read_bytes()
    reply = make_response(content)
    reply.mimetype = wanted.mimetype
    reply.headers["Content-Disposition"] = f"attachment; filename={name}"
    return reply


def periods_with(months: Iterable[Period]) -> Mapping[str, list[Period]]:
    """The periods that some months lie in, newest first, by the name of their kind.

    >>> {kind: [str(each) for each in found]
    ...  for kind, found in periods_with([Period.parse("2026-10")]).items()}
    {'Bulan': ['2026-10'], 'Triwulan': ['2026-TW4'], 'Semester': ['2026-S2'], 'Tahun': ['2026']}
    """
    found = list(months)
    return {
        name: sorted({month.around(kind) for month in found}, reverse=True)
        for kind, name in KIND_NAMES.items()
    }


def _to_choose_from(period: Period) -> Sequence[Form]:
    """The forms that a period has responses to; none where it is clear which one counts."""
    site = current_site()
    found = forms_in(site.store, period)
    if len(found) < 2 or period in closed_periods(site.store):
        return ()
    return [find_form(each, site.instance.own_forms) for each in found]


def _page(
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    choice: Choice | None = None,
) -> Response:
    store = current_site().store
    closed = closed_periods(store)  # they stay after their responses are destroyed
    groups = {
        name: sorted({*found, *(each for each in closed if each.kind is kind)}, reverse=True)
        for (kind, name), found in zip(
            KIND_NAMES.items(), periods_with(months_in(store)).values(), strict=True
        )
    }
    page = render_template(
        "officer_exports.html",
        groups=groups,
        files=GROUPS,
        complaint=complaint,
        choice=choice,
    )
    return make_response(page, status)
