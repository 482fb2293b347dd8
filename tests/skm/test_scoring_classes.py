"""The class of an index or a score is that of the figure as it is printed, rounded half up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from questionnaires import alike, card, counted, grade, plain_form, shown

from skm.numerals import round_half_up
from skm.regulation import Regulation, scale, shipped_regulations
from skm.responses import LEVELS
from skm.scoring import scorecard, weights_for

TIES = [
    ("43.755", "2004", "C", 14),
    ("62.505", "2004", "B", 14),
    ("64.995", "2017", "C", 9),
    ("76.605", "2017", "B", 9),
    ("88.305", "2017", "A", 9),
]


def tied(tie: str, size: int) -> list[tuple[int, int, int, int]]:
    """Counts of 5,000 people that make an index of exactly the tie, no two elements alike."""
    mean = Fraction(tie) / 25
    lower = int(mean)
    higher = int((mean - lower) * 5000)
    spread = [step * sign for step in range(1, size // 2 + 1) for sign in (1, -1)]
    table = []
    for shift in spread + [0] * (size % 2):
        row = [0, 0, 0, 0]
        row[lower - 1], row[lower] = 5000 - higher - shift, higher + shift
        table.append((row[0], row[1], row[2], row[3]))
    return table


@pytest.mark.parametrize(("tie", "of", "reached", "size"), TIES, ids=[tie[0] for tie in TIES])
def test_an_exact_tie_reaches_the_better_class_through_the_whole_chain(
    tie: str, of: str, reached: str, size: int
) -> None:
    form = plain_form(size, of)
    table = tied(tie, size)
    scored = card(form, counted(form, table, 5000))
    assert scored.index == Fraction(tie)
    assert grade(scored) == reached

    worse = list(table[0])
    top = max(at for at, n in enumerate(worse) if n)
    worse[top] -= 1
    worse[top - 1] += 1
    by_one_answer = card(form, counted(form, [worse, *table[1:]], 5000))
    assert by_one_answer.band == scale(of).bands["DCBA".index(reached) - 1]


def test_numpy_floats_would_put_three_of_these_five_ties_into_the_wrong_class() -> None:
    wrong = []
    for tie, of, reached, size in TIES:
        means = np.array(tied(tie, size)) @ np.array(LEVELS) / 5000
        rounded = np.round((means * (1 / size)).sum() * 25, 2)
        if [b.grade for b in scale(of).bands if rounded >= float(b.lower)][-1] != reached:
            wrong.append(tie)
    assert wrong == ["62.505", "76.605", "88.305"]


@given(st.fractions(25, 100), st.sampled_from(shipped_regulations()))
def test_no_figure_falls_between_two_classes(figure: Fraction, regulation: Regulation) -> None:
    band = regulation.scale.band(figure)
    assert band.lower <= round_half_up(figure, 2) <= regulation.scale.upper(band)


@pytest.mark.parametrize(
    ("figure", "letter"), [("88.301", "B"), ("88.3049", "B"), ("88.305", "A"), ("88.3099", "A")]
)
def test_an_index_between_the_printed_88_30_and_88_31_is_classed_as_it_is_printed(
    figure: str, letter: str
) -> None:
    assert scale("2017").band(Decimal(figure)).grade == letter


def test_a_mean_level_is_classed_on_25_to_100_never_as_a_figure_from_1_to_4() -> None:
    form = plain_form(3)
    scored = card(form, counted(form, [(0, 0, 1, 1)] * 3, 2))
    assert scored.element("u1").mean_level == Fraction(7, 2)
    assert scored.element("u1").band == scale("2017").band(Decimal("87.5"))
    assert grade(scored) == "B"


def test_a_mean_level_is_not_rounded_before_it_is_multiplied_by_25() -> None:
    form = plain_form(1)
    scored = card(form, counted(form, [(0, 0, 1, 2)], 3))
    assert shown(scored.element("u1").score) == "91.67"  # 3,67 x 25 would be 91,75
    assert shown(scored.index) == "91.67"


def test_printed_scores_enter_as_they_are_printed() -> None:
    form = plain_form(2)
    printed = tuple(
        replace(e, mean_level=Fraction(figure) / 25, source="printed")
        for e, figure in zip(
            card(form, alike(form, (1, 0, 0, 0))).elements, ("67.5", "72.5"), strict=True
        )
    )
    scored = scorecard(form, weights_for(form), scale("2004"), printed)
    assert scored.index == 70
    assert scored.respondents is None
