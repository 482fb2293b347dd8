"""What a simulated tablet keeps on its own disk; a real one keeps the same in IndexedDB."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECOND_COPIES = 1000
"""So many sent responses stay, to refill a server that was restored from a backup."""

WAITING, SENT, PARKED = "waiting", "sent", "parked"

_TABLES = """
    CREATE TABLE IF NOT EXISTS answer (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL,
        state TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS answer_state ON answer (state, seq);
    CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);"""


@dataclass(frozen=True)
class Kept:
    """A finished response as the tablet keeps it; the bytes are made once and never again."""

    seq: int
    id: str
    body: bytes


class Queue:
    """Finished responses by their running number. Nothing that is not sent is ever dropped."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        # A simulated tablet dies with a thread, not with the power: no need to wait for the disk.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_TABLES)

    def recall(self, name: str) -> str | None:
        """The tablet's device or token."""
        with self._lock:
            row = self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, **values: str) -> None:
        """Keep device or token."""
        with self._lock:
            self._db.executemany(
                "INSERT INTO kept VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                list(values.items()),
            )

    def finish(self, content: Mapping[str, Any]) -> Kept:
        """Give a response its id and number and put it on the disk; it is finished after that."""
        with self._lock:
            ((last,),) = self._db.execute("SELECT ifnull(max(seq), 0) FROM answer")
            seq, made = last + 1, uuid.uuid4().hex
            body = json.dumps({"id": made, "seq": seq, **content}, ensure_ascii=False).encode()
            self._db.execute("INSERT INTO answer VALUES (?, ?, ?, ?)", (seq, made, body, WAITING))
        return Kept(seq, made, body)

    def oldest_waiting(self) -> Kept | None:
        """What is to be sent next."""
        with self._lock:
            row = self._db.execute(
                "SELECT seq, id, body FROM answer WHERE state = ? ORDER BY seq LIMIT 1", (WAITING,)
            ).fetchone()
        return Kept(*row) if row else None

    def count(self, state: str) -> int:
        """How many are waiting, sent or parked."""
        with self._lock:
            ((count,),) = self._db.execute("SELECT count(*) FROM answer WHERE state = ?", (state,))
        return int(count)

    def settle(self, seq: int, state: str) -> None:
        """Sent, or parked; of those sent the last thousand stay."""
        with self._lock:
            self._db.execute("UPDATE answer SET state = ? WHERE seq = ?", (state, seq))
            self._db.execute(
                "DELETE FROM answer WHERE state = ? AND seq <= ?", (SENT, seq - SECOND_COPIES)
            )

    def send_again(self, numbers: Iterable[int], above: int) -> None:
        """Let the second copies wait again that a restored server lacks.

        Args:
            numbers: what it says it misses.
            above: the highest number it has.
        """
        with self._lock:
            self._db.executemany(
                "UPDATE answer SET state = ? WHERE seq = ? AND state = ?",
                [(WAITING, seq, SENT) for seq in numbers],
            )
            self._db.execute(
                "UPDATE answer SET state = ? WHERE seq > ? AND state = ?", (WAITING, above, SENT)
            )

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
