"""A published or counted table: one row an element, four columns of counts or percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from skm.errors import Fault, SkmError
from skm.form import Form
from skm.numerals import number, read_number, round_half_up
from skm.reading.cells import Cells
from skm.reading.notice import Notice
from skm.reading.spellings import shipped_spellings
from skm.reading.table_figures import (
    Values,
    adds_up,
    read_count,
    read_figures,
    score_of,
    tolerance,
    values_of,
    whole_weights,
)
from skm.reading.table_grid import (
    LEVEL_COLUMNS,
    SCORE,
    TOTAL,
    Grid,
    Line,
    name_rows,
    read_grid,
    table_columns,
)
from skm.regulation import Scale

Rows = Literal["strict", "printed", "normalise"]
Source = Literal["counts", "percent", "printed", "normalised"]

DIFFERENCE = Fraction(5, 1000)
"""From here on a printed score differs from its distribution (it is printed to 2 decimals)."""

_LOWEST, _HIGHEST = 25, 100


@dataclass(frozen=True)
class ScoreRow:
    """One element of a table.

    Attributes:
        number: its data row, counted from 1.
        element: its code in the form.
        figures: the four cells, level 1 first, as they stand; None where the row has none.
        weights: how often each level was chosen; percentages are scaled to whole numbers, only
            their proportions count. None where the row has none.
        printed_score: the score as printed, 25 to 100, or None.
        printed_predicate: the predicate as printed, or None.
        source: what of it is to be scored.
    """

    number: int
    element: str
    figures: tuple[Decimal, ...] | None
    weights: tuple[int, int, int, int] | None
    printed_score: Decimal | None
    printed_predicate: str | None
    source: Source


@dataclass(frozen=True)
class ScoreTable:
    """A table of scores as it was read.

    Attributes:
        form: the questionnaire with these elements.
        values: ``count`` or ``percent``, as it was read.
        handling: ``strict``, ``printed`` or ``normalise``, as it was asked for.
        rows: in the order of the file.
        notices: what was noticed or repaired, by row.
    """

    name: str
    form: Form
    values: Values
    handling: Rows
    rows: tuple[ScoreRow, ...]
    notices: tuple[Notice, ...]

    def row(self, element: str) -> ScoreRow:
        """The row of an element of the form."""
        return next(row for row in self.rows if row.element == element)


def is_score_table(sheets: Sequence[Cells]) -> bool:
    """Whether any sheet has the header of a score table; else it holds raw responses."""
    return any(table_columns(cells, shipped_spellings()) for cells in sheets)


def read_score_table(
    sheets: Sequence[Cells],
    form: Form | None,
    forms: Sequence[Form],
    values: Literal["auto", "count", "percent"],
    rows: Rows,
    scale: Scale | None = None,
) -> ScoreTable:
    """Read a table of scores; what to do with rows that cannot be scored is asked, not guessed.

    Args:
        sheets: of one file, as ``read_cells`` gives them.
        form: the questionnaire that the officer named, or None: then the one of ``forms`` whose
            elements are exactly those of the table.
        values: what the cells are; ``auto`` sees it from them.
        rows: ``strict`` refuses every row that has no distribution or does not add up;
            ``printed`` takes the printed score of every row and tells where it differs;
            ``normalise`` rescales rows that do not add up, but refuses one without distribution.
        scale: what printed predicates are compared with; the form's own by default.

    Raises:
        SkmError: every fault with row, column and what was found.
    """
    spellings = shipped_spellings()
    grid = read_grid(sheets, [form] if form else forms, spellings)
    named, form, told = name_rows(grid, form, forms, spellings)
    taken: Values = values if values != "auto" else values_of([line.figures for line in named])
    judge = _Judge(grid, taken, rows, scale or form.regulation.scale)
    judged = [judge.row(line) for line in named]
    faults = [*grid.faults, *(fault for each in judged for fault in each.faults)]
    if faults:
        raise SkmError(*faults)
    return ScoreTable(
        name=grid.header.cells.name,
        form=form,
        values=taken,
        handling=rows,
        rows=tuple(each.row for each in judged if each.row),
        notices=(
            *grid.notices,
            *told,
            *(notice for each in judged for notice in each.notices),
        ),
    )


@dataclass(frozen=True)
class _Judged:
    """A row with what is to be said of it; None where it is refused."""

    row: ScoreRow | None
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]


class _Judge:
    """Decides for each row what of it is scored."""

    def __init__(self, grid: Grid, values: Values, rows: Rows, scale: Scale) -> None:
        self.grid = grid
        self.values = values
        self.rows = rows
        self.scale = scale

    def row(self, line: Line) -> _Judged:
        """One row, by the handling that was asked for."""
        figures, faults = self._figures(line)
        score, score_faults = self._printed_score(line)
        faults += score_faults
        weights = whole_weights(figures) if figures and sum(figures) else None
        notices: list[Notice] = []
        source: Source = "counts" if self.values == "count" else "percent"
        if self.rows == "printed":
            source = "printed"
            if weights is None:
                notices.append(
                    self._notice(line, "no-distribution", "tanpa sebaran; skor tercetak dipakai")
                )
        elif not faults:
            if weights is None or figures is None:
                faults.append(self._no_distribution(line))
            elif problem := self._does_not_add_up(line, figures):
                if self.rows == "strict":
                    faults.append(problem)
                else:
                    source = "normalised"
                    message = f"sebaran berjumlah {number(sum(figures))}, disetarakan ke 100"
                    notices.append(self._notice(line, "normalised", message))
        notices += self._differences(line, score, weights)
        predicate = line.printed_predicate.strip() or None
        row = ScoreRow(line.number, line.element, figures, weights, score, predicate, source)
        return _Judged(None if faults else row, tuple(faults), tuple(notices))

    def _figures(self, line: Line) -> tuple[tuple[Decimal, ...] | None, list[Fault]]:
        if line.figures.is_blank:
            return None, []
        figures, problems = read_figures(line.figures, self.values)
        return figures, [
            self._fault(
                line,
                problem.message,
                column=LEVEL_COLUMNS[problem.level - 1],
                found=problem.found or None,
                expected=problem.expected,
            )
            for problem in problems
        ]

    def _printed_score(self, line: Line) -> tuple[Decimal | None, list[Fault]]:
        text = line.printed_score.strip()
        expected = f"angka {_LOWEST} sampai {_HIGHEST}"
        if not text:
            missing = self._fault(
                line, "Baris ini tidak punya skor tercetak", column=SCORE, expected=expected
            )
            return None, [missing] if self.rows == "printed" else []
        score = read_number(text)
        if score is not None and _LOWEST <= score <= _HIGHEST:
            return score, []
        wrong = self._fault(
            line, "Skor tercetak salah", column=SCORE, found=text, expected=expected
        )
        return None, [wrong]

    def _no_distribution(self, line: Line) -> Fault:
        has_score = bool(line.printed_score.strip())
        return self._fault(
            line,
            "Baris ini tidak punya sebaran jawaban",
            found=line.element,
            todo="Pakai --rows printed untuk memakai skor yang tercetak."
            if has_score
            else "Isi keempat kolomnya.",
        )

    def _does_not_add_up(self, line: Line, figures: Sequence[Decimal]) -> Fault | None:
        total = sum(figures, Decimal(0))
        if self.values == "count":
            text = line.printed_total.strip()
            if not text or read_count(text) == total:
                return None
            return self._fault(
                line,
                "Jumlah tercetak berbeda dari keempat kolomnya",
                column=TOTAL,
                found=text,
                expected=number(total),
                todo="Betulkan angkanya, atau pakai --rows normalise.",
            )
        if adds_up(figures):
            return None
        as_fractions = adds_up([figure * 100 for figure in figures])
        return self._fault(
            line,
            f"Persentase unsur {line.element} tidak berjumlah 100",
            found=number(total),
            expected=f"100, selisih paling banyak {number(tolerance(figures))}",
            todo="Selnya tampak berupa pecahan: tulis sebagai persen (0,4 menjadi 40%)."
            if as_fractions
            else "Betulkan angkanya, atau pakai --rows normalise atau --rows printed.",
        )

    def _differences(
        self, line: Line, score: Decimal | None, weights: Sequence[int] | None
    ) -> list[Notice]:
        """Where the printed score or predicate says something else than the figures."""
        if score is None:
            return []
        notices = []
        computed = score_of(weights) if weights else None
        if computed is not None and abs(Fraction(score) - computed) >= DIFFERENCE:
            shown = number(round_half_up(computed, 2), 2)
            message = f"skor tercetak {number(score)} berbeda dari sebarannya: {shown}"
            notices.append(self._notice(line, "score-differs", message))
        printed = self.scale.by_predicate(line.printed_predicate)
        band = self.scale.band(score)
        if printed is not None and printed != band:
            message = (
                f"tercetak «{line.printed_predicate.strip()}», tetapi {number(score)} adalah "
                f"{band.predicate} pada {self.scale.name}"
            )
            notices.append(self._notice(line, "class-differs", message))
        return notices

    def _notice(self, line: Line, code: str, message: str) -> Notice:
        return Notice(code, message, line.number, line.element)

    def _fault(
        self,
        line: Line,
        message: str,
        *,
        column: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        todo: str | None = None,
    ) -> Fault:
        return Fault(
            message,
            file=self.grid.header.cells.name,
            row=line.number,
            field=self.grid.place(line, column) if column else None,
            found=found,
            expected=expected,
            todo=todo,
        )
