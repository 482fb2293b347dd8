"""The frozen result of a period: a value, its canonical JSON and its checksum.

A closing holds counts and no response, and all that was said of them on the day: whoever has
it and the questionnaire computes the same scorecard, to the last fraction. What too few people
stand behind is hidden in it from the start, since it outlives the responses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from skm.assessment import NO_GROUP, Assessment, Group, assess_card
from skm.disclosure import SMALLEST_SHOWN
from skm.form import Form
from skm.numerals import number, round_half_up, signed
from skm.period import Period
from skm.regulation import scale
from skm.responses import Distribution
from skm.scoring import Scorecard, Weights, score
from skm.uncertainty import Interval

Counts = tuple[tuple[int, int, int, int], ...]
"""Answers at level 1 to 4, a question of the form a row."""


@dataclass(frozen=True)
class ServiceCounts:
    """One service in a closed period.

    Attributes:
        code: of the service; ``tidak diisi`` for those who named none.
        served: people served; None where that was not entered.
        n: respondents; None where hidden.
        counts: None where hidden; then they stand in the closing's ``hidden_counts``.
    """

    code: str
    name: str
    served: int | None
    n: int | None
    counts: Counts | None


@dataclass(frozen=True)
class ProfileTotals:
    """Respondents by choice of a profile question, None for a choice that is hidden."""

    question: str
    totals: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Estimate:
    """A 95 % interval in points, as exact decimals."""

    low: Fraction
    high: Fraction
    standard_error: Fraction


@dataclass(frozen=True)
class Replaced:
    """The edition before, and how this one differs from it.

    Attributes:
        added: responses that were not in it.
        removed: responses that were in it and were deleted since.
        corrected: responses of it that were corrected since.
    """

    edition: int
    checksum: str
    respondents: int
    index: Fraction | None
    scale: str
    weights: str
    added: int
    removed: int
    corrected: int


@dataclass(frozen=True)
class Closing:
    """The official result of a period.

    Attributes:
        edition: from 1; a later one replaces those before and says why.
        closed: the day of the closing.
        document: number of the document that lays it down, with its date.
        reason: of a new edition; None for the first.
        form: id of the questionnaire.
        questions: their codes, in the order of all counts.
        left_out: responses to other forms in the same period, by form.
        scale: id of the scale.
        join: how services were joined.
        services: in the order of the office, others after them.
        hidden_counts: the counts of the hidden services together.
        index: 25 to 100; None where an element has no answer.
        lowest: codes of the three elements to improve first.
        population: people served in all; None where a month has no figure.
        flags: responses by quality flag; one may have several.
        flagged: responses with any flag; ``without_flagged`` the index without them.
        helped: responses filled in with an officer's help, and the index without them.
        comments: how many there were.
        channels: responses by channel.
        simulated: responses that were simulated.
        data_until: the day that the latest response arrived.
    """

    period: Period
    edition: int
    closed: date
    document: str | None
    document_date: date | None
    reason: str | None
    replaced: Replaced | None
    form: str
    form_title: str
    questions: tuple[str, ...]
    left_out: Mapping[str, int]
    weights: Weights
    scale: str
    join: str
    services: tuple[ServiceCounts, ...]
    hidden_counts: Counts
    respondents: int
    index: Fraction | None
    grade: str | None
    lowest: tuple[str, ...]
    population: int | None
    sample_needed: int | None
    interval: Estimate | None
    alpha: Fraction | None
    flags: Mapping[str, int]
    flagged: int
    without_flagged: Fraction | None
    helped: int
    without_helped: Fraction | None
    comments: int
    channels: Mapping[str, int]
    profile: tuple[ProfileTotals, ...]
    simulated: int
    data_until: date

    @property
    def label(self) -> str:
        """As people name it: ``Oktober 2026, edisi 1``."""
        return f"{self.period.label}, edisi {self.edition}"

    @property
    def served(self) -> dict[str, int]:
        """People served by service, as far as they were entered."""
        return {each.code: each.served for each in self.services if each.served is not None}

    @property
    def distribution(self) -> Distribution:
        """The counts of all respondents."""
        counts = [each.counts for each in self.services if each.counts is not None]
        counts.append(self.hidden_counts)
        return Distribution(
            self.questions, np.sum(np.array(counts, dtype=np.int64), axis=0), self.respondents
        )


def scorecard_of(closing: Closing, form: Form) -> Scorecard:
    """The scorecard, computed anew from the frozen counts."""
    return score(closing.distribution, form, closing.weights, scale(closing.scale))


def assessment_of(closing: Closing, form: Form) -> Assessment:
    """All that was said of the period, with its services as the groups."""
    card = scorecard_of(closing, form)
    base = assess_card(form, card, _more_than_served(closing))
    estimate = closing.interval
    return Assessment(
        card=card,
        nine=base.nine,
        interval=None
        if estimate is None
        else Interval(
            *(float(estimate.low), float(estimate.high), float(estimate.standard_error)),
            closing.respondents,
            closing.population,
        ),
        alpha=None if closing.alpha is None else float(closing.alpha),
        sample_needed=closing.sample_needed,
        flagged=closing.flagged,
        without_flagged=closing.without_flagged,
        without_helped=closing.without_helped,
        without_fee=base.without_fee,
        groups=_groups(closing, form),
        simulated=bool(closing.simulated),
        warnings=base.warnings,
    )


def differences(closing: Closing) -> tuple[str, ...]:
    """What changed against the edition before, a sentence each; nothing for the first."""
    before = closing.replaced
    if before is None:
        return ()
    said = [
        f"Responden {number(before.respondents)} menjadi {number(closing.respondents)}: "
        f"{number(before.added)} bertambah, {number(before.removed)} dihapus, "
        f"{number(before.corrected)} diperbaiki."
    ]
    few = min(before.respondents, closing.respondents) < SMALLEST_SHOWN
    if before.index is not None and closing.index is not None and not few:
        was, now = (round_half_up(index, 2) for index in (before.index, closing.index))
        said.append(f"Indeks {number(was, 2)} menjadi {number(now, 2)} ({signed(now - was)}).")
    if before.scale != closing.scale:
        said.append(f"Skala {before.scale} menjadi {closing.scale}.")
    if before.weights != closing.weights.label:
        said.append(f"Bobot {before.weights} menjadi {closing.weights.label}.")
    return tuple(said)


def _groups(closing: Closing, form: Form) -> tuple[Group, ...]:
    on = scale(closing.scale)
    groups = []
    for each in sorted(closing.services, key=lambda each: (each.code == NO_GROUP, each.code)):
        if each.counts is None:
            groups.append(Group(each.code, None, True, None, each.name))
        elif each.n:
            counts = np.array(each.counts, dtype=np.int64)
            part = Distribution(closing.questions, counts, each.n)
            card = score(part, form, closing.weights, on)
            groups.append(Group(each.code, each.n, False, card, each.name))
    return tuple(groups)


def _more_than_served(closing: Closing) -> tuple[str, ...]:
    return tuple(
        f"{each.name}: {number(each.n)} responden, padahal hanya {number(each.served)} orang "
        "dilayani."
        for each in closing.services
        if each.n is not None and each.served is not None and each.n > each.served
    )
