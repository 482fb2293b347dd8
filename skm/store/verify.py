"""Whether the store is sound: what SQLite finds, and what our own rules ask of the rows."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from skm.errors import SkmError, refuse
from skm.instance import Instance
from skm.responses import LEVELS
from skm.store.archive import unpack
from skm.store.backup import clean_and_record, second_folder, working_in
from skm.store.closing_faults import closing_faults
from skm.store.connection import Store, StoreError
from skm.store.forgetting import handled_until, response_tables
from skm.store.integrity import file_faults, integrity_faults
from skm.store.remembered import LINEAGE, recall
from skm.store.rotation import backups_in
from skm.store.schema import open_store

_MOST = 5
"""Rows named one by one; of more only the number is told."""

_LIVING = "('stored', 'corrected')"


@dataclass(frozen=True)
class Verdict:
    """One check: what was looked at, and every fault; none where it is sound."""

    subject: str
    faults: tuple[str, ...]


Check = Callable[[Store], Iterator[str]]


def verify(instance: Instance) -> tuple[Verdict, ...]:
    """Look at everything that was stored, and at the backups.

    A backup that was out of reach at the last purge, and is in reach now, is purged.

    Raises:
        SkmError: the office has no database yet.
    """
    if not instance.database.is_file():
        raise refuse("Belum ada basis data", file=instance.database)
    try:
        with open_store(instance) as store:
            verdicts = [Verdict(subject, _faults(check, store)) for subject, check in CHECKS]
            frozen = _faults(lambda opened: iter(closing_faults(opened, instance)), store)
            verdicts.append(Verdict("Penutupan periode", frozen))
            old = _faults(lambda opened: _unpurged(opened, instance), store)
            verdicts.append(Verdict("Pemusnahan di salinan lama", old))
    except StoreError as error:
        verdicts = [Verdict(CHECKS[0][0], (str(error),))]
    return (*verdicts, Verdict("Berkas cadangan", tuple(_backups(instance))))


def _faults(check: Check, store: Store) -> tuple[str, ...]:
    try:
        return tuple(check(store))
    except (sqlite3.DatabaseError, SkmError) as error:
        return (f"tidak dapat diperiksa: {error}",)


def _sound(store: Store) -> Iterator[str]:
    yield from integrity_faults(store.reader)


def _receipts_and_rows(store: Store) -> Iterator[str]:
    """Every response has a receipt that says it is there, and the other way round, once."""
    tables = response_tables(store.reader)
    rows = " UNION ALL ".join(f"SELECT id, '{table}' FROM {table}" for table in tables)
    stored = f"WITH stored (id, place) AS ({rows or 'SELECT NULL, NULL WHERE false'}) "
    place = "'response_' || replace(form, '-', '_')"
    yield from _named(
        store,
        stored + "SELECT id FROM stored WHERE id NOT IN (SELECT id FROM receipt)",
        "jawaban tanpa tanda terima",
    )
    yield from _named(
        store,
        stored + f"SELECT id FROM receipt WHERE state IN {_LIVING} "
        f"AND (id, {place}) NOT IN (SELECT id, place FROM stored)",
        "tanda terima tanpa jawabannya",
    )
    yield from _named(
        store,
        stored + f"SELECT id FROM receipt WHERE state NOT IN {_LIVING} "
        "AND id IN (SELECT id FROM stored)",
        "jawaban yang sudah dihapus atau dimusnahkan tetapi masih ada",
    )
    yield from _named(
        store,
        stored + "SELECT id FROM stored GROUP BY id HAVING count(*) > 1",
        "jawaban tersimpan lebih dari sekali",
    )
    yield from _named(
        store,
        "SELECT id FROM comment "
        f"WHERE id NOT IN (SELECT id FROM receipt WHERE state IN {_LIVING})",
        "saran tanpa jawabannya",
    )


def _levels(store: Store) -> Iterator[str]:
    for table in response_tables(store.reader):
        for column in store.reader[table].columns:
            if column.name.startswith("q_"):
                yield from _named(
                    store,
                    f"SELECT id FROM {table}"
                    f" WHERE {column.name} NOT BETWEEN {LEVELS[0]} AND {LEVELS[-1]}",
                    f"nilai di luar {LEVELS[0]}-{LEVELS[-1]} pada {column.name[2:]}",
                )


def _deletions(store: Store) -> Iterator[str]:
    """What was deleted or purged is on the list outside the database, and nowhere inside."""
    listed = store.deletions.read()
    places = (*response_tables(store.reader), "comment", "comment_handling", "conflict")
    for table in places:
        ids = {row_id for (row_id,) in store.reader.execute(f"SELECT id FROM {table}")}
        yield from _counted(
            sorted(ids & listed.ids), f"isi tabel {table} yang menurut daftar sudah dihapus"
        )
    gone = store.reader.execute(f"SELECT id, finished FROM receipt WHERE state NOT IN {_LIVING}")
    until = listed.purged_until.isoformat() if listed.purged_until else ""
    unlisted = [
        row_id
        for row_id, finished in gone.fetchall()
        if row_id not in listed.ids and finished[:10] > until
    ]
    yield from _counted(sorted(unlisted), "penghapusan yang tidak tercatat di deletions.log")
    if n := handled_until(store.reader, until):
        yield f"{n} tanggapan saran sampai {until}, yang seharusnya sudah dimusnahkan"
    for table in response_tables(store.reader) if until else ():
        yield from _named(
            store,
            f"SELECT id FROM {table} WHERE date <= '{until}'",
            f"jawaban sampai {until}, yang seharusnya sudah dimusnahkan",
        )


def _unpurged(store: Store, instance: Instance) -> Iterator[str]:
    """Copies that were out of reach at the last purge are purged now; those that cannot be."""
    if store.deletions.read().purged_until is None:
        return
    with working_in(instance.backups):
        cleaned = clean_and_record(instance, recall(store, LINEAGE) or "", datetime.now(UTC))
    for each in cleaned:
        if each.fault is not None:
            yield f"{each.file}: belum dimusnahkan, {each.fault}"


def _backups(instance: Instance) -> Iterator[str]:
    second = second_folder(instance)
    for folder in (instance.backups, second) if second else (instance.backups,):
        for backup in backups_in(folder):
            with tempfile.TemporaryDirectory(prefix=".periksa-", dir=instance.root) as scratch:
                try:
                    faults = file_faults(unpack(backup.file, Path(scratch)).database)
                except SkmError as error:
                    faults = [str(error)]
            for fault in faults:
                yield f"{backup.file}: {fault}" if str(backup.file) not in fault else fault


def _named(store: Store, sql: str, what: str) -> Iterator[str]:
    yield from _counted([str(row_id) for (row_id,) in store.reader.execute(sql)], what)


def _counted(ids: list[str], what: str) -> Iterator[str]:
    """One sentence for all rows with the same fault."""
    if ids:
        more = ", …" if len(ids) > _MOST else ""
        yield f"{len(ids)} {what}: {', '.join(ids[:_MOST])}{more}"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("Berkas basis data", _sound),
    ("Jawaban dan tanda terima", _receipts_and_rows),
    ("Nilai jawaban", _levels),
    ("Penghapusan", _deletions),
)
"""What is looked at, in order: the subject, and a check that yields a sentence a fault."""
