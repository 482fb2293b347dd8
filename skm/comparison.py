"""What is read out of scorecards: services joined, periods compared, priorities, the nine."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from skm.errors import refuse
from skm.form import Form
from skm.numerals import round_half_up
from skm.regulation import Band, Regulation, Scale
from skm.responses import Distribution
from skm.scoring import POINTS_PER_LEVEL, ElementScore, Scorecard, Weights, score, scorecard

JOINS = ("pooled", "respondents", "plain")
_HALF_STEP = Fraction(5, 1000)
"""A figure is shown as the bound from half a hundredth below it on."""


@dataclass(frozen=True)
class OfficialNine:
    """The elements of the regulation in force, computed from another form's answers.

    Attributes:
        elements: one an official element, each the plain mean of its members' exact NRR.
        members: codes of the form's elements, by official element.
        index: their plain mean, 25 to 100; None where an official element has no answer.
    """

    elements: tuple[ElementScore, ...]
    members: Mapping[str, tuple[str, ...]]
    index: Fraction | None
    band: Band | None


@dataclass(frozen=True)
class Change:
    """One figure in two periods, as printed (2 decimals); difference = after - before."""

    code: str
    name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """In points; a reader who subtracts the printed figures gets it."""
        return self.after - self.before


@dataclass(frozen=True)
class Gap:
    """How far a figure is from the next better class.

    Attributes:
        target: that class.
        points: its lower bound less the figure as printed.
        respondents: how many people would have to answer one level higher throughout; None
            where the number of respondents is not known, or where all of them would not do.
    """

    target: Band
    points: Decimal
    respondents: int | None


def official_nine(form: Form, card: Scorecard, regulation: Regulation) -> OfficialNine | None:
    """The elements of ``regulation`` from a form's answers, through ``maps_to``.

    Args:
        form: the questionnaire of the card.
        card: its result; its weights do not enter, the nine weigh the same.
        regulation: the one whose elements and scale are wanted, that of 2017.

    Returns:
        None where the form maps no element to one of them.
    """
    members = {
        official.code: tuple(
            element.code for element in form.counted_elements if element.maps_to == official.code
        )
        for official in regulation.elements
    }
    if not all(members.values()):
        return None
    elements = []
    for official in regulation.elements:
        parts = [card.element(code) for code in members[official.code]]
        levels = [part.mean_level for part in parts if part.mean_level is not None]
        mean = sum(levels, Fraction(0)) / len(levels) if len(levels) == len(parts) else None
        counts = [part.n for part in parts if part.n is not None]
        sources = {part.source for part in parts}
        elements.append(
            ElementScore(
                code=official.code,
                name=official.name,
                n=min(counts) if len(counts) == len(parts) else None,
                mean_level=mean,
                band=None if mean is None else regulation.scale.band(mean * POINTS_PER_LEVEL),
                source=sources.pop() if len(sources) == 1 else "mixed",
            )
        )
    scores = [element.score for element in elements if element.score is not None]
    complete = len(scores) == len(elements)
    index = sum(scores, Fraction(0)) / len(scores) if complete else None
    band = None if index is None else regulation.scale.band(index)
    return OfficialNine(tuple(elements), members, index, band)


def join_services(
    services: Mapping[str, Distribution],
    how: str,
    form: Form,
    weights: Weights,
    scale: Scale,
    source: str = "raw",
) -> Scorecard:
    """The office's card from those of its services, in one of three ways that offices use.

    Args:
        services: distribution by service.
        how: ``pooled`` counts all answers as one; ``respondents`` is the mean of the services'
            NRR weighted by their respondents; ``plain`` their plain mean. An element is joined
            over the services that have an answer to it.
    """
    pooled = score(Distribution.pooled(list(services.values())), form, weights, scale, source)
    if how == "pooled":
        return pooled
    if how not in JOINS:
        raise refuse("Cara penggabungan tidak dikenal", found=how, expected=" / ".join(JOINS))
    cards = [
        (score(part, form, weights, scale, source), part.respondents if how != "plain" else 1)
        for part in services.values()
        if part.respondents != 0
    ]
    if any(share is None for _, share in cards):
        raise refuse(
            "Jumlah responden per layanan tidak diketahui",
            found=how,
            expected="pooled atau plain untuk tabel persentase",
        )
    elements = []
    for element in pooled.elements:
        known = [
            (mean, share or 0)
            for card, share in cards
            if (mean := card.element(element.code).mean_level) is not None
        ]
        total = sum(share for _, share in known)
        mean = sum((m * share for m, share in known), Fraction(0)) / total if total else None
        band = None if mean is None else scale.band(mean * POINTS_PER_LEVEL)
        elements.append(replace(element, mean_level=mean, band=band))
    return scorecard(form, weights, scale, tuple(elements), pooled.apart, pooled.respondents)


def compare(before: Scorecard, after: Scorecard) -> tuple[Change, ...]:
    """The change of the index and of every element both cards have, index first.

    Raises:
        SkmError: the cards are on two scales or of two forms, or one has no index.
    """
    if before.scale.id != after.scale.id:
        raise refuse(
            "Dua hasil dengan skala berbeda tidak dapat dibandingkan",
            found=f"{before.scale.name} dan {after.scale.name}",
            todo="Nilai keduanya dengan satu skala (--scale).",
        )
    if before.form != after.form:
        raise refuse(
            "Dua hasil dari formulir berbeda tidak dapat dibandingkan unsur demi unsur",
            found=f"{before.form} dan {after.form}",
            todo="Bandingkan sembilan unsur resminya.",
        )
    if before.index is None or after.index is None:
        raise refuse("Indeks belum lengkap: ada unsur tanpa jawaban")
    changes = [Change("index", "Indeks", _shown(before.index), _shown(after.index))]
    for element in after.elements:
        earlier = before.element(element.code).score
        if earlier is not None and element.score is not None:
            changes.append(
                Change(element.code, element.name, _shown(earlier), _shown(element.score))
            )
    return tuple(changes)


def lowest(elements: Sequence[ElementScore], count: int = 3) -> tuple[ElementScore, ...]:
    """The elements to improve first; equal scores stay in official order."""
    return _ranked(elements, count, best_first=False)


def highest(elements: Sequence[ElementScore], count: int = 3) -> tuple[ElementScore, ...]:
    """The elements that are best; equal scores stay in official order."""
    return _ranked(elements, count, best_first=True)


def gap_to_next(figure: Fraction, scale: Scale, n: int | None, weight: Fraction) -> Gap | None:
    """How far an index or score is from the next better class; None in the best.

    Args:
        figure: exact, 25 to 100.
        n: people whose answers made it.
        weight: what a person's answers weigh in it: the sum of the weights for an index, 1 for
            an element; one person one level higher moves it by 25 x weight / n points.
    """
    target = scale.next_above(scale.band(figure))
    if target is None:
        return None
    missing = Fraction(target.lower) - _HALF_STEP - figure
    people = None if n is None else math.ceil(missing * n / (POINTS_PER_LEVEL * weight))
    if people is not None and n is not None and people > n:
        people = None
    return Gap(target, target.lower - _shown(figure), people)


def index_gap(card: Scorecard) -> Gap | None:
    """How far the index is from the next better class; None in the best or without an index."""
    if card.index is None:
        return None
    weight = sum(card.weights.each.values(), Fraction(0))
    return gap_to_next(card.index, card.scale, card.respondents, weight)


def weighted_gaps(card: Scorecard) -> dict[str, Fraction]:
    """What each element costs the index against 100: weight x (100 - score), in points."""
    return {
        element.code: card.weights.each[element.code] * (100 - element.score)
        for element in card.elements
        if element.score is not None
    }


def without(card: Scorecard, codes: Sequence[str]) -> Fraction | None:
    """The index without some elements, their weight spread over the rest in proportion.

    For the element of fees: where the law makes a service free, nearly everybody answers
    Gratis = 4, which lifts the index.
    """
    rest = [element for element in card.elements if element.code not in codes]
    scores = [(card.weights.each[element.code], element.score) for element in rest]
    if not rest or any(value is None for _, value in scores):
        return None
    weighted = sum((weight * value for weight, value in scores if value), Fraction(0))
    share = sum((weight for weight, _ in scores), Fraction(0))
    return weighted * sum(card.weights.each.values(), Fraction(0)) / share


def _shown(value: Fraction) -> Decimal:
    return round_half_up(value, 2)


def _ranked(
    elements: Sequence[ElementScore], count: int, *, best_first: bool
) -> tuple[ElementScore, ...]:
    scored = [(element.score, element) for element in elements if element.score is not None]
    ordered = sorted(scored, key=lambda pair: -pair[0] if best_first else pair[0])
    return tuple(element for _, element in ordered[:count])
