"""What stands beside an index: the other scale, the index without doubtful answers, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest
from questionnaires import alike, answers, card, codes_of, counted, shown

from skm.assessment import NO_GROUP, Method, assess, assess_card, scale_of_period
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.period import Period
from skm.responses import ResponseTable
from skm.scoring import weights_for

NINE = find_form("permenpanrb-14-2017")


def method(form: Form = NINE, join: str = "pooled") -> Method:
    return Method(form, weights_for(form), form.regulation.scale, join)


def table_of(
    form: Form, people: Sequence[int], columns: Mapping[str, Sequence[object]]
) -> ResponseTable:
    """People who each gave one level throughout, and what is known of them."""
    known = {}
    for name, values in columns.items():
        known[name] = np.empty(len(people), dtype=np.object_)
        known[name][:] = values
    table = answers(codes_of(form), [[level] * len(form.questions) for level in people])
    return ResponseTable(table.questions, table.levels, known)


@pytest.mark.parametrize(
    ("period", "chosen", "scale"),
    [
        ("2017-12", "2017", "2004"),
        ("2018-01", "2017", "2017"),
        ("2018-01", "2004", "2004"),
        ("2016", "2017", "2004"),
        ("2026-S1", "2017", "2017"),
    ],
)
def test_periods_from_2018_on_take_the_scale_of_the_office_and_earlier_ones_that_of_2004(
    period: str, chosen: str, scale: str
) -> None:
    assert scale_of_period(Period.parse(period), chosen).id == scale


def test_where_the_grades_of_the_two_scales_differ_both_are_said() -> None:
    (warning,) = assess_card(NINE, card(NINE, alike(NINE, (0, 0, 1, 1)))).warnings
    assert warning == (
        "Indeks 87,50 berbeda mutunya menurut skala. "
        "Skala 2004 (KEP/25/M.PAN/2/2004): A (Sangat Baik); "
        "Skala 2017 (PermenPANRB 14/2017): B (Baik)."
    )


def test_a_figure_of_one_grade_on_both_scales_needs_no_words() -> None:
    assert assess_card(NINE, card(NINE, alike(NINE, (0, 0, 0, 1)))).warnings == ()


def test_an_incomplete_index_names_what_is_missing() -> None:
    rows = [(0, 0, 0, 4) if e.code != "sarpras" else (0,) * 4 for e in NINE.elements]
    (warning,) = assess_card(NINE, card(NINE, counted(NINE, rows, 4))).warnings
    assert warning == "Indeks tidak lengkap: tidak ada jawaban untuk Sarana dan Prasarana."


def test_the_index_is_told_without_flagged_without_helped_and_without_the_fee() -> None:
    table = table_of(
        NINE,
        [4, 3, 2],
        {"flags": [("seragam",), (), ()], "helped": [False, False, True]},
    )
    found = assess(table, method())
    assert found.card.index == 75
    assert found.flagged == 1
    assert found.without_flagged == Fraction(125, 2)
    assert found.without_helped == Fraction(175, 2)
    assert found.without_fee == 75


def test_where_every_response_is_flagged_nothing_is_left_to_show() -> None:
    found = assess(table_of(NINE, [4, 4], {"flags": [("seragam",)] * 2}), method())
    assert (found.flagged, found.without_flagged) == (2, None)


def test_one_simulated_response_makes_all_of_it_simulated() -> None:
    assert assess(table_of(NINE, [4, 3], {"simulated": [False, True]}), method()).simulated
    assert not assess(table_of(NINE, [4, 3], {"simulated": [False, False]}), method()).simulated


def test_the_people_served_give_the_needed_sample_and_a_narrower_interval() -> None:
    table = table_of(NINE, [4, 3, 2, 3, 4], {})
    alone, served = assess(table, method()), assess(table, method(), population=10)
    assert (alone.sample_needed, served.sample_needed) == (None, 10)
    assert alone.interval is not None
    assert served.interval is not None
    assert served.interval.standard_error < alone.interval.standard_error


def test_services_are_joined_as_the_method_says_and_only_a_pooled_index_has_an_interval() -> None:
    table = table_of(NINE, [4, 4, 4, 2], {"service": ["ktp-el"] * 3 + [None]})
    pooled, plain = (assess(table, method(join=how)) for how in ("pooled", "plain"))
    assert (pooled.card.index, plain.card.index) == (Fraction(175, 2), Fraction(75))
    assert pooled.interval is not None
    assert plain.interval is None


def test_a_hidden_group_carries_no_figure_at_all() -> None:
    education = ["s1"] * 8 + ["sma"] * 6 + ["sd"] * 2 + [None] * 7
    levels = [3, 4] * 11 + [3]
    found = assess(
        table_of(NINE, levels, {"profile.pendidikan": education}),
        method(),
        by="profile.pendidikan",
    )
    assert [(group.name, group.n, group.hidden) for group in found.groups] == [
        ("s1", 8, False),
        ("sd", None, True),
        ("sma", None, True),
        (NO_GROUP, 7, False),
    ]
    assert [group.card is None for group in found.groups] == [False, True, True, False]


def test_an_unknown_breakdown_is_refused_with_those_there_are() -> None:
    table = table_of(NINE, [4], {"service": ["kk"], "profile.usia": ["17_25"], "helped": [False]})
    with pytest.raises(SkmError, match=r"«umur».*service / usia"):
        assess(table, method(), by="profile.umur")


def test_no_response_at_all_is_an_assessment_without_figures() -> None:
    found = assess(answers(codes_of(NINE), []), method(), population=100)
    assert found.card.index is None
    assert (found.interval, found.alpha, found.without_flagged) == (None, None, None)
    assert found.sample_needed == 80
    assert shown(assess(table_of(NINE, [4], {}), method()).card.index) == "100.00"
