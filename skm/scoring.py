"""Distribution -> Scorecard, exact.

The method of KEP/25/M.PAN/2/2004 and PermenPANRB 14/2017, for any questionnaire:

* NRR of a question = sum(level x n) / sum(n) over those who answered it;
* NRR of an element = the mean of its questions that count;
* score of an element = NRR x 25; index = sum(weight x score).

Counts are whole numbers and every figure a fraction, so a tie is a tie: floats put three of
ten exact ties into the wrong class. Nothing is rounded before it is shown or classed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from skm.errors import refuse
from skm.form import Element, Form
from skm.numerals import number, read_number
from skm.regulation import WEIGHT_TOLERANCE, Band, Scale
from skm.responses import LEVELS, Distribution

POINTS_PER_LEVEL = 25
"""NRR (1 to 4) x 25 = score (25 to 100), in both regulations."""

EXACT = "exact"


@dataclass(frozen=True)
class Weights:
    """Weight of each counted element.

    Attributes:
        label: ``exact``, ``form`` for weights of the form file, or the decimal as it was given.
        each: weight by element code; the sum lies within 0,02 of 1.
    """

    label: str
    each: Mapping[str, Fraction]


@dataclass(frozen=True)
class ElementScore:
    """The result of one element (unsur).

    Attributes:
        n: people who answered (the least answered of its questions); None where only
            percentages are known.
        mean_level: NRR, 1 to 4; None where nobody answered.
        band: its class on the scale of the card.
        source: ``raw``, ``counts``, ``percent``, ``printed`` or ``normalised``.
    """

    code: str
    name: str
    n: int | None
    mean_level: Fraction | None
    band: Band | None
    source: str

    @property
    def score(self) -> Fraction | None:
        """NRR x 25, from 25 to 100."""
        return None if self.mean_level is None else self.mean_level * POINTS_PER_LEVEL


@dataclass(frozen=True)
class Scorecard:
    """Element scores and the index that they make.

    Attributes:
        elements: the elements that count, in official order.
        apart: elements whose questions do not count; never part of the index.
        index: 25 to 100 with exact weights; None where an element has no answer.
        band: class of the index on the scale.
        respondents: None where only percentages are known.
    """

    form: str
    scale: Scale
    weights: Weights
    elements: tuple[ElementScore, ...]
    apart: tuple[ElementScore, ...]
    index: Fraction | None
    band: Band | None
    respondents: int | None

    @property
    def unanswered(self) -> tuple[ElementScore, ...]:
        """Elements that nobody answered: they make the index incomplete."""
        return tuple(element for element in self.elements if element.mean_level is None)

    def element(self, code: str) -> ElementScore:
        """The counted element of a code."""
        return next(element for element in self.elements if element.code == code)


def weights_for(form: Form, given: str | None = None) -> Weights:
    """The weights that a form is scored with.

    Args:
        form: the questionnaire.
        given: ``exact`` for 1/n, a decimal with comma or point for a printed weight of every
            element (0,111), None for the form's own.

    Raises:
        SkmError: no number between 0 and 1, or a sum that is not 1 within 0,02 (0,11 on 14
            elements: 1,54).
    """
    codes = [element.code for element in form.counted_elements]
    if given is None and form.weights is not None:
        return Weights("form", dict(form.weights))
    if given is None or given == EXACT:
        return Weights(EXACT, {code: Fraction(1, len(codes)) for code in codes})
    decimal = read_number(given)
    if decimal is None or not 0 < decimal <= 1:
        raise refuse(
            "Bobot bukan angka di antara 0 dan 1",
            field="--weights",
            found=given,
            expected="exact atau mis. 0,111",
        )
    weight = Fraction(decimal)
    total = weight * len(codes)
    if abs(total - 1) > WEIGHT_TOLERANCE:
        raise refuse(
            f"Bobot {given} untuk {len(codes)} unsur berjumlah {number(total, 3)}, bukan 1",
            field="--weights",
            expected=f"jumlah 0,98 sampai 1,02, misalnya {number(Fraction(1, len(codes)), 3)}",
            todo="Pakai «exact» atau bobot untuk jumlah unsur formulir ini.",
        )
    return Weights(given, dict.fromkeys(codes, weight))


def score(
    distribution: Distribution,
    form: Form,
    weights: Weights,
    scale: Scale,
    source: str | Mapping[str, str] = "raw",
) -> Scorecard:
    """Score a distribution.

    Args:
        distribution: counts of shape (questions, 4); questions of the form that are not in it
            count as unanswered.
        form: the questionnaire that the questions belong to.
        weights: weight by counted element.
        scale: what scores and index are classed on.
        source: where the figures come from, one for all or by element code.

    >>> from skm.form import find_form
    >>> form = find_form("permenpanrb-14-2017")
    >>> codes = tuple(question.code for question in form.questions)
    >>> twenty = Distribution(codes, np.tile([0, 0, 9, 11], (9, 1)), 20)
    >>> card = score(twenty, form, weights_for(form), form.regulation.scale)
    >>> card.index, card.band.grade
    (Fraction(355, 4), 'A')
    """
    sums = {
        code: (int(total), int(n))
        for code, total, n in zip(
            distribution.questions,
            distribution.counts @ np.array(LEVELS, dtype=np.int64),
            distribution.counts.sum(axis=1),
            strict=True,
        )
    }
    sources = (
        source
        if isinstance(source, Mapping)
        else {element.code: source for element in form.elements}
    )
    counted = {element.code for element in form.counted_elements}
    scored = [
        _element_score(element, sums, scale, distribution.respondents, sources[element.code])
        for element in form.elements
    ]
    return scorecard(
        form,
        weights,
        scale,
        tuple(element for element in scored if element.code in counted),
        tuple(element for element in scored if element.code not in counted),
        distribution.respondents,
    )


def scorecard(
    form: Form,
    weights: Weights,
    scale: Scale,
    elements: tuple[ElementScore, ...],
    apart: tuple[ElementScore, ...] = (),
    respondents: int | None = None,
) -> Scorecard:
    """Join element scores to the index; printed scores enter here as NRR = score / 25."""
    index: Fraction | None = None
    scores = [(weights.each[element.code], element.score) for element in elements]
    if all(value is not None for _, value in scores):
        index = sum((weight * value for weight, value in scores if value), Fraction(0))
    return Scorecard(
        form=form.id,
        scale=scale,
        weights=weights,
        elements=elements,
        apart=apart,
        index=index,
        band=None if index is None else scale.band(index),
        respondents=respondents,
    )


def _element_score(
    element: Element,
    sums: Mapping[str, tuple[int, int]],
    scale: Scale,
    respondents: int | None,
    source: str,
) -> ElementScore:
    """Mean over the element's statements; the offline and online wording of one are pooled."""
    counted = any(question.counts for question in element.questions)
    answered = []
    for statement in element.statements:
        if counted and not statement[0].counts:
            continue
        totals = [sums.get(question.code, (0, 0)) for question in statement]
        total, n = (sum(part) for part in zip(*totals, strict=True))
        if n:
            answered.append((Fraction(total, n), n))
    mean = sum((mean for mean, _ in answered), Fraction(0)) / len(answered) if answered else None
    fewest = min((n for _, n in answered), default=0)
    return ElementScore(
        code=element.code,
        name=element.name,
        n=None if respondents is None else fewest,
        mean_level=mean,
        band=None if mean is None else scale.band(mean * POINTS_PER_LEVEL),
        source=source,
    )
