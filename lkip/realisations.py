"""What became of each indicator in each year, from where its plan says that the figure is.

Nothing is taken from elsewhere and nothing is guessed: an index comes from a closed period or
from a named table, other figures from a named document or from their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lkip.achievement import realised_by_quarters, recorded
from lkip.figure import Figure
from lkip.plan import FromClosing, FromTable, Indicator, Plan, Realisation
from skm.comparison import OfficialNine, official_nine
from skm.errors import Fault, SkmError, refuse
from skm.file_scores import table_card
from skm.form import all_forms
from skm.instance import Instance
from skm.reading.cells import read_cells
from skm.reading.score_table import ScoreTable, read_score_table
from skm.regulation import Band, Scale, regulation_in_force, shipped_regulations
from skm.scoring import Scorecard, weights_for


@dataclass(frozen=True)
class Grade:
    """The class of an index on one scale."""

    scale: Scale
    band: Band


@dataclass(frozen=True)
class Survey:
    """The result of a published table, as a report shows it.

    Attributes:
        file: as the plan names it, below the office's folder.
        reason: why the plan takes the index from a table, and its rows as it does.
        table: the rows as they were read, with what was noticed in them.
        card: element scores and index, on the scale of the form.
        nine: the official elements of the regulation in force; None where the form has not all.
    """

    file: str
    reason: str
    table: ScoreTable
    card: Scorecard
    nine: OfficialNine | None


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
    """All realisations of a plan; the tables it names are read from the office's folder.

    Raises:
        SkmError: a table has faults, or a period is not closed; all that is wrong at once.
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


def realised(indicator: Indicator, year: int, survey: Callable[[FromTable], Survey]) -> Realised:
    """The realisation of an indicator in a year.

    Args:
        survey: reads the table that a realisation names.

    Raises:
        SkmError: it is to come from a period that is not closed.
    """
    origin = indicator.realisation_of(year)
    match origin:
        case None:
            return Realised(None, realised_by_quarters(indicator))
        case FromClosing(period=period):
            raise refuse(
                f"Periode {period} belum ditutup, jadi indeks resminya belum ada",
                field=f"indikator {indicator.id}, realisasi {year}",
                todo="Tutup periode itu lebih dahulu, atau sebutkan sumber lain di rencana.",
            )
        case FromTable():
            result = survey(origin)
            return Realised(origin, _index(result), result)
        case _:
            return Realised(origin, recorded(origin))


def read_survey(source: FromTable, instance: Instance) -> Survey:
    """The survey of a table in the office's folder.

    Raises:
        SkmError: the file cannot be read, or a row cannot be scored as the plan asks.
    """
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
        return Figure.not_computable(f"tabel {survey.file} tidak memuat nilai semua unsur")
    return Figure.of(index)
