"""What the first page knows of a period, from its responses or from its closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from answering import delivery, response
from closed_offices import closed_period, people_of, receive
from offices import changed

from skm.disclosure import SMALLEST_SHOWN
from skm.form import Form, find_form
from skm.instance import Instance
from skm.overview import Overview, overview, sample_of
from skm.overview_trend import trend_to
from skm.period import Kind, Period
from skm.period_scores import Selection, changes_since, score_period, trend_until
from skm.store import Store, open_store
from skm.store.closings import closed_periods
from skm.store.intake import Intake
from skm.store.schema import ensure_form
from skm.store.served import Served, set_served

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        ensure_form(opened, office.questionnaire())
        yield opened


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


def answer(store: Store, form: Form, count: int, level: int = 4, **changes: object) -> None:
    fields = {"day": date(2026, 10, 5), "service": "kk", **changes}
    people = [response(form, level, **fields) for _ in range(count)]
    Intake(store).receive_many(form, [delivery(each) for each in people])


def serve(store: Store, office: Instance, month: Period, **people: int) -> None:
    entries = [Served(month, code.replace("_", "-"), n) for code, n in people.items()]
    set_served(store, office.office, entries)


def totals(shown: Overview) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {each.name: (each.n, each.needed, each.served) for each in shown.services}


def test_a_live_period_is_what_skm_score_says_of_it(
    office: Instance, store: Store, form: Form
) -> None:
    receive(store, form, people_of(office, "2026-10"))
    serve(store, office, OCTOBER, ktp_el=300, kk=100)
    shown = overview(store, office, OCTOBER)
    scored, _ = score_period(store, office, Selection(OCTOBER))
    assert shown.assessment == replace(scored, warnings=shown.assessment.warnings)  # type: ignore[union-attr]
    assert shown.respondents == scored.card.respondents
    assert shown.closing is None


def test_a_period_without_responses_is_empty(office: Instance, store: Store) -> None:
    shown = overview(store, office, OCTOBER)
    assert (shown.respondents, shown.form, shown.assessment, shown.services) == (0, None, None, ())


def test_fewer_than_five_have_no_index(office: Instance, store: Store, form: Form) -> None:
    answer(store, form, 4)
    assert overview(store, office, OCTOBER).assessment is None
    answer(store, form, 1)
    shown = overview(store, office, OCTOBER)
    assert shown.assessment is not None
    assert shown.assessment.card.index == 100


def test_respondents_stand_beside_the_sample_of_their_service(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, 7)
    answer(store, form, 2, service=None)
    serve(store, office, OCTOBER, ktp_el=300, kk=100)
    shown = overview(store, office, OCTOBER)
    assert shown.sample is not None
    assert (shown.sample.people, shown.sample.needed) == (400, 196)
    assert totals(shown) == {
        "KTP-el": (0, 147, 300),
        "Kartu Keluarga": (7, 49, 100),
        **dict.fromkeys(
            ("Akta Kelahiran", "Surat Pindah", "Kartu Identitas Anak (KIA)", "Layanan lainnya"),
            (0, None, None),
        ),
        "Tanpa layanan": (2, None, None),
    }


def test_until_people_are_counted_those_of_the_last_month_stand_in(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, 5, day=date(2026, 11, 2))
    assert sample_of(store, NOVEMBER) is None
    serve(store, office, Period.parse("2026-08"), kk=1000)
    serve(store, office, Period.parse("2025-10"), kk=7)
    shown = overview(store, office, NOVEMBER)
    assert shown.sample is not None
    assert str(shown.sample.estimated_from) == "2026-08"
    assert totals(shown)["Kartu Keluarga"] == (5, 278, None)
    assert shown.assessment is not None
    assert shown.assessment.interval is not None
    assert shown.assessment.interval.population is None
    assert sample_of(store, Period.parse("2027-11")) is None


@pytest.mark.parametrize(
    ("flagged", "plain", "shown"),
    [(4, 20, False), (5, 20, True), (20, 4, False), (0, 20, False)],
)
def test_flags_are_counted_and_few_are_not_told_apart(
    office: Instance, store: Store, form: Form, flagged: int, plain: int, shown: bool
) -> None:
    answer(store, form, flagged, flags=("seragam", "beruntun"))
    answer(store, form, plain, level=2)
    found = overview(store, office, OCTOBER)
    assert dict(found.flags) == (
        {"semua jawaban sama": flagged, "beruntun di satu tablet": flagged} if flagged else {}
    )
    assert found.shows_without_flagged is shown


def test_a_closed_period_is_its_closing_whatever_came_later(
    office: Instance, store: Store, form: Form
) -> None:
    receive(store, form, people_of(office, "2026-10"))
    serve(store, office, OCTOBER, ktp_el=300, kk=100)
    before = overview(store, office, OCTOBER)
    closing = closed_period(store, office, "2026-10").closing
    answer(store, form, 9, level=1)
    shown = overview(store, office, OCTOBER)
    assert shown.closing == closing
    assert shown.respondents == before.respondents
    assert shown.assessment is not None
    assert before.assessment is not None
    assert shown.assessment.card.index == before.assessment.card.index
    assert shown.sample == before.sample
    assert closed_periods(store) == {OCTOBER}
    assert all(each.card is None for each in before.services)
    for each in shown.services:
        assert (each.card is None) == (not each.n)
    names = {name: n for name, (n, _, _) in totals(before).items()}
    assert all(n in (None, names.get(name)) for name, (n, _, _) in totals(shown).items() if n)


def test_of_two_forms_the_office_s_own_is_counted_and_the_other_named(
    office: Instance, store: Store, form: Form
) -> None:
    other = find_form("permenpanrb-14-2017")
    ensure_form(store, other)
    answer(store, form, 5)
    answer(store, other, 6)
    shown = overview(store, office, OCTOBER)
    assert (shown.form, shown.other_forms, shown.respondents) == (form, (other.id,), 5)
    assert overview(store, office, OCTOBER, other.id).respondents == 6


def test_the_trend_is_made_of_closings_and_the_period_at_hand(
    office: Instance, store: Store, form: Form
) -> None:
    receive(store, form, people_of(office, "2026"))
    for month in ("2026-08", "2026-10"):
        closed_period(store, office, month)
    shown = overview(store, office, NOVEMBER)
    marks = trend_to(store, shown, Kind.SEMESTER)
    assert [(str(mark.period), mark.edition) for mark in marks] == [
        ("2026-08", 1),
        ("2026-10", 1),
        ("2026-11", None),
    ]
    assert shown.assessment is not None
    assert marks[-1].index == shown.assessment.card.index
    assert not any(mark.breaks for mark in marks)


def test_a_closed_month_of_fewer_than_five_is_no_point_of_a_trend(
    office: Instance, store: Store, form: Form
) -> None:
    for month, count in ((8, 5), (9, 4), (10, 6)):
        answer(store, form, count, day=date(2026, month, 5))
    for name in ("2026-08", "2026-09"):
        closed_period(store, office, name)
    marks = trend_to(store, overview(store, office, OCTOBER), Kind.SEMESTER)
    assert [str(mark.period) for mark in marks] == ["2026-08", "2026-10"]
    points = trend_until(store, office, OCTOBER, smallest=SMALLEST_SHOWN)
    assert [str(point.period) for point in points] == ["2026-08", "2026-10"]


def test_where_months_are_not_closed_the_trend_is_that_of_what_is_reported(
    office: Instance, store: Store, form: Form
) -> None:
    receive(store, form, people_of(office, "2025"))
    for period in ("2025-S1", "2025-S2", "2025"):
        closed_period(store, office, period)
    shown = overview(store, office, Period.parse("2026-03"))
    for kind, periods in (
        (Kind.SEMESTER, ["2025-S1", "2025-S2"]),
        (Kind.QUARTER, ["2025"]),
    ):
        assert [str(mark.period) for mark in trend_to(store, shown, kind)] == periods


def test_a_change_of_form_or_scale_breaks_the_trend(
    office: Instance, store: Store, form: Form
) -> None:
    other = find_form("permenpanrb-14-2017")
    ensure_form(store, other)
    answer(store, form, 5)
    closed_period(store, office, "2026-10")
    answer(store, other, 5, day=date(2026, 11, 2))
    closed_period(store, office, "2026-11")
    on_2004 = changed(office, 'skala = "2017"', 'skala = "2004"')
    answer(store, other, 5, day=date(2026, 12, 1))
    shown = overview(store, on_2004, Period.parse("2026-12"))
    assert [mark.breaks for mark in trend_to(store, shown, Kind.MONTH)] == [False, True, True]


def test_changes_are_told_against_an_earlier_period_that_may_be_shown(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, 5, level=4)
    answer(store, form, 5, level=3, day=date(2026, 11, 2))
    shown = overview(store, office, NOVEMBER)
    assert shown.assessment is not None
    card = shown.assessment.card
    found = changes_since(store, office, OCTOBER, form, card)
    assert {change.difference for change in found} == {-25}
    assert found[0].after == Fraction(75)


@pytest.mark.parametrize(
    ("kind", "around"),
    [
        (Kind.MONTH, "2026-11"),
        (Kind.QUARTER, "2026-TW4"),
        (Kind.SEMESTER, "2026-S2"),
        (Kind.YEAR, "2026"),
    ],
)
def test_a_period_lies_in_longer_ones(kind: Kind, around: str) -> None:
    assert str(NOVEMBER.around(kind)) == around
