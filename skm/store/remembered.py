"""Small facts that belong to the data and not to the computer, so they go with a backup."""

from __future__ import annotations

from sqlite_utils import Database

from skm.store.connection import Store

LINEAGE = "lineage"
"""A random name that a database keeps through every backup: tells whose a backup is."""
ADDRESS = "address"
"""``host:port`` under which a tablet reached the office's computer the last time."""

RELEASED = "released"
"""With the id of a form: the day up to which its responses were released when one was deleted."""


def recall(store: Store, name: str) -> str | None:
    """What was remembered under a name, None if nothing was."""
    row = store.reader.execute("SELECT value FROM remembered WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def remember(store: Store, name: str, value: str) -> None:
    """Keep a fact; what is known already is not written again."""
    if recall(store, name) == value:
        return
    with store.writing() as db:
        note(db, name, value)


def note(db: Database, name: str, value: str) -> None:
    """Keep a fact inside a transaction that is under way."""
    db.execute(
        "INSERT INTO remembered (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
