"""The fields of the follow-up plan, and the values that they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from wtforms import (
    DateField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from skm.errors import Fault, SkmError
from skm.follow_up import FollowUp, Plan
from skm.numerals import number
from skm.period import Period
from skm.scoring import ElementScore
from skm.store.evidence import Evidence, prepare
from skm.store.follow_up import LONGEST_TEXT, Completion
from skm.web.csrf import OfficerFields
from skm.web.officer_pages.follow_up_overview import quarters_from
from skm.web.uploads import Upload

_NEEDED = InputRequired("Belum diisi.")
_LONG = [_NEEDED, Length(max=LONGEST_TEXT, message=f"Paling banyak {LONGEST_TEXT} huruf.")]
_LONGEST_POST = 120


class PlanFields(OfficerFields):
    """A line of the plan."""

    element = SelectField("Unsur")
    problem = TextAreaField("Masalah", _LONG)
    action = TextAreaField(
        "Kegiatan",
        _LONG,
        description="Tampil di halaman publik bila hasilnya terbit; tanpa nama orang.",
    )
    owner = StringField(
        "Penanggung jawab",
        [_NEEDED, Length(max=_LONGEST_POST, message=f"Paling banyak {_LONGEST_POST} huruf.")],
        description="Jabatan, bukan nama orang; misalnya Kasi Pelayanan Umum.",
    )
    quarter = SelectField("Triwulan")
    due = DateField("Tenggat", [Optional()], description="Boleh dikosongkan: akhir triwulan itu.")

    def offer(
        self, elements: tuple[ElementScore, ...], today: date, item: FollowUp | None
    ) -> None:
        """Let an officer choose among these elements and the quarters to come.

        Args:
            item: a line that is changed; what it has may be chosen too.
        """
        offered = {each.code: _element_label(each) for each in elements}
        quarters = list(quarters_from(today))
        if item is not None:
            offered.setdefault(item.element, item.element)
            quarters = sorted({item.quarter, *quarters})
        _let_choose(self["element"], offered)
        _let_choose(self["quarter"], {str(each): each.label for each in quarters})

    def plan(self, period: Period) -> Plan:
        """What was filled in, once it is valid."""
        quarter = Period.parse(self["quarter"].data)
        return Plan(
            period=period,
            element=self["element"].data,
            problem=self["problem"].data,
            action=self["action"].data,
            quarter=quarter,
            owner=self["owner"].data,
            due=self["due"].data or quarter.last_day,
        )


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CompletionFields(OfficerFields):
    """How a line was finished."""

    result = TextAreaField("Yang dilakukan", _LONG)
    done = DateField("Tanggal selesai", [_NEEDED])
    kept = _Ticks("Bukti yang tetap disimpan", validate_choice=False)  # gone: nothing to keep
    files = MultipleFileField(
        "Foto atau PDF",
        description="JPEG, PNG, WebP, atau PDF; boleh beberapa, bersama-sama paling besar 15 MB. "
        "Tempat dan waktu yang dicatat ponsel di dalam foto dihapus.",
    )

    def offer(self, item: FollowUp) -> None:
        """Let an officer choose among the evidence that there is."""
        labels = {sha256: f"Bukti {place}" for place, sha256 in enumerate(item.evidence, 1)}
        _let_choose(self["kept"], labels)

    def completion(self, files: tuple[Upload, ...]) -> Completion:
        """What was filled in, once it is valid, with the files that came.

        Raises:
            SkmError: every file that cannot be kept, by its name.
        """
        return Completion(
            done=self["done"].data,
            result=self["result"].data,
            kept=tuple(self["kept"].data or ()),
            added=_prepared(files),
        )


def _let_choose(field: Field, labels: Mapping[str, str]) -> None:
    cast(SelectField, field).choices = [SelectChoice(*pair) for pair in labels.items()]


def _prepared(files: tuple[Upload, ...]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    faults: list[Fault] = []
    for file in files:
        try:
            found.append(prepare(file.content))
        except SkmError as error:
            faults += [replace(fault, file=file.name) for fault in error.faults]
    if faults:
        raise SkmError(*faults)
    return tuple(found)


def _element_label(element: ElementScore) -> str:
    if element.score is None:
        return element.name
    return f"{element.name} ({number(element.score, 2)})"
