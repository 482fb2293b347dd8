"""An assessment as an officer reads it in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from skm.assessment import Assessment, Origin
from skm.comparison import highest, index_gap, lowest
from skm.numerals import Number, long_date, number
from skm.regulation import Band, scale, shipped_regulations
from skm.scoring import EXACT, ElementScore

if TYPE_CHECKING:  # a file is scored without loading the database
    from skm.period_scores import Official

_WIDTH = 48
_VALUES = {"raw": "jawaban mentah", "count": "jumlah jawaban", "percent": "persentase"}


def score_lines(assessment: Assessment, origin: Origin) -> Iterator[str]:
    """The lines of ``skm score``."""
    card = assessment.card
    if assessment.simulated:
        yield "*** DATA SIMULASI ***"
    weights = "1/jumlah unsur" if card.weights.label == EXACT else card.weights.label
    yield f"Formulir  {card.form} · {card.scale.name} · bobot {weights}"
    yield (
        f"Isi       {_VALUES[origin.values]}"
        + (f" · periode {origin.period}" if origin.period else "")
        + (f" · layanan digabung: {origin.join}" if origin.join else "")
    )
    if card.respondents is not None:
        yield f"Responden {number(card.respondents)}" + _needed(assessment)
    yield ""
    yield f"{'':3} {'Unsur':{_WIDTH}} {'n':>7} {'NRR':>7} {'Skor':>7}  Mutu"
    for place, element in enumerate(card.elements, start=1):
        yield _element_line(f"{place}.", element)
    for element in card.apart:
        yield _element_line("-", element)
    yield ""
    yield from _index_lines(assessment)
    if assessment.groups:
        yield ""
        yield "Kelompok"
        for group in assessment.groups:
            if group.hidden or group.card is None:
                yield f"    {group.label:{_WIDTH}} disembunyikan (kelompok kecil)"
            else:
                size = number(group.n or 0)
                yield f"    {group.label:{_WIDTH}} {size:>7} {_figure(group.card.index):>15}"
    for warning in assessment.warnings:
        yield f"Perhatian: {warning}"


def official_lines(official: Official) -> Iterator[str]:
    """The official result of a closed period, and what came after it."""
    closing, since = official.closing, official.since
    band = None if closing.index is None else scale(closing.scale).band(closing.index)
    yield ""
    yield (
        f"RESMI     {_figure(closing.index)}  {_class(band)} · edisi {closing.edition}, ditutup "
        f"{long_date(closing.closed)}, {number(closing.respondents)} responden"
    )
    if since.purged:
        yield f"          {number(since.purged)} jawaban satuannya sudah dimusnahkan"
    if since.differs:
        yield f"          {since}"


def _index_lines(assessment: Assessment) -> Iterator[str]:
    card = assessment.card
    if card.index is None:
        return
    yield f"INDEKS    {number(card.index, 2)}  {_class(card.band)} · {card.scale.name}"
    for regulation in shipped_regulations():
        if regulation.scale.id != card.scale.id:
            band = regulation.scale.band(card.index)
            yield f"          {number(card.index, 2)}  {_class(band)} · {regulation.scale.name}"
    nine = assessment.nine
    own = {element.code for element in card.elements}
    if nine is not None and nine.index is not None and own != set(nine.members):
        yield f"Unsur resmi ({len(nine.elements)}): {number(nine.index, 2)}  {_class(nine.band)}"
    interval = assessment.interval
    if interval is not None:
        low, high = (number(_fraction(bound), 2) for bound in (interval.low, interval.high))
        yield f"Selang kepercayaan 95 %: {low} sampai {high}"
    if assessment.alpha is not None:
        yield f"Alfa Cronbach: {number(_fraction(assessment.alpha), 3)}"
    if assessment.flagged:
        yield (
            f"Ditandai untuk diperiksa: {number(assessment.flagged)} jawaban; "
            f"indeks tanpa itu {_figure(assessment.without_flagged)}"
        )
    if assessment.without_helped not in (None, card.index):
        yield f"Indeks tanpa isian yang dibantu petugas: {_figure(assessment.without_helped)}"
    if assessment.without_fee is not None:
        yield f"Indeks tanpa unsur biaya: {_figure(assessment.without_fee)}"
    gap = index_gap(card)
    if gap is not None:
        people = (
            ""
            if gap.respondents is None
            else f", setara {number(gap.respondents)} responden menilai satu tingkat lebih tinggi"
        )
        yield f"Menuju {_class(gap.target)}: kurang {number(gap.points, 2)} poin{people}"
    yield "Terendah: " + _named(lowest(card.elements))
    yield "Tertinggi: " + _named(highest(card.elements))


def _element_line(mark: str, element: ElementScore) -> str:
    n = "-" if element.n is None else number(element.n)
    name = element.name if len(element.name) <= _WIDTH else element.name[: _WIDTH - 1] + "…"
    score = _figure(element.score)
    level = "-" if element.mean_level is None else number(element.mean_level, 3)
    return f"{mark:>3} {name:{_WIDTH}} {n:>7} {level:>7} {score:>7}  {_class(element.band)}"


def _needed(assessment: Assessment) -> str:
    if assessment.sample_needed is None:
        return ""
    return f" dari {number(assessment.sample_needed)} yang diperlukan"


def _named(elements: tuple[ElementScore, ...]) -> str:
    return "; ".join(f"{element.name} {_figure(element.score)}" for element in elements)


def _class(band: Band | None) -> str:
    return f"{band.grade} ({band.predicate})" if band else "-"


def _figure(value: Number | None) -> str:
    return "-" if value is None else number(value, 2)


def _fraction(value: float) -> Fraction:
    return Fraction(value)
