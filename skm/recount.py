"""A closed index counted anew from its frozen answers, step by step, for whoever doubts it.

Every step is one that a reader can do with a pocket calculator: answers times level, divided by
the answers, times the weight, times 25. It does not go through ``skm.scoring``, so that the
page that shows it checks the closing instead of repeating it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.closing import Closing
from skm.form import Element, Form, Question
from skm.numerals import number
from skm.regulation import Band, scale
from skm.responses import LEVELS, Distribution
from skm.scoring import POINTS_PER_LEVEL, Weights


@dataclass(frozen=True)
class CountedQuestion:
    """One question, its offline and its online wording together.

    Attributes:
        counts: answers at level 1 to 4.
    """

    text: str
    counts: tuple[int, int, int, int]

    @property
    def n(self) -> int:
        """How many answered it."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of the levels that were given."""
        return sum(level * n for level, n in zip(LEVELS, self.counts, strict=True))

    @property
    def mean(self) -> Fraction:
        """NRR of the question: total / n, from 1 to 4."""
        return Fraction(self.total, self.n)


@dataclass(frozen=True)
class WeighedElement:
    """One element (unsur) with its weight.

    Attributes:
        questions: those of its questions that count and were answered; at least one.
    """

    code: str
    name: str
    questions: tuple[CountedQuestion, ...]
    weight: Fraction

    @property
    def mean_level(self) -> Fraction:
        """NRR: the mean of its questions."""
        return sum((each.mean for each in self.questions), Fraction(0)) / len(self.questions)

    @property
    def weighted(self) -> Fraction:
        """NRR tertimbang: NRR x weight."""
        return self.mean_level * self.weight


@dataclass(frozen=True)
class Recount:
    """An index, counted anew.

    Attributes:
        total: sum of the weighted NRR.
        index: total x 25.
        band: its class.
        matches: whether the closing says the same, to the last fraction.
    """

    elements: tuple[WeighedElement, ...]
    total: Fraction
    index: Fraction
    band: Band
    matches: bool


def recount(closing: Closing, form: Form) -> Recount | None:
    """Count the index of a closing anew; None where an element has no answer."""
    answers = closing.distribution
    elements = [_weighed(answers, closing.weights, element) for element in form.counted_elements]
    if not all(element.questions for element in elements):
        return None
    total = sum((each.weighted for each in elements), Fraction(0))
    index = total * POINTS_PER_LEVEL
    band = scale(closing.scale).band(index)
    matches = (index, band.grade) == (closing.index, closing.grade)
    return Recount(tuple(elements), total, index, band, matches)


def weight_text(weight: Fraction) -> str:
    """A weight as it is multiplied with: a fraction such as 1/14, else a decimal.

    >>> weight_text(Fraction(1, 14)), weight_text(Fraction("0.111")), weight_text(Fraction(2, 9))
    ('1/14', '0,111', '2/9')
    """
    decimal = Decimal(weight.numerator) / Decimal(weight.denominator)
    if weight.numerator == 1 or Fraction(decimal) != weight:
        return f"{weight.numerator}/{weight.denominator}"
    return number(decimal)


def _weighed(answers: Distribution, weights: Weights, element: Element) -> WeighedElement:
    counted = [_counted(answers, wordings) for wordings in element.statements]
    return WeighedElement(
        element.code,
        element.name,
        tuple(each for each in counted if each is not None and each.n),
        weights.each[element.code],
    )


def _counted(answers: Distribution, wordings: Iterable[Question]) -> CountedQuestion | None:
    first, *_ = known = tuple(wordings)
    if not first.counts:
        return None
    rows = [answers.row(each.code) for each in known]
    one, two, three, four = (sum(level) for level in zip(*rows, strict=True))
    return CountedQuestion(first.official, (one, two, three, four))
