"""Targets of one indicator in several documents, and realisations beside them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from lkip.achievement import joined, realised_by_quarters
from lkip.checks.plan_subject import PLAN, PlanSubject, target_place, target_text
from lkip.figure import Figure
from lkip.findings import Contradiction
from lkip.plan import FromParts, Indicator, Stated, Target
from lkip.plan.values import RENSTRA
from skm.numerals import number, round_half_up
from skm.regulation import shipped_regulations

_AGREEMENTS = ("pk", "pk_perubahan")
_YEARLY_PLANS = (RENSTRA, "rkt")


@PLAN.error(
    "target-berbeda",
    "Target satu indikator sama di PK, IKU, dan tabel pengukuran",
    source="PermenPANRB 53/2014, reviu III.4",
    explanation="Target yang diukur harus yang diperjanjikan; dua angka berarti dua laporan.",
)
def targets_agree(subject: PlanSubject) -> Iterator[Contradiction]:
    """Targets of the year in agreements and tables, numbers with numbers."""
    for indicator in subject.plan.indicators:
        promised = [
            target
            for target in indicator.targets_of(subject.plan.year)
            if target.document not in _YEARLY_PLANS and target.number is not None
        ]
        for one, other in combinations(promised, 2):
            if one.number != other.number:
                yield _unequal(subject, indicator, one, other)


@PLAN.error(
    "target-mutu",
    "Target angka setara dengan target mutu yang diperjanjikan",
    source="PermenPANRB 53/2014, reviu III.4; skala mutu KEP/25/2004 dan PermenPANRB 14/2017",
    explanation="Angka target harus bermutu sama dengan huruf dalam PK pada satu skala.",
)
def grade_targets_agree(subject: PlanSubject) -> Iterator[Contradiction]:
    """The measured number beside a promised grade."""
    for indicator in subject.plan.indicators:
        measured = indicator.measured_target(subject.plan.year)
        if measured is None or measured.number is None:
            continue
        for target in indicator.targets_of(subject.plan.year):
            grades = _grades(indicator, measured.number)
            if target.grade is None or target.grade.upper() in grades:
                continue
            if target.grade.casefold() in _predicates(indicator, measured.number):
                continue
            yield Contradiction(
                f"Target {number(measured.number)} bermutu {' atau '.join(grades)}, sedangkan "
                f"{subject.title(target.document)} menjanjikan mutu {target.grade}.",
                (target_place(indicator, measured), target_place(indicator, target)),
                number(measured.number),
                f"angka bermutu {target.grade}",
            )


@PLAN.warning(
    "target-renstra",
    "Target setahun sama dengan target tahun itu dalam Renstra",
    source="PermenPANRB 53/2014, reviu III.2 dan III.3",
    explanation="Bila PK atau RKT berbeda dari Renstra, laporan perlu menjelaskannya.",
)
def renstra_agrees(subject: PlanSubject) -> Iterator[Contradiction]:
    """Agreements, RKT and tables against the Renstra of the same year."""
    for indicator in subject.plan.indicators:
        for target in indicator.targets:
            planned = indicator.target_in(RENSTRA, target.year)
            if planned is None or planned is target or planned.number is None:
                continue
            if target.number is not None and target.number != planned.number:
                yield _unequal(subject, indicator, target, planned)


@PLAN.warning(
    "target-mundur",
    "Target Renstra tidak memburuk dari tahun ke tahun",
    source="kewajaran: target jangka menengah menuju akhir Renstra",
    explanation="Target yang mundur biasanya salah ketik, misalnya 69 untuk 96.",
)
def targets_progress(subject: PlanSubject) -> Iterator[Contradiction]:
    """Renstra targets year by year."""
    for indicator in subject.plan.indicators:
        planned = sorted(
            (target for target in indicator.targets if target.document == RENSTRA),
            key=lambda target: target.year,
        )
        for before, after in pairwise(planned):
            if before.number is None or after.number is None:
                continue
            rise = after.number - before.number
            if rise < 0 if indicator.direction == "up" else rise > 0:
                yield Contradiction(
                    f"Target Renstra {after.year} ({number(after.number)}) lebih buruk daripada "
                    f"{before.year} ({number(before.number)}).",
                    (target_place(indicator, after), target_place(indicator, before)),
                    number(after.number),
                )


@PLAN.error(
    "tahun-target",
    "Target berdiri pada tahun dokumennya",
    source="kewajaran: PK dan RKT berlaku satu tahun",
    explanation="Target PK untuk tahun lain tidak pernah dibandingkan, jadi tahunnya salah ketik.",
)
def targets_are_of_their_year(subject: PlanSubject) -> Iterator[Contradiction]:
    """The years of targets against those of their documents."""
    plan = subject.plan
    renstra = plan.documents.get(RENSTRA)
    last = renstra.last_year if renstra else None
    for indicator in plan.indicators:
        for target in indicator.targets:
            if target.document == RENSTRA:
                continue
            expected = [plan.year, last]
            if target.document in _AGREEMENTS:
                expected = [plan.year]
            elif target.document == "rkt":
                expected = [plan.rkt.year if plan.rkt else plan.year, plan.year]
            dated = target.document in (*_AGREEMENTS, "rkt") or target.year >= plan.year
            if dated and target.year not in expected:
                yield Contradiction(
                    f"{subject.title(target.document)} tidak mencakup tahun {target.year}.",
                    (target_place(indicator, target),),
                    str(target.year),
                    " atau ".join(str(year) for year in dict.fromkeys(expected) if year),
                )


@PLAN.error(
    "target-melampaui-skala",
    "Target dan realisasi indeks berada pada 25 sampai 100, persen tidak negatif",
    source="PermenPANRB 14/2017, skala indeks",
    explanation="Indeks kepuasan tidak dapat di bawah 25 atau di atas 100.",
)
def within_scale(subject: PlanSubject) -> Iterator[Contradiction]:
    """Figures of indicators that a survey scale grades."""
    for indicator in subject.plan.indicators:
        if not indicator.scales:
            continue
        figures = [
            (target_place(indicator, target), target.number)
            for target in indicator.targets
            if target.number is not None
        ]
        figures += [
            (f"indikator {indicator.id}, realisasi {stated.year}", stated.value)
            for stated in indicator.realisations
            if isinstance(stated, Stated)
        ]
        for place, value in figures:
            if not 25 <= value <= 100:
                yield Contradiction(
                    f"Indeks {number(value)} berada di luar 25 sampai 100.",
                    (place,),
                    number(value),
                    "25 sampai 100",
                )


@PLAN.error(
    "realisasi-triwulan",
    "Realisasi setahun sama dengan gabungan triwulannya",
    source="aturan join indikator dalam rencana; PermenPANRB 53/2014 Lampiran II.E",
    explanation="Angka setahun harus keluar dari triwulan menurut cara gabung yang dipilih.",
)
def quarters_make_the_year(subject: PlanSubject) -> Iterator[Contradiction]:
    """Stated figure and target of the year against the quarters joined."""
    year = subject.plan.year
    for indicator in subject.plan.indicators:
        if not indicator.quarters or indicator.join is None:
            continue
        found = next(
            part for part in subject.results.indicators if part.indicator is indicator
        ).realised.figure
        if indicator.realisation_of(year) is not None:
            place = f"indikator {indicator.id}, realisasi {year}"
            yield from _joined(place, found.shown, realised_by_quarters(indicator))
        measured = indicator.measured_target(year)
        if measured is not None:
            filled = {part.quarter: part.target for part in indicator.quarters}
            parts = [filled.get(quarter) for quarter in range(1, 5)]
            figure = joined(parts, indicator.join)
            yield from _joined(target_place(indicator, measured), measured.number, figure)


@PLAN.error(
    "bagian-melebihi-keseluruhan",
    "Pembilang tidak melebihi penyebut",
    source="hitungan: bagian dari keseluruhan",
    explanation="Tujuh dari lima desa tidak mungkin.",
)
def parts_within_whole(subject: PlanSubject) -> Iterator[Contradiction]:
    """Numerators of percentages."""
    for indicator in subject.plan.indicators:
        for part in indicator.realisations:
            if not isinstance(part, FromParts) or indicator.unit != "%":
                continue
            if part.numerator > part.denominator:
                yield Contradiction(
                    f"Pembilang {number(part.numerator)} melebihi penyebut "
                    f"{number(part.denominator)}.",
                    (f"indikator {indicator.id}, realisasi {part.year}",),
                    number(part.numerator),
                    f"paling banyak {number(part.denominator)}",
                )


def _joined(place: str, stated: Decimal | None, figure: Figure) -> Iterator[Contradiction]:
    if stated is None or figure.shown is None or round_half_up(stated, 2) == figure.shown:
        return
    yield Contradiction(
        f"Triwulan menghasilkan {number(figure.shown)}, tertulis {number(stated)}.",
        (place,),
        number(stated),
        number(figure.shown),
    )


def _unequal(
    subject: PlanSubject, indicator: Indicator, one: Target, other: Target
) -> Contradiction:
    return Contradiction(
        f"Target {one.year} adalah {target_text(one)} menurut {subject.title(one.document)}, "
        f"tetapi {target_text(other)} menurut {subject.title(other.document)}.",
        (target_place(indicator, one), target_place(indicator, other)),
        target_text(one),
        target_text(other),
    )


def _grades(indicator: Indicator, value: Decimal) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            regulation.scale.band(value).grade
            for regulation in shipped_regulations()
            if not indicator.scales or regulation.id in indicator.scales
        )
    )


def _predicates(indicator: Indicator, value: Decimal) -> tuple[str, ...]:
    return tuple(
        regulation.scale.band(value).predicate.casefold()
        for regulation in shipped_regulations()
        if not indicator.scales or regulation.id in indicator.scales
    )
