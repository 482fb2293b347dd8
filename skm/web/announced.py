"""What the public pages say of results, read from published closings and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from skm.assessment import Assessment
from skm.closing import Closing, ProfileTotals, assessment_of
from skm.closing_text import SHORT, checksum
from skm.disclosure import hidden_beside
from skm.export.result_charts import Point
from skm.follow_up import FollowUp, share_finished
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Kind, Period
from skm.recount import Recount, recount
from skm.regulation import Band, Scale, scale, shipped_regulations
from skm.store import Store
from skm.store.follow_up import all_follow_ups, of_period
from skm.store.publications import Shown

DRAWN = 12
"""Periods that the picture of a trend has room for."""


@dataclass(frozen=True)
class Headline:
    """One published result in a line.

    Attributes:
        short: what its address names, the first digits of its checksum.
        breaks: whether form or scale differ from the period before of the same length.
    """

    period: Period
    edition: int
    short: str
    index: Fraction
    band: Band
    scale: Scale
    respondents: int
    simulated: bool
    breaks: bool

    @property
    def point(self) -> Point:
        """Its point in the picture of a trend."""
        return Point(self.period.label, self.index, self.breaks)


@dataclass(frozen=True)
class Series:
    """The published results of one length of period, oldest first."""

    kind: Kind
    results: tuple[Headline, ...]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return SLUGS[self.kind]

    @property
    def drawn(self) -> tuple[Headline, ...]:
        """Those that the picture shows; one alone makes no trend."""
        newest = self.results[-DRAWN:]
        return newest if len(newest) > 1 else ()

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of the picture."""
        return tuple(each.point for each in self.drawn)

    @property
    def scale(self) -> Scale | None:
        """The scale that all points are on; None where they are on several."""
        first, *others = (each.scale for each in self.drawn)
        return first if all(each.id == first.id for each in others) else None


SLUGS = {
    Kind.MONTH: "bulan",
    Kind.QUARTER: "triwulan",
    Kind.SEMESTER: "semester",
    Kind.YEAR: "tahun",
}


@dataclass(frozen=True)
class ServiceLine:
    """A service of a result; n None where it is hidden, index None without a complete one."""

    name: str
    n: int | None
    index: Fraction | None
    band: Band | None


@dataclass(frozen=True)
class Progress:
    """What is done about a result.

    Attributes:
        share: percent of the plan that is finished.
        steps: the elements' names and what was planned.
    """

    share: Fraction
    finished: int
    steps: tuple[tuple[str, FollowUp], ...]


@dataclass(frozen=True)
class Announced:
    """One published result in full.

    Attributes:
        elsewhere: the class on other scales, where it differs.
        services: none where a newer edition is shown.
        newer: the edition that is shown in its place, None for the newest.
        recount: the index counted anew; None where that would tell of few people.
    """

    headline: Headline
    closing: Closing
    form: Form
    assessment: Assessment
    checksum: str
    elsewhere: tuple[tuple[Scale, Band], ...]
    services: tuple[ServiceLine, ...]
    newer: Headline | None
    recount: Recount | None
    progress: Progress | None


def headline(closing: Closing, before: Closing | None = None) -> Headline:
    """A published result in a line.

    Args:
        before: of the period before of the same length, as far as it is published.
    """
    on = scale(closing.scale)
    index = closing.index or Fraction(0)  # what has none is never published
    return Headline(
        period=closing.period,
        edition=closing.edition,
        short=checksum(closing)[:SHORT],
        index=index,
        band=on.band(index),
        scale=on,
        respondents=closing.respondents,
        simulated=bool(closing.simulated),
        breaks=before is not None and (before.form, before.scale) != (closing.form, closing.scale),
    )


def series(closings: Sequence[Closing]) -> tuple[Series, ...]:
    """Published results by length of period, the shortest first."""
    found = []
    for kind in Kind:
        same = [each for each in closings if each.period.kind is kind]
        if same:
            pairs = zip(same, [None, *same], strict=False)
            found.append(Series(kind, tuple(headline(each, before) for each, before in pairs)))
    return tuple(found)


def announced(
    store: Store, instance: Instance, shown: Shown, closings: Sequence[Closing]
) -> Announced:
    """One published result in full.

    Args:
        closings: all that are shown, beside which it must tell of no few people.
    """
    closing = shown.closing
    form = find_form(closing.form, instance.own_forms)
    assessment = assessment_of(closing, form)
    planned = of_period(store, closing.period)
    return Announced(
        headline=headline(closing),
        closing=closing,
        form=form,
        assessment=assessment,
        checksum=checksum(closing),
        elsewhere=_elsewhere(assessment),
        services=() if shown.newer else _services(assessment, closing, closings),
        newer=headline(shown.newer) if shown.newer else None,
        recount=recount(closing, form) if shown.countable else None,
        progress=_progress(form, planned) if planned else None,
    )


def newest_progress(
    store: Store, instance: Instance, closings: Sequence[Closing]
) -> tuple[Period, Progress] | None:
    """The newest published result that something was planned upon, and how far that is."""
    items = all_follow_ups(store)
    for closing in reversed(closings):
        planned = [each for each in items if each.period == closing.period]
        if planned:
            form = find_form(closing.form, instance.own_forms)
            return closing.period, _progress(form, planned)
    return None


def _progress(form: Form, items: Sequence[FollowUp]) -> Progress:
    names = {element.code: element.name for element in form.elements}
    return Progress(
        share=share_finished(items) or Fraction(0),
        finished=sum(each.done is not None for each in items),
        steps=tuple((names.get(each.element, each.element), each) for each in items),
    )


def profile_beside(closing: Closing, closings: Sequence[Closing]) -> tuple[ProfileTotals, ...]:
    """The respondents by profile, without the groups that the other results give away."""

    def totals_of(each: Closing, question: str) -> dict[str, int | None]:
        found = (one.totals for one in each.profile if one.question == question)
        return dict(next(found, ()))

    shown = []
    for asked in closing.profile:
        hidden = _hidden(closing, closings, partial(totals_of, question=asked.question))
        totals = tuple((code, None if code in hidden else n) for code, n in asked.totals)
        shown.append(ProfileTotals(asked.question, totals))
    return tuple(shown)


def _hidden(
    closing: Closing,
    closings: Sequence[Closing],
    sizes: Callable[[Closing], Mapping[str, int | None]],
) -> frozenset[str]:
    """The groups of one breakdown that must not be shown beside all results of the form."""
    beside = [each for each in closings if each.form == closing.form]
    return hidden_beside(
        {each.period: sizes(each) for each in beside},
        {each.period: each.respondents for each in beside},
    )[closing.period]


def _elsewhere(assessment: Assessment) -> tuple[tuple[Scale, Band], ...]:
    card = assessment.card
    if card.index is None or card.band is None:
        return ()
    others = ((each.scale, each.scale.band(card.index)) for each in shipped_regulations())
    return tuple((on, band) for on, band in others if band.grade != card.band.grade)


def _services(
    assessment: Assessment, closing: Closing, closings: Sequence[Closing]
) -> tuple[ServiceLine, ...]:
    """The services in the order of the office, without those that give few people away."""
    hidden = _hidden(closing, closings, lambda each: {one.code: one.n for one in each.services})
    cards = {group.name: group.card for group in assessment.groups}
    lines = []
    for service in closing.services:
        card = None if service.code in hidden else cards.get(service.code)
        if service.code in hidden or service.n:
            lines.append(
                ServiceLine(
                    service.name,
                    None if service.code in hidden else service.n,
                    card.index if card else None,
                    card.band if card else None,
                )
            )
    return tuple(lines)
