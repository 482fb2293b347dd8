"""The oracle's book: what was finished, acknowledged and deleted, whatever any server says."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from skm.torture.queue import Kept


class Ledger:
    """Written by the run itself and by the tablets it watches; see ``tablet.Witness``.

    Attributes:
        finished: the message of every response whose citizen was thanked, by its id.
        deleted: ids that an admin deleted.
        receipts: ids for which a tablet holds a receipt.
        broken: ids acknowledged that were not on the disk when the server died.
    """

    def __init__(self) -> None:
        self.finished: dict[str, Mapping[str, Any]] = {}
        self.deleted: set[str] = set()
        self.receipts: set[str] = set()
        self.broken: set[str] = set()
        self._lock = threading.Lock()
        self._restores = 0
        self._held: set[str] = set()

    def note_finished(self, kept: Kept) -> None:
        """A citizen was thanked."""
        self.finished[kept.id] = json.loads(kept.body)

    def sending(self) -> int:
        """Which database the server has: how often a backup took its place."""
        with self._lock:
            return self._restores

    def acknowledged(self, response: str, sent: int) -> None:
        """A tablet took a receipt; the server must have it until a backup is restored."""
        with self._lock:
            self.receipts.add(response)
            if sent == self._restores:
                self._held.add(response)

    def compare(self, database: Path) -> None:
        """At the server's death: whatever it acknowledged must be on the disk."""
        with self._lock:
            acknowledged = set(self._held)
        self.broken |= acknowledged - receipts_in(database)

    def note_restored(self, database: Path) -> None:
        """An older database is in place: only what is in it can be asked of the server."""
        with self._lock:
            self._restores += 1
            self._held = self.receipts & receipts_in(database)

    def last_numbers(self) -> dict[str, int]:
        """The highest running number that each device gave out."""
        numbers: dict[str, int] = {}
        for message in self.finished.values():
            device = message["device"]
            numbers[device] = max(numbers.get(device, 0), message["seq"])
        return numbers


def receipts_in(database: Path) -> set[str]:
    """The ids that a database has a receipt of."""
    with closing(opened(database)) as db:
        return {row[0] for row in db.execute("SELECT id FROM receipt")}


def opened(database: Path) -> sqlite3.Connection:
    """A look at a database by SQLite alone that leaves its write-ahead log as it is."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def stored_states(database: Path, states: Iterable[str]) -> list[str]:
    """The ids whose receipt says one of some states, in their order."""
    wanted = ", ".join(f"'{state}'" for state in states)
    with closing(opened(database)) as db:
        rows = db.execute(f"SELECT id FROM receipt WHERE state IN ({wanted}) ORDER BY id")
        return [row[0] for row in rows]
