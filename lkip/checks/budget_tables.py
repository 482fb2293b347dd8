"""Budget tables of a report: sums, percentages, shares, and one fact in several tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from lkip.checks.report_subject import REPORT, Judged, judged, places, ratio, shown
from lkip.claims import Claims
from lkip.claims.budget import BudgetRow, BudgetTable
from lkip.claims.figures import Amount
from lkip.findings import Contradiction
from skm.numerals import number

_COLUMNS = {"budget": "anggaran", "spent": "realisasi"}
_PARTS = {"absorption": "serapan", "share": "proporsi"}


@REPORT.error(
    "anggaran-jumlah",
    "Rincian berjumlah sama dengan program dan totalnya",
    source="hitungan: penjumlahan tabel anggaran",
    explanation="Jumlah baris di bawah satu program harus sama dengan angka program itu.",
)
def sums_agree(claims: Claims) -> Iterator[Contradiction]:
    """Parents against the rows below them, totals against the table."""
    for table in claims.budgets:
        for column in _COLUMNS:
            for row in table.rows:
                children = table.children(row)
                if children and not row.is_total:
                    yield from _sum_of(table, row, children, column)
            for total in table.totals[-1:]:
                yield from _total_of(table, total, column)


@REPORT.error(
    "serapan-salah",
    "Persen serapan adalah realisasi dibagi anggaran",
    source="PermenPANRB 53/2014, Bab III.B; hitungan realisasi / anggaran x 100",
    explanation="Persen yang tidak keluar dari kedua angkanya salah di salah satu tempat.",
)
def absorption_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Percentages of rows that are neither rounded nor cut from their amounts."""
    for table, row in _rows(claims):
        exact = ratio(row.spent, row.budget)
        if exact is None or row.absorption is None:
            continue
        if judged(exact, row.absorption) is not Judged.WRONG:
            continue
        means = [each.absorption.value for each in table.tops if each.absorption]
        known = [value for value in means if value is not None]
        message = f"{_name(row)}: realisasi dibagi anggaran adalah {shown(exact)} %."
        if row.is_total and known:
            mean = sum(map(Fraction, known), Fraction(0)) / len(known)
            if judged(mean, row.absorption) is Judged.RIGHT:
                message += " Yang tercetak adalah rata-rata persen barisnya."
        yield Contradiction(
            message,
            places(row.spot),
            row.absorption.text,
            f"{shown(exact)} %",
            _mended(table, row),
        )


@REPORT.warning(
    "serapan-dipotong",
    "Persen serapan dibulatkan, tidak dipotong",
    source="kelaziman pembulatan setengah ke atas",
    explanation="99,1358 dibulatkan menjadi 99,14, bukan 99,13.",
)
def absorption_is_rounded(claims: Claims) -> Iterator[Contradiction]:
    """Percentages that were cut."""
    for _, row in _rows(claims):
        exact = ratio(row.spent, row.budget)
        if exact is not None and row.absorption and judged(exact, row.absorption) is Judged.CUT:
            yield Contradiction(
                f"{_name(row)}: serapan dipotong, bukan dibulatkan.",
                places(row.spot),
                row.absorption.text,
                f"{shown(exact, row.absorption.places)} %",
            )


