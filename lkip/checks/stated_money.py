"""Money in running text: percentages, parts that make a whole, amounts of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from lkip.checks.report_subject import REPORT, Judged, judged, listed, places, shown
from lkip.claims import Claims
from lkip.claims.figures import Amount, amounts
from lkip.claims.report import Paragraph
from lkip.claims.statements import Statement, statements
from lkip.findings import Contradiction
from skm.numerals import number, percent, rupiah

_PARTED = re.compile(r"terdiri|meliputi|merupakan|rincian|yaitu", re.IGNORECASE)
_ITEM = re.compile(
    r"^\s*(?:[-•–]|[a-z][.)])?\s*(?P<name>belanja\s[^:]*?)\s*:?\s*rp", re.IGNORECASE
)
_FEWEST_PLACES = 2


@REPORT.error(
    "persen-teks",
    "Persen di belakang jumlah uang keluar dari jumlah itu",
    source="hitungan: bagian dari anggaran yang disebut laporan",
    explanation="Jumlah uang dan persen dalam satu kalimat adalah satu fakta.",
)
def stated_percentages_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Percentages that no amount of the report gives."""
    for stated, wholes in _with_percent(claims):
        if stated.percent is None or _verdict(stated, wholes) is not Judged.WRONG:
            continue
        part = _part_meant(claims, stated)
        yield Contradiction(
            f"{stated.percent.text} tidak keluar dari {stated.money.text}.",
            places(stated.paragraph.spot),
            f"{stated.money.text} {stated.between.strip()} {stated.percent.text}",
            _expected(stated, wholes) if part is None else None,
            part,
        )


@REPORT.warning(
    "persen-teks-dipotong",
    "Persen di belakang jumlah uang dibulatkan, tidak dipotong",
    source="kelaziman pembulatan setengah ke atas",
    explanation="39,355 dibulatkan menjadi 39,36, bukan 39,35.",
)
def stated_percentages_are_rounded(claims: Claims) -> Iterator[Contradiction]:
    """Percentages in text that were cut."""
    for stated, wholes in _with_percent(claims):
        if stated.percent is not None and _verdict(stated, wholes) is Judged.CUT:
            yield Contradiction(
                f"Persen dari {stated.money.text} dipotong.",
                places(stated.paragraph.spot),
                stated.percent.text,
                _expected(stated, wholes),
            )


@REPORT.error(
    "persen-berbeda",
    "Satu fakta memiliki satu persen",
    source="hitungan: satu realisasi satu persen",
    explanation="89,58 % di depan dan 89,5 % di belakang adalah dua angka untuk satu hal.",
)
def one_fact_one_percentage(claims: Claims) -> Iterator[Contradiction]:
    """One amount with different percentages, in text and in tables of activities."""
    tied: dict[Decimal, list[tuple[Amount, object]]] = {}
    for stated, _ in _with_percent(claims):
        if stated.percent is not None and stated.money.value is not None:
            tied.setdefault(stated.money.value, []).append((stated.percent, stated.paragraph.spot))
    for found in tied.values():
        yield from _differing(found)
    for activity in claims.activities:
        if activity.budget is None or activity.budget.value is None:
            continue
        for printed, spot in activity.percents:
            for table in claims.budgets:
                for row in table.rows:
                    same = row.budget is not None and row.budget.value == activity.budget.value
                    if same and row.absorption and row.absorption.value != 100 and not row.depth:
                        yield from _differing([(row.absorption, row.spot), (printed, spot)])


@REPORT.warning(
    "serapan-kegiatan-dipotong",
    "Persen realisasi kegiatan dibulatkan, tidak dipotong",
    source="hitungan: realisasi / anggaran kegiatan x 100",
    explanation="Persen kegiatan dalam analisis sama dengan serapannya dalam tabel anggaran.",
)
def activity_percentages_are_rounded(claims: Claims) -> Iterator[Contradiction]:
    """Percentages of activities against the amounts of the budget table."""
    for activity in claims.activities:
        if activity.budget is None or activity.budget.value is None:
            continue
        exact = _absorbed(claims, activity.budget.value)
        for printed, spot in activity.percents if exact is not None else ():
            if exact is not None and judged(exact, printed) is Judged.CUT:
                yield Contradiction(
                    f"{activity.name}: serapan dipotong.",
                    places(spot),
                    printed.text,
                    f"{shown(exact, printed.places)} %",
                )


