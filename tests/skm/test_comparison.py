"""What is read out of scorecards: services joined, periods compared, priorities, the nine."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from questionnaires import alike, answers, card, counted, element, form_of, plain_form, shown

from skm import resources
from skm.comparison import (
    JOINS,
    compare,
    gap_to_next,
    highest,
    join_services,
    lowest,
    official_nine,
    weighted_gaps,
    without,
)
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.regulation import regulation_in_force, scale
from skm.responses import Distribution
from skm.scoring import Scorecard, scorecard, weights_for

NINE = find_form("permenpanrb-14-2017")
FOURTEEN = find_form("kecamatan-14")

rows = st.tuples(*[st.integers(0, 30)] * 4).filter(any)
nine_rows = st.lists(rows, min_size=9, max_size=9)


def joined(form: Form, services: dict[str, Distribution], how: str) -> Scorecard:
    return join_services(services, how, form, weights_for(form), form.regulation.scale)


# Services joined

TWO = plain_form(2)
AT_TWO_COUNTERS = {
    # 30 people, everybody answered: means 3 and 4
    "ktp-el": counted(TWO, [(0, 0, 30, 0), (0, 0, 0, 30)], 30),
    # 10 people, of whom 5 skipped the first question: means 2 and 2
    "kk": counted(TWO, [(0, 5, 0, 0), (0, 10, 0, 0)], 10),
}


@pytest.mark.parametrize(
    ("how", "means", "index"),
    [
        ("pooled", (Fraction(100, 35), Fraction(7, 2)), "79.46"),
        ("respondents", (Fraction(11, 4), Fraction(7, 2)), "78.13"),
        ("plain", (Fraction(5, 2), Fraction(3)), "68.75"),
    ],
)
def test_three_ways_to_join_services_give_three_figures(
    how: str, means: tuple[Fraction, Fraction], index: str
) -> None:
    office = joined(TWO, AT_TWO_COUNTERS, how)
    assert tuple(e.mean_level for e in office.elements) == means
    assert shown(office.index) == index
    assert office.respondents == 40
    assert [e.n for e in office.elements] == [35, 40]


@given(nine_rows)
def test_joins_do_not_differ_where_there_is_one_service(table: list[tuple[int, ...]]) -> None:
    one = {"ktp-el": counted(NINE, table, 30)}
    cards = [joined(NINE, one, how) for how in JOINS]
    assert cards[0] == cards[1] == cards[2]


@given(*[st.lists(st.lists(st.integers(1, 4), min_size=2, max_size=2), min_size=1)] * 2)
def test_weighting_by_respondents_is_pooling_where_everybody_answered_all(
    first: list[list[int]], second: list[list[int]]
) -> None:
    codes = ("u1", "u2")
    services = {
        name: answers(codes, table).distribution()
        for name, table in {"a": first, "b": second}.items()
    }
    assert joined(TWO, services, "respondents") == joined(TWO, services, "pooled")


@pytest.mark.parametrize("how", JOINS)
def test_an_element_is_joined_over_the_services_that_have_an_answer_to_it(how: str) -> None:
    services = {
        "ktp-el": counted(TWO, [(0, 0, 8, 0), (0, 0, 0, 8)], 8),
        "kia": counted(TWO, [(0, 0, 0, 0), (0, 0, 0, 2)], 2),
    }
    assert joined(TWO, services, how).element("u1").mean_level == 3


def test_a_service_without_respondents_does_not_enter_a_plain_mean() -> None:
    services = {**AT_TWO_COUNTERS, "kia": counted(TWO, [(0,) * 4] * 2, 0)}
    assert joined(TWO, services, "plain").index == joined(TWO, AT_TWO_COUNTERS, "plain").index


def test_tables_of_percentages_are_joined_plainly_but_not_by_respondents() -> None:
    services = {name: replace(part, respondents=None) for name, part in AT_TWO_COUNTERS.items()}
    assert shown(joined(TWO, services, "plain").index) == "68.75"
    with pytest.raises(SkmError, match="Jumlah responden per layanan tidak diketahui"):
        joined(TWO, services, "respondents")


def test_an_unknown_way_of_joining_is_refused_with_those_there_are() -> None:
    with pytest.raises(SkmError, match="pooled / respondents / plain"):
        joined(TWO, AT_TWO_COUNTERS, "median")


# Periods compared


def test_a_difference_is_that_of_the_printed_figures_not_of_the_exact_ones() -> None:
    form = plain_form(1)
    before = card(form, counted(form, [(0, 155, 545, 0)], 700))  # 69,4643
    after = card(form, counted(form, [(0, 217, 783, 0)], 1000))  # 69,575
    index, first = compare(before, after)
    assert (index.before, index.after) == (Decimal("69.46"), Decimal("69.58"))
    assert index.difference == Decimal("0.12")  # exactly it is 0,1107
    assert (first.code, first.difference) == ("u1", Decimal("0.12"))


@given(nine_rows, nine_rows)
def test_a_reader_who_subtracts_the_printed_figures_gets_every_difference(
    first: list[tuple[int, ...]], second: list[tuple[int, ...]]
) -> None:
    before, after = card(NINE, counted(NINE, first, 9)), card(NINE, counted(NINE, second, 9))
    changes = compare(before, after)
    assert [change.code for change in changes] == ["index", *(e.code for e in NINE.elements)]
    for change, old, new in zip(changes[1:], before.elements, after.elements, strict=True):
        assert change.difference == Decimal(shown(new.score)) - Decimal(shown(old.score))
    assert changes[0].difference == Decimal(shown(after.index)) - Decimal(shown(before.index))


def test_figures_on_two_scales_are_not_compared() -> None:
    of_2017 = card(NINE, alike(NINE, (0, 0, 1, 1)))
    with pytest.raises(SkmError, match=r"skala berbeda.*KEP/25.*PermenPANRB 14/2017"):
        compare(replace(of_2017, scale=scale("2004")), of_2017)


def test_the_elements_of_two_forms_are_not_compared() -> None:
    old = replace(card(FOURTEEN, alike(FOURTEEN, (0, 0, 1, 1))), scale=scale("2017"))
    with pytest.raises(SkmError, match="sembilan unsur resmi"):
        compare(old, card(NINE, alike(NINE, (0, 0, 1, 1))))


def test_an_incomplete_index_is_not_compared() -> None:
    complete = card(TWO, alike(TWO, (0, 0, 1, 1)))
    incomplete = card(TWO, counted(TWO, [(0, 0, 1, 1), (0,) * 4], 2))
    for before, after in ((complete, incomplete), (incomplete, complete)):
        with pytest.raises(SkmError, match="belum lengkap"):
            compare(before, after)


# Priorities


def test_the_lowest_and_the_highest_three_keep_official_order_among_equals() -> None:
    form = plain_form(6)
    by_level = {1: (1, 0, 0, 0), 2: (0, 1, 0, 0), 3: (0, 0, 1, 0), 4: (0, 0, 0, 1)}
    scored = card(form, counted(form, [by_level[level] for level in (3, 2, 4, 2, 3, 4)], 1))
    assert [e.code for e in lowest(scored.elements)] == ["u2", "u4", "u1"]
    assert [e.code for e in highest(scored.elements)] == ["u3", "u6", "u1"]
    assert [e.code for e in lowest(scored.elements, 2)] == ["u2", "u4"]


def test_an_element_without_answers_is_neither_lowest_nor_highest() -> None:
    scored = card(TWO, counted(TWO, [(0,) * 4, (1, 0, 0, 0)], 1))
    assert [e.code for e in lowest(scored.elements)] == ["u2"]
    assert [e.code for e in highest(scored.elements)] == ["u2"]


@given(nine_rows)
def test_what_the_elements_cost_the_index_adds_up_to_its_distance_from_100(
    table: list[tuple[int, ...]],
) -> None:
    scored = card(NINE, counted(NINE, table, None))
    assert scored.index is not None
    assert sum(weighted_gaps(scored).values()) == 100 - scored.index


@given(
    st.sampled_from([(9, None), (9, "0,111"), (9, "0,11"), (14, "0,071")]),
    st.sampled_from(["2004", "2017"]),
    st.integers(1, 3),
    st.integers(0, 400),
    st.integers(1, 400),
)
def test_so_many_people_one_level_higher_reach_the_next_class_and_one_fewer_do_not(
    sized: tuple[int, str | None], of: str, level: int, already_higher: int, lower: int
) -> None:
    size, weight = sized
    form = plain_form(size, of)

    def with_moved(moved: int) -> Scorecard:
        row = [0, 0, 0, 0]
        row[level - 1], row[level] = lower - moved, already_higher + moved
        return card(form, alike(form, row), weight)

    start = with_moved(0)
    assert start.index is not None
    together = sum(start.weights.each.values(), Fraction(0))
    gap = gap_to_next(start.index, start.scale, start.respondents, together)
    assume(gap is not None and gap.respondents is not None and gap.respondents <= lower)
    assert gap is not None
    assert gap.respondents is not None
    assert gap.points == gap.target.lower - Decimal(shown(start.index))
    reached = with_moved(gap.respondents).band
    assert reached is not None  # a single person can jump over a class
    assert reached.level >= gap.target.level
    assert with_moved(gap.respondents - 1).band == start.band


def test_an_element_needs_as_many_people_as_its_own_answers_say() -> None:
    form = plain_form(2)
    scored = card(form, counted(form, [(0, 0, 10, 0), (0, 0, 0, 10)], 10))
    first = scored.element("u1")
    assert first.score is not None
    gap = gap_to_next(first.score, scored.scale, first.n, Fraction(1))
    assert gap is not None
    assert (gap.target.grade, gap.points, gap.respondents) == ("B", Decimal("1.61"), 1)


def test_there_is_no_gap_above_the_best_class_and_no_head_count_without_heads() -> None:
    best = Fraction(8831, 100)
    assert gap_to_next(best, scale("2017"), 10, Fraction(1)) is None
    gap = gap_to_next(best - 1, scale("2017"), None, Fraction(1))
    assert gap is not None
    assert (gap.points, gap.respondents) == (Decimal("1.00"), None)


# The index without some elements


@given(nine_rows)
def test_without_the_fee_the_index_is_the_mean_of_the_other_eight(
    table: list[tuple[int, ...]],
) -> None:
    scored = card(NINE, counted(NINE, table, None))
    rest = [e.score for e in scored.elements if e.code != "biaya" and e.score is not None]
    assert without(scored, ["biaya"]) == sum(rest, Fraction(0)) / 8


def test_the_weight_of_what_is_left_out_is_spread_in_proportion() -> None:
    own = {"u1": Fraction(1, 2), "u2": Fraction(3, 10), "u3": Fraction(1, 5)}
    form = form_of(*map(element, own), weights=own)
    scored = card(form, counted(form, [(0, 0, 0, 1), (0, 0, 1, 0), (1, 0, 0, 0)], 1))
    # 100 x 5/7 + 25 x 2/7
    assert without(scored, ["u2"]) == Fraction(550, 7)


def test_with_a_printed_weight_the_figure_without_the_fee_stays_on_its_scale() -> None:
    scored = card(NINE, alike(NINE, (0, 0, 0, 1)), "0,11")
    assert without(scored, ["biaya"]) == scored.index == 99


def test_nothing_is_left_of_an_index_without_all_elements_or_with_one_unanswered() -> None:
    scored = card(TWO, counted(TWO, [(0,) * 4, (0, 0, 1, 0)], 1))
    assert without(scored, ["u1", "u2"]) is None
    assert without(scored, ["u2"]) is None
    assert without(scored, ["u1"]) == 75


# The official nine


def printed_2020(form: Form, weight: str | None = None) -> Scorecard:
    """The card of the 2020 report, from the scores it printed."""
    path = resources.folder("instance") / "skm" / "2020.csv"
    with path.open(encoding="utf-8", newline="") as file:
        printed = [
            Fraction(row["printed_score"].replace(",", ".")) for row in csv.DictReader(file)
        ]
    blank = card(form, alike(form, (1, 0, 0, 0))).elements
    elements = tuple(
        replace(e, n=None, mean_level=figure / 25, source="printed")
        for e, figure in zip(blank, printed, strict=True)
    )
    return scorecard(form, weights_for(form, weight), form.regulation.scale, elements)


def test_the_fourteen_of_2020_are_69_46_and_baik_on_their_own_scale() -> None:
    scored = printed_2020(FOURTEEN)
    assert shown(scored.index) == "69.46"
    assert scored.band == scale("2004").by_predicate("Baik")
    assert shown(printed_2020(FOURTEEN, "0,071").index) == "69.05"


def test_the_official_nine_of_2020_are_69_07_and_kurang_baik() -> None:
    nine = official_nine(FOURTEEN, printed_2020(FOURTEEN), regulation_in_force())
    assert nine is not None
    assert [(e.code, shown(e.score)) for e in nine.elements] == [
        ("persyaratan", "70.00"),
        ("prosedur", "70.00"),
        ("waktu", "69.17"),
        ("biaya", "80.00"),
        ("produk", "70.00"),
        ("kompetensi", "70.00"),
        ("perilaku", "72.50"),
        ("pengaduan", "47.50"),
        ("sarpras", "72.50"),
    ]
    assert shown(nine.index) == "69.07"
    assert nine.band is not None
    assert (nine.band.grade, nine.band.predicate) == ("C", "Kurang Baik")
    assert nine.members["kompetensi"] == ("kemampuan", "alur_petugas")
    assert {e.source for e in nine.elements} == {"printed"}
    assert {e.n for e in nine.elements} == {None}


def test_the_nine_are_68_94_where_an_office_counts_the_division_of_officers_as_procedure() -> None:
    moved = replace(
        FOURTEEN,
        elements=tuple(
            replace(e, maps_to="prosedur") if e.code == "alur_petugas" else e
            for e in FOURTEEN.elements
        ),
    )
    nine = official_nine(moved, printed_2020(moved), regulation_in_force())
    assert nine is not None
    by_code = {e.code: shown(e.score) for e in nine.elements}
    assert (by_code["prosedur"], by_code["kompetensi"]) == ("71.25", "67.50")
    assert shown(nine.index) == "68.94"


def test_the_weights_of_the_form_do_not_enter_the_nine() -> None:
    exact, printed = (
        official_nine(FOURTEEN, printed_2020(FOURTEEN, weight), regulation_in_force())
        for weight in (None, "0,071")
    )
    assert exact == printed


@given(nine_rows)
def test_the_nine_of_the_form_in_force_are_its_own_index(table: list[tuple[int, ...]]) -> None:
    scored = card(NINE, counted(NINE, table, 5))
    nine = official_nine(NINE, scored, regulation_in_force())
    assert nine is not None
    assert (nine.index, nine.band) == (scored.index, scored.band)


def test_the_nine_are_never_computed_for_a_form_that_maps_no_element_to_one_of_them() -> None:
    old = find_form("kepmenpan-25-2004")
    scored = card(old, alike(old, (0, 0, 0, 1)))
    assert "pengaduan" not in {e.maps_to for e in old.elements}
    assert official_nine(old, scored, regulation_in_force()) is None


def test_a_member_without_answers_leaves_the_nine_incomplete() -> None:
    table = [(0, 0, 1, 0) if e.code != "standar" else (0,) * 4 for e in FOURTEEN.elements]
    scored = card(FOURTEEN, counted(FOURTEEN, table, 1))
    nine = official_nine(FOURTEEN, scored, regulation_in_force())
    assert nine is not None
    assert [e.code for e in nine.elements if e.mean_level is None] == ["produk"]
    assert (nine.index, nine.band) == (None, None)


def test_n_of_an_official_element_is_that_of_its_least_answered_member() -> None:
    table = [(0, 0, 5, 0) if e.code != "keamanan" else (0, 0, 3, 0) for e in FOURTEEN.elements]
    scored = card(FOURTEEN, counted(FOURTEEN, table, 5))
    nine = official_nine(FOURTEEN, scored, regulation_in_force())
    assert nine is not None
    assert {e.code: e.n for e in nine.elements if e.n != 5} == {"sarpras": 3}
