"""The day's backup, made by the server itself while it serves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

from skm.errors import SkmError
from skm.instance import Instance
from skm.store.backup import back_up_if_due

FIRST_AFTER = 5.0
"""Seconds from the start of the server, so that its first visitors do not wait for it."""
EVERY = 600.0
"""Seconds from one look to the next: whether the day is new, or the second disk is back."""

_PATIENCE = 30.0
_log = logging.getLogger("skm.backup")


@contextmanager
def daily_backups(
    instance: Instance, *, first_after: float = FIRST_AFTER, every: float = EVERY
) -> Iterator[None]:
    """Back the office up once a day as long as the block runs; one under way is finished.

    It works on connections of its own beside the requests. What fails is logged, is told by
    ``skm doctor``, and is tried again at the next look.
    """
    stop = Event()

    def keep_watch() -> None:
        wait = first_after
        told: str | None = None
        while not stop.wait(wait):
            told = _look(instance, told)
            wait = every

    # A daemon: a disk that never answers must not keep the server from ending.
    watch = Thread(target=keep_watch, name="skm backup", daemon=True)
    watch.start()
    try:
        yield
    finally:
        stop.set()
        watch.join(_PATIENCE)


def _look(instance: Instance, told: str | None) -> str | None:
    """Make what is due; returns the trouble, which is logged when it is another than before."""
    try:
        made = back_up_if_due(instance, datetime.now(instance.office.timezone))
        trouble = str(made.warning) if made and made.warning else None
        if made:
            _log.info("Cadangan dibuat: %s", made.file)
    except SkmError as error:
        trouble = str(error)
    except Exception:  # whatever it was, tomorrow's backup must still be made
        _log.exception("Pencadangan gagal")
        return told
    if trouble and trouble != told:
        _log.error("Pencadangan: %s", trouble)
    return trouble
