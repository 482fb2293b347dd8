"""Destroying the responses of past years, everywhere they are; results that were closed stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from skm.errors import refuse
from skm.instance import Instance
from skm.store.backup import working_in
from skm.store.connection import Store, StoreError
from skm.store.forgetting import forget
from skm.store.old_copies import Cleaned, clean_copies
from skm.store.purge_record import Destroyed, write_record
from skm.store.purge_scope import Counts, backup_folders, counted, last_day_before, scope_of
from skm.store.remembered import LINEAGE, recall


@dataclass(frozen=True)
class Purged:
    """What a purge did, and where it is written down."""

    destroyed: Destroyed
    records: tuple[Path, Path]


def purge(
    instance: Instance, store: Store, before: int, now: datetime, who: str | None = None
) -> Purged:
    """Destroy all responses from before a year, in the database and in every copy in reach.

    Rows, comments, what was made of them, the log of their corrections and contents kept aside
    go; closings and receipts stay. Doing it again is right: copies that were out of reach are
    then purged.

    Args:
        before: the first year that is kept; the present year at the latest.
        who: the officer who asked for it in the browser.

    Raises:
        SkmError: a month with responses is not covered by a closing, or the year is not past;
            nothing is destroyed then. Also where the database or a folder cannot be written.
    """
    today = instance.office.day_and_half(now)[0]
    scope = scope_of(store, instance, last_day_before(before, today))
    if scope.open_months:
        raise refuse(
            "Belum ditutup, jadi jawabannya belum boleh dimusnahkan",
            found=", ".join(scope.open_months),
            todo="Tutup periode yang memuatnya dengan «skm close», lalu ulangi.",
        )
    with working_in(instance.backups):
        counts = _destroy(store, scope.until)
        copies = (*_compacted(store), *_copies(store, instance))
    destroyed = Destroyed(
        day=today,
        until=scope.until,
        responses=counts.responses,
        comments=counts.comments,
        changes=counts.changes,
        aside=counts.aside,
        closings=scope.closings,
        late=scope.late,
        copies=copies,
        out_of_reach=scope.out_of_reach,
        exports=scope.exports,
        who=who,
    )
    return Purged(destroyed, write_record(instance, destroyed))


def _destroy(store: Store, until: date) -> Counts:
    """Destroy in the database; returns what was there."""
    with store.writing() as db:
        counts = counted(db, until)
        known = store.deletions.read()
        if counts.ids or known.purged_until is None or known.purged_until < until:
            store.deletions.add(counts.ids, until)
        forget(db, store.deletions.read())
    return counts


def _compacted(store: Store) -> tuple[Cleaned, ...]:
    """Leave no byte of it in the file; where another program reads it, that is written down."""
    try:
        store.compact()
    except StoreError as error:
        return (Cleaned(store.file, 0, str(error)),)
    return ()


def _copies(store: Store, instance: Instance) -> tuple[Cleaned, ...]:
    lineage = recall(store, LINEAGE) or ""
    return clean_copies(instance.root, backup_folders(instance), lineage, store.deletions)
