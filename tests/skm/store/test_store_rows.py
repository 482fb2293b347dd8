"""Stored responses come back as they were answered, a period at a time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from answering import delivery, response
from monthly import own_form

from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.responses import Response, ResponseTable
from skm.store import Store
from skm.store.intake import Intake
from skm.store.rows import distribution, read_counted, read_table
from skm.store.schema import ensure_form


@pytest.fixture
def answered(store: Store, form: Form) -> list[Response]:
    """Responses of three months, each different."""
    responses = [
        response(
            form,
            level,
            day=date(2026, month, 3),
            service="kk" if level > 2 else None,
            helped=level == 1,
            flags=("seragam", "beruntun") if level == 4 else (),
            profile={"usia": "17_25"} if month == 9 else {},
            comment="saran" if level == 2 else None,
        )
        for month in (8, 9, 10)
        for level in (1, 2, 3, 4)
    ]
    skipped = response(form, None, day=date(2026, 10, 9))
    Intake(store).receive_many(form, [delivery(each) for each in (*responses, skipped)])
    return [*responses, skipped]


@pytest.mark.parametrize(
    ("period", "months"),
    [("2026-09", (9,)), ("2026-TW3", (8, 9)), ("2026-S2", (8, 9, 10)), ("2025", ())],
)
def test_a_period_counts_the_responses_of_its_months(
    store: Store, form: Form, answered: list[Response], period: str, months: tuple[int, ...]
) -> None:
    counted = distribution(store, form, Period.parse(period))
    expected = [each for each in answered if each.day.month in months]
    codes = [question.code for question in form.questions]
    assert counted == ResponseTable.of(expected, codes).distribution()
    assert counted.respondents == 4 * len(months)


def test_a_table_holds_what_was_answered(
    store: Store, form: Form, answered: list[Response]
) -> None:
    table = read_table(store, form)
    codes = [question.code for question in form.questions]
    expected = ResponseTable.of(answered, codes)
    assert table.questions == expected.questions
    assert _sorted_rows(table, expected.columns) == _sorted_rows(expected, expected.columns)
    assert set(table.columns) >= set(expected.columns)
    assert set(table.columns["profile.pendidikan"]) == {None}
    assert set(table.columns["month"]) == {"2026-08", "2026-09", "2026-10"}


def test_what_is_read_for_counting_is_what_the_table_holds(
    store: Store, form: Form, answered: list[Response]
) -> None:
    october = Period.parse("2026-10")
    counted, table = read_counted(store, form, october), read_table(store, form, october)
    assert set(counted.columns) == {"service", "helped", "simulated", "flags"}
    assert _sorted_rows(counted, counted.columns) == _sorted_rows(table, counted.columns)


def test_the_levels_of_a_long_form_stay_with_their_questions(
    office: Instance, store: Store
) -> None:
    long = own_form(office, "panjang", {f"unsur_{n}": f"Unsur {n}" for n in range(43)})
    codes = [question.code for question in long.questions]
    ensure_form(store, long)
    people = [
        response(long, answers={code: n * step % 5 or None for n, code in enumerate(codes)})
        for step in (1, 2, 3)
    ]
    Intake(store).receive_many(long, [delivery(each) for each in people])
    assert distribution(store, long) == ResponseTable.of(people, codes).distribution()


def test_a_form_that_nobody_answered_yet_is_empty(store: Store, form: Form) -> None:
    assert distribution(store, form).respondents == 0
    table = read_table(store, form, Period.parse("2026-10"))
    assert (len(table), table.columns["service"].shape) == (0, (0,))


def _sorted_rows(table: ResponseTable, names: object) -> list[str]:
    columns = [table.columns[name] for name in sorted(names)]  # type: ignore[call-overload]
    rows = zip(np.transpose(table.levels).tolist(), *columns, strict=True)
    return sorted(map(str, rows))
