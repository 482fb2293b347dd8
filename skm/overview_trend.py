"""The index over the official results of past periods, up to the one at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from skm.disclosure import SMALLEST_SHOWN
from skm.overview import Overview
from skm.period import Kind, Period
from skm.regulation import Band, Scale, scale
from skm.store import Store
from skm.store.closings import newest_closing

MOST: Mapping[Kind, int] = {Kind.MONTH: 12, Kind.QUARTER: 8, Kind.SEMESTER: 6, Kind.YEAR: 5}
"""Periods of each kind that a trend looks at."""

REPORT_KINDS: Mapping[str, Kind] = {
    "bulan": Kind.MONTH,
    "triwulan": Kind.QUARTER,
    "semester": Kind.SEMESTER,
    "tahun": Kind.YEAR,
}
"""``periode_laporan`` of an office."""


@dataclass(frozen=True)
class Mark:
    """The index of one period.

    Attributes:
        breaks: whether form or scale differ from the mark before, so that the two are no trend.
        edition: of the closing; None for a period that still runs.
    """

    period: Period
    index: Fraction
    band: Band
    scale: Scale
    form: str
    edition: int | None
    simulated: bool
    breaks: bool = False


def trend_to(store: Store, shown: Overview, report_kind: Kind) -> tuple[Mark, ...]:
    """Closed periods before the one shown, and that one itself; oldest first.

    Periods of its own length, unless fewer than two of them have a result: then those that the
    office reports, then years.
    """
    longest: tuple[Mark, ...] = ()
    for kind in dict.fromkeys((shown.period.kind, report_kind, Kind.YEAR)):
        marks = _marks(store, shown, kind)
        if len(marks) > 1:
            return marks
        longest = max(longest, marks, key=len)
    return longest


def _marks(store: Store, shown: Overview, kind: Kind) -> tuple[Mark, ...]:
    periods = [shown.period.around(kind)]
    while len(periods) < MOST[kind]:
        periods.append(periods[-1].previous)
    marks: list[Mark] = []
    for period in reversed(periods):
        mark = _at_hand(shown) if period == shown.period else _closed(store, period)
        if mark is not None:
            before = marks[-1] if marks else mark
            broken = (before.form, before.scale.id) != (mark.form, mark.scale.id)
            marks.append(replace(mark, breaks=broken))
    return tuple(marks)


def _closed(store: Store, period: Period) -> Mark | None:
    closing = newest_closing(store, period)
    if closing is None or closing.index is None or closing.respondents < SMALLEST_SHOWN:
        return None
    on = scale(closing.scale)
    return Mark(
        period,
        closing.index,
        on.band(closing.index),
        on,
        closing.form,
        closing.edition,
        bool(closing.simulated),
    )


def _at_hand(shown: Overview) -> Mark | None:
    card = shown.assessment.card if shown.assessment else None
    if card is None or card.index is None or card.band is None:
        return None
    edition = shown.closing.edition if shown.closing else None
    return Mark(
        shown.period, card.index, card.band, card.scale, card.form, edition, shown.simulated
    )
