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

MOST_PARTS = 5_000

_MILLION = 1_000_000
_STRANGE = re.compile(r"[^\w .()\-]")
_READ = (".xml", ".rels")


@contextmanager
def laid_out(uploads: Sequence[Upload], largest: int) -> Iterator[tuple[Path, ...]]:
    """The files in a folder of their own, which is destroyed behind the block.

    Args:
        largest: bytes of text that a DOCX or XLSX may unpack to.

    Raises:
        SkmError: one of them unpacks to more.
    """
    for upload in uploads:
        _refuse_overgrown(upload, largest)
    with TemporaryDirectory(prefix="lkip-") as folder:
        files = []
        for number, upload in enumerate(uploads, start=1):
            place = Path(folder, str(number))
            place.mkdir()
            file = place / _safe(upload.name)
            file.write_bytes(upload.content)
            files.append(file)
        yield tuple(files)


def _refuse_overgrown(upload: Upload, largest: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return  # no package, which its reader tells
    unpacked = sum(part.file_size for part in parts if part.filename.lower().endswith(_READ))
    if unpacked > largest or len(parts) > MOST_PARTS:
        raise refuse(
            "Isi berkas jauh lebih besar daripada sebuah laporan",
            file=upload.name,
            found=f"{unpacked // _MILLION} MB dalam {len(parts)} bagian",
            expected=f"paling besar {largest // _MILLION} MB",
            todo="Salin isinya ke dokumen baru, lalu simpan lagi.",
        )


def _safe(name: str) -> str:
    """A name that every file system takes; its ending stays."""
    plain = _STRANGE.sub("_", name).strip(" .")[-80:].strip(" .")
    return plain or "berkas"
