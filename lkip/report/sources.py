"""Where a figure came from, as the register names it."""

from __future__ import annotations

from decimal import Decimal

from lkip.figure import Figure
from lkip.plan import FromClosing, FromParts, FromTable, Indicator, Stated, Target
from lkip.realisations import Realised
from lkip.results import IndicatorResult
from skm.numerals import number


def of_indicator(indicator: Indicator) -> str:
    """The words of an indicator."""
    return f"rencana: indikator {indicator.id}"


def of_target(indicator: Indicator, target: Target) -> str:
    """A target: the document, the year, and the place in it."""
    place = f" ({target.sumber})" if target.sumber else ""
    return f"rencana: indikator {indicator.id}, target {target.document} {target.year}{place}"


def of_realised(indicator: Indicator, year: int, realised: Realised) -> str:
    """A realisation: the file, the document or the parts that give it."""
    of = f"indikator {indicator.id}, realisasi {year}"
    match realised.origin:
        case FromTable(file=file, rows=rows):
            return f"{of}: indeks dari {file}, baris {rows}"
        case FromClosing(period=period):
            closed = realised.survey.file if realised.survey else f"penutupan {period}"
            return f"{of}: indeks dari {closed}"
        case FromParts(numerator=numerator, denominator=denominator, times=times):
            parts = f"{number(numerator)} / {number(denominator)} x {number(times)}"
            return f"rencana: {of}: {parts}"
        case Stated(document=document, sumber=sumber):
            return f"rencana: {of}, {document}" + (f" ({sumber})" if sumber else "")
    return f"rencana: {of}"


def of_achievement(result: IndicatorResult) -> str:
    """An achievement: formula and the printed figures in it."""
    measured = result.achievement
    target = measured.target.number if measured.target else None
    return _ratio(f"capaian {result.indicator.id}", measured.realised, target, result)


def of_progress(result: IndicatorResult) -> str:
    """A tingkat kemajuan: formula and the printed figures in it."""
    final = result.final.number if result.final else None
    return _ratio(f"tingkat kemajuan {result.indicator.id}", result.realised.figure, final, result)


def _ratio(name: str, realised: Figure, target: Decimal | None, result: IndicatorResult) -> str:
    indicator = result.indicator
    how = f"rumus {indicator.rule}, arah {indicator.direction}"
    return (
        f"dihitung: {name}: realisasi {_figure(realised.shown)}, target {_figure(target)}, {how}"
    )


def _figure(value: Decimal | None) -> str:
    return "belum ada" if value is None else number(value)
