"""Downloads of a period's results, made by the same code as ``skm export``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from skm.errors import SkmError
from skm.export.month_files import export_month
from skm.period import Kind, Period
from skm.store import StoreError
from skm.store.rows import months_in
from skm.web.security import OFFICERS
from skm.web.site import current_site

exports = Blueprint("exports", __name__, url_prefix=f"{OFFICERS}/ekspor")

KINDS = {
    "xlsx": (
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
}

KIND_NAMES = {
    Kind.MONTH: "Bulan",
    Kind.QUARTER: "Triwulan",
    Kind.SEMESTER: "Semester",
    Kind.YEAR: "Tahun",
}
"""What lengths of a period are called, the shortest first."""


@exports.get("")
def show() -> Response:
    """Show an officer the periods that hold responses."""
    return _page()


@exports.get("/<period>/<kind>")
def download(period: str, kind: str) -> Response:
    """Give an officer a period as a file."""
    site = current_site()
    if kind not in KINDS:
        abort(HTTPStatus.NOT_FOUND)
    try:
        wanted = Period.parse(period)
        with TemporaryDirectory() as folder:
            file = export_month(
                site.instance,
                wanted,
                site.now().date(),
                format=kind,
                out=Path(folder) / f"skm-{wanted}.{kind}",
                form_id=request.args.get("formulir"),
            )
            content = file.read_bytes()
    except StoreError:
        raise
    except SkmError as error:
        return _page(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    reply = make_response(content)
    reply.mimetype = KINDS[kind][1]
    reply.headers["Content-Disposition"] = f"attachment; filename=skm-{wanted}.{kind}"
    return reply


def periods_with(months: Iterable[Period]) -> Mapping[str, list[Period]]:
    """The periods that some months lie in, newest first, by the name of their kind.

    >>> {kind: [str(each) for each in found]
    ...  for kind, found in periods_with([Period.parse("2026-10")]).items()}
    {'Bulan': ['2026-10'], 'Triwulan': ['2026-TW4'], 'Semester': ['2026-S2'], 'Tahun': ['2026']}
    """
    found = list(months)
    return {
        name: sorted(
            {
                Period(
                    month.year, (month.first_month - 1) // kind.value * kind.value + 1, kind.value
                )
                for month in found
            },
            reverse=True,
        )
        for kind, name in KIND_NAMES.items()
    }


def _page(complaint: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    page = render_template(
        "officer_exports.html",
        groups=periods_with(months_in(current_site().store)),
        kinds={kind: name for kind, (name, _) in KINDS.items()},
        complaint=complaint,
    )
    return make_response(page, status)
