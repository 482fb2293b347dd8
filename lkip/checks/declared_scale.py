"""The scale of achievement that a report declares: gaps, overlaps, numbering."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lkip.checks.report_subject import REPORT, places
from lkip.claims import Claims
from lkip.findings import Contradiction
from skm.numerals import number


@REPORT.warning(
    "skala-bercelah",
    "Kelas capaian bersambung tanpa celah",
    source="kewajaran: setiap capaian harus memiliki satu kelas",
    explanation="Dengan 76 s/d 100 dan 55 s/d 75, capaian 75,5 tidak memiliki kelas.",
)
def scale_has_no_gap(claims: Claims) -> Iterator[Contradiction]:
    """Bounds that leave figures between two classes."""
    for table in claims.classes:
        for below, above in pairwise(table.rising):
            if below.upper is None or above.lower is None:
                continue
            if below.upper < above.lower:
                yield Contradiction(
                    f"Antara {number(below.upper)} dan {number(above.lower)} tidak ada kelas.",
                    places(below.spot, above.spot),
                    f"{below.text}; {above.text}",
                    f"sampai kurang dari {number(above.lower)}",
                )


@REPORT.error(
    "skala-tumpang-tindih",
    "Kelas capaian tidak tumpang tindih",
    source="kewajaran: setiap capaian harus memiliki satu kelas",
    explanation="Satu capaian tidak dapat memiliki dua kelas.",
)
def scale_has_no_overlap(claims: Claims) -> Iterator[Contradiction]:
    """Bounds that put one figure in two classes."""
    for table in claims.classes:
        for below, above in pairwise(table.rising):
            if below.upper is None or above.lower is None:
                continue
            touches = below.upper == above.lower and below.upper_in and above.lower_in
            if below.upper > above.lower or touches:
                yield Contradiction(
                    f"{number(above.lower)} termasuk dua kelas.",
                    places(below.spot, above.spot),
                    f"{below.text}; {above.text}",
                )


@REPORT.warning(
    "nomor-baris",
    "Nomor baris tabel berurutan",
    source="kewajaran: penomoran tabel",
    explanation="Nomor yang berulang atau melompat menandakan baris yang tersalin atau hilang.",
)
def rows_are_numbered(claims: Claims) -> Iterator[Contradiction]:
    """Doubled numbers of classes, and programme numbers that jump."""
    for table in claims.classes:
        numbers = [row.number.strip(" .") for row in table.rows]
        for row, value in zip(table.rows[1:], numbers[1:], strict=True):
            place = table.rows.index(row)
            if value and value in numbers[:place]:
                yield Contradiction(
                    f"Nomor {value} tertulis dua kali.", places(row.spot), value, str(place + 1)
                )
    for budget in claims.budgets:
        tops = [row for row in budget.tops if row.style == "program" and row.number]
        found = [row.number.strip(" .") for row in tops]
        roman = [_ROMAN[place] if place < len(_ROMAN) else "" for place in range(len(tops))]
        digits = [str(place + 1) for place in range(len(tops))]
        is_marked = all(mark in _ROMAN or mark.isdigit() for mark in found)
        if len(tops) > 1 and is_marked and found not in (roman, digits):
            yield Contradiction(
                "Nomor program tidak berurutan.",
                places(tops[0].spot),
                ", ".join(found),
                ", ".join(roman),
            )


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
