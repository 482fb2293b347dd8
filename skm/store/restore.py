"""Putting a backup in the place of the database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from skm.errors import refuse
from skm.instance import Instance, open_instance
from skm.store.archive import Manifest, Unpacked, damaged, unpack
from skm.store.backup import sync_folder, unwritable
from skm.store.connection import Store, explained
from skm.store.deletions import DeletionLog, Deletions
from skm.store.evidence import drop_unused
from skm.store.forgetting import forget
from skm.store.integrity import file_faults
from skm.store.lock import SERVING, HeldError, held
from skm.store.old_copies import ASIDE
from skm.store.remembered import LINEAGE, recall
from skm.store.schema import open_store

_SCRATCH = ".pulih-"
_PRESENT = {
    "tablet": ("number",),
    "officer": ("number",),
    "remembered": ("name",),
    "closing": ("period", "edition"),
    "closing_member": ("period", "edition"),
    "change_log": ("number",),
    "comment_handling": ("id",),
    "evidence": ("sha256",),
    "follow_up": ("number",),
    "follow_up_evidence": ("follow_up", "sha256"),
    "publication": ("number",),
    "run_count": ("device", "month"),
    "served": ("month", "service"),
}
"""Tables that are as of today also after an older backup, and what tells their entries apart:
an account or a token that ended stays ended, a tablet that was paired since goes on and sends
again what is lacking, what officers typed since need not be typed again, and a result that was
laid down by a document stays, also where its responses were destroyed."""

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database in use
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_UNREADABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    Attributes:
        instance: the office, as it is now.
        manifest: what the backup said of itself; None for a bare database.
        responses: how many the office has now.
        forgotten: how many of the backup's were deleted or purged since, and stay out.
        aside: where the database went that stood there before, None where none did.
        files: the office's files that were lacking and came back, by name.
    """

    instance: Instance
    manifest: Manifest | None
    responses: int
    forgotten: int
    aside: Path | None
    files: tuple[str, ...]


def restore(root: Path, file: Path, now: datetime) -> Restored:
    """Put a backup in the place of an office's database, or make an office anew from it.

    The present database is kept beside under a dated name. What ``deletions.log`` names, here
    or in the backup, is destroyed before the backup comes into use. Files of the office that
    are there stay as they are; those that are lacking come back.

    Args:
        root: the office's folder; where it is absent or empty, the backup's office.toml is used.
        file: a backup, or a database as this function keeps it beside.
        now: whose day at the office is written into the name of what is kept.

    Raises:
        SkmError: the office is being served or its database is in use, the backup is damaged
            or none, the folder is no office's, or there is no room. Then nothing has changed,
            but that the list of deletions may know more.
    """
    with _alone(root), tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=root) as scratch:
        backup = unpack(file, Path(scratch))
        if faults := file_faults(backup.database):
            raise damaged(file, "; ".join(faults))
        instance, files = _office(root, backup.files)
        deletions = _joined(instance, backup.deletions)
        forgotten = _without_deleted(backup, deletions, file)
        aside = _set_aside(instance.database, instance.office.day_and_half(now)[0].isoformat())
        for suffix in _BESIDE:  # of the old database; the new one would take them for its own
            Path(f"{instance.database}{suffix}").unlink(missing_ok=True)
        backup.database.replace(instance.database)
        sync_folder(root)
        with open_store(instance) as store:
            if aside:
                _carry_over(store, aside)
            ((responses,),) = store.reader.execute(
                "SELECT count(*) FROM receipt WHERE state IN ('stored', 'corrected')"
            )
    return Restored(instance, backup.manifest, responses, forgotten, aside, files)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Keep the server out for as long as this takes."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with held(root / SERVING):
            for torn in root.glob(f"{_SCRATCH}*"):  # left by a power cut
                shutil.rmtree(torn, ignore_errors=True)
            yield
    except HeldError:
        raise refuse(
            "Kantor ini sedang dijalankan",
            file=root,
            todo="Hentikan «skm serve» dengan Ctrl-C, lalu ulangi.",
        ) from None
    except OSError as error:
        raise unwritable(root, error) from error


def _office(root: Path, files: Mapping[str, Path]) -> tuple[Instance, tuple[str, ...]]:
    """The office of a folder, after what it lacks came back from the backup.

    A folder that has no office.toml but holds something is not taken for an office.
    """
    if not (root / "office.toml").exists() and _holds_something(root):
        return open_instance(root), ()
    lacking = [name for name in sorted(files) if not (root / name).exists()]
    for name in lacking:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(files[name], root / name)
    return open_instance(root), tuple(lacking)


