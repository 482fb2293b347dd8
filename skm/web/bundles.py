"""The kiosk's files: joined into few, packed once, and kept by the tablet for a year.

A tablet starts from its HTTP cache when the office's computer is off. So each file is one of
very few, and its address changes with its content.
"""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request

KEPT_FOR_A_YEAR = "public, max-age=31536000, immutable"

_STATIC = Path(__file__).with_name("static")
_SCRIPTS = (
    *("queue", "tabs", "clocks", "identity", "sender"),
    *("idle", "voice", "renewal", "run", "status", "kiosk"),
)
PARTS: Mapping[str, tuple[str, ...]] = {
    "kiosk.js": ("screens.js", *(f"kiosk/{name}.js" for name in _SCRIPTS)),
    "kiosk.css": ("skm.css", "kiosk/kiosk.css"),
    "icon.svg": ("icon.svg",),
}
"""What each file is made of, in this order."""


@dataclass(frozen=True)
class Packed:
    """Content that is sent as often as it is asked for."""

    content: bytes
    zipped: bytes
    mimetype: str

    @staticmethod
    def of(content: bytes, mimetype: str) -> Packed:
        """Packed so that the same content gives the same bytes."""
        return Packed(content, gzip.compress(content, mtime=0), mimetype)

    def answer(self, kept: str = KEPT_FOR_A_YEAR) -> Response:
        """The answer to the present request, packed where the browser can unpack it."""
        packed = request.accept_encodings["gzip"] > 0
        response = Response(self.zipped if packed else self.content, mimetype=self.mimetype)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = kept
        return response


@cache
def bundle(name: str) -> Packed:
    """A file of the kiosk; KeyError where it has none of that name."""
    parts = "\n".join((_STATIC / part).read_text("utf-8") for part in PARTS[name])
    if name.endswith(".js"):
        parts = f"(function () {{\n{parts}}})();\n"  # the parts see each other, the page not
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Packed.of(parts.encode(), mimetype)
