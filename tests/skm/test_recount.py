"""Counted anew in the steps of a pocket calculator, a closing's index comes out exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from closed_offices import people_of

from skm.assessment import Method
from skm.closing import Closing
from skm.form import Form, all_forms, shipped_forms
from skm.freezing import Decision, Surroundings, freeze, named_services
from skm.instance import Instance
from skm.period import Period
from skm.recount import recount
from skm.responses import ResponseTable
from skm.scoring import weights_for

OCTOBER = Period.parse("2026-10")


def closing_of(office: Instance, form: Form, weights: str | None = None) -> Closing:
    services = [(each.code, each.name) for each in office.office.services]
    around = Surroundings(named_services(services), {}, None, 0, date(2026, 10, 31), {})
    table = ResponseTable.of(
        people_of(office, "2026-10", form), [question.code for question in form.questions]
    )
    profile = {f"profile.{question.code}": table.columns["service"] for question in form.profile}
    table = replace(table, columns={**profile, **table.columns})
    method = Method(form, weights_for(form, weights), form.regulation.scale)
    return freeze(OCTOBER, table, method, around, Decision(date(2026, 11, 1)))


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: str(form.id))
def test_the_steps_lead_to_the_index_of_the_closing(office: Instance, form: Form) -> None:
    closing = closing_of(office, form)
    found = recount(closing, form)
    assert found is not None
    assert (found.index, found.band.grade, found.matches) == (closing.index, closing.grade, True)
    assert found.total * 25 == sum(
        Fraction(25 * question.total, question.n * len(element.questions)) * element.weight
        for element in found.elements
        for question in element.questions
    )


def test_printed_weights_are_used_where_the_closing_was_made_with_them(office: Instance) -> None:
    (form,) = (each for each in all_forms(None) if each.id == "permenpanrb-14-2017")
    closing = closing_of(office, form, "0,111")
    found = recount(closing, form)
    assert found is not None
    assert {element.weight for element in found.elements} == {Fraction(111, 1000)}
    assert found.matches


def test_a_closing_that_says_something_else_is_told(office: Instance) -> None:
    form = office.questionnaire()
    closing = closing_of(office, form)
    assert closing.index is not None
    for lie in (
        replace(closing, index=closing.index + Fraction(1, 10**9)),
        replace(closing, grade="Z"),
    ):
        found = recount(lie, form)
        assert found is not None
        assert not found.matches
        assert found.index == closing.index
