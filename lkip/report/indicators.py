"""Targets, realisations and achievements of indicators, as tables and texts print them."""

from __future__ import annotations

from lkip.achievement import GradeVerdict, YearRow
from lkip.figure import Figure
from lkip.plan import Indicator, Target
from lkip.realisations import Grade, Realised, grades
from lkip.report import sources
from lkip.report.draft import Draft
from lkip.results import IndicatorResult
from skm.document.drafting import listed

_PLANNING = ("renstra", "rkt", "pk", "pk_perubahan", "iku")


def target(draft: Draft, indicator: Indicator, promised: Target | None) -> str:
    """A target with its unit, or the grade that it asks for; a dash where there is none."""
    if promised is None:
        return draft.plain_words("sel.kosong")
    source = sources.of_target(indicator, promised)
    if promised.number is None:
        return draft.show.quote(promised.grade or "", source)
    return draft.show.in_unit(promised.number, indicator.unit, source)


def bare_target(draft: Draft, indicator: Indicator, promised: Target | None) -> str:
    """A target without its unit, for a column of many years."""
    if promised is None or promised.number is None:
        return target(draft, indicator, promised)
    return draft.show.number(promised.number, sources.of_target(indicator, promised))


def targets(draft: Draft, indicator: Indicator) -> str:
    """The target of the year that is measured and, below it, the grades that documents ask for."""
    year = draft.plan.year
    lines = [target(draft, indicator, indicator.measured_target(year))]
    by_grade: dict[str, list[str]] = {}
    for promised in indicator.targets_of(year):
        if promised.grade is not None and promised.document in _PLANNING:
            by_grade.setdefault(promised.grade, []).append(promised.document)
    for grade, documents in by_grade.items():
        names = listed(draft.plain_words(f"nama_dokumen.{document}") for document in documents)
        lines.append(draft.plain_words("sel.target_dokumen", target=grade, dokumen=names))
    return "\n".join(lines)


def realised(draft: Draft, indicator: Indicator, year: int, found: Realised) -> str:
    """A realisation with its unit."""
    return figure(draft, indicator, found.figure, sources.of_realised(indicator, year, found))


def figure(draft: Draft, indicator: Indicator, found: Figure, source: str) -> str:
    """A figure of an indicator: an index with 2 decimals, others as they were stated."""
    return draft.show.realisation(found, indicator.unit, source)


def graded(draft: Draft, indicator: Indicator, year: int, found: Realised) -> str:
    """A realisation and, below it, its grade on every scale of its indicator."""
    lines = [realised(draft, indicator, year, found)]
    lines += [_grade_on_scale(draft, grade) for grade in grades(indicator, found.figure)]
    return "\n".join(lines)


def achieved(draft: Draft, result: IndicatorResult) -> str:
    """An achievement in percent; both figures where the cap cut it."""
    measured = result.achievement
    source = sources.of_achievement(result)
    counted = draft.show.figure(measured.counted, source)
    if measured.counted.shown == measured.raw.shown:
        return counted
    raw = draft.show.figure(measured.raw, f"{source}, sebelum dibatasi")
    return draft.plain_words("sel.dibatasi", dihitung=counted, sebelum=raw)


def progressed(draft: Draft, result: IndicatorResult) -> str:
    """The tingkat kemajuan in percent."""
    return draft.show.figure(result.progress, sources.of_progress(result))


def achieved_in(draft: Draft, result: IndicatorResult, row: YearRow) -> str:
    """The achievement of one of the years of an indicator."""
    source = f"dihitung: capaian {result.indicator.id} {row.year}"
    return draft.show.figure(row.achieved, source)


def verdicts(draft: Draft, result: IndicatorResult) -> tuple[GradeVerdict, ...]:
    """What is said of grade targets: those of the agreement that holds, else all."""
    found = result.achievement.verdicts
    held = draft.ground.agreement_id
    of_agreement = tuple(verdict for verdict in found if verdict.target.document == held)
    return of_agreement or found


def _grade_on_scale(draft: Draft, grade: Grade) -> str:
    scale = draft.show.quote(grade.scale.id, f"skala {grade.scale.id}")
    return draft.plain_words("sel.mutu_skala", mutu=grade.band.grade, skala=scale)
