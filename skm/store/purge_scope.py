"""What a purge touches: seen before it is done, and counted while it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from skm.closing import Closing
from skm.closing_text import checksum
from skm.errors import refuse
from skm.form import find_form
from skm.instance import Instance
from skm.period import Period
from skm.store.backup import second_folder
from skm.store.closed_since import since
from skm.store.closings import all_closings
from skm.store.connection import Store
from skm.store.forgetting import response_tables
from skm.store.old_copies import due_copies
from skm.store.purge_record import FOLDER
from skm.store.remembered import LINEAGE, recall

_HOLDS_RESPONSES = (".xlsx", ".csv", ".parquet")
_ROWS = "SELECT id, date FROM {table} WHERE date <= ?"
_OF_DAYS = "WHERE id IN (SELECT id FROM receipt WHERE substr(finished, 1, 10) <= ?)"


@dataclass(frozen=True)
class Counts:
    """What the database holds of the days up to one.

    Attributes:
        ids: of the responses.
        responses: how many, by month, all forms together.
        changes: lines of the log of corrections.
        aside: contents kept apart, since their id was there with other answers.
    """

    ids: Sequence[str]
    responses: Mapping[str, int]
    comments: int
    changes: int
    aside: int


@dataclass(frozen=True)
class Scope:
    """What a purge up to a day would do, and what keeps it from being done.

    Attributes:
        open_months: months, with their forms, that no closing covers; with any of them nothing
            may be destroyed.
        closings: the results that are kept: period, edition and checksum.
        late: by closed period, responses that its closing does not count.
        copies: backups in reach that still hold them.
        out_of_reach: folders of backups that are not there.
        exports: files in the reports that may still hold single responses.
    """

    until: date
    counts: Counts
    open_months: tuple[str, ...]
    closings: tuple[tuple[str, int, str], ...]
    late: Mapping[str, int]
    copies: tuple[Path, ...]
    out_of_reach: tuple[Path, ...]
    exports: tuple[Path, ...]


def last_day_before(before: int, today: date) -> date:
    """The last day that a purge of all years before one destroys.

    Raises:
        SkmError: the year before it is not over.
    """
    if not 1 < before <= today.year:
        raise refuse(
            "Hanya jawaban tahun yang sudah lewat yang dapat dimusnahkan",
            field="--before",
            found=before,
            expected=f"paling tinggi {today.year}",
        )
    return date(before - 1, 12, 31)


def scope_of(store: Store, instance: Instance, until: date) -> Scope:
    """What a purge of the days up to one would do as things stand now."""
    closings = _in_force(store)
    folders = backup_folders(instance)
    lineage = recall(store, LINEAGE) or ""
    return Scope(
        until=until,
        counts=counted(store.reader, until),
        open_months=_open_months(store, closings, until),
        closings=tuple(
            (str(each.period), each.edition, checksum(each))
            for each in closings
            if each.period.first_day <= until
        ),
        late=_late(store, instance, closings, until),
        copies=due_copies(instance.root, folders, lineage, until),
        out_of_reach=tuple(folder for folder in folders[1:] if not folder.is_dir()),
        exports=tuple(_exports(instance, until)),
    )


def counted(db: Database, until: date) -> Counts:
    """What there is of the days up to one; inside a transaction, to the response."""
    day = until.isoformat()
    rows = [
        row
        for table in response_tables(db)
        for row in db.execute(_ROWS.format(table=table), (day,)).fetchall()
    ]
    return Counts(
        ids=[response_id for response_id, _ in rows],
        responses=dict(sorted(Counter(row_day[:7] for _, row_day in rows).items())),
        comments=_count(db, "SELECT count(*) FROM comment WHERE month <= ?", day[:7]),
        changes=_count(db, f"SELECT count(*) FROM change_log {_OF_DAYS}", day),
        aside=_count(db, f"SELECT count(*) FROM conflict {_OF_DAYS}", day),
    )


def years_left(store: Store, today: date) -> dict[int, int]:
    """The past years that responses are left of, with how many, in order."""
    found: Counter[int] = Counter()
    for table in response_tables(store.reader):
        rows = store.reader.execute(
            f"SELECT substr(month, 1, 4), count(*) FROM {table} WHERE month < ? GROUP BY 1",
            (f"{today.year:04}",),
        )
        found.update({int(year): n for year, n in rows.fetchall()})
    return dict(sorted(found.items()))


def kept_until(year: int, retention_months: int) -> date:
    """The first day on which the responses of a year need not be kept any longer.

    >>> kept_until(2024, 24), kept_until(2024, 7)
    (datetime.date(2027, 1, 1), datetime.date(2025, 8, 1))
    """
    months = 12 * (year + 1) + retention_months
    return date(months // 12, months % 12 + 1, 1)


def backup_folders(instance: Instance) -> tuple[Path, ...]:
    """Where backups of the office lie, its own folder first; the second may be out of reach."""
    second = second_folder(instance)
    return (instance.backups, second) if second else (instance.backups,)


def _in_force(store: Store) -> tuple[Closing, ...]:
    newest: dict[Period, Closing] = {}
    for closing in all_closings(store):
        newest[closing.period] = closing  # in the order of editions
    return tuple(newest.values())


def _open_months(store: Store, closings: tuple[Closing, ...], until: date) -> tuple[str, ...]:
    """Months with responses that lie in no period that was closed with their form."""
    covered = {
        (month, f"response_{closing.form.replace('-', '_')}")
        for closing in closings
        for month in closing.period.months
    }
    return tuple(
        sorted(
            f"{month} ({table.removeprefix('response_').replace('_', '-')})"
            for table in response_tables(store.reader)
            for (month,) in store.reader.execute(
                f"SELECT DISTINCT month FROM {table} WHERE date <= ?", (until.isoformat(),)
            ).fetchall()
            if (month, table) not in covered
        )
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


def _count(db: Database, sql: str, value: str) -> int:
    ((count,),) = db.execute(sql, (value,)).fetchall()
    return int(count)


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
