"""Pictures as officers send them: from a telephone, with everything it writes into them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

PLACE = {1: "S", 2: (8.0, 10.0, 12.5), 3: "E", 4: (113.0, 46.0, 30.0)}
"""Latitude and longitude as a telephone writes them."""
OWNER = "Telepon Kasi Pelayanan"
COMMENT = b"di rumah Pak Kasi"

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photograph(
    width: int = 2400,
    height: int = 1800,
    *,
    turned: int = 1,
    colour: str = "#3a7",
    quality: int = 90,
) -> bytes:
    """A JPEG with place, owner and a comment; its upper left quarter is red.

    Args:
        turned: how the telephone was held, as EXIF counts it.
    """
    picture = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill="#c00")
    exif = Image.Exif()
    exif[0x010F] = OWNER
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update(PLACE)
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, comment=COMMENT, quality=quality)
    return file.getvalue()


def drawing(file_format: str = "PNG", mode: str = "RGBA") -> bytes:
    """A picture of 300 x 200, green on nothing, with a text beside it."""
    picture = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((100, 50, 200, 150), fill="#080")
    file = io.BytesIO()
    picture.convert(mode).save(file, file_format, lossless=True)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """A picture as another program reads it."""
    return Image.open(io.BytesIO(content))
