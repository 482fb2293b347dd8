"""Who did what to the office's data: corrections, deletions, closings, destruction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from skm.instance import Instance
from skm.numerals import long_date
from skm.store.closings import all_closings
from skm.store.connection import Store
from skm.store.corrections import LoggedChange, changes
from skm.store.forgetting import response_tables
from skm.store.purge_record import read_records

CORRECTED, DELETED, CLOSED, DESTROYED = "corrected", "deleted", "closed", "destroyed"

Cells = Mapping[str, tuple[object, object]]
"""What a correction changed: before and after, by column of the form's table."""


@dataclass(frozen=True)
class Event:
    """One thing that was done.

    Attributes:
        kind: ``corrected``, ``deleted``, ``closed`` or ``destroyed``.
        subject: what it was done to, as people name it.
        who: the officer; None where it was done on the command line, or nobody was written down.
        form: of a response that was changed.
        response: id of a response that was changed and is still there.
        record: name of a record of destruction.
    """

    day: date
    kind: str
    subject: str
    who: str | None = None
    reason: str | None = None
    form: str | None = None
    cells: Cells = field(default_factory=dict)
    response: str | None = None
    record: str | None = None


def history(store: Store, instance: Instance) -> tuple[Event, ...]:
    """Everything that was done, newest first; of purged days no single change is left."""
    found = [*_changes(store), *_closings(store), *_records(instance)]
    return tuple(sorted(found, key=lambda event: event.day)[::-1])


def _changes(store: Store) -> Iterator[Event]:
    """The log in its order, each correction with what it made of the row."""
    log = changes(store)
    of_response: dict[str, list[LoggedChange]] = defaultdict(list)
    for change in log:
        of_response[change.id].append(change)
    present = {key: _present(store, each[0]) for key, each in of_response.items()}
    after: dict[int, Mapping[str, object]] = {}
    for key, each in of_response.items():
        after |= {one.number: following.before for one, following in pairwise(each)}
        after[each[-1].number] = present[key] or {}
    for change in log:
        yield Event(
            change.day,
            change.action,
            change.id[:8],
            change.who,
            change.reason,
            change.form,
            _cells(change.before, after[change.number]) if change.action == CORRECTED else {},
            change.id if present[change.id] else None,
        )


def _present(store: Store, change: LoggedChange) -> Mapping[str, object] | None:
    """The row of a changed response as it is now; None where it is gone."""
    table = f"response_{change.form.replace('-', '_')}"
    if table not in response_tables(store.reader):
        return None
    rows: Iterator[Mapping[str, object]] = store.reader[table].rows_where("id = ?", [change.id])
    return next(rows, None)


def _cells(before: Mapping[str, object], after: Mapping[str, object]) -> Cells:
    return {
        name: (value, after[name])
        for name, value in before.items()
        if name in after and after[name] != value and name != "month"
    }


def _closings(store: Store) -> Iterator[Event]:
    for closing in all_closings(store):
        yield Event(closing.closed, CLOSED, closing.label, reason=closing.reason)


def _records(instance: Instance) -> Iterator[Event]:
    for record in read_records(instance):
        until = f"jawaban sampai {long_date(record.until)}"
        yield Event(record.day, DESTROYED, until, record.who, record=record.name)
