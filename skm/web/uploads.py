"""Pages that take a file: how large it may be, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from flask import current_app, request

from skm.errors import SkmError, refuse
from skm.web.security import LARGEST_OFFICER_FORM

LARGEST_FILE = 15_000_000
"""Bytes of a page that is sent with a file: less than the server takes at all."""

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "takes_a_file"
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Upload:
    """A file that an officer chose; ``name`` is without folders, and safe to show."""

    name: str
    content: bytes


def takes_a_file(view: View) -> View:
    """Let the address of a view take as much as a file, once its officer is admitted."""
    setattr(view, _MARK, True)
    return view


def largest_body(endpoint: str | None) -> int:
    """The most bytes that an officer may send to an endpoint."""
    view = current_app.view_functions.get(endpoint or "")
    return LARGEST_FILE if hasattr(view, _MARK) else LARGEST_OFFICER_FORM


def chosen_file(field: str) -> Upload:
    """The file that the present request brought in a field.

    Raises:
        SkmError: none was chosen, or it is empty.
    """
    found = chosen_files(field)
    if not found:
        raise refuse("Belum ada berkas yang dipilih", todo="Pilih berkasnya, lalu kirim lagi.")
    return found[0]


def chosen_files(field: str) -> tuple[Upload, ...]:
    """The files that the present request brought in a field; none where none was chosen.

    Raises:
        SkmError: one of them is empty.
    """
    sent = (each for each in request.files.getlist(field) if each.filename)
    return tuple(_upload(each.filename or "", each.read()) for each in sent)


@contextmanager
def as_file(upload: Upload) -> Iterator[Path]:
    """The upload as a file on the disk while the block runs, for what reads files.

    Raises:
        SkmError: what the block raises, with the name that the officer knows the file by.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "berkas"
        file.write_bytes(upload.content)
        try:
            yield file
        except SkmError as error:
            raise SkmError(
                *(
                    replace(fault, file=str(fault.file).replace(str(file), upload.name))
                    if fault.file is not None
                    else fault
                    for fault in error.faults
                )
            ) from error


def _upload(filename: str, content: bytes) -> Upload:
    name = PurePosixPath(filename.replace("\\", "/")).name
    printable = "".join(char for char in name if char.isprintable())[-_LONGEST_NAME:]
    if not content:
        raise refuse(
            "Berkas kosong", file=printable, todo="Periksa apakah berkas sudah tersimpan."
        )
    return Upload(printable or "berkas", content)
