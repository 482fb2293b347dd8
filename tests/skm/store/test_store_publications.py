"""A closing is shown in public only once an admin publishes it, and tells of nobody alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from closed_offices import closed_period, late, people_of, receive
from photographs import PDF, photograph

from skm.closing_text import checksum
from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.responses import Response
from skm.store import Store, open_store
from skm.store.backup import back_up
from skm.store.corrections import Correction, Ruling, correct
from skm.store.evidence import evidence, prepare
from skm.store.publications import (
    OWN_PAGE,
    Announcement,
    Publication,
    anything_shown,
    attach,
    media_used,
    people_between,
    publications,
    publish,
    shown_by_checksum,
    shown_closings,
    withdraw,
)
from skm.store.restore import restore

OCTOBER = Period.parse("2026-10")
TODAY = date(2027, 1, 10)
OWN = Announcement("website", TODAY, OWN_PAGE)


@pytest.fixture
def october(office: Instance, form: Form) -> list[Response]:
    return people_of(office, "2026-10")


@pytest.fixture
def store(store: Store, office: Instance, form: Form, october: Sequence[Response]) -> Store:
    """With a closed October that nobody published."""
    receive(store, form, october)
    closed_period(store, office, "2026-10")
    return store


def show(store: Store, period: str, edition: int = 1) -> Publication:
    return publish(store, Period.parse(period), edition, OWN, "kepala", TODAY)


def shown_labels(store: Store) -> list[str]:
    return [closing.label for closing in shown_closings(store)]


def test_a_closing_is_not_shown_until_it_is_published_and_no_longer_when_it_is_withdrawn(
    store: Store, office: Instance
) -> None:
    with open_store(office) as other:
        closed = checksum(closed_period(other, office, "2026-10", **NEW).closing)
    assert (shown_closings(store), anything_shown(store)) == ((), False)
    assert shown_by_checksum(store, closed[:16]) is None
    made = show(store, "2026-10", 2)
    assert shown_labels(store) == ["Oktober 2026, edisi 2"]
    for named in (closed, closed[:16]):
        found = shown_by_checksum(store, named)
        assert found is not None
        assert checksum(found.closing) == closed
    for other_name in (closed[:15], closed[:17], "", "%" * 16, closed.upper()):
        assert shown_by_checksum(store, other_name) is None
    withdraw(store, OCTOBER, made.number, TODAY)
    assert (shown_closings(store), anything_shown(store)) == ((), False)
    assert shown_by_checksum(store, closed[:16]) is None
    assert publications(store)[-1].withdrawn == TODAY


NEW = {"new_edition": True, "reason": "menyusul", "today": date(2026, 11, 20)}


def test_the_newest_published_edition_stands_for_its_period_and_the_older_one_names_it(
    store: Store, office: Instance, form: Form
) -> None:
    show(store, "2026-10")
    receive(store, form, late(form, date(2026, 10, 20), 7))
    newer = closed_period(store, office, "2026-10", **NEW)
    assert shown_labels(store) == ["Oktober 2026, edisi 1"]
    older = shown_closings(store)[0]
    before = shown_by_checksum(store, checksum(older))
    assert before is not None
    assert (before.newer, before.countable) == (None, True)
    show(store, "2026-10", 2)
    assert shown_labels(store) == ["Oktober 2026, edisi 2"]
    after = shown_by_checksum(store, checksum(older))
    assert after is not None
    assert (after.newer, after.countable) == (newer.closing, True)


def test_a_result_that_is_withdrawn_does_not_bring_back_the_edition_it_replaced(
    store: Store, office: Instance, form: Form
) -> None:
    older = show(store, "2026-10")
    receive(store, form, late(form, date(2026, 10, 20), 1))
    elsewhere = Announcement("cetak", TODAY, "Radar Jember")
    printed = publish(store, OCTOBER, 1, elsewhere, "kepala", TODAY)
    closed_period(store, office, "2026-10", **NEW)
    newer = show(store, "2026-10", 2)
    withdraw(store, OCTOBER, newer.number, TODAY)
    assert not anything_shown(store)
    in_force = [each.number for each in publications(store) if each.withdrawn is None]
    assert in_force == [printed.number]
    again = show(store, "2026-10", 2)
    assert again.number not in (older.number, newer.number)
    assert shown_labels(store) == ["Oktober 2026, edisi 2"]


@pytest.mark.parametrize(("people", "countable"), [(1, False), (4, False), (5, True)])
def test_an_older_edition_is_not_counted_through_where_it_gives_single_people_away(
    store: Store, office: Instance, form: Form, people: int, countable: bool
) -> None:
    show(store, "2026-10")
    receive(store, form, late(form, date(2026, 10, 20), people))
    newer = closed_period(store, office, "2026-10", **NEW).closing
    (older,) = shown_closings(store)
    assert people_between(store, older, newer) == people
    show(store, "2026-10", 2)
    found = shown_by_checksum(store, checksum(older))
    assert found is not None
    assert found.countable is countable


def test_a_corrected_response_is_a_difference_of_one(
    store: Store, office: Instance, form: Form, october: Sequence[Response]
) -> None:
    show(store, "2026-10")
    (older,) = shown_closings(store)
    ruling = Ruling("admin", "salah ketik", date(2026, 11, 5))
    correct(store, office.office, form, october[0].id, Correction(service="kia"), ruling)
    newer = closed_period(store, office, "2026-10", **NEW).closing
    assert people_between(store, older, newer) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param(Announcement("radio", TODAY, "RRI"), "Jenis media", id="unknown kind"),
        pytest.param(Announcement("cetak", TODAY, "  "), "belum diisi", id="no place"),
        pytest.param(Announcement("cetak", TODAY, "x" * 301), "terlalu panjang", id="long place"),
        pytest.param(
            Announcement("cetak", date(2027, 1, 11), "loket"), "belum tiba", id="tomorrow"
        ),
        pytest.param(
            Announcement("cetak", date(2026, 10, 31), "loket"), "mendahului", id="too early"
        ),
        pytest.param(
            Announcement("cetak", TODAY, OWN_PAGE), "halaman kantor ini", id="not a website"
        ),
    ],
)
def test_what_cannot_be_a_publication_is_refused(
    store: Store, said: Announcement, told: str
) -> None:
    with pytest.raises(SkmError, match=told):
        publish(store, OCTOBER, 1, said, "kepala", TODAY)
    assert publications(store) == ()


def test_only_what_is_closed_can_be_published_and_only_once(store: Store) -> None:
    with pytest.raises(SkmError, match="edisi 2 belum ditutup"):
        show(store, "2026-10", 2)
    with pytest.raises(SkmError, match="belum ditutup"):
        show(store, "2026-11")
    made = show(store, "2026-10")
    with pytest.raises(SkmError, match="sudah tercatat"):
        show(store, "2026-10")
    withdraw(store, OCTOBER, made.number, TODAY)
    assert show(store, "2026-10").number > made.number
    with pytest.raises(SkmError, match="sudah ditarik"):
        withdraw(store, OCTOBER, made.number, TODAY)
    with pytest.raises(SkmError, match="tidak ada"):
        withdraw(store, Period.parse("2026-11"), made.number + 1, TODAY)


def test_an_edition_that_was_replaced_is_published_no_more(store: Store, office: Instance) -> None:
    closed_period(store, office, "2026-10", **NEW)
    with pytest.raises(SkmError, match="sudah diganti"):
        show(store, "2026-10", 1)
    publish(store, OCTOBER, 1, Announcement("cetak", TODAY, "loket"), "kepala", TODAY)


def test_results_of_few_people_are_not_published(
    store: Store, office: Instance, form: Form
) -> None:
    receive(store, form, late(form, date(2026, 9, 20), 4))
    closed_period(store, office, "2026-09")
    with pytest.raises(SkmError, match="respondennya terlalu sedikit"):
        show(store, "2026-09")


def test_a_quarter_that_gives_a_month_away_is_not_published(
    store: Store, office: Instance, form: Form
) -> None:
    show(store, "2026-10")
    receive(store, form, late(form, date(2026, 11, 20), 4))
    closed_period(store, office, "2026-TW4")
    with pytest.raises(SkmError, match="jawaban 4 orang saja"):
        show(store, "2026-TW4")
    receive(store, form, [*late(form, date(2026, 12, 20), 5)][4:])
    new = {"new_edition": True, "reason": "menyusul", "today": TODAY}
    closed_period(store, office, "2026-TW4", **new)
    show(store, "2026-TW4", 2)
    assert shown_labels(store)[-1] == "Triwulan IV Tahun 2026, edisi 2"


def test_kinds_of_media_are_counted_once_each_and_only_while_in_force(store: Store) -> None:
    show(store, "2026-10")
    for medium, place in (("cetak", "loket"), ("cetak", "balai desa"), ("aplikasi", "Wadul")):
        said = Announcement(medium, TODAY, place)
        last = publish(store, OCTOBER, 1, said, "kepala", TODAY)
    used = media_used(publications(store))
    assert [each.code for each in used] == ["cetak", "website", "aplikasi"]
    withdraw(store, OCTOBER, last.number, TODAY)
    assert len(media_used(publications(store))) == 2


def test_evidence_is_kept_replaced_and_goes_with_the_publication(store: Store) -> None:
    first, second = prepare(PDF), prepare(photograph(300, 200))
    said = Announcement("cetak", TODAY, "loket", first)
    made = publish(store, OCTOBER, 1, said, "kepala", TODAY)
    assert made.evidence == first.sha256
    attach(store, OCTOBER, made.number, second)
    assert evidence(store, first.sha256) is None
    assert evidence(store, second.sha256) == second
    withdraw(store, OCTOBER, made.number, TODAY)
    assert evidence(store, second.sha256) is None
    with pytest.raises(SkmError, match="sudah ditarik"):
        attach(store, OCTOBER, made.number, first)
    assert evidence(store, first.sha256) is None


def test_after_an_older_backup_publications_are_as_of_today(
    office: Instance, form: Form, october: Sequence[Response]
) -> None:
    with open_store(office) as store:
        receive(store, form, october)
        closed_period(store, office, "2026-10")
        withdrawn = show(store, "2026-10")
    backup = back_up(office, datetime(2027, 1, 10, 3, tzinfo=UTC)).file
    with open_store(office) as store:
        withdraw(store, OCTOBER, withdrawn.number, TODAY)
        closed_period(store, office, "2026-10", **NEW)
        show(store, "2026-10", 2)
        photographed = Announcement("cetak", TODAY, "loket", prepare(PDF))
        publish(store, OCTOBER, 2, photographed, "kepala", TODAY)
        before = publications(store)
    restore(office.root, backup, datetime(2027, 1, 11, 3, tzinfo=UTC))
    with open_store(office) as store:
        assert publications(store) == before
        assert shown_labels(store) == ["Oktober 2026, edisi 2"]
        assert evidence(store, prepare(PDF).sha256) is not None
