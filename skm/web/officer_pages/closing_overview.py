"""What the pages of closings and publications show: the periods of a year, and one in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skm.closing import Closing, differences
from skm.closing_text import checksum
from skm.disclosure import SMALLEST_SHOWN
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.period import Period
from skm.regulation import Band, scale
from skm.store.closed_since import Since, since
from skm.store.closings import (
    Closed,
    ClosingOrder,
    all_closings,
    closed_periods,
    editions_of,
    newest_closing,
    preview,
    warnings_of,
)
from skm.store.publications import Publication, publications
from skm.store.rows import forms_in, months_in
from skm.web.officer_pages.exports import KIND_NAMES, periods_with
from skm.web.site import Site

_ASKED = "–"
"""Stands for the reason of an edition that is only looked at."""


@dataclass(frozen=True)
class Edition:
    """One edition of a closing.

    Attributes:
        band: of its index; None where it has none, or where too few people stand behind it.
        changes: what is new against the edition before.
        publications: those of it that are in force.
    """

    closing: Closing
    checksum: str
    band: Band | None
    changes: tuple[str, ...]
    publications: tuple[Publication, ...]

    @property
    def own(self) -> Publication | None:
        """Its publication on the office's own page."""
        return next((each for each in self.publications if each.own), None)

    @property
    def few(self) -> bool:
        """Whether too few people answered for an index to be shown."""
        return self.closing.respondents < SMALLEST_SHOWN


@dataclass(frozen=True)
class PeriodLine:
    """A period in the list of a year.

    Attributes:
        newest: its edition in force; None while it is not closed.
        since: what happened after that; None while nothing would be counted otherwise.
        over: whether it has ended, so that it may be closed.
    """

    period: Period
    newest: Edition | None
    since: Since | None
    over: bool


@dataclass(frozen=True)
class PeriodInFull:
    """One period with all its editions.

    Attributes:
        editions: the newest first.
        since: what happened after the newest.
        warnings: of the newest.
        forms: the forms that it has responses to.
        form: the one that would be closed.
        next: what would be closed now, and the warnings of it; None where nothing can be, and
            ``obstacle`` says why.
    """

    period: Period
    editions: tuple[Edition, ...]
    since: Since | None
    warnings: tuple[str, ...]
    forms: tuple[Form, ...]
    form: Form | None
    next: Edition | None
    next_warnings: tuple[str, ...]
    obstacle: str | None

    @property
    def newest(self) -> Edition | None:
        """The edition in force."""
        return next(iter(self.editions), None)

    @property
    def seen(self) -> int:
        """Number of the edition in force, 0 while there is none."""
        return self.newest.closing.edition if self.newest else 0


def years_with(site: Site) -> list[int]:
    """The years that have responses or closings, newest first."""
    periods = {*months_in(site.store), *closed_periods(site.store)}
    return sorted({each.year for each in periods}, reverse=True)


def periods_of(site: Site, year: int, today: date) -> Mapping[str, Sequence[PeriodLine]]:
    """The periods of a year that have responses or are closed, by the name of their length."""
    with_answers = periods_with(months_in(site.store))
    found = {
        *closed_periods(site.store),
        *(each for same in with_answers.values() for each in same),
    }
    known = publications(site.store)
    return {
        name: [
            _line(site, each, known, today)
            for each in sorted(found, reverse=True)
            if (each.year, each.kind) == (year, kind)
        ]
        for kind, name in KIND_NAMES.items()
    }


def period_in_full(
    site: Site, period: Period, today: date, form_id: str | None = None
) -> PeriodInFull:
    """One period with all its editions, and what would be closed now.

    Args:
        form_id: the form that would be closed; without it that of the newest edition, else
            the office's present one, else the first.
    """
    store, own = site.store, site.instance.own_forms
    known = publications(store)
    editions = tuple(_edition(each, known) for each in editions_of(store, period))
    forms = tuple(find_form(each, own) for each in forms_in(store, period))
    newest = editions[0].closing if editions else None
    form = _chosen(forms, form_id, newest.form if newest else site.form.id)
    found: Closed | None = None
    obstacle = None
    order = ClosingOrder(today, new_edition=newest is not None, reason=_ASKED if newest else None)
    try:
        found = preview(store, site.instance, period, order, form.id if form else None)
    except SkmError as error:
        obstacle = str(error)
    return PeriodInFull(
        period=period,
        editions=editions,
        since=since(store, newest, find_form(newest.form, own)) if newest else None,
        warnings=warnings_of(store, site.instance, newest) if newest else (),
        forms=forms,
        form=form,
        next=_edition(found.closing, ()) if found else None,
        next_warnings=found.warnings if found else (),
        obstacle=obstacle,
    )


def editions_in_force(site: Site) -> tuple[Edition, ...]:
    """The newest edition of every closed period, the latest period first."""
    known = publications(site.store)
    newest = {each.period: each for each in all_closings(site.store)}  # in the order of editions
    latest = sorted(
        newest.values(), key=lambda each: (each.period.last_day, each.period.length), reverse=True
    )
    return tuple(_edition(each, known) for each in latest)


def _line(site: Site, period: Period, known: Iterable[Publication], today: date) -> PeriodLine:
    closing = newest_closing(site.store, period)
    if closing is None:
        return PeriodLine(period, None, None, today > period.last_day)
    form = find_form(closing.form, site.instance.own_forms)
    after = since(site.store, closing, form)
    return PeriodLine(period, _edition(closing, known), after if after.differs else None, True)


def _edition(closing: Closing, known: Iterable[Publication]) -> Edition:
    few = closing.respondents < SMALLEST_SHOWN
    return Edition(
        closing=closing,
        checksum=checksum(closing),
        band=None if few or closing.index is None else scale(closing.scale).band(closing.index),
        changes=differences(closing),
        publications=tuple(
            each
            for each in known
            if each.withdrawn is None
            and (each.period, each.edition) == (closing.period, closing.edition)
        ),
    )


def _chosen(forms: Sequence[Form], asked: str | None, usual: str) -> Form | None:
    by_id = {form.id: form for form in forms}
    return by_id.get(asked or "") or by_id.get(usual) or next(iter(forms), None)
