"""Where results were published: on the office's own page, and by the other kinds of media."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import cast

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
from wtforms import DateField, FileField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from skm.errors import SkmError
from skm.media import WEBSITE, media_rule
from skm.period import Period
from skm.store import StoreError, publications
from skm.store.closings import editions_of
from skm.store.evidence import Evidence, prepare
from skm.store.officers import ADMIN
from skm.store.publications import OWN_PAGE, Announcement, Publication, media_used
from skm.web.csrf import OfficerFields
from skm.web.officer_pages.chosen import named_period
from skm.web.officer_pages.closing_overview import editions_in_force
from skm.web.security import OFFICERS
from skm.web.site import current_site
from skm.web.uploads import LARGEST_FILE, chosen_files, takes_a_file

publication_pages = Blueprint("publications", __name__, url_prefix=f"{OFFICERS}/publikasi")

_MISSING = "Belum diisi."


class PublicationFields(OfficerFields):
    """A publication that an admin records."""

    edition = SelectField("Edisi", coerce=int)
    medium = SelectField("Jenis media")
    day = DateField("Tanggal terbit", [InputRequired(_MISSING)])
    place = StringField(
        "Tempat atau alamat",
        [DataRequired(_MISSING)],
        description="Misalnya: papan di ruang tunggu, atau alamat halamannya.",
    )
    file = FileField("Bukti (boleh menyusul)", description="Foto atau tangkapan layar, atau PDF.")


@publication_pages.get("")
def show_all() -> str:
    """Show an officer by how many kinds of media each result was published."""
    site = current_site()
    found = publications.publications(site.store)
    return render_template(
        "officer_publications.html",
        lines=[
            (edition, media_used(_of(found, edition.closing.period)))
            for edition in editions_in_force(site)
        ],
        rule=media_rule(),
    )


@publication_pages.get("/<period>")
def show(period: str) -> Response:
    """Show an officer where the result of a period was published."""
    wanted = named_period(period)
    return _page(wanted, _offered(PublicationFields(data={"day": _today()}), wanted))


@publication_pages.post("/<period>/catat")
@takes_a_file
def record(period: str) -> Response:
    """Record a publication, with what shows it."""
    wanted = named_period(period)
    fields = _offered(PublicationFields(request.form), wanted)
    if not fields.validate():
        return _page(wanted, fields, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    medium, day, place = (fields[name].data for name in ("medium", "day", "place"))
    try:
        said = Announcement(medium, day, place, _evidence())
        _publish(wanted, fields["edition"].data, said)
    except StoreError:
        raise
    except SkmError as error:
        return _page(wanted, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done("Publikasi dicatat.", wanted)


@publication_pages.post("/<period>/<int:edition>/terbit")
def publish_here(period: str, edition: int) -> Response:
    """Show a result on the office's own page from now on."""
    wanted = named_period(period)
    try:
        _publish(wanted, edition, Announcement(WEBSITE, _today(), OWN_PAGE))
    except StoreError:
        raise
    except SkmError as error:
        fields = _offered(PublicationFields(data={"day": _today()}), wanted)
        return _page(wanted, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(f"{wanted.label} edisi {edition} terbit di halaman publik.", wanted)


@publication_pages.post("/<period>/<int:number>/bukti")
@takes_a_file
def attach(period: str, number: int) -> Response:
    """Keep a picture or PDF as what shows a publication."""
    wanted = named_period(period)
    made = _publication(wanted, number)
    fields = _offered(PublicationFields(data={"day": _today()}), wanted)
    try:
        file = _evidence()
        if file is None:
            return _page(
                wanted, fields, "Belum ada berkas yang dipilih.", HTTPStatus.UNPROCESSABLE_ENTITY
            )
        publications.attach(current_site().store, wanted, made.number, file)
    except StoreError:
        raise
    except SkmError as error:
        return _page(wanted, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done("Bukti disimpan.", wanted)


@publication_pages.post("/<period>/<int:number>/tarik")
def withdraw(period: str, number: int) -> Response:
    """Take a publication out of force."""
    wanted = named_period(period)
    made = _publication(wanted, number)
    try:
        publications.withdraw(current_site().store, wanted, made.number, _today())
    except StoreError:
        raise
    except SkmError as error:
        fields = _offered(PublicationFields(data={"day": _today()}), wanted)
        return _page(wanted, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done("Publikasi ditarik; catatannya tetap ada.", wanted)


def _publish(period: Period, edition: int, said: Announcement) -> None:
    if edition not in [each.edition for each in editions_of(current_site().store, period)]:
        abort(HTTPStatus.NOT_FOUND)
    publications.publish(current_site().store, period, edition, said, g.officer.name, _today())


def _publication(period: Period, number: int) -> Publication:
    """The publication of a number, which in an address may be larger than SQLite knows."""
    recorded = _of(publications.publications(current_site().store), period)
    found = [each for each in recorded if each.number == number]
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    return found[0]


def _of(found: Iterable[Publication], period: Period) -> list[Publication]:
    return [each for each in found if each.period == period]


def _evidence() -> Evidence | None:
    sent = chosen_files("file")
    return prepare(sent[0].content) if sent else None


def _offered(fields: PublicationFields, period: Period) -> PublicationFields:
    editions = editions_of(current_site().store, period)
    if not editions:
        abort(HTTPStatus.NOT_FOUND)
    cast(SelectField, fields["edition"]).choices = [
        SelectChoice(each.edition, f"Edisi {each.edition}") for each in editions
    ]
    cast(SelectField, fields["medium"]).choices = [
        SelectChoice(each.code, f"{each.name}: {each.examples}") for each in media_rule().classes
    ]
    return fields


def _today() -> date:
    return current_site().now().date()


def _done(text: str, period: Period) -> Response:
    flash(text)
    return redirect(url_for("publications.show", period=period), HTTPStatus.SEE_OTHER)


def _page(
    period: Period,
    fields: PublicationFields,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    site = current_site()
    recorded = _of(publications.publications(site.store), period)
    return make_response(
        render_template(
            "officer_publication.html",
            period=period,
            newest=next(each for each in editions_in_force(site) if each.closing.period == period),
            recorded=[each for each in recorded if each.withdrawn is None],
            withdrawn=[each for each in recorded if each.withdrawn],
            used=media_used(recorded),
            rule=media_rule(),
            fields=fields,
            complaint=complaint,
            may_publish=g.officer.role == ADMIN,
            largest=LARGEST_FILE,
        ),
        status,
    )
