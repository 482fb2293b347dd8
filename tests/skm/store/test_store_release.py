"""Single rows are shown never on the day they came, and never fewer than five at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from answering import delivery, response
from hypothesis import given
from hypothesis import strategies as st

from skm.form import Form
from skm.period import Period
from skm.store import Store
from skm.store.comment_handling import received_comments
from skm.store.corrections import Ruling, delete
from skm.store.intake import Intake
from skm.store.release import (
    SMALLEST_BATCH,
    last_release,
    released_table,
    released_until,
)
from skm.store.rows import read_table

FIRST = date(2026, 10, 1)
OCTOBER = Period.parse("2026-10")


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def arrive(store: Store, form: Form, *counts: int) -> list[str]:
    """So many responses on each day from the first on; their ids in the order of arrival."""
    deliveries = [
        delivery(
            response(form, day=FIRST, comment=f"hari {number}, orang {person}"),
            received=day(number),
        )
        for number, count in enumerate(counts, 1)
        for person in range(count)
    ]
    Intake(store).receive_many(form, deliveries)
    return [each.response.id for each in deliveries]


@pytest.mark.parametrize(
    ("counts", "released"),
    [
        ((), None),
        ((4,), None),
        ((5,), 1),
        ((4, 1), 2),
        ((3, 0, 2), 3),
        ((5, 4), 1),
        ((5, 4, 1), 3),
        ((2, 9, 4, 4), 4),
    ],
)
def test_a_day_that_ends_with_five_waiting_releases_them(
    counts: tuple[int, ...], released: int | None
) -> None:
    arrivals = [(day(number), count) for number, count in enumerate(counts, 1)]
    assert last_release(arrivals) == (day(released) if released else None)


@given(st.lists(st.integers(0, 9), max_size=40))
def test_whoever_looks_every_day_never_sees_fewer_than_five_new_ones(counts: list[int]) -> None:
    shown = 0
    for today in range(1, len(counts) + 1):
        before_today = counts[: today - 1]
        until = last_release((day(number), n) for number, n in enumerate(before_today, 1))
        now = sum(n for number, n in enumerate(before_today, 1) if until and day(number) <= until)
        assert now == shown or now - shown >= SMALLEST_BATCH
        shown = now


def test_what_came_today_waits_for_tomorrow(store: Store, form: Form) -> None:
    arrive(store, form, 12)
    assert len(released_table(store, form, OCTOBER, today=day(1))) == 0
    assert len(released_table(store, form, OCTOBER, today=day(2))) == 12


def test_the_last_four_wait_until_a_fifth_has_come(store: Store, form: Form) -> None:
    arrive(store, form, 6, 4)
    assert len(released_table(store, form, OCTOBER, today=day(20))) == 6
    Intake(store).receive_many(form, [delivery(response(form, day=FIRST), received=day(20))])
    assert len(released_table(store, form, OCTOBER, today=day(20))) == 6
    assert len(released_table(store, form, OCTOBER, today=day(21))) == 11


def test_comments_are_released_with_their_responses(store: Store, form: Form) -> None:
    arrive(store, form, 5, 3)
    shown = received_comments(store, form, OCTOBER, today=day(9))
    assert sorted(each.text for each in shown) == [
        f"hari 1, orang {person}" for person in range(5)
    ]
    assert received_comments(store, form, OCTOBER, today=day(1)) == ()


def test_the_last_of_a_month_are_released_with_the_first_of_the_next(
    store: Store, form: Form
) -> None:
    november = date(2026, 11, 2)
    arrive(store, form, 7, 2)
    later = [delivery(response(form, day=november), received=november) for _ in range(3)]
    Intake(store).receive_many(form, later)
    assert len(released_table(store, form, OCTOBER, today=november)) == 7
    assert len(released_table(store, form, OCTOBER, today=date(2026, 11, 3))) == 9


def test_a_deleted_response_does_not_fill_a_batch(store: Store, form: Form) -> None:
    first, *_ = arrive(store, form, 5)
    with store.writing() as db:
        db.execute("UPDATE receipt SET state = 'deleted' WHERE id = ?", (first,))
    assert released_until(store, form, today=day(2)) is None


def test_a_deletion_hides_none_of_the_batch_and_lets_out_none_before_its_time(
    store: Store, form: Form
) -> None:
    first, *_ = arrive(store, form, 5, 2, 3, 4)
    assert len(released_table(store, form, OCTOBER, today=day(2))) == 5
    delete(store, form, first, Ruling("admin", "ganda", day(2)))
    assert len(released_table(store, form, OCTOBER, today=day(2))) == 4
    assert len(released_table(store, form, OCTOBER, today=day(3))) == 4
    assert len(released_table(store, form, OCTOBER, today=day(4))) == 9
    assert len(released_table(store, form, OCTOBER, today=day(20))) == 9


def test_purged_rows_do_not_move_the_batches_after_them(store: Store, form: Form) -> None:
    arrive(store, form, 3, 3, 3, 3, 3)
    before = released_until(store, form, today=day(9))
    with store.writing() as db:
        db.execute("UPDATE receipt SET state = 'purged' WHERE received = ?", (str(day(1)),))
    assert released_until(store, form, today=day(9)) == before == day(4)


def test_the_order_of_rows_is_that_of_random_ids(store: Store, form: Form) -> None:
    answered = [response(form, day=day(number)) for number in range(1, 26)]
    Intake(store).receive_many(form, [delivery(each, received=each.day) for each in answered])
    days = released_table(store, form, OCTOBER, today=day(40)).columns["day"].tolist()
    assert days == [each.day for each in sorted(answered, key=lambda each: each.id)]
    assert days == read_table(store, form, OCTOBER).columns["day"].tolist()
