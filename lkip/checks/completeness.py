"""What PermenPANRB 53/2014 asks for and a report does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lkip.checks.report_subject import REPORT
from lkip.claims import Claims
from lkip.findings import Contradiction

_LENGTH_OF_A_REPORT = 60

_WANTED = (
    (r"isu\s+strategis|permasalahan\s+utama", "isu strategis", "Bab I"),
    (r"efisien", "analisis efisiensi penggunaan sumber daya", "Bab III.A butir 6"),
    (
        r"faktor|penyebab|sebab\b|sebab-sebab",
        "penyebab keberhasilan atau kegagalan per indikator",
        "Bab III.A butir 5",
    ),
    (r"perjanjian\s+kinerja", "Perjanjian Kinerja", "Bab II"),
    (r"nasional", "perbandingan dengan standar nasional", "Bab III.A butir 4"),
    (r"realisasi.{0,30}tahun\s+(?:lalu|sebelum)|th\.?\s*20\d\d|tahun 20\d\d", "tahun lalu", ""),
)


@REPORT.warning(
    "isi-kurang",
    "Laporan memuat yang diminta PermenPANRB 53/2014",
    source="PermenPANRB 53/2014, Lampiran II; PermenPANRB 88/2021 butir 3.b",
    explanation="Setiap perbandingan dan analisis yang diminta ada dalam laporan.",
)
def nothing_is_missing(claims: Claims) -> Iterator[Contradiction]:
    """Required parts that no text and no table has; for whole reports alone."""
    if len(claims.paragraphs) < _LENGTH_OF_A_REPORT:
        return
    cells = (cell for table in claims.tables for row in table.rows for cell in row.cells)
    text = "\n".join((claims.text, *cells)).lower()
    for pattern, name, place in _WANTED:
        if not re.search(pattern, text):
            yield Contradiction(
                f"Laporan tidak memuat {name}.", (place,), None, f"bagian tentang {name}"
            )