def _holds_something(root: Path) -> bool:
    return any(
        each.name != SERVING and not each.name.startswith(_SCRATCH) for each in root.iterdir()
    )


def _joined(instance: Instance, from_backup: Path | None) -> Deletions:
    """The list of deletions, after the backup's own went into it."""
    log = DeletionLog(instance.deletions)
    known = log.read()
    if from_backup is not None:
        brought = DeletionLog(from_backup).read()
        until = brought.purged_until
        later = until if until and (not known.purged_until or until > known.purged_until) else None
        if (new := sorted(brought.ids - known.ids)) or later:
            log.add(new, later)
    return log.read()


def _without_deleted(backup: Unpacked, deletions: Deletions, file: Path) -> int:
    """Make the copy forget, and see it onto the disk."""
    with explained(file), closing(sqlite3.connect(backup.database, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN IMMEDIATE")
        forgotten = forget(db, deletions)
        db.execute("COMMIT")
        if forgotten:
            db.execute("VACUUM")
    with backup.database.open("r+b") as written:
        os.fsync(written.fileno())
    return forgotten


def _set_aside(database: Path, day: str) -> Path | None:
    """Copy the present database to a name that no file has; it stays where it is.

    One that is damaged is kept with what SQLite has beside it, copied before SQLite looks.
    """
    if not database.exists():
        return None
    number, aside = 1, database.with_name(f"{ASIDE}{day}.db")
    while aside.exists():
        number += 1
        aside = database.with_name(f"{ASIDE}{day}-{number}.db")
    try:
        _copy_with_log(database, aside)
        if _gather(database):
            _remove_with_log(aside)
            _copy_with_log(database, aside)
    except BaseException:
        _remove_with_log(aside)
        raise
    return aside


def _copy_with_log(database: Path, copy: Path) -> None:
    for suffix in ("", *_BESIDE):
        source, target = Path(f"{database}{suffix}"), Path(f"{copy}{suffix}")
        if source.exists():
            shutil.copyfile(source, target)
            target.chmod(0o600)
            with target.open("r+b") as written:
                os.fsync(written.fileno())


def _remove_with_log(copy: Path) -> None:
    for suffix in ("", *_BESIDE):
        Path(f"{copy}{suffix}").unlink(missing_ok=True)


def _carry_over(store: Store, aside: Path) -> None:
    """Take what is true of today from the database that stood there, if it is of our line."""
    try:
        with closing(sqlite3.connect(f"{aside.resolve().as_uri()}?mode=ro", uri=True)) as before:
            known = "SELECT value FROM remembered WHERE name = ?"
            if before.execute(known, (LINEAGE,)).fetchone() != (recall(store, LINEAGE),):
                return
            there = before.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            kept = {name for (name,) in there}  # an older version had fewer tables
            present = {name: _content(before, name) for name in _PRESENT if name in kept}
    except sqlite3.DatabaseError:
        return  # damaged, which may be why a backup took its place
    with store.writing() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for name, (columns, rows) in present.items():
            _put_over(db, name, columns, rows)
        forget(db, store.deletions.read())  # the backup may have named what this one still had
        drop_unused(db)


def _put_over(
    db: Database, name: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Let today's entries stand for those of the backup; what only the backup has stays.

    So a newer backup after an older one, put back by mistake, still brings all it has.
    """
    places = [columns.index(column) for column in _PRESENT[name]]
    same = " AND ".join(f"{column} = ?" for column in _PRESENT[name])
    for key in {tuple(row[place] for place in places) for row in rows}:
        db.execute(f"DELETE FROM {name} WHERE {same}", key)
    marks = ", ".join("?" * len(columns))
    for row in rows:
        db.execute(
            f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING",
            row,
        )


def _content(
    db: sqlite3.Connection, name: str
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    found = db.execute(f"SELECT * FROM {name}")
    return tuple(column for column, *_ in found.description), found.fetchall()


def _gather(database: Path) -> bool:
    """Bring the write-ahead log into the database, which works only while nobody uses it.

    Returns:
        False where the database is too damaged for it.

    Raises:
        SkmError: another program has it open.
    """
    db = sqlite3.connect(database, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in _IN_USE:
            raise refuse(
                "Basis data sedang dipakai program lain",
                file=database,
                todo="Tutup program itu, lalu ulangi.",
            ) from error
        if code not in _UNREADABLE:
            with explained(database):
                raise
        return False
    finally:
        db.close()
    return True
