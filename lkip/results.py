"""Everything that a report says of a year, computed from its plan and its realisations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from lkip.achievement import (
    Achievement,
    SasaranAchievement,
    YearRow,
    by_year,
    measure,
    national_difference,
    progress,
    sasaran_achievement,
)
from lkip.budget import EfficiencyResult, Share, by_sasaran, efficiency
from lkip.figure import Figure
from lkip.plan import Indicator, Plan, Sasaran, Target
from lkip.plan.performance import National
from lkip.realisations import Realisations, Realised
from skm.regulation import shipped_regulations


@dataclass(frozen=True)
class IndicatorResult:
    """What became of an indicator.

    Attributes:
        number: its place among all indicators, from 1.
        final: its target at the end of the Renstra; None where that gives none.
        progress: tingkat kemajuan, the realisation against that target, in percent.
        years: the years with a realisation, oldest first, the plan's last.
        national: the national figure of the year, None where the plan has none.
        difference: realisation less the national figure.
    """

    number: int
    indicator: Indicator
    realised: Realised
    achievement: Achievement
    final: Target | None
    progress: Figure
    years: tuple[YearRow, ...]
    national: National | None
    difference: Decimal | None

    @property
    def before(self) -> YearRow | None:
        """The year before the plan's; None where it has no realisation."""
        wanted = self.achievement.year - 1
        return next((row for row in self.years if row.year == wanted), None)


@dataclass(frozen=True)
class SasaranResult:
    """What became of a sasaran.

    Attributes:
        number: its place in the plan, from 1.
        money: of the programmes and activities that serve it.
        efficiency: None where the plan names no rule.
    """

    number: int
    sasaran: Sasaran
    indicators: tuple[IndicatorResult, ...]
    achievement: SasaranAchievement
    money: Share
    efficiency: EfficiencyResult | None


@dataclass(frozen=True)
class Results:
    """What became of a plan."""

    plan: Plan
    sasaran: tuple[SasaranResult, ...]

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """All indicators, sasaran by sasaran."""
        return tuple(result for part in self.sasaran for result in part.indicators)

    @property
    def by_class(self) -> dict[str, int]:
        """How many indicators are in each class, best first, classes without any left out."""
        found = Counter(
            result.achievement.category.name
            for result in self.indicators
            if result.achievement.category
        )
        return {each.name: found[each.name] for each in self.plan.classes if found[each.name]}

    @property
    def notices(self) -> tuple[str, ...]:
        """What the readers of survey tables noticed, to be looked at by the officer."""
        return tuple(
            f"{survey.file}: {notice}"
            for found in self.indicators
            if (survey := found.realised.survey)
            for notice in survey.table.notices
        )


def results(plan: Plan, realisations: Realisations) -> Results:
    """The results of a plan, from the realisations of all its indicators."""
    shares = {share.key: share for share in by_sasaran(plan)}
    numbers = count(1)
    parts = []
    for place, sasaran in enumerate(plan.sasaran, start=1):
        indicators = tuple(
            _indicator(plan, next(numbers), indicator, realisations)
            for indicator in plan.indicators_of(sasaran.id)
        )
        parts.append(_sasaran(plan, place, sasaran, indicators, shares[sasaran.id]))
    return Results(plan, tuple(parts))


def _sasaran(
    plan: Plan,
    number: int,
    sasaran: Sasaran,
    indicators: tuple[IndicatorResult, ...],
    money: Share,
) -> SasaranResult:
    achieved = sasaran_achievement(
        [result.achievement for result in indicators], plan.classes, plan.success
    )
    rule = plan.efficiency
    judged = efficiency(rule, achieved.figure, money.money) if rule else None
    return SasaranResult(number, sasaran, indicators, achieved, money, judged)


def _indicator(
    plan: Plan, number: int, indicator: Indicator, realisations: Realisations
) -> IndicatorResult:
    realised = realisations[indicator.id, plan.year]
    figures = {
        year: found.figure
        for (owner, year), found in realisations.items()
        if owner == indicator.id
    }
    final = plan.final_target(indicator)
    scales = [regulation.scale for regulation in shipped_regulations()]
    return IndicatorResult(
        number=number,
        indicator=indicator,
        realised=realised,
        achievement=measure(indicator, plan.year, realised.figure, plan.classes, scales),
        final=final,
        progress=progress(indicator, final, realised.figure),
        years=by_year(indicator, figures),
        national=indicator.national_of(plan.year),
        difference=national_difference(indicator, plan.year, realised.figure),
    )
