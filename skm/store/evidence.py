"""Evidence: the pictures and PDF files that show what an office did.

They lie in the database, so that backups hold them and a restore brings them back. A table
that uses evidence refers to it by a foreign key, so that nothing in use can be dropped.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from sqlite_utils import Database

from skm.errors import SkmError, refuse
from skm.store.connection import Store

LARGEST_PICTURE = 12 * 1024 * 1024
"""Bytes of a picture as it is sent; it is kept much smaller."""
LARGEST_PDF = 5 * 1024 * 1024
"""Bytes of a PDF, which is kept as it is, also in every backup."""
MOST_PIXELS = 50_000_000
"""Of a picture as it is sent; a small file can claim so many that it fills the memory."""
LONGEST_SIDE = 1600
"""Pixels of a picture as it is kept: sharp over the width of a printed page."""

JPEG = "image/jpeg"
PDF = "application/pdf"

_MB = 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP")
_PDF_HEAD = b"%PDF-"
_PDF_FOOT = b"%%EOF"
_FOOT_WITHIN = 1024  # bytes from the end, as readers of PDF files look for it
_QUALITY = 85
_EXPECTED = "gambar JPEG, PNG atau WebP, atau PDF"

_KEEP = """
    INSERT INTO evidence (sha256, mimetype, content) VALUES (?, ?, ?)
    ON CONFLICT (sha256) DO NOTHING"""
_NOBODY = "SELECT NULL WHERE 0"
_USERS = """
    SELECT tables.name, keys."from" FROM sqlite_master AS tables
    JOIN pragma_foreign_key_list(tables.name) AS keys
    WHERE tables.type = 'table' AND keys."table" = 'evidence'
    ORDER BY tables.name"""


@dataclass(frozen=True)
class Evidence:
    """A file as it is kept.

    Attributes:
        mimetype: ``JPEG`` or ``PDF``.
        content: a picture says nothing but what it shows: no place, device or time.
    """

    mimetype: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The key of the file: 64 hex digits."""
        return hashlib.sha256(self.content).hexdigest()


def prepare(content: bytes) -> Evidence:
    """A file that was sent as it can be kept; what it is, its content says and not its name.

    Call it before the transaction: to read a picture takes a while.

    Raises:
        SkmError: neither a picture nor a PDF, damaged, or too large.
    """
    if content.startswith(_PDF_HEAD):
        return _document(content)
    if len(content) > LARGEST_PICTURE:
        raise _too_large("Gambar", len(content), LARGEST_PICTURE)
    return Evidence(JPEG, _redrawn(content))


def keep(db: Database, file: Evidence) -> str:
    """Store a file inside a transaction; one that is there already is not stored twice.

    Returns:
        Its key, for a column that ``REFERENCES evidence (sha256)``.
    """
    db.execute(_KEEP, (file.sha256, file.mimetype, file.content))
    return file.sha256


def evidence(store: Store, sha256: str) -> Evidence | None:
    """The file of a key, None where there is none."""
    row = store.reader.execute(
        "SELECT mimetype, content FROM evidence WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return None if row is None else Evidence(*row)


def drop_unused(db: Database) -> None:
    """Destroy inside a transaction every file that no table refers to any more."""
    db.execute("PRAGMA secure_delete = ON")
    used = " UNION ".join(
        f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
        for table, column in db.execute(_USERS).fetchall()
    )
    db.execute(f"DELETE FROM evidence WHERE sha256 NOT IN ({used or _NOBODY})")


def _document(content: bytes) -> Evidence:
    if len(content) > LARGEST_PDF:
        raise _too_large("PDF", len(content), LARGEST_PDF)
    if _PDF_FOOT not in content[-_FOOT_WITHIN:]:
        raise _unreadable()
    return Evidence(PDF, content)


def _redrawn(content: bytes) -> bytes:
    """The picture alone, upright and on white, drawn anew: whatever stood beside it is gone."""
    from PIL import Image, ImageOps  # here: every command opens the store, few read pictures

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise refuse(
                    "Gambar terlalu besar",
                    found=f"{sent.width} × {sent.height} piksel",
                    expected=f"paling banyak {MOST_PIXELS // 1_000_000} juta piksel",
                )
            sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            sent.load()
            picture = ImageOps.exif_transpose(sent)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = Image.new("RGB", picture.size, "white")
            mask = picture.convert("RGBA") if picture.has_transparency_data else None
            drawn.paste((mask or picture).convert("RGB"), mask=mask)
    except SkmError:
        raise
    except Exception as error:
        # readers of damaged pictures fail in many ways: OSError, SyntaxError, struct.error ...
        raise _unreadable() from error
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()


def _unreadable() -> SkmError:
    return refuse(
        "Berkas ini tidak dapat dibaca sebagai bukti",
        expected=_EXPECTED,
        todo="Bila dari ponsel, kirim fotonya sebagai JPEG.",
    )


def _too_large(what: str, found: int, most: int) -> SkmError:
    return refuse(
        f"{what} terlalu besar",
        found=f"{found // _MB + 1} MB",
        expected=f"paling besar {most // _MB} MB",
    )
