"""A period is closed once and stays as it was; what comes later is told, and needs an edition."""

from __future__ import annotations

import sqlite3
from contextlib import closing as closed_at_end
from datetime import date

import pytest
from closed_offices import closed_period, late, people_of, receive

from skm.closing import scorecard_of
from skm.closing_text import checksum
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.instance import Instance
from skm.numerals import round_half_up
from skm.period import Period
from skm.period_scores import (
    Selection,
    compare_periods,
    official_of,
    score_period,
    trend_until,
)
from skm.store import Store, open_store
from skm.store.closed_since import since
from skm.store.closings import (
    ClosingOrder,
    all_closings,
    close,
    find_closing,
    newest_closing,
    preview,
)
from skm.store.corrections import Correction, Ruling, correct, delete
from skm.store.served import Served, set_served
from skm.store.verify import verify

OCTOBER = Period.parse("2026-10")
DAY = date(2026, 10, 20)
RULING = Ruling("admin", "salah ketik", date(2026, 11, 5))


@pytest.fixture
def store(store: Store, office: Instance, form: Form) -> Store:
    """With an October that people answered."""
    receive(store, form, people_of(office, "2026-10"))
    return store


def test_the_closed_index_is_that_of_the_period(
    store: Store, office: Instance, form: Form
) -> None:
    before, _ = score_period(store, office, Selection(OCTOBER))
    closed = closed_period(
        store, office, "2026-10", document="070/12/2026", document_date=date(2026, 11, 2)
    )
    closing = closed.closing
    assert closing.index == before.card.index
    assert (closing.edition, closing.document) == (1, "070/12/2026")
    assert closed.checksum == checksum(closing)
    assert closed.warnings == ()
    assert not closing.simulated
    assert newest_closing(store, OCTOBER) == closing
    assert scorecard_of(closing, form) == before.card


def test_people_served_are_frozen_with_it(store: Store, office: Instance, form: Form) -> None:
    set_served(store, office.office, [Served(OCTOBER, "kk", 400), Served(OCTOBER, "kia", 90)])
    closing = closed_period(store, office, "2026-10").closing
    set_served(store, office.office, [Served(OCTOBER, "kk", 4000)])
    frozen = newest_closing(store, OCTOBER)
    assert frozen is not None
    assert frozen.served == {"kk": 400, "kia": 90}
    assert frozen.population == 490
    assert frozen.sample_needed == closing.sample_needed == 216


@pytest.mark.parametrize(
    ("period", "order", "said"),
    [
        ("2026-10", {"today": date(2026, 10, 31)}, "belum berakhir"),
        ("2026", {"today": date(2026, 12, 31)}, "belum berakhir"),
        ("2026-09", {}, "Belum ada jawaban untuk September 2026"),
        ("2026-10", {"new_edition": True, "reason": "x"}, "belum pernah ditutup"),
    ],
)
def test_what_cannot_be_closed_is_refused(
    store: Store, office: Instance, period: str, order: dict[str, object], said: str
) -> None:
    with pytest.raises(SkmError, match=said):
        closed_period(store, office, period, **order)
    assert all_closings(store) == ()


def test_a_closed_period_needs_an_edition_with_a_reason(store: Store, office: Instance) -> None:
    closed_period(store, office, "2026-10")
    with pytest.raises(SkmError, match="sudah ditutup pada 1 November 2026"):
        closed_period(store, office, "2026-10")
    with pytest.raises(SkmError, match="Edisi baru memerlukan alasan"):
        closed_period(store, office, "2026-10", new_edition=True, reason=" ")
    assert len(all_closings(store)) == 1


def test_two_forms_are_not_closed_as_one_but_one_of_them_may_be_named(
    store: Store, office: Instance, form: Form
) -> None:
    nine = find_form("permenpanrb-14-2017")
    receive(store, nine, people_of(office, "2026-10", nine))
    with pytest.raises(SkmError, match="beberapa formulir"):
        closed_period(store, office, "2026-10")
    order = ClosingOrder(date(2026, 11, 1))
    with pytest.raises(SkmError, match="Tidak ada jawaban formulir itu"):
        close(store, office, OCTOBER, order, "kepmenpan-25-2004")
    closed = close(store, office, OCTOBER, order, form.id)
    assert closed.closing.form == form.id
    assert set(closed.closing.left_out) == {nine.id}
    assert "tidak ikut ditutup" in closed.warnings[0]


def test_late_responses_are_told_and_change_nothing(
    store: Store, office: Instance, form: Form
) -> None:
    closing = closed_period(store, office, "2026-10").closing
    receive(store, form, late(form, DAY, 50))
    after = since(store, closing, form)
    live, _ = score_period(store, office, Selection(OCTOBER))
    assert (after.late, after.deleted, after.corrected) == (50, 0, 0)
    assert after.index == live.card.index
    assert str(after).startswith("menyusul: 50, indeks akan menjadi ")
    assert newest_closing(store, OCTOBER) == closing


