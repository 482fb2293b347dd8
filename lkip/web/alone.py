"""Work that is done by one at a time, so that the few threads of the server stay free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from skm.errors import refuse


class Alone:
    """A place of work that holds one.

    >>> desk = Alone("Laporan lain sedang disusun", patience=0)
    >>> with desk.work():
    ...     try:
    ...         with desk.work():
    ...             pass
    ...     except Exception as error:
    ...         print(error)
    Laporan lain sedang disusun. Tunggu sebentar, lalu ulangi.
    """

    def __init__(self, taken: str, patience: float) -> None:
        self._lock = Lock()
        self._taken = taken
        self._patience = patience

    @contextmanager
    def work(self) -> Iterator[None]:
        """Work inside the block, after whoever came before.

        Raises:
            SkmError: the one before needs longer than the patience lasts.
        """
        if not self._lock.acquire(timeout=self._patience):
            raise refuse(self._taken, todo="Tunggu sebentar, lalu ulangi.")
        try:
            yield
        finally:
            self._lock.release()


WRITING = Alone("Laporan atau rencana sedang disimpan oleh permintaan lain", patience=60)
"""Held by what writes plans and reports; a report takes seconds, on a busy computer more."""

READING = Alone("Dokumen lain sedang dibaca", patience=0)
"""Held by what reads a file that was brought; the check of a report can take minutes."""
