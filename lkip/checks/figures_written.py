"""How figures are written: separators, formulas that failed, words beside digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lkip.checks.report_subject import REPORT, places
from lkip.claims import Claims
from lkip.claims.figures import amounts, is_spaced
from lkip.claims.money_words import in_digits
from lkip.claims.report import Spot
from lkip.findings import Contradiction
from skm.numerals import in_words, number

_FAILED = re.compile(r"#(?:DIV/0!|REF!|VALUE!|NAME\?|N/A|NUM!|NULL!)")
_IN_WORDS = re.compile(r"\s*,?-?\s*\(\s*([a-z ]{4,}?rupiah[a-z ]*)\)", re.IGNORECASE)
_COUNTED = re.compile(r"(?<![\d.,/])(\d{1,3})\s*\(\s*([A-Za-z]+(?:\s[a-z]+){0,3})\s*[)}\]]")


@REPORT.error(
    "angka-rusak",
    "Angka memakai pemisah ribuan dan desimal yang benar",
    source="ejaan bilangan Indonesia: titik tiap tiga angka, koma desimal",
    explanation="146.842.45,00 kehilangan satu angka; tidak ada yang tahu yang mana.",
)
def separators_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Figures whose separators stand where none belong."""
    for text, spot in _texts(claims):
        for found in amounts(text):
            if not found.malformed:
                continue
            wanted = _fitting(claims, text)
            if wanted is None and found.value is not None:
                wanted = number(found.value, found.places)
            yield Contradiction(
                f"Pemisah angka {found.text} tidak pada tempatnya.",
                places(spot),
                found.text,
                wanted or "titik tiap tiga angka dan koma desimal",
            )


@REPORT.error(
    "rumus-gagal",
    "Tidak ada rumus lembar kerja yang gagal",
    source="kewajaran: #DIV/0! bukan angka",
    explanation="Hitungan yang gagal disebut tidak dapat dihitung, dengan alasannya.",
)
def formulas_did_not_fail(claims: Claims) -> Iterator[Contradiction]:
    """Error values of spreadsheets."""
    for text, spot in _texts(claims):
        for match in _FAILED.finditer(text):
            yield Contradiction("Rumus lembar kerja gagal.", places(spot), match[0])


@REPORT.error(
    "angka-terbilang",
    "Angka dan bilangannya sama",
    source="kelaziman naskah dinas: angka (huruf)",
    explanation="3 (dua) adalah dua angka untuk satu hal.",
)
def words_fit_digits(claims: Claims) -> Iterator[Contradiction]:
    """Counts written in digits and in words."""
    known = {in_words(count): count for count in range(1000)}
    for text, spot in _texts(claims):
        for match in _COUNTED.finditer(text):
            words = " ".join(match[2].lower().split())
            if words in known and known[words] != int(match[1]):
                yield Contradiction(
                    "Angka dan bilangannya berbeda.",
                    places(spot),
                    match[0],
                    f"{match[1]} ({in_words(int(match[1]))})",
                )


@REPORT.error(
    "uang-terbilang",
    "Jumlah uang dan bilangannya sama",
    source="kelaziman naskah dinas: angka (huruf)",
    explanation="Empat ratus juta di belakang 40.000.000 berarti salah satunya salah.",
)
def money_in_words_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Amounts and the words behind them."""
    for text, spot in _texts(claims):
        for found in amounts(text):
            behind = _IN_WORDS.match(text[found.end :]) if found.is_money else None
            told = in_digits(behind[1]) if behind else None
            if behind is None or told is None or found.value is None:
                continue
            if told != int(found.value):
                yield Contradiction(
                    "Jumlah uang dan bilangannya berbeda.",
                    places(spot),
                    f"{found.text} ({behind[1]})",
                    number(told),
                )


@REPORT.warning(
    "angka-berspasi",
    "Angka ditulis tanpa spasi di dalamnya",
    source="ejaan bilangan Indonesia",
    explanation="Spasi di dalam angka membuat lembar kerja membacanya sebagai teks.",
)
def figures_have_no_spaces(claims: Claims) -> Iterator[Contradiction]:
    """Amounts of budget tables with a space inside."""
    for table in claims.budgets:
        for row in table.table.rows:
            for cell in row.cells:
                if is_spaced(cell):
                    yield Contradiction(
                        "Angka memuat spasi.", places(row.spot), cell, cell.replace(" ", "")
                    )


@REPORT.note(
    "tabel-tidak-terbaca",
    "Semua tabel terbaca",
    source="pembacaan berkas: tabel berupa gambar atau tanpa garis",
    explanation="Tabel ini tidak diperiksa; periksa dengan tangan.",
)
def tables_were_read(claims: Claims) -> Iterator[Contradiction]:
    """What could not be read or is of no known kind."""
    for report in claims.reports:
        for place in report.unread:
            yield Contradiction("Tidak terbaca, jadi tidak diperiksa.", (place,))
    for table in claims.unchecked:
        yield Contradiction(
            "Tabel ini memuat angka, tetapi jenisnya tidak dikenal, jadi tidak diperiksa.",
            places(table.spot),
            table.caption or None,
        )


def _texts(claims: Claims) -> Iterator[tuple[str, Spot]]:
    for paragraph in claims.paragraphs:
        yield paragraph.text, paragraph.spot
    for table in claims.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell:
                    yield cell, row.spot


def _fitting(claims: Claims, cell: str) -> str | None:
    """What a budget figure must be for the total of its table."""
    for table in claims.budgets:
        for row in table.tops:
            own = row.spent
            totals = [total.spent.value for total in table.totals if total.spent]
            others = [each.spent.value for each in table.tops if each.spent and each is not row]
            if own is None or own.text != cell.strip() or not totals or totals[-1] is None:
                continue
            wanted = totals[-1] - sum(value for value in others if value is not None)
            if None not in others and wanted in own.readings:
                return number(wanted, 2)
    return None
