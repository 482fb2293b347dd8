"""Backups: made while the office works, checked before they count, kept by days and months."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from skm.errors import Fault, SkmError, refuse
from skm.instance import Instance
from skm.store.archive import DATABASE, Manifest, manifest_of, pack, read_manifest
from skm.store.connection import StoreError, explained
from skm.store.deletions import DeletionLog
from skm.store.integrity import file_faults
from skm.store.lock import HeldError, held
from skm.store.old_copies import Cleaned, clean_copies
from skm.store.purge_record import write_late_record
from skm.store.rotation import Backup, backups_in, file_name, superseded
from skm.store.schema import open_store

_FAILURE = "gagal.txt"
_LOCK = ".kunci"
_SCRATCH = ".baru-"
_PATIENCE = 30.0


@dataclass(frozen=True)
class Made:
    """A finished backup.

    Attributes:
        second: its copy in the second folder, None where there is none.
        warning: why a second copy that the office asked for was not made.
        cleaned: older copies, out of reach at the last purge, that were purged now.
    """

    file: Path
    manifest: Manifest
    second: Path | None
    warning: Fault | None
    cleaned: tuple[Cleaned, ...] = ()


def back_up(instance: Instance, now: datetime) -> Made:
    """Make a backup beside a running server, check it, and let older ones go.

    The copy gets its name only when it is whole and on the disk; whatever fails, the backups
    that were there stay. In the second folder (``cadangan`` in office.toml) nothing is
    overwritten, and only backups of this database are ever removed.

    Raises:
        SkmError: there is nothing to back up, the database is damaged, the disk is full.
    """
    if not instance.database.is_file():
        raise refuse(
            "Belum ada basis data",
            file=instance.database,
            todo="Basis data dibuat saat «skm serve» pertama kali dijalankan.",
        )
    try:
        open_store(instance).close()  # an older database is brought up to date first
        with working_in(instance.backups) as scratch:
            made = _made(instance, now, scratch)
            made = replace(made, cleaned=clean_and_record(instance, made.manifest.lineage, now))
    except SkmError as error:
        _note_failure(instance, now, error)
        raise
    (instance.backups / _FAILURE).unlink(missing_ok=True)
    return made


def back_up_if_due(instance: Instance, now: datetime) -> Made | None:
    """The day's backup, unless there is one; a second copy that is lacking is made up for.

    Returns:
        What was made, None where nothing had to be.

    Raises:
        SkmError: as :func:`back_up`.
    """
    if not instance.database.is_file():
        return None
    newest = newest_backup(instance)
    if newest is None or newest.day != instance.office.day_and_half(now)[0]:
        return back_up(instance, now)
    folder = second_folder(instance)
    if folder is None or not folder.is_dir() or (folder / newest.file.name).exists():
        return None
    manifest = read_manifest(newest.file)
    return Made(newest.file, manifest, *_copied(newest.file, folder)) if manifest else None


def newest_backup(instance: Instance) -> Backup | None:
    """The last backup in the office's own folder, None where there is none."""
    return max(backups_in(instance.backups), default=None)


def second_folder(instance: Instance) -> Path | None:
    """The folder that ``cadangan`` names, there or not; None where it names none."""
    named = instance.office.backup_folder
    return instance.root / named if named else None


def last_failure(instance: Instance) -> str | None:
    """Why the last backup failed; None where it did not."""
    try:
        return (instance.backups / _FAILURE).read_text("utf-8", "replace").strip()
    except OSError:
        return None


def clean_and_record(instance: Instance, lineage: str, now: datetime) -> tuple[Cleaned, ...]:
    """Purge copies that were out of reach at the last purge, and write down that it was done.

    Call it inside :func:`working_in`, so that nobody makes a backup meanwhile.

    Raises:
        SkmError: the record cannot be written.
    """
    second = second_folder(instance)
    folders = (instance.backups, second) if second else (instance.backups,)
    log = DeletionLog(instance.deletions)
    cleaned = clean_copies(instance.root, folders, lineage, log)
    until = log.read().purged_until
    if until is not None and any(each.fault is None for each in cleaned):
        write_late_record(instance, instance.office.day_and_half(now)[0], until, cleaned)
    return cleaned


