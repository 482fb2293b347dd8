"""Destroying purged responses in the copies of the database: backups, and what a restore kept.

Every backup says up to which day it was purged, so that one which was out of reach is known
when it is seen again.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from skm.errors import SkmError
from skm.store.archive import Manifest, read_manifest, repack, unpack
from skm.store.deletions import DeletionLog, Deletions
from skm.store.forgetting import forget, handled_until, response_tables
from skm.store.remembered import LINEAGE
from skm.store.rotation import backups_in

ASIDE = "skm-sebelum-pulih-"
"""How the names of databases begin that a backup took the place of."""


@dataclass(frozen=True)
class Cleaned:
    """One copy that was looked at.

    Attributes:
        forgotten: responses that were destroyed in it.
        fault: why it could not be purged; None where it was.
    """

    file: Path
    forgotten: int
    fault: str | None = None


def clean_copies(
    root: Path, folders: Sequence[Path], lineage: str, log: DeletionLog
) -> tuple[Cleaned, ...]:
    """Destroy what was purged in every copy that is in reach and has not been purged yet.

    Args:
        root: the office's folder.
        folders: where backups lie; those that are not there are passed over.
        lineage: the name of the database; copies of others are left alone.
        log: what must not come back.

    Returns:
        The copies that had to be written anew, and those that could not be.
    """
    deletions = log.read()
    if deletions.purged_until is None:
        return ()
    return (
        *(each for folder in folders for each in _backups(folder, lineage, log, deletions)),
        *_asides(root, lineage, deletions),
    )


def due_copies(root: Path, folders: Sequence[Path], lineage: str, until: date) -> tuple[Path, ...]:
    """The copies in reach that a purge up to a day would have to look into.

    Args:
        root: the office's folder.
        folders: where backups lie.
        lineage: the name of the database; copies of others are left alone.
    """
    wanted = Deletions(purged_until=until)
    found = [
        backup.file
        for folder in folders
        for backup in backups_in(folder)
        if (manifest := read_manifest(backup.file)) is not None
        and manifest.lineage == lineage
        and _is_due(manifest, wanted)
    ]
    for file in sorted(root.glob(f"{ASIDE}*.db")):
        with suppress(OSError, sqlite3.Error):
            if _lineage(file) == lineage and _holds_purged(file, wanted):
                found.append(file)
    return tuple(found)


def _backups(
    folder: Path, lineage: str, log: DeletionLog, deletions: Deletions
) -> Iterator[Cleaned]:
    for backup in backups_in(folder):
        manifest = read_manifest(backup.file)
        if manifest is None:
            yield Cleaned(backup.file, 0, "tidak dapat dibaca, jadi isinya tidak diperiksa")
        elif manifest.lineage == lineage and _is_due(manifest, deletions):
            try:
                yield Cleaned(backup.file, _rewritten(backup.file, manifest, log, deletions))
            except (OSError, sqlite3.Error, SkmError) as error:
                yield Cleaned(backup.file, 0, str(error))


def _is_due(manifest: Manifest, deletions: Deletions) -> bool:
    until = deletions.purged_until
    return until is not None and (manifest.purged_until is None or manifest.purged_until < until)


def _rewritten(file: Path, manifest: Manifest, log: DeletionLog, deletions: Deletions) -> int:
    with tempfile.TemporaryDirectory(prefix=".baru-", dir=file.parent) as scratch:
        backup = unpack(file, Path(scratch))
        forgotten = _forget_in(backup.database, deletions)
        said = replace(
            manifest,
            purged_until=deletions.purged_until,
            responses=manifest.responses - forgotten,
        )
        new = Path(scratch) / file.name
        repack(new, file, backup.database, log.file, said)
        new.replace(file)
    return forgotten


def _asides(root: Path, lineage: str, deletions: Deletions) -> Iterator[Cleaned]:
    for file in sorted(root.glob(f"{ASIDE}*.db")):
        try:
            if _lineage(file) == lineage and _holds_purged(file, deletions):
                yield Cleaned(file, _forget_in(file, deletions))
        except (OSError, sqlite3.Error) as error:
            yield Cleaned(file, 0, str(error))


def _lineage(file: Path) -> str | None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        row = db.execute("SELECT value FROM remembered WHERE name = ?", (LINEAGE,)).fetchone()
    return row[0] if row else None


def _holds_purged(file: Path, deletions: Deletions) -> bool:
    until = str(deletions.purged_until)
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return any(
            db.execute(f"SELECT 1 FROM {table} WHERE date <= ? LIMIT 1", (until,)).fetchone()
            for table in response_tables(db)
        ) or bool(handled_until(db, until))


def _forget_in(database: Path, deletions: Deletions) -> int:
    """Make a copy that nobody uses forget, and write it anew without what was deleted."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN IMMEDIATE")
        forgotten = forget(db, deletions)
        db.execute("COMMIT")
        db.execute("VACUUM")
    with database.open("r+b") as written:
        os.fsync(written.fileno())
    return forgotten
