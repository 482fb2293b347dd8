"""QR codes: addresses that a phone or a tablet reads from paper or a screen."""

from __future__ import annotations

import io
from typing import Literal

import segno

Strength = Literal["l", "m", "q", "h"]
"""How much of a code may be stained or folded: about 7, 15, 25, 30 %."""

QUIET_ZONE = 4
"""Modules of white round a code, as the standard asks (ISO/IEC 18004)."""

_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


def modules(text: str, strength: Strength = "m") -> tuple[tuple[bool, ...], ...]:
    """The code's squares, row by row; True is dark. Without the quiet zone.

    Raises:
        ValueError: the text does not fit into a QR code.

    >>> rows = modules("http://192.168.1.20:8000/isi")
    >>> len(rows), {len(row) for row in rows}, rows[0][:7] == (True,) * 7
    (29, {29}, True)
    """
    return tuple(tuple(bool(square) for square in row) for row in _code(text, strength).matrix)


def svg(text: str, strength: Strength = "m") -> bytes:
    """The code as a picture with its quiet zone, black on white, without a size of its own.

    Raises:
        ValueError: the text does not fit into a QR code.
    """
    picture = io.BytesIO()
    _code(text, strength).save(
        picture,
        kind="svg",
        border=QUIET_ZONE,
        light="white",
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return picture.getvalue()


def blocks(text: str, strength: Strength = "m") -> str:
    """The code for a terminal with light letters on dark, two rows of squares a line.

    Raises:
        ValueError: the text does not fit into a QR code.

    >>> lines = blocks("http://192.168.1.20:8000/isi").splitlines()
    >>> len(lines), {len(line) for line in lines}
    (19, {37})
    """
    rows = modules(text, strength)
    side = len(rows) + 2 * QUIET_ZONE
    blank = (False,) * side
    edge = (False,) * QUIET_ZONE
    framed = [blank] * QUIET_ZONE + [(*edge, *row, *edge) for row in rows]
    framed += [blank] * (QUIET_ZONE + side % 2)
    pairs = zip(framed[::2], framed[1::2], strict=True)
    return "\n".join(
        "".join(_HALVES[both] for both in zip(upper, lower, strict=True)) for upper, lower in pairs
    )


def _code(text: str, strength: Strength) -> segno.QRCode:
    # No micro code: older phones cannot read one. No boost: a text always gives the same size.
    return segno.make_qr(text, error=strength, boost_error=False)
