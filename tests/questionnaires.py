"""Small questionnaires and tables of answers, for tests of what is computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from skm.form import Element, Form, Question, Service
from skm.numerals import round_half_up
from skm.regulation import find_regulation
from skm.responses import Distribution, ResponseTable
from skm.scoring import Scorecard, score, weights_for

LABELS = ("Tidak baik", "Kurang baik", "Baik", "Sangat baik")


def question(
    code: str, element: str, *, counts: bool = True, service: Service | None = None
) -> Question:
    """A question of which only the code, the place and the counting matter."""
    text = f"Bagaimana {code}?"
    return Question(code, element, text, text, LABELS, None, counts, service)


def element(code: str, *questions: Question, maps_to: str | None = None) -> Element:
    """An element with the given questions, else with one of its own code."""
    return Element(code, code, maps_to, questions or (question(code, code),))


def form_of(
    *elements: Element, regulation: str = "2017", weights: Mapping[str, Fraction] | None = None
) -> Form:
    """A questionnaire of the given elements."""
    return Form(
        id="contoh",
        title="Contoh",
        regulation=find_regulation(regulation),
        weights=weights,
        elements=elements,
        asked=tuple(each.code for part in elements for each in part.questions),
        profile=(),
        comment=None,
        source="",
        note=None,
        default=False,
    )


def plain_form(size: int, regulation: str = "2017") -> Form:
    """A questionnaire of u1 ... un, one question an element."""
    codes = [f"u{number}" for number in range(1, size + 1)]
    return form_of(*map(element, codes), regulation=regulation)


def codes_of(form: Form) -> tuple[str, ...]:
    """The codes of all questions, in official order."""
    return tuple(each.code for each in form.questions)


def counted(form: Form, rows: Sequence[Sequence[int]], respondents: int | None) -> Distribution:
    """A table of counts, one row a question in official order."""
    return Distribution(codes_of(form), np.array(rows, dtype=np.int64), respondents)


def alike(form: Form, row: Sequence[int]) -> Distribution:
    """The same four counts for every question."""
    return counted(form, [row] * len(form.questions), sum(row))


def answers(codes: Sequence[str], people: Sequence[Sequence[int]]) -> ResponseTable:
    """Raw responses, one row a person, 0 where a question was skipped."""
    levels = np.array(people, dtype=np.uint8).reshape(len(people), len(codes))
    return ResponseTable(tuple(codes), np.ascontiguousarray(levels.T))


def card(form: Form, distribution: Distribution, weights: str | None = None) -> Scorecard:
    """Scored on the form's own scale."""
    return score(distribution, form, weights_for(form, weights), form.regulation.scale)


def index(form: Form, distribution: Distribution, weights: str | None = None) -> Fraction:
    """The index of answers that leave no element out."""
    figure = card(form, distribution, weights).index
    assert figure is not None
    return figure


def shown(figure: Fraction | None) -> str:
    """A figure as it is printed, with a decimal point."""
    assert figure is not None
    return f"{round_half_up(figure, 2):f}"


def grade(scored: Scorecard) -> str:
    """The letter of the index."""
    assert scored.band is not None
    return scored.band.grade
