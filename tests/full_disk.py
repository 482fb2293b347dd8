"""A disk without room, as SQLite sees one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from skm.store import Store


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Let the database grow no more inside the block; what still fits, fits."""
    with store.writing() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
    with store.writing() as db:
        db.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with store.writing() as db:
        db.execute("PRAGMA max_page_count = 1000000")
