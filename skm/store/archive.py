"""What a backup file is: a ZIP with the database and all that an office cannot make again.

One file, so that the database and the list of deletions beside it are never of two days, and
so that a person can carry it away. The secret key is left out: a lost stick opens nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from skm.errors import SkmError, refuse
from skm.instance import Instance
from skm.numerals import long_date
from skm.store.deletions import DeletionLog
from skm.store.remembered import LINEAGE

DATABASE = "skm.db"
DELETIONS = "deletions.log"

_MANIFEST = "cadangan.json"
_NOTE = "BACA-SAYA.txt"
_OFFICE = "office.toml"
_FOLDERS = ("forms", "lkip", "skm")
_KINDS = (".toml", ".csv")
_DAMAGED = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, KeyError)
"""What reading a ZIP raises that is torn, altered, locked by a password or not of ours."""

_NOTE_TEXT = """\
Cadangan survei {office}, dibuat {day} pukul {time} {zone}.

Memulihkan: skm restore {name}
Berkas ini berisi jawaban warga. Simpan di tempat aman dan jangan dibagikan.
"""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        office: the office's name.
        made: when, with the office's offset from UTC.
        lineage: the random name that its database keeps for life.
        responses: how many are in it.
        purged_until: the last day whose responses were destroyed in it; None if none were.
    """

    office: str
    made: datetime
    lineage: str
    responses: int
    purged_until: date | None = None


@dataclass(frozen=True)
class Unpacked:
    """A backup taken apart.

    Attributes:
        database: a copy of its own; nobody has it open.
        deletions: the list of deletions, None where there is none.
        files: the office's own files by their name in its folder.
        manifest: None for a bare database.
    """

    database: Path
    deletions: Path | None
    files: dict[str, Path]
    manifest: Manifest | None


def manifest_of(database: Path, instance: Instance, now: datetime) -> Manifest:
    """What a backup of a database will say of itself."""
    db = sqlite3.connect(database)
    try:
        ((lineage,),) = db.execute("SELECT value FROM remembered WHERE name = ?", (LINEAGE,))
        ((responses,),) = db.execute(
            "SELECT count(*) FROM receipt WHERE state IN ('stored', 'corrected')"
        )
    finally:
        db.close()
    office = instance.office
    purged_until = DeletionLog(instance.deletions).read().purged_until
    return Manifest(office.name, now.astimezone(office.timezone), lineage, responses, purged_until)


def pack(file: Path, name: str, database: Path, instance: Instance, manifest: Manifest) -> None:
    """Write a backup under a name it does not have yet, and see it onto the disk.

    Args:
        file: where to write.
        name: what it will be called, for the note inside.
        database: a copy that nobody has open.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    made = manifest.made
    note = _NOTE_TEXT.format(
        office=manifest.office,
        day=long_date(made.date()),
        time=f"{made:%H.%M}",
        zone=instance.office.zone,
        name=name,
    )
    with _written(file) as packed:
        packed.writestr(_MANIFEST, _said(manifest))
        packed.writestr(_NOTE, note)
        packed.write(database, DATABASE)
        if instance.deletions.exists():
            packed.write(instance.deletions, DELETIONS)
        for each in own_files(instance.root):
            packed.write(each, each.relative_to(instance.root).as_posix())


def repack(file: Path, backup: Path, database: Path, deletions: Path, manifest: Manifest) -> None:
    """Write a backup anew with another database and list of deletions, the rest as it was.

    Args:
        file: where to write.
        backup: the one whose other files are taken over.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    with zipfile.ZipFile(backup) as source, _written(file) as packed:
        packed.writestr(_MANIFEST, _said(manifest))
        packed.write(database, DATABASE)
        packed.write(deletions, DELETIONS)
        for name in source.namelist():
            if name not in (_MANIFEST, DATABASE, DELETIONS):
                packed.writestr(name, source.read(name))


@contextmanager
def _written(file: Path) -> Iterator[zipfile.ZipFile]:
    """A new ZIP that only its owner may read, on the disk when the block ends."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "w+b") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as packed:
            yield packed
        opened.flush()
        os.fsync(opened.fileno())


def _said(manifest: Manifest) -> str:
    until = manifest.purged_until
    said = asdict(manifest) | {
        "made": manifest.made.isoformat(),
        "purged_until": until.isoformat() if until else None,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def own_files(root: Path) -> Iterator[Path]:
    """What an office wrote itself: office.toml, its forms, plans and tables."""
    yield root / _OFFICE
    for folder in _FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in _KINDS and file.is_file() and not file.is_symlink():
                yield file


def read_manifest(file: Path) -> Manifest | None:
    """What a backup says of itself; None where it is no backup of ours or cannot be read."""
    try:
        with zipfile.ZipFile(file) as packed:
            return _manifest(packed)
    except _DAMAGED:
        return None


def unpack(file: Path, folder: Path) -> Unpacked:
    """Take a backup apart into a folder; a bare database is taken too.

    Raises:
        SkmError: there is no such file, it is none of ours, or it is damaged.
    """
    try:
        if zipfile.is_zipfile(file):
            return _unpacked(file, folder)
        return Unpacked(_copied(file, folder / DATABASE), None, {}, None)
    except FileNotFoundError:
        raise refuse("Berkas cadangan tidak ada", file=file) from None
    except sqlite3.DatabaseError as error:
        raise refuse("Berkas ini bukan cadangan SKM", file=file, found=str(error)) from error
    except _DAMAGED as error:
        raise damaged(file, str(error)) from error


def damaged(file: Path, found: str) -> SkmError:
    """The refusal of a backup that cannot be used."""
    return refuse(
        "Cadangan ini rusak dan tidak dapat dipakai",
        file=file,
        found=found,
        todo="Pakai cadangan lain.",
    )


def _unpacked(file: Path, folder: Path) -> Unpacked:
    with zipfile.ZipFile(file) as packed:
        manifest = _manifest(packed)
        taken: dict[str, Path] = {}
        for name in packed.namelist():
            if name in (DATABASE, DELETIONS) or _is_own(name):
                taken[name] = folder.joinpath(*PurePosixPath(name).parts)
                taken[name].parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as source, taken[name].open("xb") as target:
                    shutil.copyfileobj(source, target)
    database, deletions = taken.pop(DATABASE), taken.pop(DELETIONS, None)
    return Unpacked(database, deletions, taken, manifest)


def _is_own(name: str) -> bool:
    """Whether a name is one that :func:`own_files` gives; nothing else leaves the archive."""
    path = PurePosixPath(name)
    plain = not any(part == ".." or ":" in part or "\\" in part for part in path.parts)
    inside = len(path.parts) > 1 and path.parts[0] in _FOLDERS and path.suffix in _KINDS
    return name == _OFFICE or (plain and inside and not name.endswith("/"))


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    said = json.loads(packed.read(_MANIFEST))
    return Manifest(
        str(said["office"]),
        datetime.fromisoformat(said["made"]),
        str(said["lineage"]),
        int(said["responses"]),
        date.fromisoformat(until) if (until := said.get("purged_until")) else None,
    )


def _copied(file: Path, target: Path) -> Path:
    """A copy of a database, what stands in its write-ahead log included."""
    if not file.is_file():
        raise FileNotFoundError(file)
    source = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    return target


_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone knows text descriptors
