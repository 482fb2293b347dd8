"""Freezing a period: its closing, made from the responses and what is known beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from skm.assessment import NO_GROUP, Method, assess, by_service
from skm.closing import Closing, Counts, Estimate, ProfileTotals, Replaced, ServiceCounts
from skm.comparison import lowest
from skm.disclosure import SMALLEST_SHOWN, hidden_groups
from skm.form import Form
from skm.numerals import round_half_up
from skm.period import Period
from skm.responses import ResponseTable

_INTERVAL_PLACES = 10
"""Of estimates, far beyond what is shown: floats that differ by machine are cut off."""


@dataclass(frozen=True)
class Decision:
    """What an office decides when it closes a period.

    Attributes:
        closed: today.
        edition: the number of the edition.
        reason: why there is a new edition; None for the first.
    """

    closed: date
    edition: int = 1
    document: str | None = None
    document_date: date | None = None
    reason: str | None = None
    replaced: Replaced | None = None


@dataclass(frozen=True)
class Surroundings:
    """What is known of a period beside its responses.

    Attributes:
        services: names by code, in the order of the office.
        served: people served by service.
        data_until: the day that the latest response arrived.
    """

    services: Mapping[str, str]
    served: Mapping[str, int]
    population: int | None
    comments: int
    data_until: date
    left_out: Mapping[str, int]


def freeze(
    period: Period,
    table: ResponseTable,
    method: Method,
    around: Surroundings,
    decision: Decision,
) -> Closing:
    """The closing of a period from its responses, with all services pooled.

    Args:
        table: the responses with the columns of the store.
        method: form, weights and scale.
    """
    form = method.form
    table = table.answered()
    found = assess(table, method, population=around.population)
    services, hidden_counts = _services(table, around)
    interval, alpha = found.interval, found.alpha
    flagged, helped = found.flagged or 0, int(np.count_nonzero(table.columns["helped"]))
    return Closing(
        period=period,
        edition=decision.edition,
        closed=decision.closed,
        document=decision.document,
        document_date=decision.document_date,
        reason=decision.reason,
        replaced=decision.replaced,
        form=form.id,
        form_title=form.title,
        questions=table.questions,
        left_out=dict(around.left_out),
        weights=method.weights,
        scale=method.scale.id,
        join=method.join,
        services=services,
        hidden_counts=hidden_counts,
        respondents=len(table),
        index=found.card.index,
        grade=found.card.band.grade if found.card.band else None,
        lowest=tuple(element.code for element in lowest(found.card.elements)),
        population=around.population,
        sample_needed=found.sample_needed,
        interval=None
        if interval is None
        else Estimate(*map(_exact, (interval.low, interval.high, interval.standard_error))),
        alpha=None if alpha is None else _exact(alpha),
        flags=dict(Counter(flag for flags in table.columns["flags"] for flag in flags)),
        flagged=flagged,
        without_flagged=_unless_few(found.without_flagged, flagged),
        helped=helped,
        without_helped=_unless_few(found.without_helped, helped),
        comments=around.comments,
        channels=dict(Counter(map(str, table.columns["channel"]))),
        profile=profile_totals(table, form),
        simulated=int(np.count_nonzero(table.columns["simulated"])),
        data_until=around.data_until,
    )


def named_services(services: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Names by code, with a name for those who named no service."""
    return dict(services) | {NO_GROUP: "Tidak diisi"}


def profile_totals(table: ResponseTable, form: Form) -> tuple[ProfileTotals, ...]:
    """Respondents by choice of each profile question, those hidden that are too few."""
    found = []
    for question in form.profile:
        given = Counter(value or NO_GROUP for value in table.columns[f"profile.{question.code}"])
        hidden = hidden_groups(given)
        known = [choice.code for choice in question.choices]
        codes = [*known, *sorted(code for code in given if code not in known)]
        totals = tuple((code, None if code in hidden else given[code]) for code in codes)
        found.append(ProfileTotals(question.code, totals))
    return tuple(found)


def _services(
    table: ResponseTable, around: Surroundings
) -> tuple[tuple[ServiceCounts, ...], Counts]:
    found = by_service(table)
    sizes = {code: part.respondents or 0 for code, part in found.items()}
    hidden = hidden_groups(sizes)
    codes = [code for code in around.services if code in found or around.served.get(code)]
    codes += sorted(code for code in found if code not in around.services)
    nothing = np.zeros((len(table.questions), 4), dtype=np.int64)
    services = []
    for code in codes:
        counts = _counts(found[code].counts if code in found else nothing)
        name = around.services.get(code, code)
        shown = code not in hidden
        services.append(
            ServiceCounts(
                *(code, name, around.served.get(code)),
                *(sizes.get(code, 0) if shown else None, counts if shown else None),
            )
        )
    rest = sum((found[code].counts for code in hidden), nothing)
    return tuple(services), _counts(rest)


def _counts(rows: NDArray[np.int64]) -> Counts:
    return tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in rows.tolist())


def _unless_few(index: Fraction | None, left_out: int) -> Fraction | None:
    """The index without some responses; None where the difference would tell a single one's."""
    return None if 0 < left_out < SMALLEST_SHOWN else index


def _exact(value: float) -> Fraction:
    return Fraction(round_half_up(Fraction(value), _INTERVAL_PLACES))
