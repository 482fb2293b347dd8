"""Destroying the responses of past years, everywhere they are; results that were closed stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlite_utils import Database

from skm.closing import Closing
from skm.closing_text import checksum
from skm.errors import refuse
from skm.form import find_form
from skm.instance import Instance
from skm.period import Period
from skm.store.backup import second_folder, working_in
from skm.store.closings import all_closings, since
from skm.store.connection import Store, StoreError
from skm.store.forgetting import forget, response_tables
from skm.store.old_copies import Cleaned, clean_copies
from skm.store.purge_record import FOLDER, Destroyed, write_record
from skm.store.remembered import LINEAGE, recall

_HOLDS_RESPONSES = (".xlsx", ".csv", ".parquet")
_LOGGED = """
    SELECT count(*) FROM change_log WHERE id IN
    (SELECT id FROM receipt WHERE substr(finished, 1, 10) <= ?)"""
_ASIDE = """
    SELECT count(*) FROM conflict WHERE id IN
    (SELECT id FROM receipt WHERE substr(finished, 1, 10) <= ?)"""


@dataclass(frozen=True)
class Purged:
    """What a purge did, and where it is written down."""

    destroyed: Destroyed
    records: tuple[Path, Path]


def purge(instance: Instance, store: Store, before: int, now: datetime) -> Purged:
    """Destroy all responses from before a year, in the database and in every copy in reach.

    Rows, comments, the log of their corrections and contents kept aside go; closings and
    receipts stay. Doing it again is right: copies that were out of reach are then purged.

    Args:
        before: the first year that is kept; the present year at the latest.

    Raises:
        SkmError: a month with responses is not covered by a closing, or the year is not past;
            nothing is destroyed then. Also where the database or a folder cannot be written.
    """
    today = instance.office.day_and_half(now)[0]
    if before > today.year:
        raise refuse(
            "Hanya jawaban tahun yang sudah lewat yang dapat dimusnahkan",
            field="--before",
            found=before,
            expected=f"paling tinggi {today.year}",
        )
    until = date(before - 1, 12, 31)
    closings = _in_force(store)
    _refuse_open_months(store, closings, until)
    late = _late(store, instance, closings, until)
    with working_in(instance.backups):
        responses, comments, changes, aside = _destroy(store, until)
        copies = (*_compacted(store), *_copies(store, instance))
    destroyed = Destroyed(
        day=today,
        until=until,
        responses=responses,
        comments=comments,
        changes=changes,
        aside=aside,
        closings=[
            (str(each.period), each.edition, checksum(each))
            for each in closings
            if each.period.first_day <= until
        ],
        late=late,
        copies=copies,
        out_of_reach=_out_of_reach(instance),
        exports=tuple(_exports(instance, until)),
    )
    return Purged(destroyed, write_record(instance, destroyed))


def _in_force(store: Store) -> tuple[Closing, ...]:
    newest: dict[Period, Closing] = {}
    for closing in all_closings(store):
        newest[closing.period] = closing  # in the order of editions
    return tuple(newest.values())


def _refuse_open_months(store: Store, closings: tuple[Closing, ...], until: date) -> None:
    """Every month with responses lies in a period that was closed with their form."""
    covered = {
        (month, f"response_{closing.form.replace('-', '_')}")
        for closing in closings
        for month in closing.period.months
    }
    open_months = sorted(
        {
            f"{month} ({table.removeprefix('response_').replace('_', '-')})"
            for table in response_tables(store.reader)
            for (month,) in store.reader.execute(
                f"SELECT DISTINCT month FROM {table} WHERE date <= ?", (until.isoformat(),)
            ).fetchall()
            if (month, table) not in covered
        }
    )
    if open_months:
        raise refuse(
            "Belum ditutup, jadi jawabannya belum boleh dimusnahkan",
            found=", ".join(open_months),
            todo="Tutup periode yang memuatnya dengan «skm close», lalu ulangi.",
        )


def _late(
    store: Store, instance: Instance, closings: tuple[Closing, ...], until: date
) -> dict[str, int]:
    found = {
        str(closing.period): since(
            store, closing, find_form(closing.form, instance.own_forms)
        ).late
        for closing in closings
        if closing.period.last_day <= until
    }
    return {period: n for period, n in found.items() if n}


def _destroy(store: Store, until: date) -> tuple[Mapping[str, int], int, int, int]:
    """Destroy in the database.

    Returns:
        The responses by month, the comments, the logged changes and the contents kept aside
        that were there.
    """
    day = until.isoformat()
    with store.writing() as db:
        rows = [
            (row_id, row_day[:7])
            for table in response_tables(db)
            for row_id, row_day in db.execute(
                f"SELECT id, date FROM {table} WHERE date <= ?", (day,)
            ).fetchall()
        ]
        comments = _count(db, "SELECT count(*) FROM comment WHERE month <= ?", day[:7])
        changes, aside = _count(db, _LOGGED, day), _count(db, _ASIDE, day)
        known = store.deletions.read()
        if rows or known.purged_until is None or known.purged_until < until:
            store.deletions.add([row_id for row_id, _ in rows], until)
        forget(db, store.deletions.read())
    months: dict[str, int] = {}
    for _, month in rows:
        months[month] = months.get(month, 0) + 1
    return months, comments, changes, aside


def _compacted(store: Store) -> tuple[Cleaned, ...]:
    """Leave no byte of it in the file; where another program reads it, that is written down."""
    try:
        store.compact()
    except StoreError as error:
        return (Cleaned(store.file, 0, str(error)),)
    return ()


def _count(db: Database, sql: str, value: str) -> int:
    ((count,),) = db.execute(sql, (value,)).fetchall()
    return int(count)


def _copies(store: Store, instance: Instance) -> tuple[Cleaned, ...]:
    second = second_folder(instance)
    folders = (instance.backups, second) if second else (instance.backups,)
    lineage = recall(store, LINEAGE) or ""
    return clean_copies(instance.root, folders, lineage, store.deletions)


def _out_of_reach(instance: Instance) -> tuple[Path, ...]:
    second = second_folder(instance)
    return () if second is None or second.is_dir() else (second,)


def _exports(instance: Instance, until: date) -> Iterator[Path]:
    """Files of the reports that were written with single responses of days that are gone."""
    folder = instance.root / "reports"
    for file in sorted(folder.rglob("*")):
        year = file.parent.name[:4]
        if (
            file.suffix in _HOLDS_RESPONSES
            and file.parent.name != FOLDER
            and year.isdecimal()
            and int(year) <= until.year
        ):
            yield file
