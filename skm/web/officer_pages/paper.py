"""Quick entry of paper forms: date and service once, then a line of digits a sheet."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import cast

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange

from skm.numerals import long_date
from skm.store.intake import Delivery
from skm.web.csrf import OfficerFields
from skm.web.fields import IndonesianFields
from skm.web.message import LONGEST_COMMENT, tidy_comment
from skm.web.officer_pages.sheets import (
    CHOICE_MARKS,
    MOST_SHEETS,
    Batch,
    Sheet,
    deliveries,
    read_answers,
    read_profile,
)
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

paper = Blueprint("paper", __name__, url_prefix=f"{OFFICERS}/kertas")

_COUNTED = [
    InputRequired("Belum diisi."),
    NumberRange(1, MOST_SHEETS, f"1 sampai {MOST_SHEETS} lembar sekali ketik."),
]
_NOT_SAID = "-"


class StackFields(IndonesianFields):
    """The first step: what is said once for a stack, and how many sheets were counted."""

    day = DateField("Tanggal di lembar", [InputRequired("Belum diisi.")])
    service = SelectField("Layanan")
    counted = IntegerField(
        "Jumlah lembar",
        _COUNTED,
        description="Hitung tumpukan lebih dulu; tanpa lembar yang kosong sama sekali.",
    )

    def validate_day(self, field: Field) -> None:
        """Refuse days that cannot be meant."""
        if field.data is None:
            return  # no date at all, which is told already
        site = current_site()
        today = site.now().date()
        purged = site.store.deletions.read().purged_until
        if field.data > today:
            raise ValidationError("Tanggal ini belum tiba.")
        if field.data.year < today.year - 10:
            raise ValidationError("Tanggal ini lebih dari sepuluh tahun lalu.")
        if purged is not None and field.data <= purged:
            raise ValidationError(f"Data sampai {long_date(purged)} sudah dimusnahkan.")


class BatchFields(OfficerFields):
    """The second step, beside the sheets themselves."""

    ticket = HiddenField()
    counted = IntegerField("Jumlah lembar", _COUNTED)


class SheetFields(IndonesianFields):
    """One line."""

    answers = StringField("Jawaban")
    profile = StringField("Profil")
    comment = StringField(
        "Saran", [Length(max=LONGEST_COMMENT, message=f"Saran: sampai {LONGEST_COMMENT} huruf.")]
    )
    helped = BooleanField("Dibantu petugas")

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any((self[name].data or "").strip() for name in ("answers", "comment"))


@dataclass(frozen=True)
class Line:
    """A line of the page, with what is wrong with it."""

    number: int
    fields: SheetFields
    fault: str | None = None


@paper.get("")
def show() -> Response:
    """Show an officer the first step, or the lines for a stack whose date and service are said."""
    site = current_site()
    fields = _stack_fields(site, request.args)
    if "counted" not in request.args:  # perhaps with the date and service of the last stack
        return _first_step(fields)
    if not fields.validate():
        return _first_step(fields, HTTPStatus.UNPROCESSABLE_ENTITY)
    code = fields["service"].data
    batch = Batch(
        secrets.token_hex(16), site.form, fields["day"].data, site.instance.office.service(code)
    )
    batch_fields = BatchFields(data={"ticket": _signed(batch), "counted": fields["counted"].data})
    return _lines_page(batch, batch_fields, _lines(fields["counted"].data))


@paper.post("")
def take() -> Response:
    """Store a stack whole, if the sheets typed are those counted and all can be read."""
    site = current_site()
    fields = BatchFields(request.form)
    batch = _batch(site, fields["ticket"].data)
    if batch is None:
        return _first_step(
            _stack_fields(site),
            HTTPStatus.BAD_REQUEST,
            "Halaman ini tidak berlaku lagi. Mulai dari awal.",
        )
    valid = fields.validate()
    counted = fields["counted"].data if valid else 1
    lines = [_checked(line, batch, counted) for line in _lines(counted, posted=True)]
    faulty = sum(line.fault is not None for line in lines)
    if not valid or faulty:
        complaint = (
            f"Belum ada yang disimpan: {faulty} lembar perlu diperiksa."
            if valid
            else fields["counted"].errors[0]
        )
        return _lines_page(batch, fields, lines, complaint)
    sheets = [_sheet(line.fields, batch) for line in lines]
    office = site.instance.office
    taken = deliveries(batch, sheets, office, site.now().date())
    state = _store(site, batch, taken)
    if state is None:
        said = "Tumpukan ini sudah tersimpan sebelumnya; perubahan sesudahnya tidak disimpan."
    else:
        said = f"{len(taken)} lembar tanggal {long_date(batch.day)} tersimpan."
    flash(said)
    return redirect(f"{_address(batch)}&tersimpan={batch.id}", HTTPStatus.SEE_OTHER)


def _address(batch: Batch) -> str:
    """Where a stack of the same day and service begins."""
    service = batch.service.code if batch.service else _NOT_SAID
    return url_for("paper.show", day=batch.day.isoformat(), service=service)


class _StoredBeforeError(Exception):
    """The stack is in the store."""


def _store(site: Site, batch: Batch, taken: Sequence[Delivery]) -> str | None:
    """Store a stack, or find it stored: None where it was stored with other answers."""
    hashes = {each.response.id: each.sha256 for each in taken}

    def unless_stored() -> Iterator[Delivery]:
        # Runs inside the one writing transaction, so nobody stores the stack meanwhile.
        if _receipts(site, batch):
            raise _StoredBeforeError
        yield from taken

    try:
        site.intake.receive_many(batch.form, unless_stored())
    except _StoredBeforeError:
        return "known" if _receipts(site, batch) == hashes else None
    return "stored"


def _receipts(site: Site, batch: Batch) -> dict[str, str]:
    """The hashes of a stack's sheets that are in the store, by id."""
    ids = [
        each.response.id
        for each in deliveries(
            batch, [Sheet({}, {}, None, False)] * MOST_SHEETS, site.instance.office, batch.day
        )
    ]
    rows = site.store.reader.execute(
        f"SELECT id, sha256 FROM receipt WHERE id IN ({', '.join('?' * len(ids))})", ids
    )
    return dict(rows.fetchall())


