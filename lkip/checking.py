"""Checks at the edge: plans and finished reports are read and their findings collected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkip.checks import PLAN, REPORT, PlanSubject
from lkip.claims import Claims, claims_of
from lkip.claims.reading import read_report
from lkip.findings import Finding, is_failure, ordered, with_accepted
from lkip.plan import Plan, load_plan
from lkip.realisations import realise
from lkip.results import Results, results
from skm.errors import refuse
from skm.instance import Instance


@dataclass(frozen=True)
class PlanReview:
    """The findings of a plan; ``results`` are what was computed of it."""

    results: Results
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether an error was found that the office has not accepted."""
        return is_failure(self.findings)


def check_year(instance: Instance, year: int) -> PlanReview:
    """The findings of a year's plan, accepted ones as notes.

    Raises:
        SkmError: there is no such plan, or it or one of its tables is refused.
    """
    file = instance.plan(year)
    if not file.exists():
        raise refuse(
            f"Rencana tahun {year} belum ada",
            file=file,
            todo="Periksa tahunnya, atau salin rencana tahun sebelumnya ke berkas ini.",
        )
    return check_plan(load_plan(file, of_ended_year=True), instance)


def check_plan(plan: Plan, instance: Instance) -> PlanReview:
    """The findings of a plan, its tables read from the office's folder.

    Raises:
        SkmError: a table it names is refused.
    """
    outcome = results(plan, realise(plan, instance))
    found = PLAN.findings(PlanSubject(outcome, instance.office.name))
    return PlanReview(outcome, ordered(with_accepted(found, plan.accepted)))


@dataclass(frozen=True)
class ReportReview:
    """The findings of a finished report; ``claims`` are what was read of it."""

    claims: Claims
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return is_failure(self.findings)


def check_report(
    files: Sequence[Path], progress: Callable[[int, int], None] = lambda page, pages: None
) -> ReportReview:
    """The findings of a report that exists already, of any office; its files are one report.

    Args:
        progress: told the page that was read and how many its file has, for PDF.

    Raises:
        SkmError: a file cannot be read.
    """
    claims = claims_of([read_report(file, progress) for file in files])
    return ReportReview(claims, ordered(REPORT.findings(claims)))
