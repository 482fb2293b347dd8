"""The proposal for a comment's clean words: numbers and names go, what is meant stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.masking import masked


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("NIK saya 3509 1234 5678 0001", "NIK saya [nomor]"),
        ("WA 081234567890 ya", "WA [nomor] ya"),
        ("WA +62 812-3456-7890.", "WA [nomor]."),
        ("telp (0331) 591234", "telp (0331) [nomor]"),
        ("telp 0331.591.234", "telp [nomor]"),
        ("surel budi.s@contoh.co.id", "surel [surel]"),
        ("Bu Siti dan mas Agus lambat", "Bu [nama] dan mas [nama] lambat"),
        ("bpk. Ahmad Nur Rohman.", "bpk. [nama]."),
        ("pak budi galak", "pak [nama] galak"),
        ("H. Slamet", "H. [nama]"),
        ("Ibu yang di loket 2 ramah", "Ibu yang di loket 2 ramah"),
        ("Pak Camat, kursi kurang 12 buah", "Pak Camat, kursi kurang 12 buah"),
        ("Bapak/Ibu petugas baik", "Bapak/Ibu petugas baik"),
        ("diminta Rp150000 oleh petugas", "diminta Rp150000 oleh petugas"),
        ("diminta rp. 1.500.000", "diminta rp. 1.500.000"),
        ("antre 3 jam sejak 07.30", "antre 3 jam sejak 07.30"),
        ("buku dipakai bersama", "buku dipakai bersama"),
        ("", ""),
    ],
)
def test_likely_names_and_numbers_are_taken_out(said: str, clean: str) -> None:
    assert masked(said) == clean


@given(st.text(st.sampled_from("0123456789 -.aP"), max_size=40))
def test_no_run_of_six_digits_is_left(text: str) -> None:
    longest = max((len(run) for run in "".join(_digits(masked(text))).split(" ")), default=0)
    assert longest < 6


def _digits(text: str) -> list[str]:
    return [letter if letter.isdigit() else " " for letter in text]


@given(st.text(max_size=60))
def test_what_is_masked_stays_as_it_is(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