def _checked(line: Line, batch: Batch, counted: int) -> Line:
    fields = line.fields
    if line.number > counted:
        return Line(line.number, fields, f"Terketik, tetapi hanya {counted} lembar dihitung.")
    if fields.is_blank():
        return Line(line.number, fields, "Belum diketik.")
    fields.validate()
    faults = [
        *(
            found
            for found in (
                read_answers(fields["answers"].data or "", batch.questions),
                read_profile(fields["profile"].data or "", batch.profile),
            )
            if isinstance(found, str)
        ),
        *fields["comment"].errors,
    ]
    return Line(line.number, fields, " ".join(faults) or None)


def _sheet(fields: SheetFields, batch: Batch) -> Sheet:
    answers = read_answers(fields["answers"].data, batch.questions)
    profile = read_profile(fields["profile"].data or "", batch.profile)
    assert isinstance(answers, dict)
    assert isinstance(profile, dict)
    return Sheet(answers, profile, tidy_comment(fields["comment"].data), fields["helped"].data)


def _lines(counted: int, *, posted: bool = False) -> list[Line]:
    """The lines of a page: those counted, and below them those that were typed all the same."""
    found = [
        Line(number, SheetFields(request.form if posted else None, prefix=f"l{number}-"))
        for number in range(1, MOST_SHEETS + 1)
    ]
    return [line for line in found if line.number <= counted or not line.fields.is_blank()]


def _stack_fields(site: Site, typed: MultiDict[str, str] | None = None) -> StackFields:
    fields = StackFields(typed)
    names = [SelectChoice(each.code, each.name) for each in site.instance.office.services]
    service = cast(SelectField, fields["service"])
    service.choices = [*names, SelectChoice(_NOT_SAID, "Tidak disebut di lembar")]
    return fields


def _signed(batch: Batch) -> str:
    service = batch.service.code if batch.service else None
    text = _signer().dumps([batch.id, batch.form.id, batch.day.isoformat(), service])
    return text if isinstance(text, str) else text.decode()


def _batch(site: Site, ticket: str | None) -> Batch | None:
    """The stack of a ticket that this server signed for the form in use."""
    try:
        batch_id, form_id, day, service = _signer().loads(ticket or "")
    except BadData:
        return None
    if form_id != site.form.id:
        return None
    known = site.instance.office.service(service or "")
    return Batch(batch_id, site.form, date.fromisoformat(day), known)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="kertas")


def _first_step(
    fields: StackFields, status: HTTPStatus = HTTPStatus.OK, complaint: str | None = None
) -> Response:
    page = render_template(
        "officer_stack.html",
        fields=fields,
        complaint=complaint,
        stored=request.args.get("tersimpan", ""),
    )
    return make_response(page, status)


def _lines_page(
    batch: Batch, fields: BatchFields, lines: Sequence[Line], complaint: str | None = None
) -> Response:
    page = render_template(
        "officer_sheets.html",
        batch=batch,
        fields=fields,
        lines=lines,
        complaint=complaint,
        day=long_date(batch.day),
        address=_address(batch),
        choice_marks=CHOICE_MARKS,
        digits_suffice=all(len(each.choices) < 10 for each in batch.profile),
        longest_comment=LONGEST_COMMENT,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if complaint else HTTPStatus.OK
    return make_response(page, status)
