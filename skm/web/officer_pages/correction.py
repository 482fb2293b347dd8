"""The fields by which an admin corrects a response, made from its questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from skm.export.group_tables import service_name
from skm.form import Form, ProfileQuestion, Question
from skm.instance import Office
from skm.responses import HALF_DAYS, Response
from skm.store.corrections import Correction
from skm.web.csrf import OfficerFields

LONGEST_REASON = 200

_Value = TypeVar("_Value")

_NOTHING = ""
_NEEDED = DataRequired("Belum diisi.")


def reason_field() -> StringField:
    """Why a response is changed or taken out, in the officer's words."""
    return StringField(
        "Alasan",
        [
            _NEEDED,
            Length(max=LONGEST_REASON, message=f"Sampai {LONGEST_REASON} huruf."),
        ],
        description="Tanpa nama responden; alasan ini masuk catatan perubahan.",
    )


class CorrectionFields(OfficerFields):
    """What of a response can be put right."""

    asked: Sequence[Question]
    asked_of_person: Sequence[ProfileQuestion]
    response: Response

    day = DateField("Tanggal layanan", [InputRequired("Bukan tanggal.")])
    half_day = SelectField(
        "Waktu", choices=[SelectChoice(half, half.capitalize()) for half in HALF_DAYS]
    )
    helped = BooleanField("Diisi dengan bantuan petugas")
    reason = reason_field()

    def questions(self) -> Iterator[tuple[Question, Field]]:
        """Each question of the page with its field."""
        for question in self.asked:
            yield question, self[f"q_{question.code}"]

    def profile(self) -> Iterator[tuple[ProfileQuestion, Field]]:
        """Each question about the person with its field."""
        for asked in self.asked_of_person:
            yield asked, self[f"p_{asked.code}"]

    def correction(self) -> Correction:
        """What differs from the response as it is stored."""
        old = self.response
        answers = {question.code: _level(field.data) for question, field in self.questions()}
        profile = {asked.code: field.data or None for asked, field in self.profile()}
        service = self["service"].data or None
        return Correction(
            {code: level for code, level in answers.items() if level != old.answers[code]},
            {code: choice for code, choice in profile.items() if choice != old.profile.get(code)},
            service if service != old.service else None,
            _other(self["day"].data, old.day),
            _other(self["half_day"].data, old.half_day),
            _other(self["helped"].data, old.helped),
        )


def correction_fields(
    form: Form,
    office: Office,
    response: Response,
    typed: MultiDict[str, str] | None = None,
) -> CorrectionFields:
    """The fields for one response, filled with what is stored or with what was typed."""
    questions = _asked(form, office, response)
    fields: dict[str, Any] = {
        "asked": questions,
        "asked_of_person": form.profile,
        "response": response,
    }
    fields["service"] = _choice("Layanan", _services(office, response))
    stored: dict[str, object] = {
        "service": response.service or _NOTHING,
        "day": response.day,
        "half_day": response.half_day,
        "helped": response.helped,
    }
    for question in questions:
        name = f"q_{question.code}"
        levels = {
            str(level): f"{level} · {label}" for level, label in enumerate(question.labels, 1)
        }
        fields[name] = _choice(question.text, {_NOTHING: "Dilewati", **levels})
        stored[name] = str(response.answers[question.code] or _NOTHING)
    for asked in form.profile:
        name = f"p_{asked.code}"
        choices = {choice.code: choice.label for choice in asked.choices}
        fields[name] = _choice(asked.text, {_NOTHING: "Tidak diisi", **choices})
        stored[name] = response.profile.get(asked.code, _NOTHING)
    made = type("Corrected", (CorrectionFields,), fields)
    return cast(CorrectionFields, made(typed, data=stored))


def _services(office: Office, response: Response) -> Mapping[str, str]:
    """The office's services, and where it is another or none, what the response says now."""
    known = {service.code: service.name for service in office.services}
    now = response.service or _NOTHING
    return known if now in known else {now: service_name(office, now), **known}


def _asked(form: Form, office: Office, response: Response) -> list[Question]:
    """What its service asks, in the order of the screen, and whatever else was answered."""
    service = office.service(response.service or _NOTHING)
    asked = list(form.asked_by(online=bool(service and service.online)))
    return asked + [
        question
        for question in form.questions
        if question not in asked and response.answers[question.code] is not None
    ]


def _choice(label: str, choices: Mapping[str, str]) -> SelectField:
    return SelectField(label, choices=[SelectChoice(*each) for each in choices.items()])


def _level(typed: str | None) -> int | None:
    return int(typed) if typed else None


def _other(now: _Value, before: _Value) -> _Value | None:
    return None if now == before else now
