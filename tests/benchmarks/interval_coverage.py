"""How often the 95 % interval of a simulated survey holds the true index.

Every survey has a population of its own: N people with a mood that all their answers share,
nine questions that are not equally easy, one answer in fifty skipped. A sample without
repetition gives an interval with the finite population correction, a sample with repetition
(that is, from an endless population of the same mixture) one without it; both must hold the
population's index in about 95 of 100 surveys. Near 100 nearly everybody answers 4, samples
without any other answer show no spread at all, and no interval of this kind keeps its promise:
that is printed too, and is why such an index is told with its respondents.

Run from the checkout: ``python -m tests.benchmarks.interval_coverage [surveys]``
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import click
import numpy as np
from numpy.typing import NDArray

from skm.form import Form, find_form
from skm.responses import SKIPPED, ResponseTable
from skm.scoring import Weights, score, weights_for
from skm.uncertainty import index_interval

SAMPLES = (30, 100, 400)
PEOPLE_A_RESPONDENT = 4
USUAL = (60.0, 85.0)
NEAR_100 = (97.0, 99.9)
SEED = 20_170_509

_CUTS = np.array([-1.5, -0.6, 0.9])
"""Where an opinion turns from level 1 to 2, to 3, to 4."""
_SKIPPED_ONE_IN = 50


@dataclass(frozen=True)
class Coverage:
    """Shares of the surveys whose interval holds the true index, 0 to 1."""

    respondents: int
    surveys: int
    corrected: float
    uncorrected: float


def coverage(
    respondents: int, surveys: int, true_index: tuple[float, float] = USUAL, seed: int = SEED
) -> Coverage:
    """Simulate surveys of one size.

    Args:
        respondents: people asked in each survey.
        surveys: how many.
        true_index: the populations' indexes lie between these two.
        seed: the same seed gives the same surveys.
    """
    form = find_form("permenpanrb-14-2017")
    weights = weights_for(form)
    chance = np.random.default_rng([seed, respondents])
    size = respondents * PEOPLE_A_RESPONDENT
    held = np.zeros(2, dtype=np.int64)
    populations = _populations(chance, form, weights, size, true_index)
    for _, (population, index) in zip(range(surveys), populations, strict=False):
        once = population[:, chance.choice(size, respondents, replace=False)]
        again = population[:, chance.integers(0, size, respondents)]
        held += [
            _holds(once, form, weights, index, size),
            _holds(again, form, weights, index, None),
        ]
    corrected, uncorrected = (held / surveys).tolist()
    return Coverage(respondents, surveys, corrected, uncorrected)


def _populations(
    chance: np.random.Generator,
    form: Form,
    weights: Weights,
    size: int,
    between: tuple[float, float],
) -> Iterator[tuple[NDArray[np.uint8], float]]:
    """Populations whose index lies in a range; what misses it is drawn again."""
    questions = tuple(question.code for question in form.questions)
    lowest, highest = between
    centre, width = (0.8, 1.2) if highest < 90 else (3.6, 1.0)
    while True:
        mood = chance.normal(0, 0.8, size)
        ease = chance.normal(chance.uniform(centre - width, centre + width), 0.3, len(questions))
        opinions = ease[:, None] + mood[None, :] + chance.normal(0, 0.8, (len(questions), size))
        levels = (1 + np.searchsorted(_CUTS, opinions)).astype(np.uint8)
        levels[chance.random(levels.shape) < 1 / _SKIPPED_ONE_IN] = SKIPPED
        card = score(
            ResponseTable(questions, levels).distribution(), form, weights, form.regulation.scale
        )
        if card.index is not None and lowest <= card.index <= highest:
            yield levels, float(card.index)


def _holds(
    levels: NDArray[np.uint8], form: Form, weights: Weights, index: float, population: int | None
) -> bool:
    questions = tuple(question.code for question in form.questions)
    table = ResponseTable(questions, np.ascontiguousarray(levels))
    interval = index_interval(table, form, weights, population)
    return interval is not None and interval.low <= index <= interval.high


def main(surveys: int) -> None:
    """Print the table."""
    click.echo(f"{surveys} surveys a row, {PEOPLE_A_RESPONDENT} people served a respondent")
    click.echo(f"{'true index':>12} {'n':>5} {'corrected':>10} {'endless':>9} {'seconds':>8}")
    for between in (USUAL, NEAR_100):
        for respondents in SAMPLES:
            start = time.perf_counter()
            found = coverage(respondents, surveys, between)
            click.echo(
                f"{between[0]:g} to {between[1]:g}".rjust(12)
                + f" {respondents:5} {found.corrected:10.2%} {found.uncorrected:9.2%}"
                + f" {time.perf_counter() - start:8.1f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
