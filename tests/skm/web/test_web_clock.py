"""A response counts on the day it was given, though the tablet's clock may be wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from skm.web.clock import Contact, clock_difference, finished_at

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def clock(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def found(
    finished: int,
    *,
    age: int | None = None,
    sent: int | None = None,
    before: timedelta | None = None,
) -> tuple[timedelta, bool]:
    """How long ago it was finished, and whether that is a guess."""
    ahead = None if sent is None else clock_difference(NOW, sent)
    moment, guessed = finished_at(NOW, finished, age=age, ahead=ahead, ahead_before=before)
    return NOW - moment, guessed


def test_the_age_goes_before_any_clock() -> None:
    assert found(0, age=3 * DAY) == (timedelta(days=3), False)


@pytest.mark.parametrize("age", [-1, 500 * DAY])
def test_an_age_that_cannot_be_is_not_believed(age: int) -> None:
    assert found(clock(NOW) - DAY, age=age) == (timedelta(days=1), False)


def test_a_clock_that_is_wrong_all_the_time_is_set_right_by_what_it_shows_at_sending() -> None:
    wrong = clock(NOW) - 900 * DAY
    assert found(wrong - 2 * DAY, sent=wrong) == (timedelta(days=2), False)


def test_without_a_clock_at_sending_the_last_difference_counts() -> None:
    finished = clock(NOW) - 900 * DAY - 2 * DAY
    assert found(finished, before=timedelta(days=900)) == (timedelta(days=2), False)


def test_a_clock_that_differs_from_before_is_flagged() -> None:
    now = clock(NOW)
    assert found(now - DAY, sent=now, before=timedelta(minutes=4)) == (timedelta(days=1), False)
    assert found(now - DAY, sent=now, before=timedelta(minutes=6)) == (timedelta(days=1), True)


@pytest.mark.parametrize(
    ("finished", "sent"),
    [
        pytest.param(clock(NOW), 0, id="set back to 1970 after the answer"),
        pytest.param(0, clock(NOW), id="answered in 1970, sent today"),
        pytest.param(clock(NOW) + DAY, None, id="answered tomorrow"),
    ],
)
def test_a_clock_that_jumped_counts_on_the_day_of_arrival_and_is_flagged(
    finished: int, sent: int | None
) -> None:
    assert found(finished, sent=sent) == (timedelta(0), True)


def test_a_clock_a_little_ahead_is_no_jump() -> None:
    assert found(clock(NOW) + MINUTE) == (timedelta(0), False)


def test_seconds_since_the_last_response_are_told_in_the_order_of_running_numbers() -> None:
    contact = Contact()
    assert contact.seconds_since_last(1, NOW) is None
    contact.remember(NOW, None, 1, NOW)
    assert contact.seconds_since_last(2, NOW + timedelta(seconds=9)) == 9
    assert contact.seconds_since_last(1, NOW) is None
