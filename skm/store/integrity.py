"""What SQLite itself finds wrong with a database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

_MOST = 20
_FIRST_TABLE = "receipt"


def integrity_faults(db: sqlite3.Connection | Database) -> list[str]:
    """Damaged pages, broken indexes, values a column forbids, references to nothing."""
    try:
        checked = db.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
        loose = db.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [text for (text,) in checked if text != "ok"] + [
        f"baris tabel {table} menunjuk ke tabel {parent} yang tidak memuatnya"
        for table, _, parent, _ in loose
    ]


def file_faults(file: Path) -> list[str]:
    """What is wrong with a database that nobody has open; also where it is none of ours."""
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        return [str(error)]
    try:
        faults = integrity_faults(db)
        known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        if not faults and db.execute(known, (_FIRST_TABLE,)).fetchone() is None:
            return ["tidak memuat jawaban survei"]
        return faults
    finally:
        db.close()
