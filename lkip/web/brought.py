"""Files that officers bring: looked at before they are opened, gone when the work is done."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from skm.errors import refuse
from skm.web.uploads import Upload

LARGEST_UNPACKED = 40_000_000
"""Bytes of the text of a DOCX or XLSX; reports of offices have up to 5 million."""
MOST_PARTS = 5_000

_STRANGE = re.compile(r"[^\w .()\-]")
_READ = (".xml", ".rels")


@contextmanager
def laid_out(uploads: Sequence[Upload]) -> Iterator[tuple[Path, ...]]:
    """The files in a folder of their own, which is destroyed behind the block.

    Raises:
        SkmError: one of them unpacks to more than a report can hold.
    """
    for upload in uploads:
        _refuse_overgrown(upload)
    with TemporaryDirectory(prefix="lkip-") as folder:
        files = []
        for number, upload in enumerate(uploads, start=1):
            place = Path(folder, str(number))
            place.mkdir()
            file = place / _safe(upload.name)
            file.write_bytes(upload.content)
            files.append(file)
        yield tuple(files)


def _refuse_overgrown(upload: Upload) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return  # no package, which its reader tells
    unpacked = sum(part.file_size for part in parts if part.filename.lower().endswith(_READ))
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise refuse(
            "Isi berkas jauh lebih besar daripada sebuah laporan",
            file=upload.name,
            found=f"{unpacked // 1_000_000} MB dalam {len(parts)} bagian",
            expected=f"paling besar {LARGEST_UNPACKED // 1_000_000} MB",
            todo="Salin isinya ke dokumen baru, lalu simpan lagi.",
        )


def _safe(name: str) -> str:
    """A name that every file system takes; its ending stays."""
    plain = _STRANGE.sub("_", name).strip(" .")[-80:].strip(" .")
    return plain or "berkas"
