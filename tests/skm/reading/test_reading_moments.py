"""Dates and times as sheets write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.instance import NOON
from skm.numerals import long_date
from skm.reading.moments import (
    DateOrder,
    Moment,
    order_evidence,
    read_clock,
    read_half_day,
    read_moment,
)
from skm.reading.spellings import shipped_spellings

OCTOBER_8 = date(2026, 10, 8)
MONTHS = shipped_spellings().months
HALF_DAYS = shipped_spellings().half_days


def read(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> Moment | None:
    return read_moment(text, order, MONTHS)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-08",
        "2026/10/08",
        "08/10/2026",
        "8/10/2026",
        "8-10-2026",
        "08.10.2026",
        "8 Oktober 2026",
        "08 oktober 2026",
        "Kamis, 8 Oktober 2026",
        "Jum'at, 8 Oktober 2026",
        "8 Okt 2026",
        "8-Okt-2026",
        "8 Oct 2026",
        "8 October 2026",
        " 8  Oktober  2026 ",
    ],
)
def test_a_day_in_every_spelling(text: str) -> None:
    assert read(text) == Moment(OCTOBER_8)


@pytest.mark.parametrize(
    ("text", "month"),
    [("1 Pebruari 2026", 2), ("1 Agt 2026", 8), ("1 Ags 2026", 8), ("1 Nopember 2026", 11)],
)
def test_months_as_older_offices_spell_them(text: str, month: int) -> None:
    assert read(text) == Moment(date(2026, month, 1))


@pytest.mark.parametrize(
    ("text", "clock", "hours"),
    [
        ("2026-10-08 09:13:22", time(9, 13, 22), None),
        ("2026-10-08T09:13:22", time(9, 13, 22), None),
        ("2026-10-08T02:13:22Z", time(2, 13, 22), 0),
        ("2026-10-08T09:13:22+07:00", time(9, 13, 22), 7),
        ("08/10/2026 9.13.22", time(9, 13, 22), None),
        ("08/10/2026 9:13", time(9, 13), None),
        ("2026/10/08 9:13:22 PM GMT+7", time(21, 13, 22), 7),
        ("2026/10/08 12:05:00 AM GMT-3:30", time(0, 5), -3.5),
        ("8 Oktober 2026 pukul 13.05 WITA", time(13, 5), 8),
        ("8 Oktober 2026, 13.05 WIB", time(13, 5), 7),
    ],
)
def test_time_stamps_with_their_clock_and_zone(
    text: str, clock: time, hours: float | None
) -> None:
    zone = None if hours is None else timezone(timedelta(hours=hours))
    assert read(text) == Moment(OCTOBER_8, clock, zone)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "kemarin", "2026", "Oktober 2026", "08/10/26", "8/10", "45938", "31/02/2026"),
        *("2026-13-01", "8 Foo 2026", "2026-10-08 25:00", "2026-10-08 dan lain", "20261008"),
        *("8/10/20261", "2026-10-08 13:05 PM", "08/10-2026", "2026-10-08 9:13 GMT+99"),
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read(text) is None


def test_the_order_of_day_and_month_is_as_told() -> None:
    assert read("5/10/2026") == Moment(date(2026, 10, 5))
    assert read("5/10/2026", DateOrder.MONTH_FIRST) == Moment(date(2026, 5, 10))


def test_evidence_for_the_order() -> None:
    dates = ["08/10/2026", "13/10/2026", "10/14/2026", "10/5/2026 9:13:22", "9/9/2026 8:00:00"]
    evidence = order_evidence(dates)
    assert evidence.day_first == "13/10/2026"
    assert evidence.month_first == "10/14/2026"
    assert evidence.stamp == "10/5/2026 9:13:22"
    assert order_evidence(["9/9/2026 8:00:00"]).either is None


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("08:00 - 12:00", "pagi"),
        ("13:00 - 17:00", "siang"),
        ("08.00–12.00", "pagi"),
        ("13.00 s/d 17.00", "siang"),
        ("Pagi", "pagi"),
        ("sore", "siang"),
        ("12:29", "pagi"),
        ("12.30", "siang"),
        ("12:30:00", "siang"),
        ("1:15 PM", "siang"),
        ("09.15 WIB", "pagi"),
        ("08:00 - 16:00", None),
        ("12:00 - 13:00", None),
        ("13:00 - 12:00", None),
        ("25:00", None),
        ("siang hari", None),
        ("", None),
    ],
)
def test_half_days_by_word_clock_or_slot(text: str, half: str | None) -> None:
    assert read_half_day(text, NOON, HALF_DAYS) == half


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_way_to_write_it(day: date) -> None:
    written = [
        day.isoformat(),
        long_date(day),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
    ]
    assert {read(text) for text in written} == {Moment(day)}


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_every_time_stamp_is_read_back(moment: datetime) -> None:
    second = moment.replace(microsecond=0)
    expected = Moment(second.date(), second.time())
    american = f"{second:%Y/%m/%d} {second:%I:%M:%S %p}"
    assert {read(str(second)), read(second.isoformat()), read(american)} == {expected}


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    read(text)
    read_clock(text)
    read_half_day(text, NOON, HALF_DAYS)
    order_evidence([text])
