"""A QR code is read by another program as what was written into it."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
from qr_reader import texts

from skm import qr
from skm.qr import Strength

TEXTS = (
    "http://192.168.1.20:8000/isi",
    "http://10.0.0.7:8000/kios#Zr3kVt0aQ1m_9dYc-7PpWg",
    "https://survei.contoh.go.id/isi/akta-kelahiran?bahasa=en",
    "Kecamatan Pakusari – „é“",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("strength", ["l", "m", "q", "h"])
def test_a_code_is_read_back(text: str, strength: Strength) -> None:
    dark = np.pad(np.array(qr.modules(text, strength)), qr.QUIET_ZONE)
    picture = np.where(dark, 0, 255).astype(np.uint8).repeat(4, axis=0).repeat(4, axis=1)
    assert texts(picture) == [text]


def test_a_strong_code_is_read_with_a_tenth_of_it_covered() -> None:
    dark = np.array(qr.modules(TEXTS[0], "h"))
    covered = len(dark) // 3
    dark[-covered:, -covered:] = False
    picture = np.where(np.pad(dark, qr.QUIET_ZONE), 0, 255).astype(np.uint8)
    assert texts(picture.repeat(6, axis=0).repeat(6, axis=1)) == [TEXTS[0]]


def test_the_picture_has_its_quiet_zone_and_scales() -> None:
    picture = ElementTree.fromstring(qr.svg(TEXTS[0]))
    side = len(qr.modules(TEXTS[0])) + 2 * qr.QUIET_ZONE
    assert picture.get("viewBox") == f"0 0 {side} {side}"
    assert picture.get("width") is None
    assert not picture.findall(".//{*}style"), "our pages allow no style in a picture"
    assert "style" not in {name for part in picture.iter() for name in part.attrib}


def test_equal_texts_give_equal_codes() -> None:
    assert qr.svg(TEXTS[0]) == qr.svg(TEXTS[0])


def test_a_text_that_does_not_fit_is_told() -> None:
    with pytest.raises(ValueError, match="large"):
        qr.modules("x" * 5000)
