"""How sure an index is: textbook intervals, the table of Krejcie and Morgan, alpha by hand."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction
from itertools import pairwise

import pytest
from benchmarks.interval_coverage import coverage
from hypothesis import given
from hypothesis import strategies as st
from questionnaires import answers, card, codes_of, element, form_of, plain_form, question

from skm.form import Form, find_form
from skm.regulation import find_regulation, shipped_regulations
from skm.responses import ResponseTable
from skm.scoring import weights_for
from skm.uncertainty import (
    Interval,
    cronbach_alpha,
    index_interval,
    needed_sample,
    split_sample,
    t_quantile,
)

NINE = find_form("permenpanrb-14-2017")

levels = st.integers(1, 4)
people = st.lists(st.lists(levels, min_size=9, max_size=9), min_size=2, max_size=40)

# The table in the annex of PermenPANRB 14/2017: population, respondents.
KREJCIE_MORGAN = [
    (10, 10), (15, 14), (20, 19), (25, 24), (30, 28), (35, 32),
    (40, 36), (45, 40), (50, 44), (55, 48), (60, 52), (65, 56),
    (70, 59), (75, 63), (80, 66), (85, 70), (90, 73), (95, 76),
    (100, 80), (110, 86), (120, 92), (130, 97), (140, 103), (150, 108),
    (160, 113), (170, 118), (180, 123), (190, 127), (200, 132), (210, 136),
    (220, 140), (230, 144), (240, 148), (250, 152), (260, 155), (270, 159),
    (280, 162), (290, 165), (300, 169), (320, 175), (340, 181), (360, 186),
    (380, 191), (400, 196), (420, 201), (440, 205), (460, 210), (480, 214),
    (500, 217), (550, 226), (600, 234), (650, 242), (700, 248), (750, 254),
    (800, 260), (850, 265), (900, 269), (950, 274), (1000, 278), (1100, 285),
    (1200, 291), (1300, 297), (1400, 302), (1500, 306), (1600, 310), (1700, 313),
    (1800, 317), (1900, 320), (2000, 322), (2200, 327), (2400, 331), (2600, 335),
    (2800, 338), (3000, 341), (3500, 346), (4000, 351), (4500, 354), (5000, 357),
    (6000, 361), (7000, 364), (8000, 367), (9000, 368), (10_000, 370), (15_000, 375),
    (20_000, 377), (30_000, 379), (40_000, 380), (50_000, 381), (75_000, 382), (1_000_000, 384),
]  # fmt: skip

# Student's t, one-sided 97,5 %, as statistical tables print it: degrees of freedom, quantile.
T_TABLE = [
    (1, "12.706"),
    (2, "4.303"),
    (3, "3.182"),
    (4, "2.776"),
    (5, "2.571"),
    (9, "2.262"),
    (10, "2.228"),
    (29, "2.045"),
    (30, "2.042"),
    (60, "2.000"),
    (99, "1.984"),
    (120, "1.980"),
    (1000, "1.962"),
    (10_000_000, "1.960"),
]


def interval_of(form: Form, table: ResponseTable, population: int | None = None) -> Interval:
    interval = index_interval(table, form, weights_for(form), population)
    assert interval is not None
    return interval


# The interval


@given(people, st.one_of(st.none(), st.integers(0, 500)))
def test_for_complete_answers_the_interval_is_the_textbook_one_of_the_persons_own_indexes(
    table: list[list[int]], more_served: int | None
) -> None:
    n = len(table)
    population = None if more_served is None else n + more_served
    own = [25 * statistics.fmean(person) for person in table]
    correction = 1.0 if population is None else math.sqrt(1 - n / population)
    error = statistics.stdev(own) / math.sqrt(n) * correction
    reach = t_quantile(0.975, n - 1) * error

    interval = interval_of(NINE, answers(codes_of(NINE), table), population)
    assert interval.standard_error == pytest.approx(error, abs=1e-9)
    assert interval.low == pytest.approx(max(25, statistics.fmean(own) - reach), abs=1e-6)
    assert interval.high == pytest.approx(min(100, statistics.fmean(own) + reach), abs=1e-6)
    assert (interval.respondents, interval.population) == (n, population)


def test_an_interval_computed_by_hand() -> None:
    # own indexes 50, 75, 75, 100: mean 75, s = 20,4124, t(3) = 3,1824; 9 people served
    table = answers(("u1", "u2"), [(2, 2), (2, 4), (3, 3), (4, 4)])
    form = plain_form(2)
    endless, corrected = interval_of(form, table), interval_of(form, table, 9)
    assert endless.standard_error == pytest.approx(10.2062, abs=1e-4)
    assert (endless.low, endless.high) == pytest.approx((42.5193, 100), abs=1e-3)
    assert corrected.standard_error == pytest.approx(10.2062 * math.sqrt(5) / 3, abs=1e-4)


def test_where_everybody_served_was_asked_nothing_is_uncertain() -> None:
    table = answers(("u1",), [(2,), (4,), (4,)])
    for population in (3, 2, 0):  # a number served below the number asked is an old one
        interval = interval_of(plain_form(1), table, population)
        assert interval.low == interval.high == pytest.approx(250 / 3)


@given(people)
def test_the_interval_holds_the_index_and_stays_on_the_scale(table: list[list[int]]) -> None:
    responses = answers(codes_of(NINE), table)
    index = card(NINE, responses.distribution()).index
    assert index is not None
    interval = interval_of(NINE, responses)
    assert 25 <= interval.low <= float(index) + 1e-9
    assert float(index) - 1e-9 <= interval.high <= 100


def test_with_a_printed_weight_the_interval_ends_where_its_scale_does() -> None:
    table = answers(codes_of(NINE), [[4] * 9, [4] * 9, [3] * 9])
    interval = index_interval(table, NINE, weights_for(NINE, "0,11"))
    assert interval is not None
    assert interval.high == pytest.approx(99)


def test_the_interval_of_skipped_answers_is_that_of_independent_means() -> None:
    # each person answered one of two questions: the variances of the two means add up
    halves = [(level, 0) for level in (1, 2, 3, 4)] * 200 + [
        (0, level) for level in (2, 3, 4, 4)
    ] * 100
    form = plain_form(2)
    first = statistics.variance([1, 2, 3, 4] * 200) / 800
    second = statistics.variance([2, 3, 4, 4] * 100) / 400
    expected = 12.5 * math.sqrt(first + second)
    found = interval_of(form, answers(("u1", "u2"), halves)).standard_error
    assert found == pytest.approx(expected, rel=0.002)


def test_people_without_any_answer_do_not_make_an_interval_narrower() -> None:
    asked = [(2, 2), (3, 4), (4, 4)]
    form = plain_form(2)
    with_silent = interval_of(form, answers(("u1", "u2"), [*asked, (0, 0), (0, 0)]), 50)
    assert with_silent == interval_of(form, answers(("u1", "u2"), asked), 50)


def test_the_two_wordings_of_a_statement_make_the_interval_of_one_question() -> None:
    both = form_of(
        element(
            "a",
            question("loket", "a", service="offline"),
            question("aplikasi", "a", service="online"),
        ),
        element("b"),
    )
    apart = answers(("loket", "aplikasi", "b"), [(2, 0, 3), (4, 0, 4), (0, 3, 1), (0, 1, 2)])
    merged = answers(("u1", "u2"), [(2, 3), (4, 4), (3, 1), (1, 2)])
    found, expected = interval_of(both, apart), interval_of(plain_form(2), merged)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(
    "table",
    [[], [(3, 3)], [(3, 3), (0, 0)], [(3, 0), (4, 0), (2, 0)]],
    ids=["nobody", "one person", "one person who answered", "an element nobody answered"],
)
def test_there_is_no_interval_of(table: list[tuple[int, int]]) -> None:
    form = plain_form(2)
    assert index_interval(answers(("u1", "u2"), table), form, weights_for(form)) is None


@pytest.mark.parametrize("respondents", [30, 100, 400])
def test_the_interval_holds_the_true_index_in_about_95_of_100_surveys(respondents: int) -> None:
    found = coverage(respondents, surveys=1_000)
    assert 0.92 <= found.corrected <= 0.98
    assert 0.92 <= found.uncorrected <= 0.98


# Student's t


@pytest.mark.parametrize(("freedom", "quantile"), T_TABLE, ids=[f"df {df}" for df, _ in T_TABLE])
def test_t_quantiles_agree_with_the_published_table(freedom: int, quantile: str) -> None:
    assert f"{t_quantile(0.975, freedom):.3f}" == quantile


def test_t_quantiles_fall_without_a_jump_where_the_exact_series_ends() -> None:
    around = [t_quantile(0.975, freedom) for freedom in range(1_990, 2_011)]
    falls = [before - after for before, after in pairwise(around)]
    assert all(fall == pytest.approx(6.0e-7, rel=0.05) for fall in falls)


# The needed sample


@pytest.mark.parametrize(("population", "needed"), KREJCIE_MORGAN)
def test_the_needed_sample_is_that_of_the_table(population: int, needed: int) -> None:
    assert needed_sample(population, find_regulation("2017").sample) == needed


@given(st.integers(0, 10**7))
def test_the_needed_sample_is_never_more_than_were_served_nor_than_385(population: int) -> None:
    for regulation in shipped_regulations():
        assert 0 <= needed_sample(population, regulation.sample) <= min(population, 385)


def test_the_office_of_2020_needed_362_respondents_for_the_6281_it_served() -> None:
    assert needed_sample(6281, find_regulation("2017").sample) == 362


@given(
    st.dictionaries(st.text(max_size=3), st.integers(0, 5000), min_size=1, max_size=8),
    st.data(),
)
def test_a_split_sample_adds_up_and_is_less_than_one_from_the_exact_share(
    served: dict[str, int], data: st.DataObject
) -> None:
    total = sum(served.values())
    needed = data.draw(st.integers(0, total))
    parts = split_sample(needed, served)
    assert list(parts) == list(served)
    assert sum(parts.values()) == (needed if total else 0)
    for service, part in parts.items():
        assert 0 <= part <= served[service]
        if total:
            assert abs(part - Fraction(needed * served[service], total)) < 1


def test_the_largest_remainder_gets_the_next_respondent_and_the_first_service_among_equals() -> (
    None
):
    assert split_sample(10, {"a": 55, "b": 30, "c": 15}) == {"a": 6, "b": 3, "c": 1}
    assert split_sample(1, {"a": 5, "b": 5}) == {"a": 1, "b": 0}
    assert split_sample(5, {"a": 0, "b": 0}) == {"a": 0, "b": 0}


# Cronbach's alpha


def test_alpha_of_an_example_computed_by_hand() -> None:
    # variances 2/3, 11/12, 1/3; of the sums 7, 9, 11, 12: 59/12; alpha = 3/2 x (1 - 23/59)
    table = answers(("u1", "u2", "u3"), [(2, 2, 3), (3, 3, 3), (3, 4, 4), (4, 4, 4)])
    assert cronbach_alpha(table, plain_form(3)) == pytest.approx(54 / 59)


def test_alpha_is_1_where_all_questions_are_answered_alike() -> None:
    table = answers(("u1", "u2"), [(1, 1), (2, 2), (4, 4)])
    assert cronbach_alpha(table, plain_form(2)) == pytest.approx(1)


def test_only_complete_responses_enter_alpha() -> None:
    complete = [(2, 2, 3), (3, 3, 3), (3, 4, 4), (4, 4, 4)]
    with_gaps = answers(("u1", "u2", "u3"), [*complete, (1, 0, 4), (0, 0, 1)])
    assert cronbach_alpha(with_gaps, plain_form(3)) == pytest.approx(54 / 59)


def test_a_question_that_does_not_count_does_not_enter_alpha() -> None:
    form = form_of(
        element("u1"), element("u2", question("u2", "u2"), question("own", "u2", counts=False))
    )
    with_own = answers(("u1", "u2", "own"), [(1, 2, 4), (2, 2, 1), (4, 3, 1)])
    without_own = answers(("u1", "u2"), [(1, 2), (2, 2), (4, 3)])
    assert cronbach_alpha(with_own, form) == cronbach_alpha(without_own, plain_form(2))


def test_alpha_of_an_office_with_counters_and_online_services_takes_both_wordings_as_one() -> None:
    form = form_of(
        element(
            "a",
            question("loket", "a", service="offline"),
            question("aplikasi", "a", service="online"),
        ),
        element("u2"),
        element("u3"),
    )
    table = answers(
        ("loket", "aplikasi", "u2", "u3"), [(2, 0, 2, 3), (0, 3, 3, 3), (3, 0, 4, 4), (0, 4, 4, 4)]
    )
    assert cronbach_alpha(table, form) == pytest.approx(54 / 59)


@pytest.mark.parametrize(
    "table",
    [[], [(3, 2)], [(3, 2), (4, 0)], [(3, 2), (2, 3)], [(3, 0), (4, 0)]],
    ids=["nobody", "one person", "one complete response", "equal sums", "one answered question"],
)
def test_there_is_no_alpha_of(table: list[tuple[int, int]]) -> None:
    assert cronbach_alpha(answers(("u1", "u2"), table), plain_form(2)) is None
