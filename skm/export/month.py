"""Everything that an export of a period prints, read from the store in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from skm.assessment import NO_GROUP, Assessment, Method, Origin
from skm.closing import Closing, assessment_of
from skm.export.group_tables import Sample
from skm.follow_up import FollowUp
from skm.form import Form, find_form
from skm.instance import Instance, Office, Service
from skm.period import Period
from skm.period_scores import (
    Official,
    Selection,
    form_of_period,
    official_of,
    responses_of,
    score_period,
)
from skm.regulation import scale
from skm.responses import Distribution, ResponseTable
from skm.store import Store
from skm.store.comment_handling import ReceivedComment, received_comments
from skm.store.completeness import Completeness, completeness
from skm.store.follow_up import answering
from skm.store.release import released_table
from skm.store.rows import comments, read_table
from skm.store.served import population, served_in

_DISTRIBUTION = "skm-lkip"
_UNKNOWN = Service(code="", name="", free=True, online=False)
"""A service that the office no longer has; only its code and name are printed."""


@dataclass(frozen=True, eq=False)
class MonthExport:
    """A period, ready to be written; it knows no clock, so the same data give the same file.

    A closed period is written as its closing in force has it, and the single responses are
    those that the closing counts, as far as they are still there.

    Attributes:
        assessment: the result of everyone, with the services as its groups.
        distribution: the counts of everyone.
        everyone: all who answered anything; counted, never shown one by one.
        released: those of them that may be shown one by one.
        answered: how many answered anything up to now, those after a closing among them.
        origin: where the result came from.
        comments: the released comments with what the office made of them, shuffled.
        comments_waiting: how many are not released yet.
        served: people served by service, as far as they were entered.
        population: people served in all, None while a month of the period has no figure.
        program: name and version of what made it.
        official: the closing and what came after it; None while the period is not closed.
        follow_up: what was planned upon the result, as far as it is written down now.
        follow_up_before: the same of the period before.
    """

    office: Office
    form: Form
    period: Period
    method: Method
    assessment: Assessment
    origin: Origin
    distribution: Distribution
    everyone: ResponseTable
    released: ResponseTable
    answered: int
    comments: tuple[ReceivedComment, ...]
    comments_waiting: int
    completeness: Completeness
    served: Mapping[str, int]
    population: int | None
    program: str
    official: Official | None = None
    follow_up: tuple[FollowUp, ...] = ()
    follow_up_before: tuple[FollowUp, ...] = ()

    @property
    def destroyed(self) -> bool:
        """Whether the single responses were destroyed after the closing."""
        return bool(self.official and self.official.since.purged and not len(self.everyone))

    @property
    def channels(self) -> list[str]:
        """The channels that the counted responses came by."""
        counted = self.official.closing.channels if self.official else self.completeness.channels
        return [channel for channel, n in counted.items() if n]

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
        if self.official:
            return self.official.closing.data_until
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
    official = official_of(store, instance, period)
    month = (
        _closed(store, instance, official, today)
        if official is not None and form_id in (None, official.closing.form)
        else _open(store, instance, period, today, form_id)
    )
    return replace(
        month,
        follow_up=answering(store, period),
        follow_up_before=answering(store, period.previous),
    )


def _open(
    store: Store, instance: Instance, period: Period, today: date, form_id: str | None
) -> MonthExport:
    form = form_of_period(store, instance, period, form_id)
    everyone = responses_of(store, form, period)
    selection = Selection(period, by="service")
    assessment, origin = score_period(store, instance, selection, form.id)
    card = assessment.card
    shown = received_comments(store, form, period, today)
    return MonthExport(
        office=instance.office,
        form=form,
        period=period,
        method=Method(form, card.weights, card.scale, selection.join),
        assessment=assessment,
        origin=origin,
        distribution=everyone.distribution(),
        everyone=everyone,
        released=released_table(store, form, period, today).answered(),
        answered=len(everyone),
        comments=shown,
        comments_waiting=len(comments(store, form, period)) - len(shown),
        completeness=completeness(store, form, period),
        served=served_in(store, period),
        population=population(store, period),
        program=_program(),
    )


def _closed(store: Store, instance: Instance, official: Official, today: date) -> MonthExport:
    closing = official.closing
    form = find_form(closing.form, instance.own_forms)
    period, edition = closing.period, closing.edition
    assessment = assessment_of(closing, form)
    services = tuple(group.name for group in assessment.groups if group.name != NO_GROUP)
    everyone = read_table(store, form, period, edition=edition).answered()
    shown = received_comments(store, form, period, today, edition)
    return MonthExport(
        office=as_closed(instance.office, closing),
        form=form,
        period=period,
        method=Method(form, closing.weights, scale(closing.scale), closing.join),
        assessment=assessment,
        origin=Origin("raw", None, str(period), services, closing.join),
        distribution=closing.distribution,
        everyone=everyone,
        released=released_table(store, form, period, today, edition).answered(),
        answered=len(everyone) + official.since.late,
        comments=shown,
        comments_waiting=len(comments(store, form, period, edition=edition)) - len(shown),
        completeness=completeness(store, form, period),
        served=closing.served,
        population=closing.population,
        program=_program(),
        official=official,
    )


def as_closed(office: Office, closing: Closing) -> Office:
    """The office with the services as they were called when the period was closed."""
    services = tuple(
        replace(office.service(each.code) or _UNKNOWN, code=each.code, name=each.name)
        for each in closing.services
        if each.code != NO_GROUP
    )
    return replace(office, services=services)


def _program() -> str:
    try:
        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"
    except PackageNotFoundError:
        return f"{_DISTRIBUTION}, dari kode sumber"
