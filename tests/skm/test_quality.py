"""Doubtful responses are flagged, each for a reason an officer can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from skm.form import Form
from skm.instance import Instance, Office
from skm.quality import MEANINGS, Circumstances, flags, is_uniform

A_TUESDAY = datetime(2026, 10, 6, 9, 15)


@pytest.fixture
def at(office: Instance) -> Office:
    return office.office


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


def mixed(form: Form) -> dict[str, int | None]:
    return {question.code: 3 + at % 2 for at, question in enumerate(form.questions)}


def unhurried(form: Form) -> dict[str, int]:
    return {question.code: 5_000 for question in form.questions}


def test_a_usual_response_has_no_flag(form: Form, at: Office) -> None:
    how = Circumstances(A_TUESDAY, unhurried(form), seconds_since_last=120)
    assert flags(mixed(form), form, at, how) == ()


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_answers_of_one_level_throughout_are_flagged(form: Form, at: Office, level: int) -> None:
    all_alike: dict[str, int | None] = {question.code: level for question in form.questions}
    assert flags(all_alike, form, at, Circumstances(A_TUESDAY, {})) == ("seragam",)


def test_five_answers_make_a_pattern_four_do_not_and_skipped_ones_are_none() -> None:
    assert is_uniform({"a": 4, "b": 4, "c": 4, "d": 4, "e": 4, "f": None})
    assert not is_uniform({"a": 4, "b": 4, "c": 4, "d": 4, "e": None, "f": None})
    assert not is_uniform({"a": 4, "b": 4, "c": 4, "d": 4, "e": 3})
    assert not is_uniform({})


def test_a_response_quicker_than_ten_words_a_second_is_too_fast(form: Form, at: Office) -> None:
    answered = mixed(form)
    words = {question.code: len(question.text.split()) for question in form.questions}
    just_read = {code: count * 100 for code, count in words.items()}
    one_screen_less = just_read | {form.asked[0]: just_read[form.asked[0]] - 1}
    assert flags(answered, form, at, Circumstances(A_TUESDAY, just_read)) == ()
    assert flags(answered, form, at, Circumstances(A_TUESDAY, one_screen_less)) == (
        "terlalu_cepat",
    )


def test_skipped_questions_need_no_reading_time(form: Form, at: Office) -> None:
    first, *rest = [question.code for question in form.questions]
    answered: dict[str, int | None] = {first: 3} | dict.fromkeys(rest)
    quick = {first: 5_000} | dict.fromkeys(rest, 1)
    assert flags(answered, form, at, Circumstances(A_TUESDAY, quick)) == ()


def test_where_nothing_was_timed_nothing_is_too_fast(form: Form, at: Office) -> None:
    assert flags(mixed(form), form, at, Circumstances(A_TUESDAY, {})) == ()


@pytest.mark.parametrize(
    ("seconds", "flagged"), [(None, False), (0, True), (14.9, True), (15, False)]
)
def test_responses_of_one_tablet_in_a_burst_are_flagged(
    form: Form, at: Office, seconds: float | None, flagged: bool
) -> None:
    how = Circumstances(A_TUESDAY, unhurried(form), seconds_since_last=seconds)
    assert ("beruntun" in flags(mixed(form), form, at, how)) is flagged


@pytest.mark.parametrize(
    ("finished", "flagged"),
    [
        (datetime(2026, 10, 6, 7, 29), True),
        (datetime(2026, 10, 6, 7, 30), False),
        (datetime(2026, 10, 6, 15, 30), False),
        (datetime(2026, 10, 6, 15, 31), True),
        (datetime(2026, 10, 10, 10, 0), True),
        (datetime(2026, 12, 25, 10, 0), True),
        (datetime(2026, 12, 24, 10, 0), False),
    ],
    ids=[
        "before opening",
        "at opening",
        "at closing",
        "after closing",
        "on a Saturday",
        "on a holiday",
        "the day before the holiday",
    ],
)
def test_responses_outside_the_hours_of_service_are_flagged(
    form: Form, at: Office, finished: datetime, flagged: bool
) -> None:
    with_holiday = replace(at, holidays=(date(2026, 12, 25),))
    raised = flags(mixed(form), form, with_holiday, Circumstances(finished, {}))
    assert ("di_luar_jam" in raised) is flagged


def test_several_flags_stand_in_a_fixed_order_and_each_has_words(form: Form, at: Office) -> None:
    all_alike: dict[str, int | None] = {question.code: 4 for question in form.questions}
    instant = {question.code: 10 for question in form.questions}
    how = Circumstances(datetime(2026, 10, 11, 23, 0), instant, 2, clock_jumped=True)
    raised = flags(all_alike, form, at, how)
    assert raised == ("seragam", "terlalu_cepat", "beruntun", "di_luar_jam", "jam_melompat")
    assert raised == tuple(MEANINGS)
