"""The index is exact, whatever the questionnaire, and its class is that of the printed figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from questionnaires import (
    alike,
    answers,
    card,
    codes_of,
    counted,
    element,
    form_of,
    grade,
    index,
    plain_form,
    question,
    shown,
)

from skm.errors import SkmError
from skm.form import Form, find_form, shipped_forms
from skm.responses import LEVELS, Distribution, ResponseTable
from skm.scoring import weights_for

NINE = find_form("permenpanrb-14-2017")
FOURTEEN = find_form("kecamatan-14")
FORMS = [pytest.param(form, id=form.id) for form in shipped_forms()]

rows = st.tuples(*[st.integers(0, 60)] * 4).filter(any)
nine_rows = st.lists(rows, min_size=9, max_size=9)
levels = st.integers(1, 4)
people = st.lists(st.lists(levels, min_size=9, max_size=9), min_size=1, max_size=12)
people_who_skip = st.lists(
    st.lists(st.integers(0, 4), min_size=9, max_size=9), min_size=1, max_size=12
)


# What the index is


@given(nine_rows)
def test_with_exact_weights_the_index_lies_between_25_and_100(table: list[list[int]]) -> None:
    assert 25 <= index(NINE, counted(NINE, table, None)) <= 100


@pytest.mark.parametrize("form", FORMS)
def test_all_4_is_exactly_100_and_all_1_exactly_25_on_every_shipped_form(form: Form) -> None:
    assert index(form, alike(form, (0, 0, 0, 7))) == 100
    assert index(form, alike(form, (7, 0, 0, 0))) == 25


@pytest.mark.parametrize(
    ("form", "weight", "highest"),
    [
        (FOURTEEN, "0,071", "99.40"),
        (NINE, "0,111", "99.90"),
        (NINE, "0.11", "99.00"),
    ],
)
def test_a_printed_weight_keeps_even_all_4_below_100(
    form: Form, weight: str, highest: str
) -> None:
    assert shown(index(form, alike(form, (0, 0, 0, 31)), weight)) == highest


@pytest.mark.parametrize(
    ("weight", "exact", "printed", "letter"),
    [
        ("exact", Fraction(8875, 100), "88.75", "A"),
        ("0,111", Fraction(8866125, 100000), "88.66", "A"),
        ("0,11", Fraction(878625, 10000), "87.86", "B"),
    ],
)
def test_a_mean_of_3_55_is_sangat_baik_with_exact_weights_but_only_baik_with_the_printed_0_11(
    weight: str, exact: Fraction, printed: str, letter: str
) -> None:
    scored = card(NINE, alike(NINE, (0, 0, 9, 11)), weight)
    assert scored.index == exact
    assert shown(scored.index) == printed
    assert grade(scored) == letter
    assert scored.weights.label == weight


@given(people)
def test_the_index_is_25_times_the_mean_of_all_answers_where_everybody_answered_all(
    table: list[list[int]],
) -> None:
    given_levels = [level for person in table for level in person]
    assert index(NINE, answers(codes_of(NINE), table).distribution()) == Fraction(
        25 * sum(given_levels), len(given_levels)
    )


@given(people, st.data())
def test_every_single_answer_counts(table: list[list[int]], data: st.DataObject) -> None:
    person = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, 8))
    changed = [list(row) for row in table]
    changed[person][column] = data.draw(levels)
    codes = codes_of(NINE)
    before, after = (index(NINE, answers(codes, each).distribution()) for each in (table, changed))
    step = changed[person][column] - table[person][column]
    assert after - before == Fraction(25 * step, 9 * len(table))


@given(nine_rows, st.lists(st.integers(1, 40), min_size=9, max_size=9))
def test_counts_and_percentages_of_the_same_data_agree(
    table: list[list[int]], factors: list[int]
) -> None:
    by_count = card(NINE, counted(NINE, table, 60))
    percentages = [[n * factor for n in row] for row, factor in zip(table, factors, strict=True)]
    by_percent = card(NINE, counted(NINE, percentages, None))
    assert by_percent.index == by_count.index
    assert by_percent.band == by_count.band
    assert [e.mean_level for e in by_percent.elements] == [e.mean_level for e in by_count.elements]
    assert {e.n for e in by_percent.elements} == {None}


@given(people, people)
def test_merging_distributions_equals_counting_the_merged_answers(
    first: list[list[int]], second: list[list[int]]
) -> None:
    codes = codes_of(NINE)
    parts = [answers(codes, table).distribution() for table in (first, second)]
    assert Distribution.pooled(parts) == answers(codes, first + second).distribution()


@given(people_who_skip, st.randoms(use_true_random=False))
def test_the_order_of_respondents_does_not_matter(table: list[list[int]], chance: Random) -> None:
    codes = codes_of(NINE)
    shuffled = chance.sample(table, len(table))
    before, after = (card(NINE, answers(codes, each).distribution()) for each in (table, shuffled))
    assert after.index == before.index
    assert after.elements == before.elements


@given(nine_rows, st.randoms(use_true_random=False))
def test_the_order_of_elements_and_of_rows_does_not_matter(
    table: list[list[int]], chance: Random
) -> None:
    order = chance.sample(range(9), 9)
    distribution = counted(NINE, table, None)
    turned = Distribution(
        tuple(distribution.questions[at] for at in order), distribution.counts[order], None
    )
    other_order = replace(NINE, elements=tuple(NINE.elements[at] for at in order))
    before = card(NINE, distribution)
    assert card(NINE, turned) == before
    assert card(other_order, turned).index == before.index


# Weights


@pytest.mark.parametrize(
    ("form", "weight", "total"),
    [(FOURTEEN, "0,11", "1,540"), (NINE, "0.071", "0,639"), (plain_form(27), "0,04", "1,080")],
    ids=["0,11 on 14", "0,071 on 9", "1/27 rounded to 0,04, which would allow an index of 108"],
)
def test_weights_that_are_off_1_by_more_than_2_hundredths_are_refused_with_their_sum(
    form: Form, weight: str, total: str
) -> None:
    with pytest.raises(SkmError, match=f"berjumlah {total}, bukan 1"):
        weights_for(form, weight)


@pytest.mark.parametrize(
    "weight", ["sepersembilan", "", "1/9", "nan", "inf", "-0,111", "0", "1e999", "9" * 60]
)
def test_a_weight_that_is_no_number_between_0_and_1_is_refused_in_words(weight: str) -> None:
    with pytest.raises(SkmError, match="Bobot bukan angka"):
        weights_for(NINE, weight)


def test_weights_of_the_form_file_are_used_unless_others_are_asked_for() -> None:
    own = {"u1": Fraction(3, 4), "u2": Fraction(1, 4)}
    form = form_of(element("u1"), element("u2"), weights=own)
    table = counted(form, [(0, 0, 0, 1), (1, 0, 0, 0)], 1)
    assert weights_for(form).label == "form"
    assert index(form, table) == Fraction(3, 4) * 100 + Fraction(1, 4) * 25
    assert index(form, table, "exact") == Fraction(125, 2)


# Skipped and missing answers


def test_skipped_answers_are_left_out_of_the_divisor_and_n_says_so() -> None:
    form = plain_form(2)
    scored = card(form, answers(("u1", "u2"), [(4, 0), (2, 3), (0, 3)]).distribution())
    assert [(e.n, e.mean_level) for e in scored.elements] == [(2, Fraction(3))] * 2
    assert scored.respondents == 3
    assert scored.index == 75


def test_people_without_any_answer_are_no_respondents() -> None:
    form = plain_form(2)
    scored = card(form, answers(("u1", "u2"), [(4, 4), (0, 0), (0, 0)]).distribution())
    assert scored.respondents == 1
    assert scored.index == 100


def test_an_element_that_nobody_answered_makes_the_index_incomplete_and_is_named() -> None:
    rows_without_fee = [(0, 0, 5, 5) if e.code != "biaya" else (0,) * 4 for e in NINE.elements]
    scored = card(NINE, counted(NINE, rows_without_fee, 10))
    assert scored.index is None
    assert scored.band is None
    assert [e.name for e in scored.unanswered] == ["Biaya/Tarif"]
    assert (scored.element("biaya").n, scored.element("biaya").score) == (0, None)


def test_a_question_that_is_not_in_the_table_counts_as_unanswered() -> None:
    form = plain_form(2)
    scored = card(form, answers(("u1",), [(4,)]).distribution())
    assert [e.code for e in scored.unanswered] == ["u2"]


# Elements of several questions


@given(rows, rows, rows)
def test_an_element_with_several_questions_is_the_mean_of_their_means(
    first: tuple[int, ...], second: tuple[int, ...], other: tuple[int, ...]
) -> None:
    form = form_of(element("a", question("a1", "a"), question("a2", "a")), element("b"))
    scored = card(form, counted(form, [first, second, other], None))

    def mean(row: Sequence[int]) -> Fraction:
        return Fraction(sum(n * level for n, level in zip(row, LEVELS, strict=True)), sum(row))

    assert scored.element("a").mean_level == (mean(first) + mean(second)) / 2
    assert scored.index == 25 * ((mean(first) + mean(second)) / 2 + mean(other)) / 2


def test_n_of_an_element_is_that_of_its_least_answered_question() -> None:
    form = form_of(element("a", question("a1", "a"), question("a2", "a")))
    scored = card(form, answers(("a1", "a2"), [(4, 4), (4, 0), (4, 0)]).distribution())
    assert scored.element("a").n == 1


def test_the_sixteen_statements_make_an_index_of_nine_elements_not_of_sixteen() -> None:
    form = find_form("pernyataan-16-a")
    best_in_fee = {"kesesuaian_biaya", "pungli", "percaloan"}
    table = [(0, 0, 0, 1) if q.code in best_in_fee else (1, 0, 0, 0) for q in form.questions]
    assert index(form, counted(form, table, 1)) == Fraction(8 * 25 + 100, 9)


def test_the_mapping_of_statement_14_moves_between_two_elements() -> None:
    moved = {}
    for name in ("pernyataan-16-a", "pernyataan-16-b"):
        form = find_form(name)
        table = [
            (0, 0, 0, 1) if q.code == "tanpa_imbalan" else (1, 0, 0, 0) for q in form.questions
        ]
        scored = card(form, counted(form, table, 1))
        moved[name] = [e.code for e in scored.elements if e.mean_level != 1]
    assert moved == {"pernyataan-16-a": ["perilaku"], "pernyataan-16-b": ["pengaduan"]}


def test_the_offline_and_the_online_wording_of_a_statement_are_counted_as_one() -> None:
    form = form_of(
        element(
            "a",
            question("loket", "a", service="offline"),
            question("aplikasi", "a", service="online"),
        )
    )
    # 30 at the counter with mean 3, 10 online with mean 2: pooled 2,75, not the mean 2,5
    scored = card(form, counted(form, [(0, 0, 30, 0), (0, 10, 0, 0)], 40))
    assert scored.element("a").mean_level == Fraction(11, 4)
    assert scored.element("a").n == 40


@given(rows, rows)
def test_a_question_that_does_not_count_never_enters_the_index(
    row: tuple[int, ...], own: tuple[int, ...]
) -> None:
    form = form_of(
        element("a", question("a", "a"), question("tambahan", "a", counts=False)),
        element("antikorupsi", question("antikorupsi", "antikorupsi", counts=False)),
    )
    alone = form_of(element("a"))
    scored = card(form, counted(form, [row, own, own], None))
    assert scored.index == index(alone, counted(alone, [row], None))
    assert [e.code for e in scored.elements] == ["a"]
    assert [e.code for e in scored.apart] == ["antikorupsi"]
    assert set(scored.weights.each) == {"a"}


def test_a_million_answers_are_counted_without_losing_one() -> None:
    levels_of_all = np.tile(np.array([1, 2, 3, 4, 0], dtype=np.uint8), (2, 200_000))
    table = ResponseTable(("u1", "u2"), levels_of_all).distribution()
    assert table.counts.tolist() == [[200_000] * 4] * 2
    assert table.respondents == 800_000
