"""Everything that an export of a period prints, read from the store in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from skm.assessment import Assessment, Method, Origin
from skm.export.group_tables import Sample
from skm.form import Form
from skm.instance import Instance, Office
from skm.period import Period
from skm.period_scores import Selection, form_of_period, responses_of, score_period
from skm.responses import ResponseTable
from skm.store import Store
from skm.store.completeness import Completeness, completeness
from skm.store.release import released_comments, released_table
from skm.store.rows import comments
from skm.store.served import population, served_in

_DISTRIBUTION = "skm-lkip"


@dataclass(frozen=True, eq=False)
class MonthExport:
    """A period, ready to be written; it knows no clock, so the same data give the same file.

    Attributes:
        assessment: the result of everyone, with the services as its groups.
        everyone: all who answered anything; counted, never shown one by one.
        released: those of them that may be shown one by one.
        origin: where the result came from.
        comments: the released comments, shuffled.
        comments_waiting: how many are not released yet.
        served: people served by service, as far as they were entered.
        population: people served in all, None while a month of the period has no figure.
        program: name and version of what made it.
    """

    office: Office
    form: Form
    period: Period
    method: Method
    assessment: Assessment
    origin: Origin
    everyone: ResponseTable
    released: ResponseTable
    comments: tuple[str, ...]
    comments_waiting: int
    completeness: Completeness
    served: Mapping[str, int]
    population: int | None
    program: str

    @property
    def waiting(self) -> int:
        """How many responses are counted, but not shown one by one yet."""
        return len(self.everyone) - len(self.released)

    @property
    def sample(self) -> Sample:
        """What the people served ask of the survey."""
        return Sample(self.served, self.assessment.sample_needed)

    @property
    def data_day(self) -> date:
        """The day the latest response of the period arrived."""
        return self.completeness.last_received or self.period.last_day


def gather(
    store: Store, instance: Instance, period: Period, today: date, form_id: str | None = None
) -> MonthExport:
    """Read a period.

    Args:
        store: the office's open store.
        instance: the office.
        period: what to read.
        today: what arrived on it is counted, but not shown one by one.
        form_id: the form, where the period has responses to several.

    Raises:
        SkmError: the period has no responses, or responses to several forms.
    """
    form = form_of_period(store, instance, period, form_id)
    everyone = responses_of(store, form, period)
    selection = Selection(period, by="service")
    assessment, origin = score_period(store, instance, selection, form.id)
    card = assessment.card
    shown = released_comments(store, form, period, today)
    return MonthExport(
        office=instance.office,
        form=form,
        period=period,
        method=Method(form, card.weights, card.scale, selection.join),
        assessment=assessment,
        origin=origin,
        everyone=everyone,
        released=released_table(store, form, period, today).answered(),
        comments=shown,
        comments_waiting=len(comments(store, form, period)) - len(shown),
        completeness=completeness(store, form, period),
        served=served_in(store, period),
        population=population(store, period),
        program=_program(),
    )


def _program() -> str:
    try:
        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"
    except PackageNotFoundError:
        return f"{_DISTRIBUTION}, dari kode sumber"
