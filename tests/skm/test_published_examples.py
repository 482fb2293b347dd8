"""Published figures recomputed: ours is right, and where a printed one is not, it is told why.

Data and sources: ``published_examples.toml``.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from questionnaires import answers, card, codes_of, counted, grade, index, plain_form, shown

from skm import resources
from skm.errors import SkmError
from skm.form import Form
from skm.numerals import round_half_up
from skm.regulation import scale
from skm.responses import Distribution
from skm.scoring import weights_for

Example = dict[str, Any]

PUBLISHED = tomllib.loads(
    Path(__file__).with_name("published_examples.toml").read_text(encoding="utf-8")
)
EXAMPLES = [pytest.param(example, id=example["id"]) for example in PUBLISHED["example"]]
STATED = [
    pytest.param(example, id=example["id"])
    for example in PUBLISHED["example"]
    if "stated" in example
]
CLASSES = [pytest.param(classes, id=classes["id"]) for classes in PUBLISHED["classes"]]


def figure(printed: str) -> Fraction:
    return Fraction(printed.replace(",", "."))


def means(example: Example) -> list[Fraction]:
    """The published NRR, however they were published; answers off the scale with the rest."""
    if "answers" in example:
        columns = zip(*example["answers"], strict=True)
        return [Fraction(sum(map(int, column)), len(column)) for column in columns]
    if "sums" in example:
        return [Fraction(total, example["respondents"]) for total in example["sums"]]
    if "means" in example:
        return [figure(mean) for mean in example["means"]]
    return [figure(score) / 25 for score in example["scores"]]


def form_of(example: Example) -> Form:
    return plain_form(len(means(example)), example["scale"])


def distribution(example: Example) -> Distribution:
    """Answers that have the published means: as published, else split over two levels."""
    form = form_of(example)
    if "answers" in example:
        people = [[int(level) for level in person] for person in example["answers"]]
        return answers(codes_of(form), people).distribution()
    rows = []
    for mean in means(example):
        level, higher = divmod(mean.numerator, mean.denominator)
        row = [0] * 5
        row[level - 1], row[level] = mean.denominator - higher, higher
        rows.append(row[:4])
    return counted(form, rows, None)


def places(example: Example) -> int:
    return len(example["printed"].partition(",")[2])


def by_exact(example: Example) -> Decimal:
    return round_half_up(index(form_of(example), distribution(example)), places(example))


def by_0_11(example: Example) -> Decimal:
    return round_half_up(index(form_of(example), distribution(example), "0,11"), places(example))


def by_cutting(example: Example) -> Decimal:
    exact = index(form_of(example), distribution(example))
    step = Decimal(1).scaleb(-places(example))
    return (Decimal(exact.numerator) / exact.denominator).quantize(step, rounding=ROUND_DOWN)


def by_rounding_before_25(example: Example) -> Decimal:
    weighted = sum(mean * figure(example["stated"]) for mean in means(example))
    return round_half_up(weighted, 3) * 25


def by_counting_a_5(example: Example) -> Decimal:
    weighted = sum(mean * figure(example["stated"]) for mean in means(example))
    return round_half_up(weighted * 25, places(example))


ARITHMETIC: dict[str, Callable[[Example], Decimal]] = {
    "exact": by_exact,
    "0,11": by_0_11,
    "cut": by_cutting,
    "rounded before x 25": by_rounding_before_25,
    "level 5 counted": by_counting_a_5,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_our_index_and_class_of_the_published_answers(example: Example) -> None:
    scored = card(form_of(example), distribution(example))
    assert shown(scored.index) == example["exact"].replace(",", ".")
    assert grade(scored) == example["grade"]


@pytest.mark.parametrize("example", STATED)
def test_our_index_with_the_weight_that_the_source_states(example: Example) -> None:
    form, stated = form_of(example), example["stated"]
    if example["with_stated"].startswith("berjumlah"):
        with pytest.raises(SkmError, match=example["with_stated"]):
            weights_for(form, stated)
        return
    ours = index(form, distribution(example), stated)
    assert shown(ours) == example["with_stated"].replace(",", ".")


@pytest.mark.parametrize("example", EXAMPLES)
def test_where_the_printed_figure_comes_from(example: Example) -> None:
    printed = Decimal(example["printed"].replace(",", "."))
    found = {
        name for name, arithmetic in ARITHMETIC.items() if _gives(arithmetic, example, printed)
    }
    if example["by"] == "none":
        assert found == set()
    else:
        assert example["by"] in found
    if example["by"] != "exact":
        assert printed != by_exact(example)
        assert example["why"]


def _gives(arithmetic: Callable[[Example], Decimal], example: Example, printed: Decimal) -> bool:
    try:
        return arithmetic(example) == printed
    except (KeyError, SkmError):  # no weight is stated, or none of that size is possible
        return False


@pytest.mark.parametrize("classes", CLASSES)
def test_published_classes_of_single_elements_are_ours(classes: Example) -> None:
    scored = card(form_of(classes), distribution(classes))
    assert "".join(e.band.grade for e in scored.elements if e.band) == classes["grades"]


def test_two_elements_of_the_2020_report_are_printed_in_a_better_class_than_they_reached() -> None:
    path = resources.folder("instance") / "skm" / "2020.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_2004 = scale("2004")
    wrong = {
        row["element"]: (
            row["printed_score"],
            of_2004.band(figure(row["printed_score"])).predicate,
        )
        for row in rows
        if of_2004.by_predicate(row["printed_predicate"])
        != of_2004.band(figure(row["printed_score"]))
    }
    assert wrong == {
        "Penanganan pengaduan dan saran": ("47,5", "Kurang Baik"),
        "Kecepatan dan ketepatan waktu": ("62,5", "Kurang Baik"),
    }


def test_every_example_names_its_source() -> None:
    every = [*PUBLISHED["example"], *PUBLISHED["classes"]]
    assert len(PUBLISHED["example"]) >= 10
    assert all(example["source"] for example in every)
    assert len({example["id"] for example in every}) == len(every)