@REPORT.error(
    "dana-kegiatan",
    "Dana kegiatan dalam analisis ada dalam tabel anggaran",
    source="PermenPANRB 53/2014, reviu I.6",
    explanation="Dana dan realisasi kegiatan sama dengan barisnya dalam akuntabilitas keuangan.",
)
def activity_funds_are_in_the_budget(claims: Claims) -> Iterator[Contradiction]:
    """Funds of activities that no row of a budget table has."""
    rows = [row for table in claims.budgets for row in table.rows if not row.is_total]
    if not any(row.spent for row in rows):
        return
    for activity in claims.activities:
        if activity.budget is None:
            continue
        same = [row for row in rows if row.budget and row.budget.value == activity.budget.value]
        spot = activity.table.spot
        if not same:
            named = [row for row in rows if _letters(row.name) == _letters(activity.name)]
            expected = named[0].budget.text if named and named[0].budget else None
            yield Contradiction(
                f"{activity.name}: dana {activity.budget.text} tidak ada dalam tabel anggaran.",
                places(spot, *(row.spot for row in named[:1])),
                activity.budget.text,
                expected,
            )
        elif activity.spent is not None:
            spent = {row.spent.value for row in same if row.spent}
            if spent and activity.spent.value not in spent:
                expected = number(next(iter(value for value in spent if value is not None), 0), 2)
                yield Contradiction(
                    f"{activity.name}: realisasi dana berbeda dari tabel anggaran.",
                    places(spot, same[0].spot),
                    activity.spent.text,
                    expected,
                )


@REPORT.error(
    "bagian-anggaran",
    "Bagian-bagian anggaran dalam teks berjumlah keseluruhannya",
    source="hitungan: belanja langsung + tidak langsung; jenis belanja",
    explanation="Bagian yang disebut bersama keseluruhannya harus berjumlah sama.",
)
def parts_make_the_whole(claims: Claims) -> Iterator[Contradiction]:
    """Sentences of a whole with its parts, and lists of kinds of spending under theirs."""
    for paragraph in claims.paragraphs:
        money = [each for each in amounts(paragraph.text) if each.is_money and each.value]
        if len(money) < 3 or not _PARTED.search(paragraph.text[money[0].end : money[1].start]):
            continue
        whole, parts = money[0], money[1:]
        summed = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        if whole.value != summed:
            yield Contradiction(
                f"Bagiannya berjumlah {rupiah(summed)}.",
                places(paragraph.spot),
                whole.text,
                rupiah(summed),
            )
    yield from _listed_kinds(claims)


@REPORT.warning(
    "anggaran-tanpa-sasaran",
    "Anggaran per sasaran mencakup seluruh belanja program",
    source="PermenPANRB 88/2021, anggaran per sasaran",
    explanation="Bagian yang tidak terikat sasaran perlu disebut, misalnya sebagai penunjang.",
)
def all_money_has_a_sasaran(claims: Claims) -> Iterator[Contradiction]:
    """Shares of sasaran in text that leave money untold."""
    if re.search(r"penunjang\s*\(|tidak terikat", claims.text, re.IGNORECASE) or any(
        "penunjang" in row.name.lower() for table in claims.budgets for row in table.rows
    ):
        return
    shares = [
        stated
        for stated in statements(claims.paragraphs)
        if stated.percent is not None and "sasaran" in stated.between.lower()
    ]
    told = sum(
        (stated.percent.value or Decimal(0) for stated in shares if stated.percent), Decimal(0)
    )
    if len(shares) > 1 and told < 99:
        yield Contradiction(
            f"Sasaran bersama-sama memakai {percent(told)} belanja; "
            f"{percent(100 - told)} tidak terikat sasaran.",
            places(*(stated.paragraph.spot for stated in shares)),
            percent(told),
            "100 %, atau penjelasan sisanya",
        )


