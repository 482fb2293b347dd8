"""Months, quarters, semesters and years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.errors import SkmError
from skm.period import Period

periods = st.builds(
    lambda year, length, ordinal: Period(year, (ordinal % (12 // length)) * length + 1, length),
    st.integers(2000, 2099),
    st.sampled_from([1, 3, 6, 12]),
    st.integers(0, 11),
)


@given(periods)
def test_a_period_is_read_back_from_its_name(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods)
def test_the_next_period_begins_the_day_after_the_last(period: Period) -> None:
    assert (period.next.first_day - period.last_day).days == 1
    assert period.next.previous == period
    assert len(period.months) == period.length


@pytest.mark.parametrize(
    ("name", "label", "first", "last"),
    [
        ("2026-10", "Oktober 2026", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-TW3", "Triwulan III Tahun 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-S2", "Semester II Tahun 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "Tahun 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_named_as_reports_name_it(
    name: str, label: str, first: date, last: date
) -> None:
    period = Period.parse(name)
    assert (period.label, period.first_day, period.last_day) == (label, first, last)


@pytest.mark.parametrize(
    "name",
    [
        *("2026-13", "2026-00", "2026-TW5", "2026-S3", "Oktober", "", "26"),
        *("0000", "0000-01", "9999", "9999-12"),
    ],
)
def test_what_is_no_period_is_refused_with_the_four_forms(name: str) -> None:
    with pytest.raises(SkmError, match="2026-TW3"):
        Period.parse(name)


@pytest.mark.parametrize("name", ["0001-01", "0987-TW2", "0020-S1", "9998"])
def test_also_a_year_typed_wrongly_has_days_and_keeps_its_name(name: str) -> None:
    period = Period.parse(name)
    assert period.first_day < period.last_day < period.next.first_day
    assert (str(period), len(period.months[0])) == (name, 7)
