"""Pictures of results: the scores of the elements, and the index over periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.charts import Bound, Scores, Trend
from skm.comparison import highest, lowest
from skm.numerals import number
from skm.regulation import Scale
from skm.scoring import ElementScore, Scorecard

WIDE, HALF, NARROW = 160.0, 116.0, 82.0
"""Widths of a picture in mm: for a page, beside its table on a desk, and for a telephone."""


@dataclass(frozen=True)
class Point:
    """The index of one period.

    Attributes:
        breaks: whether form or scale differ from the point before, so that nobody reads a
            change of the survey as one of the service.
    """

    label: str
    index: Fraction | None
    breaks: bool


def scores_chart(card: Scorecard, width: float = WIDE) -> Scores:
    """The elements that have a score, in official order."""
    elements = [each for each in card.elements if each.score is not None]
    return Scores(
        labels=[each.name for each in elements],
        values=[float(each.score or 0) for each in elements],
        texts=[_shown(each.score) for each in elements],
        bounds=_bounds(card.scale),
        alt=scores_alt(elements),
        width=width,
    )


def scores_alt(elements: Sequence[ElementScore]) -> str:
    """What the picture of the elements says, in words."""
    named = [
        "; ".join(f"{each.name} {_shown(each.score)}" for each in chosen(elements, 1))
        for chosen in (highest, lowest)
    ]
    return (
        f"Diagram batang nilai {len(elements)} unsur pada skala 25 sampai 100. "
        f"Tertinggi: {named[0]}. Terendah: {named[1]}. Semua angkanya ada di tabel."
    )


def trend_chart(points: Sequence[Point], scale: Scale | None, width: float = WIDE) -> Trend:
    """The index over periods, the line broken where a point breaks it.

    Args:
        scale: whose classes are marked; None where the points are on several.
    """
    spaced = [
        each
        for point in points
        for each in ([Point("", None, breaks=False), point] if point.breaks else [point])
    ]
    return Trend(
        labels=[each.label for each in spaced],
        values=[None if each.index is None else float(each.index) for each in spaced],
        texts=["" if each.index is None else _shown(each.index) for each in spaced],
        bounds=[] if scale is None else _bounds(scale),
        alt=trend_alt(points),
        width=width,
    )


def trend_alt(points: Sequence[Point]) -> str:
    """What the picture of the trend says, in words."""
    said = "; ".join(
        f"{each.label} {_shown(each.index)}"
        + (" (formulir atau skala berganti)" if each.breaks else "")
        for each in points
    )
    return f"Diagram garis indeks. {said}."


def _bounds(scale: Scale) -> list[Bound]:
    return [Bound(float(band.lower), band.grade) for band in scale.bands[1:]]


def _shown(value: Fraction | None) -> str:
    return "–" if value is None else number(value, 2)
