"""Amounts written in words, as official papers repeat them behind the digits."""

from __future__ import annotations

import re

_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9,
}  # fmt: skip
_JOINED = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
_LARGE = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}


def in_digits(words: str) -> int | None:
    """The number that Indonesian words name; None where they name none.

    >>> in_digits("empat ratus juta rupiah")
    400000000
    >>> in_digits("seratus dua puluh satu ribu lima ratus"), in_digits("sebelas"), in_digits("dan")
    (121500, 11, None)
    """
    total = group = digit = 0
    known = False
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "rupiah":
            break
        if word in _UNITS:
            digit = _UNITS[word]
        elif word == "belas":
            group, digit = group + 10 + digit, 0
        elif word == "puluh":
            group, digit = group + digit * 10, 0
        elif word == "ratus":
            group, digit = group + digit * 100, 0
        elif word in _LARGE:
            total += (group + digit or 1) * _LARGE[word]
            group = digit = 0
        elif word == "seribu":
            total += _JOINED[word]
        elif word in _JOINED:
            group += _JOINED[word]
        else:
            return None
        known = True
    return total + group + digit if known else None
