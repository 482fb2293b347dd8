"""The database file: one connection that writes, one a thread that reads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from skm.errors import Fault, SkmError
from skm.store.deletions import DeletionLog

BUSY_MS = 10_000
"""How long a write waits for another process, such as an import beside the server."""

_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2 is FULL

_REASONS = {
    sqlite3.SQLITE_FULL: ("Cakram penuh", "Kosongkan ruang di cakram, lalu ulangi."),
    sqlite3.SQLITE_READONLY: (
        "Basis data tidak boleh ditulis",
        "Periksa izin berkas dan foldernya.",
    ),
    sqlite3.SQLITE_BUSY: (
        "Basis data sedang dipakai program lain",
        "Tunggu program itu selesai, lalu ulangi.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "Basis data tidak dapat dibuka",
        "Periksa bahwa foldernya ada dan boleh ditulis.",
    ),
    sqlite3.SQLITE_IOERR: ("Cakram tidak dapat dibaca atau ditulis", "Periksa cakramnya."),
    sqlite3.SQLITE_CORRUPT: ("Basis data rusak", "Pulihkan cadangan dengan «skm restore»."),
    sqlite3.SQLITE_NOTADB: (
        "Berkas ini bukan basis data SKM",
        "Pindahkan berkas ini, lalu pulihkan cadangan dengan «skm restore».",
    ),
}


class StoreError(SkmError):
    """The database cannot be used now; nothing was written, and the same may be tried again."""

    exit_status = 1


class Store:
    """An open database, and the list of deletions beside it.

    All writing goes through ``writing``: a lock in this process, then ``BEGIN IMMEDIATE``, so
    that threads wait for each other and not for SQLite's sleeps.

    Raises:
        StoreError: the file cannot be opened, or does not keep what it is told to keep
            (write-ahead log, every commit on the disk, foreign keys).
    """

    def __init__(self, file: Path, deletions: DeletionLog) -> None:
        self.file = file
        self.deletions = deletions
        self._lock = threading.RLock()
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        with explained(file):
            self._writer = self._connect()
            _insist_on_durability(file, self._writer)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction: committed to the disk when the block ends, undone if it raises.

        Raises:
            StoreError: disk full, read-only, damaged, or kept busy by another process.
        """
        with self._lock, explained(self.file):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.rollback()
                raise

    @property
    def reader(self) -> Database:
        """This thread's connection for reading."""
        reader: Database | None = getattr(self._local, "reader", None)
        if reader is None:
            with explained(self.file):
                reader = self._connect()
                reader.execute("PRAGMA query_only = ON")
            self._local.reader = reader
        return reader

    def compact(self) -> None:
        """Write the file anew without anything that was ever deleted from it.

        Raises:
            StoreError: another program reads it just now, or there is no room.
        """
        with self._lock, explained(self.file):
            self._writer.execute("VACUUM")
            ((busy, *_),) = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if busy:
            message, todo = _REASONS[sqlite3.SQLITE_BUSY]
            raise StoreError(Fault(message, self.file, todo=todo))

    def changed_elsewhere(self) -> int:
        """A number that differs once another process has written; asked inside ``writing``."""
        version: int = self._writer.execute("PRAGMA data_version").fetchone()[0]
        return version

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _connect(self) -> Database:
        # isolation_level None: no transaction begins unless this class begins it.
        connection = sqlite3.connect(self.file, isolation_level=None, check_same_thread=False)
        self._connections.append(connection)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return Database(connection)


def _insist_on_durability(file: Path, database: Database) -> None:
    """Read back what a power cut depends on; a network share, for one, refuses the WAL."""
    kept = {name: database.execute(f"PRAGMA {name}").fetchone()[0] for name in _WANTED}
    faults = [
        Fault(
            "Basis data tidak dapat menyimpan dengan aman di sini",
            file,
            field=name,
            found=kept[name],
            expected=str(wanted),
            todo="Simpan folder kantor di cakram komputer ini, bukan di folder jaringan.",
        )
        for name, wanted in _WANTED.items()
        if kept[name] != wanted
    ]
    if faults:
        raise StoreError(*faults)


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite says of disk and file into words; anything else is a bug and passes.

    Raises:
        StoreError: disk full, read-only or unreadable, file damaged, busy or no database.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the plain code
        if code not in _REASONS:
            raise
        message, todo = _REASONS[code]
        raise StoreError(Fault(message, file, todo=todo)) from error
