"""Which period the officers' first page is about, from its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort

from skm.errors import SkmError
from skm.form import all_forms
from skm.period import Period
from skm.store.closings import closed_periods
from skm.web.officer_pages.chosen import FORM, PERIOD
from skm.web.officer_pages.exports import periods_with
from skm.web.site import Site


@dataclass(frozen=True)
class PeriodChoice:
    """What a page is about, and what else it could be about.

    Attributes:
        form_id: the form that was asked for; None for the one that counts anyway.
        asked: whether the address names the period.
        periods: newest first, by the name of their kind.
    """

    period: Period
    form_id: str | None
    asked: bool
    periods: Mapping[str, Sequence[Period]]

    @property
    def address(self) -> dict[str, str]:
        """The part of an address that chooses the same again."""
        return {PERIOD: str(self.period), **({FORM: self.form_id} if self.form_id else {})}

    @property
    def before(self) -> Period | None:
        """The nearest earlier period of the same length, where there is one."""
        return max((each for each in self._alike if each < self.period), default=None)

    @property
    def after(self) -> Period | None:
        """The nearest later one."""
        return min((each for each in self._alike if each > self.period), default=None)

    @property
    def _alike(self) -> list[Period]:
        everything = (each for periods in self.periods.values() for each in periods)
        return [each for each in everything if each.length == self.period.length]


def choose_period(
    site: Site, asked: Mapping[str, str], today: Period, months: Sequence[Period]
) -> PeriodChoice:
    """What an address asks for; where it is silent, the newest month that has responses.

    Periods that are closed can be chosen also where their responses are destroyed.

    Args:
        today: the present month, which can always be chosen.
        months: those with responses, in order.

    Raises:
        HTTPException: 404 for a period or a form that cannot be read.
    """
    try:
        period = Period.parse(asked[PERIOD]) if asked.get(PERIOD) else None
    except SkmError:
        abort(HTTPStatus.NOT_FOUND)
    form_id = asked.get(FORM) or None
    if form_id and form_id not in {form.id for form in all_forms(site.instance.own_forms)}:
        abort(HTTPStatus.NOT_FOUND)
    periods = {kind: set(found) for kind, found in periods_with({*months, today}).items()}
    lengths = {next(iter(found)).length: kind for kind, found in periods.items()}
    for closed in closed_periods(site.store):
        periods[lengths[closed.length]].add(closed)
    newest = max((month for month in months if month <= today), default=today)
    return PeriodChoice(
        period or newest,
        form_id,
        period is not None,
        {kind: sorted(found, reverse=True) for kind, found in periods.items()},
    )
