"""A file scored: a published table, counts, or raw responses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import numpy as np

from skm.assessment import Assessment, Method, Origin, assess, assess_card
from skm.errors import refuse
from skm.form import Form
from skm.quality import UNIFORM, uniform_mask
from skm.reading.cells import Cells, read_cells
from skm.reading.column_map import NO_MAP, ColumnMap
from skm.reading.description import describe_sheet, describe_table, sheet_lines, table_lines
from skm.reading.response_sheet import examine, read_response_sheet
from skm.reading.score_table import Rows, ScoreRow, ScoreTable, is_score_table, read_score_table
from skm.reading.table_figures import score_of
from skm.regulation import Scale, scale
from skm.responses import ResponseTable
from skm.scoring import POINTS_PER_LEVEL, ElementScore, Scorecard, Weights, scorecard, weights_for

Values = Literal["auto", "raw", "count", "percent"]


@dataclass(frozen=True)
class Choices:
    """What the officer chose; None leaves it to the file and its form.

    Attributes:
        form: the questionnaire.
        forms: those to choose from otherwise.
        values: what the cells are.
        rows: what to do with rows that cannot be scored.
        weights: ``exact`` or a decimal.
        scale: ``2004`` or ``2017``.
        column_map: decisions about the columns of raw responses.
    """

    forms: Sequence[Form]
    form: Form | None = None
    values: Values = "auto"
    rows: Rows = "strict"
    weights: str | None = None
    scale: str | None = None
    column_map: ColumnMap = NO_MAP


def score_file(file: Path, choices: Choices) -> tuple[Assessment, Origin]:
    """Score a file.

    Raises:
        SkmError: every fault of the file with row and column; nothing is scored then.
    """
    sheets = read_cells(file)
    if _holds_responses(sheets, choices):
        return _score_responses(sheets, choices)
    table = _read_table(sheets, choices)
    method = _method(table.form, choices)
    card = table_card(table, method.weights, method.scale)
    warnings = tuple(str(notice) for notice in table.notices)
    return assess_card(table.form, card, warnings), Origin(table.values, table.handling)


def describe_file(file: Path, choices: Choices) -> tuple[list[str], dict[str, Any]]:
    """What would be read of a file and how it was understood, as lines and as JSON.

    Raises:
        SkmError: there is nothing in it to read, or a score table with faults.
    """
    sheets = read_cells(file)
    if _holds_responses(sheets, choices):
        examination = examine(sheets, choices.forms, choices.form, choices.column_map)
        return sheet_lines(examination), describe_sheet(examination)
    table = _read_table(sheets, choices)
    return table_lines(table), describe_table(table)


def table_card(table: ScoreTable, weights: Weights, on: Scale) -> Scorecard:
    """The scorecard of a table that was read: each row counts as its source says."""
    elements = tuple(
        _element(table.row(element.code), element.name, on, counted=table.values == "count")
        for element in table.form.counted_elements
    )
    respondents = [element.n for element in elements if element.n is not None]
    return scorecard(
        table.form,
        weights,
        on,
        elements,
        respondents=max(respondents) if len(respondents) == len(elements) else None,
    )


def _holds_responses(sheets: Sequence[Cells], choices: Choices) -> bool:
    if choices.values == "auto":
        return not is_score_table(sheets)
    return choices.values == "raw"


def _read_table(sheets: Sequence[Cells], choices: Choices) -> ScoreTable:
    return read_score_table(
        sheets,
        choices.form,
        choices.forms,
        "auto" if choices.values == "raw" else choices.values,
        choices.rows,
        None if choices.scale is None else scale(choices.scale),
    )


def _element(row: ScoreRow, name: str, on: Scale, *, counted: bool) -> ElementScore:
    printed = None if row.printed_score is None else Fraction(row.printed_score)
    score = printed if row.source == "printed" else score_of(row.weights or ())
    return ElementScore(
        code=row.element,
        name=name,
        n=sum(row.weights) if counted and row.weights is not None else None,
        mean_level=None if score is None else score / POINTS_PER_LEVEL,
        band=None if score is None else on.band(score),
        source=row.source,
    )


def _score_responses(sheets: Sequence[Cells], choices: Choices) -> tuple[Assessment, Origin]:
    if choices.rows != "strict":
        raise refuse(
            "Hanya tabel nilai yang mengenal pilihan baris",
            field="--rows",
            found=choices.rows,
            todo="Hapus --rows untuk jawaban mentah.",
        )
    sheet = read_response_sheet(sheets, choices.forms, choices.form, choices.column_map)
    uniform = uniform_mask(sheet.table.levels)
    flags = np.where(uniform, UNIFORM, "").astype(np.object_)
    table = ResponseTable(sheet.table.questions, sheet.table.levels, {"flags": flags})
    notices = tuple(str(notice) for notice in sheet.notices)
    method = _method(sheet.form, choices)
    return assess(table, method, warnings=notices), Origin("raw")


def _method(form: Form, choices: Choices) -> Method:
    on = form.regulation.scale if choices.scale is None else scale(choices.scale)
    return Method(form, weights_for(form, choices.weights), on)
