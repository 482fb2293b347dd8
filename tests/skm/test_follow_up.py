"""The follow-up plan in figures: how much was done, how soon, and what may be planned."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.follow_up import FollowUp, evaluation, months_needed, share_finished
from skm.form import all_forms
from skm.period import Period
from skm.suggestions import suggestion

REPORTED = date(2026, 1, 31)


def line(done: date | None, due: date = date(2026, 12, 31)) -> FollowUp:
    return FollowUp(
        period=Period.parse("2026-10"),
        element="keamanan",
        problem="Parkir tidak dijaga",
        action="Menempatkan petugas jaga",
        quarter=Period.parse("2026-TW4"),
        owner="Kasi Trantib",
        due=due,
        number=1,
        done=done,
        result=None,
        evidence=(),
        who="loket",
        changed=date(2026, 11, 2),
    )


def test_the_share_is_exact_and_none_where_nothing_was_planned() -> None:
    one = [line(REPORTED), line(None), line(None)]
    assert share_finished(one) == Fraction(100, 3)
    assert share_finished([line(REPORTED)]) == 100
    assert share_finished([]) is None


@pytest.mark.parametrize(
    ("last", "months", "step"),
    [
        (date(2026, 1, 20), 0, 1),
        (date(2026, 1, 31), 0, 1),
        (date(2026, 2, 28), 1, 1),
        (date(2026, 3, 1), 2, 3),
        (date(2026, 7, 31), 6, 6),
        (date(2026, 8, 1), 7, 9),
        (date(2027, 1, 31), 12, 12),
        (date(2027, 2, 1), 13, None),
    ],
)
def test_months_count_to_the_last_line_and_begun_ones_whole(
    last: date, months: int, step: int | None
) -> None:
    items = [line(date(2026, 1, 5)), line(last)]
    assert months_needed(items, REPORTED) == months
    assert evaluation().step(months) == step


def test_a_plan_that_is_not_finished_has_no_speed() -> None:
    assert months_needed([line(REPORTED), line(None)], REPORTED) is None
    assert months_needed([], REPORTED) is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_a_day_later_never_takes_fewer_months(reported: date, days: int) -> None:
    done = reported + timedelta(days=days)
    sooner = months_needed([line(done)], reported)
    later = months_needed([line(done + timedelta(days=1))], reported)
    assert sooner is not None
    assert later is not None
    assert sooner <= later <= sooner + 1


@given(st.fractions(0, 100))
def test_every_share_has_a_step_and_more_is_never_a_lower_one(share: Fraction) -> None:
    labels = [band.label for band in evaluation().bands]
    place = labels.index(evaluation().band(share))
    assert place == sum((share >= 30, share > 80, share == 100))


def test_a_line_is_overdue_only_after_its_day_and_only_while_it_is_open() -> None:
    due = date(2026, 11, 30)
    assert not line(None, due).is_overdue(due)
    assert line(None, due).is_overdue(due + timedelta(days=1))
    assert not line(date(2026, 12, 5), due).is_overdue(date(2027, 1, 1))


ELEMENTS = {
    f"{form.id}-{element.code}": element for form in all_forms(None) for element in form.elements
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_every_element_of_every_shipped_form_has_words_of_its_own(name: str) -> None:
    found = suggestion(ELEMENTS[name])
    assert "perlu digali" not in found.problem
    assert 2 <= len(found.actions) <= 3
    for text in (found.problem, *found.actions):
        assert text.endswith(".")
        assert len(text) > 30
