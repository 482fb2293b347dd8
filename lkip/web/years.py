"""The years of an office that have a plan, and how far each has come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lkip.build import FORMATS
from lkip.checking import PlanReview, check_plan
from lkip.figure import Figure
from lkip.findings import Severity
from lkip.plan import FromClosing, FromParts, FromTable, Plan, Stated, load_plan
from lkip.realisations import Realised
from lkip.report.printer import Printer
from lkip.report.requirements import ground
from lkip.results import IndicatorResult
from lkip.texts import wording
from lkip.web.faults import ShownFault, shown_faults
from skm.document.register import Register
from skm.errors import Fault, SkmError
from skm.instance import Instance
from skm.numerals import number

FIRST_YEAR, LAST_YEAR = 1990, 2100
REGISTER = "register"
KINDS: Mapping[str, str] = {"pdf": "PDF", "docx": "DOCX", "html": "HTML", REGISTER: "Daftar angka"}
"""The files of a report by the kind that addresses name, with their names."""

_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class ReportFile:
    """A file of a report that was built."""

    kind: str
    path: Path
    made: datetime

    @property
    def label(self) -> str:
        """As officers call it."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class PlanState:
    """A year with a plan, or with something that ought to be one.

    Attributes:
        file: of the plan, below the office's folder.
        review: its results and findings; None where it is refused.
        faults: why it is refused; empty where it is not.
        lacking: what it must still hold before a report can be made of it.
        changed: when the plan was last saved; None where it cannot be read.
        report: the files that were built, in the order of ``KINDS``.
    """

    year: int
    file: str
    review: PlanReview | None
    faults: tuple[ShownFault, ...]
    lacking: tuple[ShownFault, ...]
    changed: datetime | None
    report: tuple[ReportFile, ...]

    @property
    def can_be_built(self) -> bool:
        """Whether nothing that is known stands in the way of a report."""
        return self.review is not None and not self.lacking

    @property
    def is_outdated(self) -> bool:
        """Whether the plan was saved after the report was made of it."""
        oldest = min((each.made for each in self.report), default=None)
        return oldest is not None and self.changed is not None and self.changed > oldest

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are, by the word of their severity."""
        found = self.review.findings if self.review else ()
        return {
            severity.word: sum(each.severity is severity for each in found)
            for severity in Severity
        }

    @property
    def survey(self) -> tuple[str, str] | None:
        """The realisation of sasaran 1 and where it comes from; None where that is not known."""
        results = self.review.results if self.review else None
        first = next(iter(results.indicators), None) if results else None
        return realisation(first, results.plan) if first and results else None


def years_with_plans(instance: Instance) -> tuple[int, ...]:
    """The years that have a plan file, newest first."""
    files = instance.plan(FIRST_YEAR).parent.glob("*.toml")
    years = (int(file.stem) for file in files if _YEAR.fullmatch(file.stem))
    return tuple(sorted((year for year in years if is_year(year)), reverse=True))


def is_year(year: int) -> bool:
    """Whether a report can be of that year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def plan_state(instance: Instance, year: int) -> PlanState:
    """The state of a year's plan; whatever is wrong with it is told, nothing is raised."""
    plan_file = instance.plan(year)
    review: PlanReview | None = None
    faults: Sequence[Fault] = ()
    lacking: Sequence[Fault] = ()
    try:
        plan = load_plan(plan_file)
        review = check_plan(plan, instance)
        lacking = _lacking(review, plan_file)
    except SkmError as error:
        faults = error.faults
    return PlanState(
        year=year,
        file=plan_file.relative_to(instance.root).as_posix(),
        review=review,
        faults=shown_faults(faults, instance, plan_file),
        lacking=shown_faults(lacking, instance, plan_file),
        changed=_saved(plan_file, instance),
        report=report_files(instance, year),
    )


def report_files(instance: Instance, year: int) -> tuple[ReportFile, ...]:
    """The files of a year's report that are there."""
    folder = instance.reports(year)
    names = {kind: f"laporan-kinerja-{year}.{kind}" for kind in FORMATS}
    names[REGISTER] = f"register-{year}.json"
    found = ((kind, folder / names[kind]) for kind in KINDS)
    return tuple(
        ReportFile(kind, path, made) for kind, path in found if (made := _saved(path, instance))
    )


def realisation(result: IndicatorResult, plan: Plan) -> tuple[str, str]:
    """What became of an indicator, as the report prints it, and where the figure comes from."""
    text = figure_text(result.realised.figure, result.indicator.unit)
    return text, origin(result.realised, plan)


def figure_text(figure: Figure, unit: str) -> str:
    """A realisation as the report prints it, or the word for why there is none."""
    return Printer(Register()).realisation(figure, unit, "")


def origin(realised: Realised, plan: Plan) -> str:
    """Where a realisation comes from, in a few words; empty while nothing is filled in."""
    match realised.origin:
        case FromClosing(period=period):
            return realised.survey.file if realised.survey else f"penutupan {period}"
        case FromTable(file=file):
            return f"tabel {file}"
        case FromParts(numerator=numerator, denominator=denominator):
            return f"{number(numerator)} dari {number(denominator)}"
        case Stated(document=document):
            return f"dinyatakan dalam {plan.documents[document].title}"
    return "dihitung dari triwulan" if realised.figure.exact is not None else ""


def _lacking(review: PlanReview, plan_file: Path) -> list[Fault]:
    found: list[Fault] = []
    for needed in (
        lambda: ground(review.results, plan_file),
        lambda: wording(review.results.plan.narrative, plan_file),
    ):
        try:
            needed()
        except SkmError as error:
            found += error.faults
    return found


def _saved(file: Path, instance: Instance) -> datetime | None:
    """When a file was last written, by the clock of the office; None where there is none."""
    try:
        seconds = file.stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, instance.office.timezone)
