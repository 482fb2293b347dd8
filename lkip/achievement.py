"""Achievement of indicators and sasaran: realisation against target, classes, progress.

PermenPANRB 53/2014 fixes no formula and no class; the plan names both and the report says so.
What is computed from a figure uses it as it is printed, rounded half up to 2 decimals: a reader
who recomputes from the page gets the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lkip.figure import Figure, State
from lkip.plan import AchievementClass, FromParts, Indicator, Stated, Success, Target
from lkip.plan.performance import Direction, Formula, Join
from skm.numerals import number
from skm.regulation import Band, Scale


@dataclass(frozen=True)
class GradeVerdict:
    """Whether a target that is a grade or predicate was met on one scale.

    Attributes:
        required: the class that the target names on this scale.
        reached: the class of the realisation; None while that is not there.
    """

    target: Target
    scale: Scale
    required: Band
    reached: Band | None

    @property
    def met(self) -> bool | None:
        """Met when the class reached is the required one or better; None while unknown."""
        return None if self.reached is None else self.reached.level >= self.required.level


@dataclass(frozen=True)
class Achievement:
    """What an indicator achieved in a year.

    Attributes:
        target: the one it is measured against; None where a year has no single one.
        realised: the realisation, in the unit of the indicator.
        raw: achievement in percent before any cap.
        counted: the same, at most the cap of the indicator.
        category: class of ``counted``; None where that is not computed.
        verdicts: on every target of the year that is a grade or predicate, one a scale.
    """

    indicator: Indicator
    year: int
    target: Target | None
    realised: Figure
    raw: Figure
    counted: Figure
    category: AchievementClass | None
    verdicts: tuple[GradeVerdict, ...]

    @property
    def is_grade_only(self) -> bool:
        """Whether it is measured against a grade, so that there is no percentage of it."""
        return self.target is not None and self.target.grade is not None


@dataclass(frozen=True)
class SasaranAchievement:
    """What a sasaran achieved in a year.

    Attributes:
        members: the achievements of its indicators.
        figure: mean of the members' printed percentages.
        category: class of that mean.
        left_out: members measured against a grade, which enter no mean.
        verdict: the plan's word for it (berhasil or not); None where that cannot be said.
    """

    members: tuple[Achievement, ...]
    figure: Figure
    category: AchievementClass | None
    left_out: tuple[Achievement, ...]
    verdict: str | None


@dataclass(frozen=True)
class YearRow:
    """One year of an indicator beside the others; ``change`` is against the row before."""

    year: int
    target: Target | None
    realised: Figure
    achieved: Figure
    change: Decimal | None


def percentage(
    formula: Formula, direction: Direction, target: Decimal, realised: Decimal
) -> Figure:
    """Achievement in percent by one of the formulas in use.

    ``ratio``: R/T for up, T/R for down. ``difference``: (T - (R - T))/T. ``stable``: R/T up to
    the target, beyond it 100 less the excess. A target 0 is reached by 0 where less is better;
    everything else that would divide by 0 is not computable.

    >>> percentage("ratio", "up", Decimal(85), Decimal("69.46")).shown
    Decimal('81.72')
    >>> [percentage(rule, "down", Decimal(10), Decimal(12)).shown
    ...  for rule in ("difference", "ratio", "stable")]
    [Decimal('80.00'), Decimal('83.33'), Decimal('80.00')]
    >>> percentage("difference", "down", Decimal(0), Decimal(3)).state.value
    'tidak dapat dihitung'
    """
    if target == 0:
        return _against_zero(direction, realised)
    share = Fraction(realised) / Fraction(target)
    if formula == "difference":
        return Figure.of((2 - share) * 100)
    if formula == "stable":
        return Figure.of(min(share, 2 - share) * 100)
    if direction == "up":
        return Figure.of(share * 100)
    if realised <= 0:
        return Figure.not_computable(
            f"realisasi {number(realised)} tidak dapat membagi pada rumus target/realisasi"
        )
    return Figure.of(100 / share)


def measure(
    indicator: Indicator,
    year: int,
    realised: Figure,
    classes: Sequence[AchievementClass],
    scales: Iterable[Scale] = (),
) -> Achievement:
    """The achievement of an indicator.

    Args:
        realised: the realisation, an index of the survey among them; it counts as printed.
        classes: of achievement, best first, as the plan gives them.
        scales: that grade targets are judged on; those the indicator does not name are passed
            over.
    """
    target = indicator.measured_target(year)
    raw = _achieved(indicator, target, realised)
    counted = raw
    if raw.exact is not None and indicator.cap is not None:
        counted = Figure.of(min(raw.exact, Fraction(indicator.cap)))
    named = [scale for scale in scales if not indicator.scales or scale.id in indicator.scales]
    return Achievement(
        indicator=indicator,
        year=year,
        target=target,
        realised=realised,
        raw=raw,
        counted=counted,
        category=class_of(counted, classes),
        verdicts=tuple(_verdicts(indicator.targets_of(year), realised, named)),
    )


def class_of(figure: Figure, classes: Sequence[AchievementClass]) -> AchievementClass | None:
    """The class of a percentage, taken on the printed figure; None where there is none.

    >>> classes = [AchievementClass("SANGAT BAIK", above=Decimal(100)), AchievementClass("BAIK")]
    >>> [class_of(Figure.of(Decimal(value)), classes).name for value in ("100.004", "100.005")]
    ['BAIK', 'SANGAT BAIK']
    """
    shown = figure.shown
    if shown is None:
        return None
    return next((category for category in classes if category.reached_by(shown)), None)


def sasaran_achievement(
    members: Sequence[Achievement],
    classes: Sequence[AchievementClass],
    success: Success | None = None,
) -> SasaranAchievement:
    """The achievement of a sasaran from those of its indicators.

    A member that is not filled in or not computable leaves the whole without a figure: left
    out, it would count as reached. Where every member is measured against a grade, the sasaran
    is successful when all are met on every scale.
    """
    counting = [member for member in members if not member.is_grade_only]
    left_out = tuple(member for member in members if member.is_grade_only)
    figure = _mean(counting)
    category = class_of(figure, classes)
    return SasaranAchievement(
        members=tuple(members),
        figure=figure,
        category=category,
        left_out=left_out,
        verdict=_verdict(success, category, classes, () if counting else left_out),
    )


def progress(indicator: Indicator, final: Target | None, realised: Figure) -> Figure:
    """Tingkat kemajuan: the realisation against the target of the end of the Renstra.

    Computed by the formula of the indicator, so that less is progress where less is better.
    """
    if final is None:
        return Figure.not_computable("target akhir Renstra tidak ada")
    return _achieved(indicator, final, realised)


def by_year(indicator: Indicator, realised: Mapping[int, Figure]) -> tuple[YearRow, ...]:
    """The years of an indicator, oldest first, each with its change against the one before."""
    rows: list[YearRow] = []
    for year in sorted(realised):
        target = indicator.measured_target(year)
        before = rows[-1].realised.shown if rows else None
        now = realised[year].shown
        rows.append(
            YearRow(
                year=year,
                target=target,
                realised=realised[year],
                achieved=_achieved(indicator, target, realised[year]),
                change=None if before is None or now is None else now - before,
            )
        )
    return tuple(rows)


def national_difference(indicator: Indicator, year: int, realised: Figure) -> Decimal | None:
    """Realisation less the national figure of the year; None, printed blank, without one."""
    national, shown = indicator.national_of(year), realised.shown
    return None if national is None or shown is None else shown - national.value


def recorded(realisation: Stated | FromParts) -> Figure:
    """The realisation that a plan itself holds.

    >>> parts = FromParts("parts", 2020, numerator=Decimal(7), denominator=Decimal(7))
    >>> recorded(parts).shown
    Decimal('100.00')
    """
    if isinstance(realisation, Stated):
        return Figure.of(realisation.value)
    if realisation.denominator == 0:
        return Figure.not_computable("penyebutnya 0: tidak ada yang dapat dihitung tahun ini")
    share = Fraction(realisation.numerator) / Fraction(realisation.denominator)
    return Figure.of(share * Fraction(realisation.times))


def joined(values: Sequence[Decimal | None], join: Join) -> Figure:
    """The figure of several quarters; ``values`` in order, None where one is not filled in.

    >>> quarters = [Decimal(20), Decimal(30), Decimal(10), Decimal(40)]
    >>> [str(joined(quarters, join).shown) for join in ("sum", "last", "mean")]
    ['100.00', '40.00', '25.00']
    """
    numbered = list(enumerate(values, start=1))
    needed = numbered[-1:] if join == "last" else numbered
    missing = [quarter for quarter, value in needed if value is None]
    if missing or not needed:
        return Figure.not_filled(f"triwulan {missing[0] if missing else 1} belum diisi")
    total = sum((Fraction(value) for _, value in needed if value is not None), Fraction(0))
    return Figure.of(total / len(needed) if join == "mean" else total)


def realised_by_quarters(indicator: Indicator, until: int = 4) -> Figure:
    """The realisation of the year from its quarters, up to and including the quarter ``until``.

    The indicator has a ``join``; the plan is refused where quarters stand without one.
    """
    if indicator.join is None:
        return Figure.not_filled("triwulan tidak dicatat")
    filled = {quarter.quarter: quarter.realised for quarter in indicator.quarters}
    return joined([filled.get(quarter) for quarter in range(1, until + 1)], indicator.join)


def _against_zero(direction: Direction, realised: Decimal) -> Figure:
    if direction == "down" and realised == 0:
        return Figure.of(100)
    if direction == "down":
        return Figure.not_computable(
            f"target 0 tidak tercapai (realisasi {number(realised)}) dan tidak dapat membagi"
        )
    return Figure.not_computable("target 0 tidak dapat membagi")


def _achieved(indicator: Indicator, target: Target | None, realised: Figure) -> Figure:
    if realised.shown is None:
        return realised
    if target is None:
        return Figure.not_computable("target yang diukur tidak ada")
    if target.number is None:
        return Figure.not_computable(f"target berupa mutu atau predikat ({target.grade})")
    return percentage(indicator.rule, indicator.direction, target.number, realised.shown)


def _verdicts(
    targets: Iterable[Target], realised: Figure, scales: Sequence[Scale]
) -> Iterable[GradeVerdict]:
    for target in targets:
        for scale in scales if target.grade is not None else ():
            required = _named_band(scale, target.grade or "")
            if required is not None:
                reached = None if realised.shown is None else scale.band(realised.shown)
                yield GradeVerdict(target, scale, required, reached)


def _named_band(scale: Scale, text: str) -> Band | None:
    by_grade = next((band for band in scale.bands if band.grade == text.upper()), None)
    return by_grade or scale.by_predicate(text)


def _mean(members: Sequence[Achievement]) -> Figure:
    for state in (State.NOT_FILLED, State.NOT_COMPUTABLE):
        for member in members:
            if member.counted.state is state:
                return Figure(state, reason=f"{member.indicator.name}: {member.counted.reason}")
    weighted = [
        (Fraction(member.indicator.weight or 1), Fraction(member.counted.shown))
        for member in members
        if member.counted.shown is not None
    ]
    if not weighted:
        return Figure.not_computable("semua targetnya berupa mutu atau predikat")
    total = sum((weight for weight, _ in weighted), Fraction(0))
    return Figure.of(sum((weight * shown for weight, shown in weighted), Fraction(0)) / total)


def _verdict(
    success: Success | None,
    category: AchievementClass | None,
    classes: Sequence[AchievementClass],
    grade_only: Sequence[Achievement],
) -> str | None:
    if success is None:
        return None
    met: list[bool | None]
    if category is not None:
        names = [other.name for other in classes]
        met = [names.index(category.name) <= names.index(success.class_name)]
    else:
        met = [verdict.met for member in grade_only for verdict in member.verdicts]
    if not met or None in met:
        return None
    return success.word if all(met) else success.otherwise
