"""Single responses for an admin: looked at, corrected, deleted; only those that are released."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

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

from skm.closing import Closing
from skm.errors import SkmError
from skm.export.group_tables import CHANNEL_NAMES, service_name
from skm.form import Form, find_form
from skm.numerals import number
from skm.period import Period
from skm.quality import MEANINGS
from skm.store import StoreError
from skm.store.closings import all_closings
from skm.store.corrections import Ruling, correct, delete_all
from skm.store.rows import forms_used
from skm.store.single_responses import (
    ANY_FLAG,
    NO_SERVICE,
    Narrowing,
    SingleResponse,
    released_response,
    released_responses,
)
from skm.web.csrf import OfficerFields
from skm.web.officer_pages.chosen import FORM, PERIOD, choose
from skm.web.officer_pages.correction import CorrectionFields, correction_fields, reason_field
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

single_responses = Blueprint("single_responses", __name__, url_prefix=f"{OFFICERS}/jawaban")

A_PAGE = 50
"""Responses on one page, and at most deleted at once."""

SERVICE, CHANNEL, FLAG, HELPED, PAGE = "layanan", "kanal", "tanda", "dibantu", "halaman"
"""Names in the address."""

_HELPED = {"ya": True, "tidak": False}


class DeletionFields(OfficerFields):
    """Why responses are deleted; which ones are ticked in the list."""

    deletion_reason = reason_field()


@single_responses.get("")
def show() -> Response:
    """Show an admin the released responses of a period."""
    return _list_page(DeletionFields())


@single_responses.post("/hapus")
def remove_several() -> Response:
    """Delete the responses that were ticked, with one reason for all."""
    site = current_site()
    fields = DeletionFields(request.form)
    ids = list(dict.fromkeys(request.form.getlist("pilih")))[:A_PAGE]
    found = [_found(site, each) for each in ids]
    if not found or not fields.validate():
        complaint = None if found else "Belum ada jawaban yang dipilih."
        return _list_page(fields, complaint, ids)
    form = found[0][0]
    if any(other.id != form.id for other, _ in found):
        abort(HTTPStatus.BAD_REQUEST)  # the list holds those of one form
    delete_all(site.store, form, ids, _ruling(site, fields["deletion_reason"].data))
    days = {single.response.day for _, single in found}
    flash(f"{number(len(found))} jawaban dihapus.{_remark(site, form, days)}")
    return redirect(_list_address(_asked_in_form()), HTTPStatus.SEE_OTHER)


@single_responses.get("/<response_id>")
def look(response_id: str) -> Response:
    """Show an admin one response, with the questions as they were asked."""
    site = current_site()
    form, single = _found(site, response_id)
    fields = correction_fields(form, site.instance.office, single.response)
    return _single_page(site, form, single, fields, DeletionFields())


@single_responses.post("/<response_id>")
def put_right(response_id: str) -> Response:
    """Correct one response."""
    site = current_site()
    form, single = _found(site, response_id)
    office = site.instance.office
    fields = correction_fields(form, office, single.response, request.form)
    if not fields.validate():
        return _single_page(site, form, single, fields, DeletionFields(), opened="correction")
    change = fields.correction()
    try:
        correct(
            site.store, office, form, response_id, change, _ruling(site, fields["reason"].data)
        )
    except StoreError:
        raise
    except SkmError as error:
        return _single_page(
            site, form, single, fields, DeletionFields(), str(error), opened="correction"
        )
    days = {single.response.day, change.day or single.response.day}
    flash(f"Jawaban diperbaiki.{_remark(site, form, days)}")
    return redirect(
        url_for("single_responses.look", response_id=response_id), HTTPStatus.SEE_OTHER
    )


@single_responses.post("/<response_id>/hapus")
def remove(response_id: str) -> Response:
    """Delete one response."""
    site = current_site()
    form, single = _found(site, response_id)
    reason = DeletionFields(request.form)
    fields = correction_fields(form, site.instance.office, single.response)
    if not reason.validate():
        return _single_page(site, form, single, fields, reason, opened="deletion")
    delete_all(site.store, form, [response_id], _ruling(site, reason["deletion_reason"].data))
    flash(f"Jawaban dihapus.{_remark(site, form, {single.response.day})}")
    return redirect(_list_address(_month_of(form, single)), HTTPStatus.SEE_OTHER)


def _found(site: Site, response_id: str) -> tuple[Form, SingleResponse]:
    """The response of an id; one that is not released is told from none by nothing."""
    forms = [find_form(each, site.instance.own_forms) for each in forms_used(site.store)]
    found = released_response(site.store, forms, response_id, site.now().date())
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _ruling(site: Site, reason: str) -> Ruling:
    return Ruling(g.officer.name, reason, site.now().date())


def _list_page(
    fields: DeletionFields, complaint: str | None = None, ticked: Collection[str] = ()
) -> Response:
    site = current_site()
    asked = _asked_in_form() if request.method == "POST" else request.args
    chosen = choose(site, asked)
    if chosen is None:
        return make_response(render_template("officer_responses.html", chosen=None))
    narrowing = _narrowing(asked)
    page = max(1, _number(asked.get(PAGE, "1")))
    shown, total = released_responses(
        site.store,
        chosen.form,
        chosen.period,
        site.now().date(),
        narrowing,
        first=(page - 1) * A_PAGE,
        count=A_PAGE,
    )
    refused = bool(complaint or fields.errors)
    kept = {key: asked[key] for key in (SERVICE, CHANNEL, FLAG, HELPED) if asked.get(key)}
    html = render_template(
        "officer_responses.html",
        chosen=chosen,
        fields=fields,
        complaint=complaint,
        refused=refused,
        ticked=ticked,
        singles=shown,
        total=total,
        page=page,
        pages=max(1, -(-total // A_PAGE)),
        addresses={
            number: _list_address({**chosen.address, **kept, PAGE: str(number)})
            for number in (page - 1, page + 1)
        },
        options=_options(site),
        asked=asked,
        **_words(site),
    )
    return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)


def _single_page(
    site: Site,
    form: Form,
    single: SingleResponse,
    fields: CorrectionFields,
    reason: DeletionFields,
    complaint: str | None = None,
    *,
    opened: str | None = None,
) -> Response:
    html = render_template(
        "officer_response.html",
        form=form,
        single=single,
        fields=fields,
        reason=reason,
        complaint=complaint,
        opened=opened,
        closings=_closed_over(site, form, {single.response.day}),
        back=_list_address(_month_of(form, single)),
        **_words(site),
    )
    return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY if opened else HTTPStatus.OK)


def _words(site: Site) -> dict[str, object]:
    return {
        "channels": CHANNEL_NAMES,
        "meanings": MEANINGS,
        "service_name": lambda code: service_name(site.instance.office, code),
    }


def _options(site: Site) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """What the list can be narrowed down by: label and choices, by name in the address."""
    services = {service.code: service.name for service in site.instance.office.services}
    return {
        SERVICE: ("Layanan", {**services, NO_SERVICE: "Tidak disebut"}),
        CHANNEL: ("Kanal", CHANNEL_NAMES),
        FLAG: ("Tanda", {ANY_FLAG: "Bertanda apa pun", **MEANINGS}),
        HELPED: ("Dibantu petugas", {"ya": "Ya", "tidak": "Tidak"}),
    }


def _narrowing(asked: Mapping[str, str]) -> Narrowing:
    return Narrowing(
        asked.get(SERVICE) or None,
        asked.get(CHANNEL) or None,
        asked.get(FLAG) or None,
        _HELPED.get(asked.get(HELPED, "")),
    )


def _list_address(asked: Mapping[str, str]) -> str:
    return f"{url_for('single_responses.show')}?{urlencode(asked)}"


def _month_of(form: Form, single: SingleResponse) -> dict[str, str]:
    return {PERIOD: str(Period.month_of(single.response.day)), FORM: form.id}


def _asked_in_form() -> dict[str, str]:
    """What the list was about when something was sent from it."""
    names = (PERIOD, FORM, SERVICE, CHANNEL, FLAG, HELPED)
    return {name: request.form[name] for name in names if request.form.get(name)}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _remark(site: Site, form: Form, days: Collection[date]) -> str:
    closings = _closed_over(site, form, days)
    if not closings:
        return ""
    named = ", ".join(closing.label for closing in closings)
    return (
        f" Yang sudah ditutup tetap seperti ditetapkan ({named}); perubahan ini masuk ke hasil "
        "resmi hanya lewat edisi baru."
    )


def _closed_over(site: Site, form: Form, days: Collection[date]) -> list[Closing]:
    """The closings in force of a form whose period holds one of these days."""
    newest = {closing.period: closing for closing in all_closings(site.store)}
    return [
        closing
        for closing in newest.values()
        if closing.form == form.id
        and any(closing.period.first_day <= day <= closing.period.last_day for day in days)
    ]