@REPORT.error(
    "proporsi-salah",
    "Proporsi adalah bagian dari jumlah tabelnya",
    source="hitungan: anggaran / jumlah x 100",
    explanation="Proporsi semua baris bersama-sama adalah 100 %.",
)
def shares_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Shares of rows in the total of their table."""
    for table in claims.budgets:
        for total in table.totals[-1:]:
            for row in (*table.tops, total):
                exact = ratio(row.budget, total.budget)
                if exact is None or row.share is None:
                    continue
                if judged(exact, row.share) is not Judged.RIGHT:
                    yield Contradiction(
                        f"{_name(row)}: bagiannya {shown(exact)} % dari jumlah tabel.",
                        places(row.spot),
                        row.share.text,
                        f"{shown(exact)} %",
                    )


@REPORT.warning(
    "anggaran-terlampaui",
    "Realisasi tidak melebihi anggaran",
    source="PP 12/2019: belanja tidak melampaui anggaran yang tersedia",
    explanation="Serapan di atas 100 % biasanya salah ketik.",
)
def nothing_overspent(claims: Claims) -> Iterator[Contradiction]:
    """Rows that were overspent."""
    for _, row in _rows(claims):
        exact = ratio(row.spent, row.budget)
        if exact is not None and exact > 100 and row.spent and row.budget:
            yield Contradiction(
                f"{_name(row)}: realisasi melebihi anggaran.",
                places(row.spot),
                row.spent.text,
                f"paling banyak {row.budget.text}",
            )


@REPORT.error(
    "anggaran-antartabel",
    "Satu program atau kegiatan beranggaran sama di semua tabel",
    source="PermenPANRB 53/2014, reviu I.4 dan I.6",
    explanation="Anggaran dalam Perjanjian Kinerja, analisis, dan akuntabilitas keuangan sama.",
)
def tables_agree(claims: Claims) -> Iterator[Contradiction]:
    """Rows of one name in different tables, each pair of figures once."""
    named: dict[tuple[str, int], list[BudgetRow]] = {}
    for table in claims.budgets:
        own = [row for row in table.rows if not row.is_total]
        times = Counter(_key(row) for row in own)
        for row in own:
            if times[_key(row)] == 1:  # of two rows of one name nobody knows which is meant
                named.setdefault((_key(row), row.depth), []).append(row)
    for rows in named.values():
        for column, word in (_COLUMNS | {"absorption": "serapan"}).items():
            yield from _differing(rows, column, word)


@REPORT.error(
    "satuan-ribuan",
    "Satuan di kepala tabel cocok dengan angkanya",
    source="kewajaran: (Rp. 000) di atas angka penuh",
    explanation="«Dalam ribuan» di atas angka rupiah penuh melipatkan anggaran seribu kali.",
)
def unit_lines_fit(claims: Claims) -> Iterator[Contradiction]:
    """Thousands in the head over full amounts."""
    for table in claims.budgets:
        head = " ".join(cell for row in table.table.rows[:2] for cell in row.cells)
        stated = re.search(r"\(?(?:rp\.?\s*)?[.,]?000\)|dalam ribu|ribuan rupiah", head, re.I)
        values = [found.value for row in table.rows if (found := row.budget) and found.value]
        if stated and values and max(values) >= 10**8 and all(v % 1000 == 0 for v in values):
            yield Contradiction(
                "Kepala tabel menyebut ribuan rupiah, angkanya rupiah penuh.",
                places(table.table.rows[0].spot),
                stated[0],
                "Rp",
            )


def _sum_of(
    table: BudgetTable, parent: BudgetRow, children: Sequence[BudgetRow], column: str
) -> Iterator[Contradiction]:
    own, parts = _of(parent, column), [_of(child, column) for child in children]
    values = [part.value for part in parts if part is not None]
    known = [value for value in values if value is not None]
    if own is None or len(known) < len(children):
        return
    summed = sum(known, Decimal(0))
    wanted = own.value if own.value is not None else _only_reading(table, parent, column)
    if wanted is None or summed == wanted:
        return
    yield Contradiction(
        f"{len(children)} baris di bawah {_name(parent)} berjumlah {number(summed)} menurut "
        f"{_COLUMNS[column]}, programnya {number(wanted)}.",
        places(parent.spot),
        own.text,
        number(summed),
        _child_to_mend(children, column, wanted - summed),
    )


def _total_of(table: BudgetTable, total: BudgetRow, column: str) -> Iterator[Contradiction]:
    own = _of(total, column)
    if own is None or own.value is None:
        return
    sums = {}
    for label, rows in (("baris utama", table.tops), ("baris rincian", table.ends)):
        parts = [_of(row, column) for row in rows]
        known = [part.value for part in parts if part is not None and part.value is not None]
        if not known or len(known) < len(rows):
            continue
        sums[label] = sum(known, Decimal(0))
    if not sums or own.value in sums.values():
        return
    summed = next(iter(sums.values()))
    yield Contradiction(
        f"Jumlah tabel menurut {_COLUMNS[column]} adalah {number(summed)}.",
        places(total.spot),
        own.text,
        number(summed),
        _child_to_mend(table.tops, column, own.value - summed),
    )


def _only_reading(table: BudgetTable, row: BudgetRow, column: str) -> Decimal | None:
    """What a mistyped figure must be for the total of its table, if it can be read so."""
    own = _of(row, column)
    totals = [found.value for total in table.totals if (found := _of(total, column))]
    others = [_of(each, column) for each in table.tops if each is not row]
    values = [part.value for part in others if part is not None]
    if own is None or not totals or totals[-1] is None or None in values or row.depth:
        return None
    wanted = totals[-1] - sum((value for value in values if value is not None), Decimal(0))
    return wanted if wanted in own.readings else None


def _child_to_mend(children: Sequence[BudgetRow], column: str, missing: Decimal) -> str | None:
    """The one row that fits both its own percentage and the sum when the difference is put in."""
    fits = []
    for child in children:
        own = _of(child, column)
        if own is None or own.value is None or child.absorption is None or child.budget is None:
            continue
        value = own.value + missing
        mended = Fraction(value) / Fraction(child.budget.value) * 100 if child.budget.value else 0
        if column == "budget":
            mended = (
                Fraction(child.spent.value or 0) / Fraction(value) * 100
                if (child.spent and value)
                else Fraction(0)
            )
        now = ratio(child.spent, child.budget)
        is_off = now is not None and judged(now, child.absorption) is not Judged.RIGHT
        if is_off and value >= 0 and judged(mended, child.absorption) is Judged.RIGHT:
            fits.append((child, own, value))
    if len(fits) != 1:
        return None
    child, own, value = fits[0]
    percentage = child.absorption.text if child.absorption else ""
    return (
        f"{child.name}: {number(own.value or 0)} menjadi {number(value)} cocok dengan "
        f"{percentage} dan dengan jumlahnya"
    )


def _mended(table: BudgetTable, row: BudgetRow) -> str | None:
    parent = next((each for each in table.rows if row in table.children(each)), None)
    if parent is None or row.spent is None:
        return None
    own = _of(parent, "spent")
    wanted = own.value if own and own.value is not None else _only_reading(table, parent, "spent")
    parts = [_of(child, "spent") for child in table.children(parent)]
    if wanted is None or any(part is None or part.value is None for part in parts):
        return None
    summed = sum((part.value for part in parts if part and part.value is not None), Decimal(0))
    return _child_to_mend(table.children(parent), "spent", wanted - summed)


def _rows(claims: Claims) -> Iterator[tuple[BudgetTable, BudgetRow]]:
    for table in claims.budgets:
        for row in table.rows:
            yield table, row


def _of(row: BudgetRow, column: str) -> Amount | None:
    found: Amount | None = getattr(row, column)
    return found


def _equal(one: Amount, other: Amount) -> bool:
    if one.value is None or other.value is None:
        return True
    fewer = min(one.places, other.places)
    return one.value == other.value or (
        one.is_percent
        and judged(one.value, Amount("", other.value, fewer, True, False, False, 0, 0))
        is Judged.RIGHT
    )


def _differing(rows: Sequence[BudgetRow], column: str, word: str) -> Iterator[Contradiction]:
    """Each figure that is another than the first of its row's name."""
    stated = [(row, found) for row in rows if (found := _of(row, column)) is not None]
    for row, found in stated[1:]:
        first, own = stated[0]
        if not _equal(own, found):
            yield Contradiction(
                f"{_name(row)}: {word} berbeda di dua tabel.",
                places(first.spot, row.spot),
                own.text,
                found.text,
            )


def _key(row: BudgetRow) -> str:
    name = re.sub(r"^(?:sub\s+)?(?:program|kegiatan)\s*:?\s*", "", row.name.lower())
    return re.sub(r"[^a-z]", "", name)


def _name(row: BudgetRow) -> str:
    return "Jumlah" if row.is_total else row.name
