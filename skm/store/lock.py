"""A lock that the operating system holds for a process and lets go when it dies, however."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from skm.errors import refuse

SERVING = "serving.lock"
"""In an office's folder: held by whoever serves it, or puts a backup in its place."""

_PAUSE = 0.05


class HeldError(Exception):
    """Somebody else holds the lock."""


@contextmanager
def held(file: Path, patience: float = 0) -> Iterator[None]:
    """Hold a lock inside the block; the file stays, empty, when it is let go.

    Args:
        file: stands for what is locked.
        patience: seconds to wait for another holder.

    Raises:
        HeldError: another process, or another block of this one, holds it.
        SkmError: the file cannot be made.
    """
    until = time.monotonic() + patience
    with _opened(file) as opened:
        while not _try(opened):
            if time.monotonic() >= until:
                raise HeldError(str(file))
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            _let_go(opened)


def is_held(file: Path) -> bool:
    """Whether somebody holds the lock right now; a missing file is held by nobody."""
    if not file.exists():
        return False
    try:
        with held(file):
            return False
    except HeldError:
        return True


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("a+b")
    except OSError as error:
        raise refuse("Folder ini tidak dapat dikunci", file=file, found=error.strerror) from error


if sys.platform == "win32":
    import msvcrt

    def _try(opened: BinaryIO) -> bool:
        opened.seek(0)
        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(opened: BinaryIO) -> None:
        opened.seek(0)
        msvcrt.locking(opened.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(opened: BinaryIO) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(opened: BinaryIO) -> None:
        fcntl.flock(opened, fcntl.LOCK_UN)
