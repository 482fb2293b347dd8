"""Files that an office opens: whole under their names, or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skm.errors import SkmError, refuse


@contextmanager
def finished(target: Path) -> Iterator[Path]:
    """Where to write a file; it takes its name, and an older one's place, when the block ends.

    Raises:
        SkmError: it cannot be written, as where Excel has it open; the older one stays.
    """
    unfinished = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _unwritable(target: Path, error: OSError) -> SkmError:
    if isinstance(error, PermissionError):
        todo = "Tutup berkas itu di program lain, atau pilih tempat lain dengan --out."
    else:
        todo = "Periksa foldernya dan ruang di cakram, atau pilih tempat lain dengan --out."
    return refuse("Berkas tidak dapat ditulis", file=target, found=error.strerror, todo=todo)
