"""What finished reports claim: figures with their places, typed by the tables they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lkip.claims.activities import ActivityTable, activity_table
from lkip.claims.budget import BudgetTable, budget_table
from lkip.claims.classes import ClassTable, class_table
from lkip.claims.columns import Head, head_of
from lkip.claims.figures import amounts
from lkip.claims.performance import IndicatorRow, indicator_rows
from lkip.claims.report import Paragraph, ReadReport, Table
from lkip.claims.survey import SurveyTable, survey_table

__all__ = ["Claims", "claims_of"]

_REPORT_YEAR = re.compile(r"laporan kinerja.{0,80}?tahun\s+(20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"tahun\s+(?:anggaran\s+)?(20\d\d)", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:Kecamatan|KECAMATAN)\s+([A-Z][A-Za-z]{2,})")
_ROWS_OF_FIGURES = 3


@dataclass(frozen=True)
class Claims:
    """What one or several files of a report claim together.

    Attributes:
        year: that is reported on; None where the text names none.
        office: the name of the kecamatan most often named, without the word itself.
        heads: what the columns of every table hold, in the order of the tables.
        unchecked: tables with figures that no check knows.
    """

    reports: tuple[ReadReport, ...]
    year: int | None
    office: str | None
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    heads: tuple[Head, ...]
    budgets: tuple[BudgetTable, ...]
    surveys: tuple[SurveyTable, ...]
    indicators: tuple[IndicatorRow, ...]
    classes: tuple[ClassTable, ...]
    activities: tuple[ActivityTable, ...]
    unchecked: tuple[Table, ...]

    @property
    def scale(self) -> ClassTable | None:
        """The scale of achievement that the report declares first."""
        return next(iter(self.classes), None)

    @property
    def text(self) -> str:
        """All running text, a paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


def claims_of(reports: Sequence[ReadReport]) -> Claims:
    """Type the tables of reports and put their claims together."""
    paragraphs = tuple(found for report in reports for found in report.paragraphs)
    budgets: list[BudgetTable] = []
    surveys: list[SurveyTable] = []
    indicators: list[IndicatorRow] = []
    classes: list[ClassTable] = []
    activities: list[ActivityTable] = []
    unchecked: list[Table] = []
    tables: list[Table] = []
    heads: list[Head] = []
    for table, above in _with_line_above(reports):
        head = head_of(table)
        tables.append(table)
        heads.append(head)
        budget, survey = budget_table(table, head), survey_table(table, head)
        scale, activity = class_table(table, head), activity_table(table, head, above)
        rows = tuple(indicator_rows(table, head))
        if budget:
            budgets.append(budget)
        elif survey:
            surveys.append(survey)
        elif scale:
            classes.append(scale)
        elif activity:
            activities.append(activity)
        elif rows:
            indicators += rows
        elif _has_figures(table) and not head.has("achievement", "absorption"):
            unchecked.append(table)
    return Claims(
        reports=tuple(reports),
        year=_year(paragraphs),
        office=_office(paragraphs),
        paragraphs=paragraphs,
        tables=tuple(tables),
        heads=tuple(heads),
        budgets=tuple(budgets),
        surveys=tuple(surveys),
        indicators=tuple(indicators),
        classes=tuple(classes),
        activities=tuple(activities),
        unchecked=tuple(unchecked),
    )


def _with_line_above(reports: Sequence[ReadReport]) -> list[tuple[Table, str]]:
    found = []
    for report in reports:
        above = ""
        for block in report.blocks:
            if isinstance(block, Table):
                found.append((block, above))
            else:
                above = block.text
    return found


def _has_figures(table: Table) -> bool:
    """Whether a table holds figures in columns, not a list of contents or a letter."""
    rows = 0
    for row in table.rows:
        figures = [cell for cell in row.filled[1:] if amounts(cell) and len(cell) < 30]
        rows += len(figures) > 1
    return rows >= _ROWS_OF_FIGURES


def _year(paragraphs: Sequence[Paragraph]) -> int | None:
    # a running head may be that of an older report
    text = "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_edge)
    found = Counter(_REPORT_YEAR.findall(text)) or Counter(_YEAR.findall(text))
    return int(found.most_common(1)[0][0]) if found else None


def _office(paragraphs: Sequence[Paragraph]) -> str | None:
    named = Counter(
        name.capitalize() for paragraph in paragraphs for name in _OFFICE.findall(paragraph.text)
    )
    return named.most_common(1)[0][0] if named else None