def test_a_new_edition_counts_them_and_says_what_changed(
    store: Store, office: Instance, form: Form
) -> None:
    first = closed_period(store, office, "2026-10").closing
    people = people_of(office, "2026-10")
    receive(store, form, late(form, DAY, 50))
    delete(store, form, people[0].id, RULING)
    code = form.questions[0].code
    level = people[1].answers[code]
    correct(
        *(store, office.office, form, people[1].id),
        Correction({code: 1 if level != 1 else 2}),
        RULING,
    )
    second = closed_period(
        store, office, "2026-10", new_edition=True, reason="lembar kertas dari desa"
    ).closing
    assert second.edition == 2
    assert second.replaced is not None
    assert second.replaced.checksum == checksum(first)
    changed = second.replaced
    assert (changed.added, changed.removed, changed.corrected) == (50, 1, 1)
    assert second.respondents == first.respondents + 49
    live, _ = score_period(store, office, Selection(OCTOBER))
    assert second.index == live.card.index
    assert newest_closing(store, OCTOBER) == second
    assert find_closing(store, OCTOBER, 1) == first
    assert find_closing(store, OCTOBER, 3) is None
    assert not since(store, second, form).differs
    assert all(not verdict.faults for verdict in verify(office))


def test_a_year_is_closed_from_its_own_rows(store: Store, office: Instance, form: Form) -> None:
    receive(store, form, people_of(office, "2026-11"))
    closed_period(store, office, "2026-10")
    year = closed_period(store, office, "2026")
    assert year.warnings == ()
    live, _ = score_period(store, office, Selection(Period.parse("2026")))
    assert year.closing.index == live.card.index


def test_a_difference_from_a_closed_month_is_a_warning(
    store: Store, office: Instance, form: Form
) -> None:
    closed_period(store, office, "2026-10")
    receive(store, form, late(form, DAY, 2))
    (warning,) = closed_period(store, office, "2026-TW4").warnings
    assert "Oktober 2026, edisi 1 ditutup dengan" in warning
    assert "menyusul: 2" in warning


def test_simulated_responses_are_said(office: Instance, form: Form) -> None:
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-09", simulated=True))
        closed = closed_period(store, office, "2026-09")
    assert closed.closing.simulated == closed.closing.respondents
    assert "DATA SIMULASI" in closed.warnings[0]


def test_a_closing_cannot_be_changed_in_the_database(store: Store, office: Instance) -> None:
    closed_period(store, office, "2026-10")
    with (
        closed_at_end(sqlite3.connect(office.database)) as db,
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
    ):
        db.execute("UPDATE closing SET content = '{}'")


def test_verify_finds_a_closing_that_was_touched_behind_its_back(
    store: Store, office: Instance
) -> None:
    closed_period(store, office, "2026-10")
    with closed_at_end(sqlite3.connect(office.database)) as db, db:
        db.execute("DROP TRIGGER closing_is_frozen")
        db.execute("UPDATE closing SET content = replace(content, 'KTP-el', 'KTP')")
    faults = {verdict.subject: verdict.faults for verdict in verify(office)}
    assert "sidik jarinya tidak cocok" in faults["Penutupan periode"][0]


def test_the_trend_takes_official_results_where_there_are_some(
    store: Store, office: Instance, form: Form
) -> None:
    receive(store, form, people_of(office, "2026-09"))
    closing = closed_period(store, office, "2026-10").closing
    receive(store, form, late(form, DAY, 50))
    points = trend_until(store, office, OCTOBER)
    assert [(str(point.period), point.edition) for point in points] == [
        ("2026-09", None),
        ("2026-10", 1),
    ]
    assert points[-1].card.index == closing.index
    official = official_of(store, office, OCTOBER)
    assert official is not None
    assert official.since.late == 50


def test_closed_periods_are_compared_as_they_were_closed(
    store: Store, office: Instance, form: Form
) -> None:
    receive(store, form, people_of(office, "2026-09"))
    closing = closed_period(store, office, "2026-10").closing
    receive(store, form, late(form, DAY, 50))
    changed = compare_periods(store, office, OCTOBER.previous, OCTOBER).changes
    assert closing.index is not None
    assert changed[0].after == round_half_up(closing.index, 2)


def test_a_preview_is_what_would_be_closed_and_stores_nothing(
    store: Store, office: Instance
) -> None:
    order = ClosingOrder(today=date(2026, 11, 1), document="070/12/2026")
    seen = preview(store, office, OCTOBER, order)
    assert all_closings(store) == ()
    assert seen == close(store, office, OCTOBER, order)
    with pytest.raises(SkmError, match="sudah ditutup"):
        preview(store, office, OCTOBER, order)
