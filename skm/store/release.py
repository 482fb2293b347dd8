"""Which single responses an officer may read: never today's, never fewer than five at once.

Who watches the list while somebody leaves the counter must not see that person's answers
appear alone. Totals cover every response from the first moment on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from skm.form import Form
from skm.period import Period
from skm.responses import ResponseTable
from skm.store.connection import Store
from skm.store.remembered import RELEASED, note, recall
from skm.store.rows import read_table

SMALLEST_BATCH = 5

_ARRIVALS = """
    SELECT received, count(*) FROM receipt
    WHERE form = ? AND received > ? AND received < ? AND state != 'deleted'
    GROUP BY received ORDER BY received"""


def last_release(arrivals: Iterable[tuple[date, int]]) -> date | None:
    """The last day up to whose end all responses are released.

    Day by day: as soon as a day ends with at least five that are not yet released, they are.

    Args:
        arrivals: the days in order, with the responses that arrived on them; today is not
            among them.

    >>> days = [date(2026, 10, day) for day in (5, 6, 7)]
    >>> last_release(zip(days, (3, 2, 4)))
    datetime.date(2026, 10, 6)
    """
    released = None
    waiting = 0
    for day, count in arrivals:
        waiting += count
        if waiting >= SMALLEST_BATCH:
            released, waiting = day, 0
    return released


def released_until(store: Store, form: Form, today: date) -> date | None:
    """The last day whose responses to a form are released; None while none are.

    It follows from the receipts, which are never deleted, so it is the same at every look of a
    day and a purge of old rows does not move it; nor does the deletion of a released response,
    see :func:`keep_released`. Batches are counted over all periods: the last few of a month are
    released with the first of the next.
    """
    kept = recall(store, _kept(form)) or ""
    after = kept if kept < today.isoformat() else ""
    rows = store.reader.execute(_ARRIVALS, (form.id, after, today.isoformat()))
    found = last_release((date.fromisoformat(day), count) for day, count in rows)
    return found or (date.fromisoformat(after) if after else None)


def keep_released(db: Database, form: Form, until: date | None) -> None:
    """Hold fast what is released, before a response of it is deleted.

    Else the batch would shrink below five: its other responses would vanish, and when they came
    back there would be fewer than five new ones with them.
    """
    if until is not None:
        note(db, _kept(form), until.isoformat())


def released_table(
    store: Store, form: Form, period: Period, today: date, edition: int | None = None
) -> ResponseTable:
    """The single responses of a period, or of an edition of it, that an officer may read today.

    Their order follows from their random ids and tells nothing of their arrival.
    """
    until = released_until(store, form, today)
    return read_table(store, form, period, received_until=until or date.min, edition=edition)


def _kept(form: Form) -> str:
    return f"{RELEASED} {form.id}"