def _with_percent(claims: Claims) -> Iterator[tuple[Statement, list[Decimal]]]:
    """Statements with a percentage, and the amounts that each may be a part of."""
    every = list(statements(claims.paragraphs))
    known = {stated.money.value for stated in every} | {
        figure.value
        for table in claims.budgets
        for row in table.rows
        for figure in (row.budget, row.spent)
        if figure is not None
    }
    amounts_known = sorted(value for value in known if value)
    for stated in every:
        if stated.percent is None or not stated.money.value:
            continue
        of_label = {
            other.money.value
            for other in every
            if other.label == stated.label and other.money.value
        }
        wholes = [value for value in amounts_known if value >= stated.money.value]
        close = [value for value in wholes if value in of_label]
        if stated.percent.places < _FEWEST_PLACES and close:
            wholes = close
        yield stated, wholes


def _verdict(stated: Statement, wholes: list[Decimal]) -> Judged:
    if stated.percent is None or stated.money.value is None:
        return Judged.RIGHT
    part = Fraction(stated.money.value)
    found = {judged(part / Fraction(whole) * 100, stated.percent) for whole in wholes}
    return next((each for each in (Judged.RIGHT, Judged.CUT) if each in found), Judged.WRONG)


def _expected(stated: Statement, wholes: list[Decimal]) -> str | None:
    if stated.percent is None or stated.money.value is None:
        return None
    for whole in wholes:
        exact = Fraction(stated.money.value) / Fraction(whole) * 100
        if judged(exact, stated.percent) is Judged.CUT:
            return f"{shown(exact, max(2, stated.percent.places))} %"
    return None


def _part_meant(claims: Claims, stated: Statement) -> str | None:
    """The amount that the percentage of the stated one gives, where the report has it."""
    if stated.percent is None or not stated.percent.value or not stated.money.value:
        return None
    for table in claims.budgets:
        for row in table.rows:
            if row.budget and row.budget.value:
                exact = Fraction(row.budget.value) / Fraction(stated.money.value) * 100
                if judged(exact, stated.percent) is Judged.RIGHT and exact != 100:
                    return (
                        f"{row.budget.text} ({row.name}) adalah {stated.percent.text} dari "
                        f"{stated.money.text}"
                    )
    return None


def _differing(found: list[tuple[Amount, object]]) -> Iterator[Contradiction]:
    for (one, here), (other, there) in combinations(found, 2):
        if one.value != other.value:
            # the share of a whole and the absorption are two facts of one amount
            if one.value is None or other.value is None or abs(one.value - other.value) > 1:
                continue
            yield Contradiction(
                "Satu fakta disebut dengan dua persen.",
                places(here, there),
                listed((one.text, other.text)),
                "satu persen",
            )


def _absorbed(claims: Claims, budget: Decimal) -> Fraction | None:
    for table in claims.budgets:
        for row in table.rows:
            if row.budget and row.budget.value == budget and row.spent and row.spent.value:
                return Fraction(row.spent.value) / Fraction(budget) * 100
    return None


def _listed_kinds(claims: Claims) -> Iterator[Contradiction]:
    paragraphs = claims.paragraphs
    for place, paragraph in enumerate(paragraphs):
        whole = _single(paragraph)
        parts: list[Amount] = []
        for following in paragraphs[place + 1 : place + 6]:
            part = _single(following)
            if part is None and not re.search(r"rp\.?\s*[-–]", following.text, re.IGNORECASE):
                break
            parts += [part] if part else []
        is_kind = "pegawai" in (paragraphs[place + 1].text.lower() if parts else "")
        if whole is None or len(parts) < 2 or not is_kind:
            continue
        summed = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        if whole.value != summed:
            yield Contradiction(
                f"Jenis belanja di bawahnya berjumlah {rupiah(summed)}.",
                places(paragraph.spot),
                whole.text,
                rupiah(summed),
            )


def _single(paragraph: Paragraph) -> Amount | None:
    if not _ITEM.match(paragraph.text):
        return None
    found = [each for each in amounts(paragraph.text) if each.is_money and each.value is not None]
    return found[0] if len(found) == 1 else None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
