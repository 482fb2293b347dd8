"""Closing a period in the browser: what would be laid down, the editions, and what came after.

The same as ``skm close``, by the same code.
"""

from __future__ import annotations

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
from wtforms import DateField, HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from skm.disclosure import SMALLEST_SHOWN
from skm.errors import SkmError
from skm.period import Period
from skm.store import StoreError
from skm.store.closings import ClosingOrder, close
from skm.store.officers import ADMIN
from skm.web.csrf import OfficerFields
from skm.web.officer_pages.chosen import named_period
from skm.web.officer_pages.closing_overview import period_in_full, periods_of, years_with
from skm.web.security import OFFICERS
from skm.web.site import current_site

closing_pages = Blueprint("closings", __name__, url_prefix=f"{OFFICERS}/tutup")

LONGEST_TEXT = 500


class ClosingFields(OfficerFields):
    """What an office decides when it closes a period."""

    form = HiddenField()
    seen = IntegerField(validators=[InputRequired("Muat ulang halaman ini.")])
    document = StringField(
        "Nomor dokumen",
        [Length(max=LONGEST_TEXT, message=f"Paling panjang {LONGEST_TEXT} huruf.")],
        description="Boleh kosong. Nomor surat atau laporan yang menetapkan hasilnya.",
    )
    document_date = DateField(
        "Tanggal dokumen",
        [Optional()],
        description="Boleh kosong; tanpa ini poster dan laporan bertanggal hari penutupan.",
    )


class EditionFields(ClosingFields):
    """The same for an edition that replaces another."""

    reason = StringField(
        "Alasan edisi baru",
        [
            DataRequired("Belum diisi."),
            Length(max=LONGEST_TEXT, message=f"Paling panjang {LONGEST_TEXT} huruf."),
        ],
        description="Misalnya: lembar kertas menyusul dari desa. Tanpa nama orang.",
    )


@closing_pages.get("")
def show_all() -> str:
    """Show an officer the periods of a year, open and closed."""
    site = current_site()
    years = years_with(site)
    year = request.args.get("tahun", years[0] if years else None, type=int)
    if years and year not in years:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(
        "officer_closings.html",
        years=years,
        year=year,
        kinds=periods_of(site, year, site.now().date()) if year else {},
    )


@closing_pages.get("/<period>")
def show(period: str) -> Response:
    """Show an officer one period: its editions, what came after, what would be closed now."""
    return _page(named_period(period))


@closing_pages.post("/<period>/edisi")
def close_period(period: str) -> Response:
    """Lay down the result of a period, as its first edition or as a new one."""
    site, wanted = current_site(), named_period(period)
    kind = EditionFields if request.form.get("seen", "0") != "0" else ClosingFields
    fields = kind(request.form)
    if not fields.validate():
        return _page(wanted, fields, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    order = ClosingOrder(
        today=site.now().date(),
        document=(fields["document"].data or "").strip() or None,
        document_date=fields["document_date"].data,
        new_edition=isinstance(fields, EditionFields),
        reason=fields["reason"].data.strip() if isinstance(fields, EditionFields) else None,
        seen=fields["seen"].data,
    )
    try:
        closed = close(site.store, site.instance, wanted, order, fields["form"].data or None)
    except StoreError:
        raise
    except SkmError as error:
        return _page(wanted, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(f"{closed.closing.label} ditutup. Hasilnya belum terbit; terbitkan di bawah ini.")
    return redirect(url_for("closings.show", period=wanted), HTTPStatus.SEE_OTHER)


def _page(
    period: Period,
    fields: ClosingFields | None = None,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    site = current_site()
    asked = (fields["form"].data if fields else None) or request.args.get("formulir")
    found = period_in_full(site, period, site.now().date(), asked)
    if not found.editions and not found.forms:
        abort(HTTPStatus.NOT_FOUND)
    stale = fields is None or fields["seen"].data != found.seen
    if stale:  # after a complaint what was typed stays, but stands under what is in force now
        typed = {} if fields is None else {**fields.data}
        kind = EditionFields if found.seen else ClosingFields
        kept = {name: typed.get(name) for name in ("document", "document_date")}
        chosen = {"form": found.form.id if found.form else "", "seen": found.seen}
        fields = kind(data={**kept, **chosen})
    return make_response(
        render_template(
            "officer_closing.html",
            found=found,
            fields=fields,
            complaint=complaint,
            may_close=g.officer.role == ADMIN,
            today=site.now().date(),
            smallest=SMALLEST_SHOWN,
        ),
        status,
    )
