"""What became of each indicator in each year, from where its plan says that the figure is.

Nothing is taken from elsewhere and nothing is guessed: an index comes from a closed period or
from a named table, other figures from a named document or from their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lkip.achievement import realised_by_quarters, recorded
from lkip.figure import Figure
from lkip.plan import FromClosing, FromTable, Indicator, Plan, Realisation
from skm.closing import Closing, scorecard_of
from skm.comparison import OfficialNine, official_nine
from skm.errors import Fault, SkmError, refuse
from skm.file_scores import table_card
from skm.form import Element, Form, all_forms, find_form
from skm.instance import Instance
from skm.period import Period
from skm.reading.cells import read_cells
from skm.reading.score_table import ScoreRow, ScoreTable, read_score_table
from skm.regulation import Band, Scale, regulation_in_force, shipped_regulations
from skm.scoring import Scorecard, weights_for
from skm.store import open_store
from skm.store.closings import find_closing, newest_closing


@dataclass(frozen=True)
class Grade:
    """The class of an index on one scale."""

    scale: Scale
    band: Band


@dataclass(frozen=True)
class Survey:
    """The result of a published table or of a closed period, as a report shows it.

    Attributes:
        file: a table as the plan names it, below the office's folder; the name of a closing.
        reason: why the plan takes the index from there, and a table's rows as it does.
        table: the rows as they were read, with what was noticed in them; of a closing the
            answers by element.
        card: element scores and index, on the scale of the form or of the closing.
        nine: the official elements of the regulation in force; None where the form has not all.
        closing: None for a table.
    """

    file: str
    reason: str
    table: ScoreTable
    card: Scorecard
    nine: OfficialNine | None
    closing: Closing | None = None


@dataclass(frozen=True)
class Realised:
    """A realisation.

    Attributes:
        origin: where the plan says it comes from; None where nothing is filled in or where
            quarters make it.
        figure: in the unit of the indicator.
        survey: the survey it is the index of; None for other figures.
    """

    origin: Realisation | None
    figure: Figure
    survey: Survey | None = None


Realisations = Mapping[tuple[str, int], Realised]
"""By id of the indicator and year."""


def realise(plan: Plan, instance: Instance) -> Realisations:
    """All realisations of a plan; tables and closings are read from the office's folder.

    Raises:
        SkmError: a table has faults, a period is not closed or was closed with simulated
            responses; all that is wrong at once.
    """
    faults: list[Fault] = []
    found: dict[tuple[str, int], Realised] = {}
    for indicator in plan.indicators:
        for year in sorted({plan.year, *(each.year for each in indicator.realisations)}):
            try:
                found[indicator.id, year] = realised(
                    indicator, year, lambda source: read_survey(source, instance)
                )
            except SkmError as error:
                own = instance.plan(plan.year)
                faults += [replace(fault, file=fault.file or own) for fault in error.faults]
    if faults:
        raise SkmError(*faults)
    return found


def realised(
    indicator: Indicator, year: int, survey: Callable[[FromTable | FromClosing], Survey]
) -> Realised:
    """The realisation of an indicator in a year.

    Args:
        survey: reads the table or the closing that a realisation names.

    Raises:
        SkmError: it is to come from a closing that cannot be used.
    """
    origin = indicator.realisation_of(year)
    match origin:
        case None:
            return Realised(None, realised_by_quarters(indicator))
        case FromClosing():
            try:
                result = survey(origin)
            except SkmError as error:
                place = f"indikator {indicator.id}, realisasi {year}"
                raise SkmError(*(replace(each, field=place) for each in error.faults)) from error
            return Realised(origin, _index(result), result)
        case FromTable():
            result = survey(origin)
            return Realised(origin, _index(result), result)
        case _:
            return Realised(origin, recorded(origin))


def read_survey(source: FromTable | FromClosing, instance: Instance) -> Survey:
    """The survey of a table in the office's folder, or of a period in its database.

    Raises:
        SkmError: the file cannot be read, or a row cannot be scored as the plan asks; the
            period is not closed, or its result is of simulated responses.
    """
    if isinstance(source, FromClosing):
        return survey_of_closing(*read_closing(source, instance), source.reason or "")
    table = read_score_table(
        read_cells(instance.root / source.file),
        None,
        all_forms(instance.own_forms),
        "auto",
        source.rows,
    )
    return survey_of(table, source)


def survey_of(table: ScoreTable, source: FromTable) -> Survey:
    """The scores of a table on the scale of its form, its index and the official elements."""
    form = table.form
    card = table_card(table, weights_for(form), form.regulation.scale)
    nine = official_nine(form, card, regulation_in_force())
    return Survey(source.file, source.reason, table, card, nine)


def read_closing(source: FromClosing, instance: Instance) -> tuple[Closing, Form]:
    """The closing that a plan names, the newest edition unless it names one, and its form.

    Raises:
        SkmError: there is none, or it counts simulated responses.
    """
    period = Period.parse(source.period)
    closing, newest = None, None
    if instance.database.is_file():
        with open_store(instance) as store:
            newest = newest_closing(store, period)
            closing = find_closing(store, period, source.edition)
    if newest is None:
        raise refuse(
            f"Periode {period} belum ditutup, jadi indeks resminya belum ada",
            todo="Tutup periode itu lebih dahulu, atau sebutkan sumber lain di rencana.",
        )
    if closing is None:
        raise refuse(
            f"Penutupan {period.label} tidak memiliki edisi itu",
            found=source.edition,
            expected=f"1 sampai {newest.edition}",
        )
    if closing.simulated:
        raise refuse(
            f"Penutupan {closing.label} berisi DATA SIMULASI, dan laporan kinerja menolaknya",
            todo="Tutup periode dengan jawaban warga, atau sebutkan sumber lain di rencana.",
        )
    return closing, find_form(closing.form, instance.own_forms)


def survey_of_closing(closing: Closing, form: Form, reason: str = "") -> Survey:
    """A closed result as a report shows it: element by element, with its answers counted."""
    card = scorecard_of(closing, form)
    rows = tuple(
        _answers(number, element, closing)
        for number, element in enumerate(form.counted_elements, start=1)
    )
    name = f"penutupan {closing.label}"
    table = ScoreTable(name, form, "count", "strict", rows, ())
    nine = official_nine(form, card, regulation_in_force())
    return Survey(name, reason, table, card, nine, closing)


def _answers(number: int, element: Element, closing: Closing) -> ScoreRow:
    """The answers to an element, those to all of its questions that count together."""
    asked = [question.code for question in element.questions if question.counts]
    counts = [closing.distribution.row(code) for code in asked]
    first, second, third, fourth = (sum(part) for part in zip(*counts, strict=True))
    whole = (first, second, third, fourth)
    figures = tuple(Decimal(count) for count in whole)
    return ScoreRow(number, element.code, figures, whole, None, None, "counts")


def grades(indicator: Indicator, figure: Figure) -> tuple[Grade, ...]:
    """The class of an index on every scale that its indicator names, oldest first.

    An indicator that names none is no index: its figures have no grade.
    """
    shown = figure.shown
    if shown is None:
        return ()
    scales = (regulation.scale for regulation in shipped_regulations())
    return tuple(
        Grade(scale, scale.band(shown)) for scale in scales if scale.id in indicator.scales
    )


def _index(survey: Survey) -> Figure:
    index = survey.card.index
    if index is None:
        return Figure.not_computable(f"{survey.file} tidak memuat nilai semua unsur")
    return Figure.of(index)
