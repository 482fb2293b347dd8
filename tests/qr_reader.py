"""Reads QR codes as a phone does: from the picture."""

from __future__ import annotations

import io

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image


def read_codes(png: bytes) -> list[str]:
    """The texts of the codes on a picture."""
    with Image.open(io.BytesIO(png)) as image:
        return texts(np.asarray(image.convert("L")))


def texts(gray: NDArray[np.uint8]) -> list[str]:
    """The texts of the codes on a picture of gray values."""
    return [found.text for found in zxingcpp.read_barcodes(gray)]
