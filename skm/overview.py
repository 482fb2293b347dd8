"""A period at a glance, as the officers' first page shows it: totals, and nothing single."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from skm.assessment import Assessment, Method, assess, scale_of_period
from skm.closing import Closing, assessment_of
from skm.disclosure import SMALLEST_SHOWN
from skm.form import Form, find_form
from skm.instance import Instance, Office
from skm.period import Period
from skm.quality import MEANINGS
from skm.regulation import regulation_in_force
from skm.scoring import Scorecard, weights_for
from skm.store import Store
from skm.store.closings import newest_closing
from skm.store.rows import forms_in, read_counted
from skm.store.served import population, served_in
from skm.uncertainty import needed_sample, split_sample

UNNAMED = "Tanpa layanan"
_A_YEAR = 12


@dataclass(frozen=True)
class Sample:
    """How many respondents a period needs, by the people it served.

    Attributes:
        served: people by service.
        needed: by the formula of Krejcie and Morgan, over all services.
        split: the same by service.
        estimated_from: an earlier period whose people stand in for those of a period that
            has no figure yet; None where it has.
    """

    served: Mapping[str, int]
    needed: int
    split: Mapping[str, int]
    estimated_from: Period | None

    @property
    def people(self) -> int:
        """All people served."""
        return sum(self.served.values())


@dataclass(frozen=True)
class ServiceTotals:
    """One service in a period.

    Attributes:
        n: respondents; None where so few people must not be shown.
        card: its own result, of a closed period alone: a live one would change with each
            single person who answers.
    """

    name: str
    n: int | None
    needed: int | None
    served: int | None
    card: Scorecard | None = None


@dataclass(frozen=True)
class Overview:
    """A period as it stands, or as it was closed.

    Attributes:
        form: None where nobody has answered.
        other_forms: forms with responses in the same period that are not counted here.
        assessment: None where fewer than five have answered.
        closing: the official result that all of this comes from; None while it is live.
        sample: None where nobody knows how many people were served.
        flags: responses by what was noticed of them, those not empty.
        simulated: whether any response was simulated.
    """

    period: Period
    form: Form | None
    other_forms: tuple[str, ...]
    respondents: int
    assessment: Assessment | None
    closing: Closing | None
    services: tuple[ServiceTotals, ...]
    sample: Sample | None
    flags: tuple[tuple[str, int], ...]
    simulated: bool

    @property
    def shows_without_flagged(self) -> bool:
        """Whether the index without flagged responses tells nothing of a few people."""
        flagged = self.assessment.flagged if self.assessment else None
        return flagged is not None and all(
            n >= SMALLEST_SHOWN for n in (flagged, self.respondents - flagged)
        )


def overview(
    store: Store, instance: Instance, period: Period, form_id: str | None = None
) -> Overview:
    """What a period shows: its closing where it is closed, else the responses there are.

    Args:
        form_id: the form whose responses count; without it the one of the closing, or the
            office's own, or the only one there is.

    Raises:
        SkmError: the form is not there, or a closing does not match its checksum.
    """
    closing = newest_closing(store, period)
    found = forms_in(store, period)
    if closing is not None and form_id in (None, closing.form):
        return _closed(instance, closing, tuple(f for f in found if f != closing.form))
    if not found:
        return Overview(period, None, (), 0, None, None, (), sample_of(store, period), (), False)
    chosen = form_id or (instance.office.form if instance.office.form in found else found[0])
    form = find_form(chosen, instance.own_forms)
    return _live(store, instance, period, form, tuple(f for f in found if f != form.id))


def sample_of(store: Store, period: Period) -> Sample | None:
    """The sample that a period needs.

    Until its own people are counted those of the latest period of its length do, not longer
    ago than a year; None where there is none.
    """
    candidate = period
    for _ in range(_A_YEAR // period.length + 1):
        people = population(store, candidate)
        if people:
            needed = needed_sample(people, regulation_in_force().sample)
            served = served_in(store, candidate)
            return Sample(
                served,
                needed,
                split_sample(needed, served),
                None if candidate == period else candidate,
            )
        candidate = candidate.previous
    return None


def _live(
    store: Store, instance: Instance, period: Period, form: Form, others: tuple[str, ...]
) -> Overview:
    table = read_counted(store, form, period).answered()
    sample = sample_of(store, period)
    known = sample.people if sample and sample.estimated_from is None else None
    method = Method(form, weights_for(form), scale_of_period(period, instance.office.scale))
    by_service = Counter(table.columns["service"])
    flags = Counter(flag for raised in table.columns["flags"] for flag in raised)
    return Overview(
        period=period,
        form=form,
        other_forms=others,
        respondents=len(table),
        assessment=assess(table, method, population=known)
        if len(table) >= SMALLEST_SHOWN
        else None,
        closing=None,
        services=_services(instance.office, by_service, sample),
        sample=sample,
        flags=_noticed(flags),
        simulated=bool(table.columns["simulated"].any()),
    )


def _services(
    office: Office, counts: Mapping[str | None, int], sample: Sample | None
) -> tuple[ServiceTotals, ...]:
    rest = dict(counts)
    split = sample.split if sample else {}
    own = sample.served if sample and sample.estimated_from is None else {}
    rows = [
        ServiceTotals(each.name, rest.pop(each.code, 0), split.get(each.code), own.get(each.code))
        for each in office.services
    ]
    if unnamed := sum(rest.values()):
        rows.append(ServiceTotals(UNNAMED, unnamed, None, None))
    return tuple(rows)


def _closed(instance: Instance, closing: Closing, others: tuple[str, ...]) -> Overview:
    form = find_form(closing.form, instance.own_forms)
    sample, split = None, {}
    if closing.population and closing.sample_needed is not None:
        split = split_sample(closing.sample_needed, closing.served)
        sample = Sample(closing.served, closing.sample_needed, split, None)
    assessment = assessment_of(closing, form) if closing.respondents >= SMALLEST_SHOWN else None
    cards = {group.name: group.card for group in assessment.groups} if assessment else {}
    return Overview(
        period=closing.period,
        form=form,
        other_forms=others,
        respondents=closing.respondents,
        assessment=assessment,
        closing=closing,
        services=tuple(
            ServiceTotals(
                each.name, each.n, split.get(each.code), each.served, cards.get(each.code)
            )
            for each in closing.services
        ),
        sample=sample,
        flags=_noticed(closing.flags),
        simulated=bool(closing.simulated),
    )


def _noticed(flags: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((words, flags[flag]) for flag, words in MEANINGS.items() if flags.get(flag))
