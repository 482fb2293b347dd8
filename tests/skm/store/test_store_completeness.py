"""The receipt of completeness: every number that a tablet gave out is received or missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from answering import DAY, TABLET, delivery, response

from skm.form import Form, find_form
from skm.period import Period
from skm.store import Store, tablets
from skm.store.completeness import Completeness, TabletCount, completeness
from skm.store.intake import Intake

OCTOBER = Period.parse("2026-10")
SEPTEMBER_DAY = date(2026, 9, 14)


def arrive(
    store: Store, form: Form, numbers: Iterable[int], device: str = TABLET, day: date = DAY
) -> None:
    Intake(store).receive_many(
        form,
        [
            delivery(response(form, day=day), device=device, seq=number, received=day)
            for number in numbers
        ],
    )


def of(store: Store, form: Form, period: Period = OCTOBER) -> Completeness:
    return completeness(store, form, period)


def counted(store: Store, form: Form, period: Period = OCTOBER) -> TabletCount:
    (tablet,) = of(store, form, period).tablets
    return tablet


def name_tablet(store: Store, name: str, device: str) -> None:
    token = tablets.add(store, name)
    known = tablets.find(store, token)
    assert known is not None
    tablets.note_contact(store, known, device, DAY)


def test_a_tablet_from_which_all_arrived_lacks_nothing(store: Store, form: Form) -> None:
    name_tablet(store, "Loket 1", TABLET)
    arrive(store, form, range(1, 118))
    assert counted(store, form) == TabletCount("Loket 1", 1, 117, 117, ())


def test_missing_numbers_are_named(store: Store, form: Form) -> None:
    arrive(store, form, (1, 2, 5, 6, 9))
    tablet = counted(store, form)
    assert (tablet.first, tablet.last) == (1, 9)
    assert (tablet.finished, tablet.received, tablet.lacking) == (9, 5, 4)
    assert tablet.missing == ((3, 4), (7, 8))


def test_a_number_missing_between_two_months_counts_once_in_the_later(
    store: Store, form: Form
) -> None:
    arrive(store, form, (1, 2, 3), day=SEPTEMBER_DAY)
    arrive(store, form, (6, 7))
    september = counted(store, form, Period.parse("2026-09"))
    october = counted(store, form)
    assert (september.finished, september.missing) == (3, ())
    assert (october.first, october.finished, october.missing) == (4, 4, ((4, 5),))
    assert counted(store, form, Period.parse("2026")).finished == 7


def test_numbers_of_another_form_are_neither_received_nor_missing(
    store: Store, form: Form
) -> None:
    arrive(store, form, (1, 2, 5))
    arrive(store, find_form("permenpanrb-14-2017"), (3, 4))
    assert (counted(store, form).received, counted(store, form).missing) == (3, ())


def test_a_deleted_response_was_received(store: Store, form: Form) -> None:
    arrive(store, form, (1, 2))
    with store.writing() as db:
        db.execute("UPDATE receipt SET state = 'deleted' WHERE seq = 1")
    assert counted(store, form).lacking == 0
    assert of(store, form).states == {"deleted": 1, "stored": 1}


def test_tablets_that_share_a_name_are_told_apart(store: Store, form: Form) -> None:
    other = "b" * 32
    name_tablet(store, "Loket 1", TABLET)
    tablets.revoke(store, "Loket 1")
    name_tablet(store, "Loket 1", other)
    arrive(store, form, (1,))
    arrive(store, form, (1, 2), device=other)
    names = [(tablet.name, tablet.received) for tablet in of(store, form).tablets]
    assert names == [("Loket 1 (aaaaaa)", 1), ("Loket 1 (bbbbbb)", 2)]


def test_what_did_not_come_from_a_tablet_is_counted_by_channel(store: Store, form: Form) -> None:
    arrive(store, form, (1, 2))
    others = [response(form, channel=channel) for channel in ("paper", "paper", "phone", "import")]
    Intake(store).receive_many(form, [delivery(each) for each in others])
    assert of(store, form).channels == {"import": 1, "kiosk": 2, "paper": 2, "phone": 1}


def test_contents_kept_aside_are_counted_in_their_month(store: Store, form: Form) -> None:
    first = response(form, 4)
    intake = Intake(store)
    intake.receive(form, delivery(first))
    intake.receive(form, delivery(response(form, 1, id=first.id), body="lain"))
    assert of(store, form).conflicts == 1
    assert of(store, form, Period.parse("2026-09")).conflicts == 0


def test_a_period_in_which_nothing_came_is_empty(store: Store, form: Form) -> None:
    assert of(store, form) == Completeness((), {}, 0, {}, None)
