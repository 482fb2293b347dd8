"""Files that are no documents, or are made to hurt whoever opens them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT = "<w:p><w:r><w:t>Laporan</w:t></w:r></w:p>"
_BODY = f"<w:document {_W}><w:body>%s</w:body></w:document>"
DOCUMENT = "word/document.xml"
WIDE = _BODY % (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
    f"{_TEXT}</w:tc></w:tr></w:tbl>"
)
"""A table cell that says it covers a thousand million columns."""

PLAIN = _BODY % _TEXT


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(content: bytes, local: int, directory: int, value: int) -> bytes:
    """A package of one part with a byte of both of its headers set."""
    made = bytearray(content)
    made[local] = made[made.index(b"PK\x01\x02") + directory] = value
    return bytes(made)


_GOOD = package({DOCUMENT: PLAIN})
_TORN = bytearray(_GOOD)
_TORN[60] ^= 0xFF

DAMAGED: Mapping[str, bytes] = {
    "torn": bytes(_TORN),
    "cut": _GOOD[:-10],
    "locked": changed(_GOOD, 6, 8, 1),
    "packed strangely": changed(_GOOD, 8, 10, 97),
    "nested without end": package({DOCUMENT: "<a>" * 5_000 + "</a>" * 5_000}),
    "no XML": package({DOCUMENT: "bukan XML"}),
}
"""Packages that look like DOCX and cannot be read."""


def bomb(size: int) -> bytes:
    """A small DOCX whose text unpacks to ``size`` bytes."""
    return package({DOCUMENT: _BODY % (_TEXT + " " * size)})
