"""A year at a glance: achievements and absorption, printed as the report prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lkip.achievement import Achievement
from lkip.budget import Level, Money, Node, grand_total, programme_total, tree
from lkip.figure import Figure, State
from lkip.plan import SUPPORT, Plan, Target
from lkip.realisations import grades
from lkip.report.printer import Printer
from lkip.results import IndicatorResult, Results
from lkip.web.years import realisation
from skm.document.register import Register

NOTHING = "–"


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator of the year.

    Attributes:
        source: where the realisation comes from; empty while nothing is filled in.
        grades: of the realisation, a scale each.
        verdicts: whether targets that are grades were met, a sentence each.
        category: the class of the achievement; None where it has none.
        state: terhitung, belum diisi, or tidak dapat dihitung; ``reason`` says why.
        share: the achievement for a bar, at most 100; None where there is none.
    """

    number: int
    name: str
    target: str
    target_source: str
    realised: str
    source: str
    grades: tuple[str, ...]
    verdicts: tuple[str, ...]
    achieved: str
    category: str | None
    state: str
    reason: str | None
    share: Decimal | None


@dataclass(frozen=True)
class SasaranLines:
    """A sasaran with its indicators; ``achieved`` is their mean."""

    number: int
    name: str
    achieved: str
    category: str | None
    verdict: str | None
    reason: str | None
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True)
class BudgetLine:
    """Money of an urusan, a programme, or of all; amounts in rupiah."""

    name: str
    code: str | None
    serves: str
    depth: int
    revised: str
    realised: str
    absorption: str
    reason: str | None
    share: Decimal | None
    is_total: bool = False


def sasaran_lines(results: Results) -> tuple[SasaranLines, ...]:
    """Every sasaran of a year."""
    return tuple(
        SasaranLines(
            number=part.number,
            name=part.sasaran.name,
            achieved=_percent(part.achievement.figure),
            category=part.achievement.category.name if part.achievement.category else None,
            verdict=part.achievement.verdict,
            reason=part.achievement.figure.reason,
            indicators=tuple(_indicator(each, results.plan) for each in part.indicators),
        )
        for part in results.sasaran
    )


def budget_lines(plan: Plan) -> tuple[BudgetLine, ...]:
    """Urusan and programmes with their absorption, and what they sum up to."""
    lines = [
        _money(node.name, node.money, _serves(node, plan), depth=depth, code=node.code)
        for top in tree(plan)
        for depth, node in top.walk()
        if node.level in (Level.URUSAN, Level.PROGRAMME)
    ]
    if not lines:
        return ()
    programmes, whole = programme_total(plan), grand_total(plan)
    lines.append(_money("Jumlah program", programmes, is_total=True))
    if whole != programmes:
        lines.append(_money("Seluruh anggaran", whole, is_total=True))
    return tuple(lines)


def _indicator(result: IndicatorResult, plan: Plan) -> IndicatorLine:
    measured, indicator = result.achievement, result.indicator
    realised, source = realisation(result, plan)
    target = measured.target
    return IndicatorLine(
        number=result.number,
        name=indicator.name,
        target=_target(target, indicator.unit),
        target_source=plan.documents[target.document].title if target else "",
        realised=realised,
        source=source,
        grades=tuple(
            f"mutu {grade.band.grade} pada {grade.scale.name}"
            for grade in grades(indicator, result.realised.figure)
        ),
        verdicts=tuple(dict.fromkeys(_verdicts(measured))),  # documents often ask the same
        achieved=_percent(measured.counted),
        category=measured.category.name if measured.category else None,
        state=measured.counted.state.value,
        reason=measured.counted.reason,
        share=_share(measured.counted),
    )


def _verdicts(measured: Achievement) -> Iterator[str]:
    for verdict in measured.verdicts:
        if verdict.met is not None:
            word = "tercapai" if verdict.met else "belum tercapai"
            yield f"target {verdict.target.grade} {word} pada {verdict.scale.name}"


def _target(target: Target | None, unit: str) -> str:
    if target is None:
        return NOTHING
    if target.number is None:
        return target.grade or NOTHING
    return Printer(Register()).in_unit(target.number, unit, "")


def _serves(node: Node, plan: Plan) -> str:
    numbers = {sasaran.id: place for place, sasaran in enumerate(plan.sasaran, start=1)}
    if node.sasaran == SUPPORT:
        return "penunjang"
    return f"sasaran {numbers[node.sasaran]}" if node.sasaran in numbers else ""


def _money(
    name: str,
    money: Money,
    serves: str = "",
    *,
    depth: int = 0,
    code: str | None = None,
    is_total: bool = False,
) -> BudgetLine:
    show = Printer(Register())
    return BudgetLine(
        name=name,
        code=code,
        serves=serves,
        depth=depth,
        revised=show.amount(money.revised, ""),
        realised=show.amount(money.realised, ""),
        absorption=_percent(money.absorption),
        reason=money.absorption.reason,
        share=_share(money.absorption),
        is_total=is_total,
    )


def _percent(figure: Figure) -> str:
    return Printer(Register()).figure(figure, "")


def _share(figure: Figure) -> Decimal | None:
    if figure.state is not State.COMPUTED or figure.shown is None:
        return None
    return max(Decimal(0), min(Decimal(100), figure.shown))
