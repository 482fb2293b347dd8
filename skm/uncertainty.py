"""How sure an index is: interval, needed sample, reliability.

Floats are right here: an interval is an estimate, not a figure that is classed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from skm.form import Element, Form
from skm.numerals import round_half_up
from skm.regulation import SampleRule
from skm.responses import SKIPPED, ResponseTable
from skm.scoring import POINTS_PER_LEVEL, Weights

CONFIDENCE = 0.95
_SERIES_UP_TO = 2_000
"""Degrees of freedom up to which the t distribution is summed exactly; beyond, an expansion
is right to more than ten digits."""


@dataclass(frozen=True)
class Interval:
    """A 95 % interval of an index.

    Attributes:
        low, high: points, never outside what the scale of answers allows.
        standard_error: points.
        respondents: people whose answers entered.
        population: people served, where known: the interval is then the narrower one of a
            sample from a finite population.
    """

    low: float
    high: float
    standard_error: float
    respondents: int
    population: int | None


def index_interval(
    table: ResponseTable, form: Form, weights: Weights, population: int | None = None
) -> Interval | None:
    """The 95 % interval of the index of raw responses.

    The index is a weighted sum of means, each over those who answered; its standard error is
    that of the linearised sum (each person's weighted distance from the means), which for
    complete answers is s / sqrt(n) of the persons' own indexes. With ``population`` it is
    multiplied by sqrt(1 - n / N). The bounds take Student's t with n - 1 degrees of freedom.

    Args:
        table: levels of shape (questions, n), 0 where skipped.
        form: the questionnaire.
        weights: weight by counted element.
        population: N, people served in the period; a smaller N than n is taken as n.

    Returns:
        None with fewer than two respondents, or where an element has no answer.
    """
    table = table.answered()
    n = len(table)
    coefficients = _question_coefficients(table, form, weights)
    if n < 2 or coefficients is None:
        return None
    index = 0.0
    influence = np.zeros(n)
    for rows, coefficient in coefficients:
        levels = table.levels[rows]
        answered = np.count_nonzero(levels, axis=0)
        total = levels.sum(axis=0, dtype=np.int64)
        count = int(answered.sum())
        mean = int(total.sum()) / count
        index += coefficient * mean
        influence += coefficient * (total - mean * answered) * (n / count)
    correction = 1.0 if population is None else 1 - n / max(population, n)
    error = math.sqrt(float(influence.var(ddof=1)) / n * correction)
    reach = t_quantile(0.5 + CONFIDENCE / 2, n - 1) * error
    lowest, highest = (
        float(sum(weights.each.values()) * POINTS_PER_LEVEL * level) for level in (1, 4)
    )
    return Interval(max(lowest, index - reach), min(highest, index + reach), error, n, population)


def needed_sample(population: int, rule: SampleRule) -> int:
    """Respondents needed for a population, by the formula of Krejcie and Morgan.

    S = X2 N P (1-P) / (d2 (N-1) + X2 P (1-P)), rounded to the nearest whole, as the table in
    the annex of PermenPANRB 14/2017 is.

    Args:
        population: N, people served in the period over all services.
        rule: X2, P and d of the regulation.

    >>> from skm.regulation import find_regulation
    >>> needed_sample(6281, find_regulation("2017").sample)
    362
    """
    spread = rule.chi_square * rule.proportion * (1 - rule.proportion)
    error = rule.error * rule.error
    size = Fraction(spread * population) / Fraction(error * (population - 1) + spread)
    return min(population, int(round_half_up(size, 0)))


def split_sample(needed: int, served: Mapping[str, int]) -> dict[str, int]:
    """A needed sample split over services by the people they served.

    Largest remainder; equal remainders go to the service that comes first.

    >>> split_sample(10, {"ktp-el": 55, "kk": 30, "kia": 15})
    {'ktp-el': 6, 'kk': 3, 'kia': 1}
    """
    total = sum(served.values())
    if not total:
        return dict.fromkeys(served, 0)
    shares = {service: Fraction(needed * n, total) for service, n in served.items()}
    parts = {service: int(share) for service, share in shares.items()}
    order = sorted(served, key=lambda service: parts[service] - shares[service])
    for service in order[: needed - sum(parts.values())]:
        parts[service] += 1
    return parts


def cronbach_alpha(table: ResponseTable, form: Form) -> float | None:
    """Cronbach's alpha over the statements that count, from complete responses.

    alpha = k / (k-1) x (1 - sum of the statements' variances / variance of the sums). The
    offline and the online wording of a statement are one: nobody is asked both.

    Returns:
        None with fewer than two statements or complete responses, or where all sums are equal.
    """
    statements = [
        table.levels[rows].max(axis=0)
        for element in form.counted_elements
        for rows in _statement_rows(table, element)
    ]
    if len(statements) < 2:
        return None
    levels = np.stack(statements)
    is_complete = (levels != SKIPPED).all(axis=0)
    complete = levels if is_complete.all() else levels[:, is_complete]
    k, n = complete.shape
    if n < 2:
        return None
    of_sums = _spread(complete.sum(axis=0, dtype=np.int64))
    if of_sums == 0:
        return None
    of_statements = sum(_spread(row.astype(np.int64)) for row in complete)
    return float(Fraction(k, k - 1) * (1 - Fraction(of_statements, of_sums)))


def _spread(values: NDArray[np.int64]) -> int:
    """The variance of whole numbers times n (n - 1): a whole number, so it is exact."""
    return len(values) * int(values @ values) - int(values.sum()) ** 2


def t_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t, for a probability above one half.

    Up to 2,000 degrees of freedom by bisection of the exact finite series (Abramowitz and
    Stegun 26.7.3, 26.7.4), beyond by the expansion 26.7.5.

    >>> round(t_quantile(0.975, 4), 4), round(t_quantile(0.975, 99), 4)
    (2.7764, 1.9842)
    """
    normal = NormalDist().inv_cdf(probability)
    if freedom > _SERIES_UP_TO:
        first = (normal**3 + normal) / 4
        second = (5 * normal**5 + 16 * normal**3 + 3 * normal) / 96
        return normal + first / freedom + second / freedom**2
    inside = 2 * probability - 1
    low, high = 0.0, math.pi / 2
    terms = _series_factors(freedom)
    for _ in range(60):
        angle = (low + high) / 2
        if _t_inside(angle, freedom, terms) < inside:
            low = angle
        else:
            high = angle
    return math.sqrt(freedom) * math.tan((low + high) / 2)


def _series_factors(freedom: int) -> NDArray[np.float64]:
    """The factors between successive terms of the series, as a running product."""
    if freedom % 2:
        steps = np.arange(2, freedom - 2, 2) / np.arange(3, freedom - 1, 2)
    else:
        steps = np.arange(1, freedom - 2, 2) / np.arange(2, freedom - 1, 2)
    return np.concatenate([[1.0], np.cumprod(steps)])


def _t_inside(angle: float, freedom: int, factors: NDArray[np.float64]) -> float:
    """P(|t| <= sqrt(freedom) tan(angle))."""
    cosine = math.cos(angle)
    powers = np.power(cosine, 2.0 * np.arange(len(factors)))
    total = math.sin(angle) * float(factors @ powers)
    if freedom % 2 == 0:
        return total
    return 2 / math.pi * (angle + (cosine * total if freedom > 1 else 0.0))


def _question_coefficients(
    table: ResponseTable, form: Form, weights: Weights
) -> list[tuple[list[int], float]] | None:
    """Rows of each answered statement with its share of the index in points a level."""
    coefficients: list[tuple[list[int], float]] = []
    for element in form.counted_elements:
        answered = _statement_rows(table, element)
        if not answered:
            return None
        share = float(weights.each[element.code] * POINTS_PER_LEVEL / len(answered))
        coefficients += [(rows, share) for rows in answered]
    return coefficients


def _statement_rows(table: ResponseTable, element: Element) -> list[list[int]]:
    """The rows of each counted statement of an element that somebody answered."""
    statements = (
        [
            table.questions.index(question.code)
            for question in statement
            if question.code in table.questions
        ]
        for statement in element.statements
        if statement[0].counts
    )
    return [rows for rows in statements if rows and table.levels[rows].any()]
