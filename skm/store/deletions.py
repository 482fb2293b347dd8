"""The list of deleted responses that stands outside the database.

An older backup or a tablet's second copy knows nothing of a deletion; this file does. It only
grows, a line an event: the id of a deleted response, or ``purged_until 2025-12-31``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from skm.errors import refuse

_LINE = re.compile(r"(?P<id>[0-9a-f]{32})|purged_until (?P<until>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Deletions:
    """What must not come back.

    Attributes:
        ids: ids of deleted and purged responses.
        purged_until: the last day whose rows were destroyed, None if none were. Tablets drop
            their second copies up to it.
    """

    ids: frozenset[str] = frozenset()
    purged_until: date | None = None


class DeletionLog:
    """The file, read again only when it has changed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read: tuple[tuple[int, int], Deletions] | None = None

    def read(self) -> Deletions:
        """What the file says now; nothing where there is no file.

        Raises:
            SkmError: the file is there and cannot be read.
        """
        try:
            status = self.file.stat()
            state = (status.st_mtime_ns, status.st_size)
            if self._read is None or self._read[0] != state:
                self._read = (state, _parsed(self.file.read_text("ascii", "replace")))
        except FileNotFoundError:
            return Deletions()
        except OSError as error:
            raise refuse(
                "Daftar penghapusan tidak dapat dibaca", file=self.file, found=error.strerror
            ) from error
        return self._read[1]

    def add(self, ids: Iterable[str] = (), purged_until: date | None = None) -> None:
        """Write down what must not come back; when this returns it is on the disk.

        Raises:
            SkmError: it cannot be written.
        """
        lines = [f"{each}\n" for each in ids]
        if purged_until is not None:
            lines.append(f"purged_until {purged_until.isoformat()}\n")
        try:
            with self.file.open("a+b") as log:
                if log.tell() and _last_byte(log) != b"\n":  # torn by a power cut
                    log.write(b"\n")
                log.write("".join(lines).encode("ascii"))
                log.flush()
                os.fsync(log.fileno())
        except OSError as error:
            raise refuse(
                "Daftar penghapusan tidak dapat ditulis", file=self.file, found=error.strerror
            ) from error


def _last_byte(log: BinaryIO) -> bytes:
    log.seek(-1, os.SEEK_END)
    return log.read(1)


def _parsed(text: str) -> Deletions:
    """The whole lines of the log; a line torn by a power cut names no id and is passed over."""
    found = [match for line in text.splitlines() if (match := _LINE.fullmatch(line.strip()))]
    days = [date.fromisoformat(match["until"]) for match in found if match["until"]]
    ids = frozenset(match["id"] for match in found if match["id"])
    return Deletions(ids, max(days, default=None))
