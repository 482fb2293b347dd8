"""One indicator in several tables: its target, its realisation, its grade and its unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from lkip.checks.report_subject import REPORT, listed, places
from lkip.claims import Claims
from lkip.claims.figures import amounts
from lkip.claims.performance import Entry, IndicatorRow, grouped
from lkip.findings import Contradiction
from skm.numerals import number, round_half_up
from skm.regulation import shipped_regulations

_PROMISING = ("pk", "pk_perubahan", "ukur")
_LOWEST_INDEX = 25
_FEWEST_YEARS = 4


@dataclass(frozen=True)
class Stated:
    """A figure of an indicator and the row it stands in."""

    row: IndicatorRow
    entry: Entry


@REPORT.error(
    "target-berbeda",
    "Target satu indikator sama di Perjanjian Kinerja dan semua tabel pengukuran",
    source="PermenPANRB 53/2014, reviu III.4",
    explanation="Target yang diukur adalah yang diperjanjikan; Renstra ikut disebut.",
)
def targets_agree(claims: Claims) -> Iterator[Contradiction]:
    """Targets of the year, numbers with numbers and grades with grades."""
    for group in grouped(claims.indicators):
        promised = _stated(group, "target", claims.year, _PROMISING)
        if not promised or _agree(promised):
            continue
        planned = _stated(group, "target", claims.year, ("renstra",))
        everything = (*promised, *planned)
        yield Contradiction(
            f"{group[0].name}: target {claims.year or ''} berbeda-beda.",
            places(*(stated.entry.spot for stated in everything)),
            listed(f"{stated.row.table.name}: {stated.entry.text}" for stated in everything),
            "satu target, yaitu yang diperjanjikan",
        )


@REPORT.error(
    "target-akhir-berbeda",
    "Target akhir Renstra sama dengan target tahun terakhir dalam Renstra",
    source="PermenPANRB 53/2014, Bab III.A butir 3",
    explanation="Tingkat kemajuan diukur terhadap target akhir yang tercantum dalam Renstra.",
)
def final_targets_agree(claims: Claims) -> Iterator[Contradiction]:
    """Final targets of tables against the last year of the Renstra."""
    for group in grouped(claims.indicators):
        finals = _finals(group)
        for row in group:
            years = [int(role.split()[1]) for role in row.cells if role.startswith("target 20")]
            if row.document != "renstra" or not years:
                continue
            last = row.cells[f"target {max(years)}"]
            for stated in finals:
                if None not in (last.value, stated.entry.value) and (
                    last.value != stated.entry.value
                ):
                    yield Contradiction(
                        f"{group[0].name}: target akhir Renstra ({max(years)}) adalah "
                        f"{last.text}.",
                        places(stated.entry.spot, last.spot),
                        stated.entry.text,
                        last.text,
                    )


@REPORT.warning(
    "target-mundur",
    "Target Renstra tidak turun dari tahun ke tahun, kecuali memang makin rendah makin baik",
    source="kewajaran: target jangka menengah menuju akhir Renstra",
    explanation="Satu target yang turun di antara yang naik biasanya salah ketik.",
)
def targets_progress(claims: Claims) -> Iterator[Contradiction]:
    """Renstra targets that leave the direction of the others."""
    for row in claims.indicators:
        cells = {
            int(role.split()[1]): entry
            for role, entry in row.cells.items()
            if role.startswith("target 20") and entry.value is not None
        }
        planned = sorted(cells.items())
        if row.document != "renstra" or len(planned) < _FEWEST_YEARS:
            continue
        steps = [
            (after, after.value - before.value)
            for (_, before), (_, after) in pairwise(planned)
            if after.value is not None and before.value is not None
        ]
        falls = [entry for entry, step in steps if step < 0]
        if falls and len(falls) * 2 < len(steps):
            yield Contradiction(
                f"{row.name}: target Renstra turun.",
                places(falls[0].spot),
                ", ".join(entry.text for _, entry in planned),
            )


@REPORT.error(
    "realisasi-berbeda",
    "Realisasi satu indikator untuk satu tahun sama di semua tabel",
    source="PermenPANRB 53/2014, Bab III.A; hitungan: satu fakta satu angka",
    explanation="Satu indikator tidak dapat memiliki dua realisasi pada tahun yang sama.",
)
def realisations_agree(claims: Claims) -> Iterator[Contradiction]:
    """Realisations by year, the index of the survey table among them."""
    for group in grouped(claims.indicators):
        years = {
            int(role.split()[1])
            for row in group
            for role in row.cells
            if role.startswith("realisation 20")
        } | ({claims.year} if claims.year else set())
        for year in sorted(years):
            own = year == claims.year
            stated = [
                Stated(row, entry)
                for row in group
                if (entry := row.cells.get(f"realisation {year}"))
                or (own and (entry := row.cells.get("realisation")))
            ]
            stated = [each for each in stated if each.entry.value is not None]
            index = _index(claims) if own and group[0].is_survey else None
            values = {each.entry.value for each in stated} | ({index[0]} if index else set())
            if len(values) < 2 or (index and _only_rounded(values, index[0])):
                continue
            texts = [f"{each.row.table.name}: {each.entry.text}" for each in stated]
            spots = [each.entry.spot for each in stated]
            yield Contradiction(
                f"{group[0].name}: realisasi {year} berbeda-beda.",
                (*places(*spots), *([index[1]] if index else [])),
                listed([*texts, *([f"{index[1]}: {number(index[0])}"] if index else [])]),
                "satu realisasi",
            )


@REPORT.error(
    "mutu-angka",
    "Huruf mutu cocok dengan angkanya pada salah satu skala",
    source="KEP/25/M.PAN/2/2004 dan PermenPANRB 14/2017, skala mutu",
    explanation="100 dan 97,30 bermutu A menurut kedua skala, bukan B.",
)
def grades_fit(claims: Claims) -> Iterator[Contradiction]:
    """Letters beside figures that no scale gives."""
    for row, entry in _graded(claims):
        value = entry.value
        fitting = _fitting(value) if value is not None else {}
        if fitting and not set(entry.grades) & set(fitting.values()):
            right = " atau ".join(sorted(set(fitting.values())))
            yield Contradiction(
                f"{row.name}: {entry.amount.text if entry.amount else ''} bermutu {right}.",
                places(entry.spot),
                entry.text,
                right,
            )


@REPORT.error(
    "mutu-dua-skala",
    "Semua huruf mutu satu laporan mengikuti satu skala",
    source="KEP/25/M.PAN/2/2004 dan PermenPANRB 14/2017, skala mutu",
    explanation="85 adalah A menurut skala 2004 dan B menurut skala 2017; pilih satu.",
)
def one_scale(claims: Claims) -> Iterator[Contradiction]:
    """Letters that no single scale explains, those that fit none left to the other check."""
    found = [
        (entry, set(fitting))
        for _, entry in _graded(claims)
        if entry.value is not None
        and len(entry.grades) == 1
        and (
            fitting := {
                scale for scale, g in _fitting(entry.value).items() if g == entry.grades[0]
            }
        )
    ]
    if not found or set.intersection(*(scales for _, scales in found)):
        return
    telling = [entry for entry, scales in found if len(scales) == 1]
    yield Contradiction(
        "Huruf mutu mengikuti dua skala yang berbeda.",
        places(*(entry.spot for entry in telling)),
        listed(entry.text for entry in telling),
        "satu skala",
    )


@REPORT.error(
    "indeks-persen",
    "Indeks kepuasan ditulis sebagai indeks, bukan persen",
    source="PermenPANRB 14/2017: indeks 25 sampai 100",
    explanation="Indeks bukan persen dari apa pun; 69,46 bukan 69,46 %.",
)
def index_is_no_percentage(claims: Claims) -> Iterator[Contradiction]:
    """Percent signs on targets and realisations of the survey, once a row."""
    for row in claims.indicators:
        if not row.is_survey or row.document == "rkt":
            continue
        marked = [
            entry
            for role, entry in row.cells.items()
            if role.split()[0] in ("target", "final_target", "realisation")
            and any(found.is_percent for found in amounts(entry.text))
        ]
        if marked:
            yield Contradiction(
                "Indeks kepuasan ditulis sebagai persen.",
                places(row.spot),
                listed(entry.text for entry in marked),
                listed(entry.text.replace("%", "").strip() for entry in marked),
            )


@REPORT.error(
    "indeks-serapan",
    "Indeks kepuasan bukan angka serapan anggaran",
    source="kewajaran: angka yang sama persis di dua tempat yang tidak berhubungan",
    explanation="97,30 % adalah serapan program pelayanan; indeksnya berasal dari survei.",
)
def index_is_no_absorption(claims: Claims) -> Iterator[Contradiction]:
    """Realisations of the survey that equal the absorption of a budget row."""
    told: set[Decimal] = set()
    for row in claims.indicators:
        if not row.is_survey or not claims.year:
            continue
        entry = row.of("realisation", claims.year)
        value = entry.value if entry else None
        if entry is None or value is None or value in told or value == 100:
            continue
        for table in claims.budgets:
            for line in table.rows:
                if line.absorption and line.absorption.value == value and not line.is_total:
                    told.add(value)
                    yield Contradiction(
                        f"Realisasi indeks {entry.text} sama dengan serapan {line.name}.",
                        places(entry.spot, line.spot),
                        entry.text,
                        "indeks dari tabel survei",
                    )


@REPORT.error(
    "tahun-kolom",
    "Kolom realisasi memakai tahun laporan, kecuali tahun pembanding di sebelahnya",
    source="PermenPANRB 53/2014, Bab III.A butir 4",
    explanation="Pembandingan dengan nasional memakai realisasi tahun laporan.",
)
def columns_are_of_the_year(claims: Claims) -> Iterator[Contradiction]:
    """Tables whose only realisation is of another year."""
    told: set[str] = set()
    for row in claims.indicators:
        years = {int(r.split()[1]) for r in row.cells if r.startswith("realisation 20")}
        if claims.year and years and claims.year not in years and row.table.name not in told:
            if "realisation" in row.cells or row.document != "ukur":
                continue
            told.add(row.table.name)
            yield Contradiction(
                f"Kolom realisasi menyebut tahun {max(years)}, laporannya tahun {claims.year}.",
                places(row.table.rows[0].spot),
                f"Th. {max(years)}",
                f"Th. {claims.year}",
            )


def _stated(
    group: Sequence[IndicatorRow], role: str, year: int | None, documents: Sequence[str]
) -> list[Stated]:
    found = []
    for row in group:
        entry = row.of(role, year)
        if row.document in documents and entry and not entry.is_blank:
            found.append(Stated(row, entry))
    return found


def _finals(group: Sequence[IndicatorRow]) -> list[Stated]:
    return [
        Stated(row, entry)
        for row in group
        for role, entry in row.cells.items()
        if role.split()[0] == "final_target" and not entry.is_blank
    ]


def _agree(stated: Sequence[Stated]) -> bool:
    """Whether numbers are equal, and grades; a cell with both agrees with either."""
    values = {each.entry.value for each in stated if each.entry.value is not None}
    letters = [set(each.entry.grades) for each in stated if each.entry.grades]
    return len(values) < 2 and (not letters or bool(set.intersection(*letters)))


def _index(claims: Claims) -> tuple[Decimal, str] | None:
    """The index that a survey table prints, and its place."""
    for table in claims.surveys:
        score = table.mean.score if table.mean else None
        if table.mean and score and score.value is not None:
            return score.value, str(table.mean.spot)
    return None


def _only_rounded(values: set[Decimal | None], index: Decimal) -> bool:
    """Whether all figures are the index, printed with fewer decimals perhaps."""
    return all(
        round_half_up(index, max(0, -int(value.as_tuple().exponent))) == value
        for value in values
        if value is not None
    )


def _graded(claims: Claims) -> Iterator[tuple[IndicatorRow, Entry]]:
    """Cells of the survey that hold a figure and a letter, without the scale named beside it."""
    for row in claims.indicators:
        for role, entry in row.cells.items():
            wanted = role.split()[0] in ("target", "final_target", "realisation")
            is_graded = (
                wanted and row.is_survey and entry.grades and "pk" not in entry.text.lower()
            )
            if is_graded and entry.value is not None and entry.value >= _LOWEST_INDEX:
                yield row, entry


def _fitting(value: Decimal) -> dict[str, str]:
    """The grade of a figure by scale."""
    return {r.scale.id: r.scale.band(value).grade for r in shipped_regulations()}