def sync_folder(folder: Path) -> None:
    """See new names of a folder onto the disk, where the system has a way to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def unwritable(place: Path, error: OSError) -> StoreError:
    """What is told where a backup cannot be written or put in place."""
    return StoreError(
        Fault(
            "Tidak dapat ditulis di sini",
            place,
            found=error.strerror,
            todo="Periksa ruang cakram dan izin foldernya; yang lama masih utuh.",
        )
    )


@contextmanager
def working_in(folder: Path) -> Iterator[Path]:
    """A scratch folder beside the backups, for one at a time to make or change backups.

    Raises:
        StoreError: another backup is being made, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder / _LOCK, _PATIENCE):
            for torn in folder.glob(f"{_SCRATCH}*"):  # left by a power cut
                shutil.rmtree(torn, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder) as scratch:
                yield Path(scratch)
    except HeldError:
        raise StoreError(
            Fault("Cadangan lain sedang dibuat", folder, todo="Ulangi beberapa saat lagi.")
        ) from None
    except OSError as error:
        raise unwritable(folder, error) from error


def _made(instance: Instance, now: datetime, scratch: Path) -> Made:
    folder, second = instance.backups, second_folder(instance)
    copy = _snapshot(instance.database, scratch / DATABASE)
    manifest = manifest_of(copy, instance, now)
    name = _free_name(manifest, (folder, second) if second else (folder,))
    pack(scratch / name, name, copy, instance, manifest)
    file = (scratch / name).replace(folder / name)
    sync_folder(folder)
    _let_go(folder, manifest.lineage, name)
    if second is None:
        return Made(file, manifest, None, None)
    placed, warning = _copied(file, second)
    if placed:
        _let_go(second, manifest.lineage, name)
    return Made(file, manifest, placed, warning)


def _snapshot(database: Path, target: Path) -> Path:
    """A copy of this very moment, without what was deleted before; writers are not held up."""
    with explained(database):
        source = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        try:
            source.execute("VACUUM INTO ?", (str(target),))
        finally:
            source.close()
    if faults := file_faults(target):
        raise StoreError(
            Fault(
                "Basis data rusak, cadangan tidak dibuat",
                database,
                found="; ".join(faults),
                todo="Cadangan lama masih ada: pulihkan dengan «skm restore».",
            )
        )
    return target


def _free_name(manifest: Manifest, folders: tuple[Path, ...]) -> str:
    """The first name of the day that no file has, here or in the second folder."""
    number = 1
    while True:
        name = file_name(manifest.office, manifest.made.date(), number)
        if not any((folder / name).exists() for folder in folders):
            return name
        number += 1


def _copied(file: Path, folder: Path) -> tuple[Path | None, Fault | None]:
    """A backup's second copy, or why it could not be made: a stick is not always there."""
    if not folder.is_dir():
        return None, Fault(
            "Salinan kedua tidak dibuat, foldernya tidak ada",
            folder,
            todo="Pasang diskanya atau buat foldernya, lalu ulangi «skm backup».",
        )
    unfinished = folder / f".{file.name}.tmp"
    try:
        shutil.copyfile(file, unfinished)
        with unfinished.open("r+b") as copy:
            os.fsync(copy.fileno())
        placed = unfinished.replace(folder / file.name)
        sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        return None, Fault(
            "Salinan kedua tidak dapat ditulis",
            folder,
            found=error.strerror,
            todo="Periksa diskanya, lalu ulangi «skm backup».",
        )
    return placed, None


def _let_go(folder: Path, lineage: str, made: str) -> None:
    """Remove the backups of this database that are no longer needed, and nothing else."""
    ours = [
        backup
        for backup in backups_in(folder)
        if (manifest := read_manifest(backup.file)) and manifest.lineage == lineage
    ]
    for backup in superseded(ours):
        if backup.file.name != made:  # a clock set back makes the newest seem the oldest
            with suppress(OSError):
                backup.file.unlink()


def _note_failure(instance: Instance, now: datetime, error: SkmError) -> None:
    local = now.astimezone(instance.office.timezone)
    with suppress(OSError):
        instance.backups.mkdir(parents=True, exist_ok=True)
        (instance.backups / _FAILURE).write_text(f"{local:%Y-%m-%d %H.%M}: {error}\n", "utf-8")
