"""What the officers of the demo did in its year: served people, closed, published, planned."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta

from skm.closing import Closing
from skm.instance import Instance
from skm.media import WEBSITE
from skm.period import Kind, Period
from skm.store import Store, closings, follow_up, publications
from skm.store.closings import ClosingOrder
from skm.store.follow_up import Completion, Plan, Writer
from skm.store.publications import OWN_PAGE, Announcement
from skm.store.rows import respondents_by_service
from skm.store.served import Served, set_served
from skm.suggestions import suggestion

_PEOPLE_A_RESPONSE = (2, 3, 4)
_TO_CLOSE = timedelta(days=5)
_TO_FINISH = timedelta(days=40)
_ANSWERED = 4
"""How many of the closed periods have a follow-up plan."""
_PLANNED_ELEMENTS = 2
_OWNER = "Seksi Pelayanan Umum"
_DONE = "Sudah dikerjakan dan diperiksa bersama petugas loket."


def live_through(
    store: Store, office: Instance, months: Sequence[Period], seed: str, who: str
) -> None:
    """Enter, close, publish and plan for months that hold responses.

    The last month stays open, as an office finds it on the first of the next one; of the
    follow-up of the last period closed nothing is done yet.

    Args:
        months: in order.
        seed: any text; the same gives the same figures.
        who: the officer who did it all.
    """
    _serve(store, office, months, random.Random(seed))
    closed = [_close(store, office, period, who) for period in _ended(months)]
    for closing in closed[-_ANSWERED:]:
        _plan(store, office, closing, who, finished=closing is not closed[-1])


def _serve(
    store: Store, office: Instance, months: Sequence[Period], chance: random.Random
) -> None:
    form = office.questionnaire()
    for month in months:
        answered = respondents_by_service(store, [form], month)
        entries = [
            Served(
                month,
                service.code,
                answered.get(service.code, 0) * chance.choice(_PEOPLE_A_RESPONSE),
            )
            for service in office.office.services
        ]
        set_served(store, office.office, entries)


def _ended(months: Sequence[Period]) -> Iterator[Period]:
    """The months but the last, each semester after its last month."""
    for month in months[:-1]:
        yield month
        semester = month.around(Kind.SEMESTER)
        if semester.last_day == month.last_day:
            yield semester


def _close(store: Store, office: Instance, period: Period, who: str) -> Closing:
    day = period.last_day + _TO_CLOSE
    closing = closings.close(store, office, period, ClosingOrder(today=day)).closing
    shown = Announcement(WEBSITE, day, OWN_PAGE)
    publications.publish(store, period, closing.edition, shown, who, day)
    return closing


def _plan(store: Store, office: Instance, closing: Closing, who: str, *, finished: bool) -> None:
    form = office.questionnaire()
    due = closing.closed + _TO_FINISH
    for code in closing.lowest[:_PLANNED_ELEMENTS]:
        proposed = suggestion(form.element(code))
        line = Plan(
            period=closing.period,
            element=code,
            problem=proposed.problem,
            action=proposed.actions[0],
            quarter=Period.month_of(due).around(Kind.QUARTER),
            owner=_OWNER,
            due=due,
        )
        written = follow_up.add(store, line, Writer(who, closing.closed))
        if finished:
            follow_up.finish(store, written.number, Completion(due, _DONE), Writer(who, due))
