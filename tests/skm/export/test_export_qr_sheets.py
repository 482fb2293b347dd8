"""A sheet's code opens the survey of its service, and its words say what to do."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import numpy as np
import pdfplumber
import pytest
from pdf_reader import conformance_faults, read_pdf
from qr_reader import texts

from skm.export.qr_sheets import QrPrint, qr_sheets, write_qr_sheets
from skm.instance import read_office
from skm.language import load_language
from skm.resources import folder

BASE = "http://192.168.1.20:8000"
OFFICE = read_office(folder("instance") / "office.toml")
SERVICES = {each.code: each.name for each in OFFICE.services}


@cache
def printed(base: str = BASE, *languages: str) -> bytes:
    chosen = tuple(load_language(code) for code in languages or ("id",))
    return write_qr_sheets(
        QrPrint(OFFICE, chosen, 14, qr_sheets(base, SERVICES)), date(2026, 11, 25)
    )


def said(data: bytes) -> str:
    return " ".join(" ".join(read_pdf(data).texts).split())


def test_passes_pdf_a_2a_and_pdf_ua_1() -> None:
    assert conformance_faults(printed()) == []


def test_each_page_s_code_opens_what_the_page_names() -> None:
    with pdfplumber.open(io.BytesIO(printed())) as file:
        pages = file.pages
        assert len(pages) == 1 + len(SERVICES)
        for page, (path, name) in zip(
            pages,
            [("", "Semua layanan"), *((f"/{c}", n) for c, n in SERVICES.items())],
            strict=True,
        ):
            picture = page.to_image(resolution=72).original.convert("L")
            assert texts(np.asarray(picture)) == [f"{BASE}/isi{path}"]
            words = page.extract_text()
            assert name in words
            assert f"{BASE}/isi{path}" in words
            assert OFFICE.name.upper() in words


def test_it_says_what_the_kiosk_says_of_length_and_privacy() -> None:
    language = load_language("id")
    words = said(printed())
    for key in ("notice_1", "notice_2"):
        assert language.screen[key] in words
    assert "14 pertanyaan, sekitar 2 menit." in words
    assert "Tersedia dalam" not in words
    assert "Tersedia dalam Bahasa Indonesia · English." in said(printed(BASE, "id", "en"))


@pytest.mark.parametrize(
    ("base", "needed"), [(BASE, True), ("https://survei.jemberkab.go.id", False)]
)
def test_only_an_address_of_the_office_s_network_asks_for_its_wifi(
    base: str, needed: bool
) -> None:
    assert ("Sambungkan ponsel ke Wi-Fi kantor lebih dulu." in said(printed(base))) is needed
