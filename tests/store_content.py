"""What stands in a database file, read by SQLite alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def ids_in(database: Path, form: str = "kecamatan-14") -> set[str]:
    """The ids of a form's responses."""
    with closing(sqlite3.connect(database)) as db:
        table = f"response_{form.replace('-', '_')}"
        return {row_id for (row_id,) in db.execute(f"SELECT id FROM {table}")}


def states_in(database: Path) -> dict[str, str]:
    """What became of each response, by its receipt."""
    with closing(sqlite3.connect(database)) as db:
        return dict(db.execute("SELECT id, state FROM receipt").fetchall())


def bytes_of(database: Path) -> bytes:
    """Every byte of a database and of what SQLite keeps beside it."""
    files = [Path(f"{database}{suffix}") for suffix in ("", "-wal", "-shm")]
    return b"".join(file.read_bytes() for file in files if file.exists())
