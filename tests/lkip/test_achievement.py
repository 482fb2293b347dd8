"""Achievement follows formula, classes and cap of the plan and never hides what is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip.achievement import (
    Achievement,
    by_year,
    class_of,
    joined,
    measure,
    national_difference,
    percentage,
    progress,
    realised_by_quarters,
    recorded,
    sasaran_achievement,
)
from lkip.figure import Figure, State
from lkip.plan import (
    AchievementClass,
    FromParts,
    Indicator,
    National,
    Plan,
    Quarter,
    Stated,
    Success,
    Target,
    load_plan,
)
from lkip.plan.performance import Direction, Formula, Join
from skm import resources
from skm.regulation import find_regulation

SCALES = (find_regulation("2004").scale, find_regulation("2017").scale)
CLASSES = (
    AchievementClass("SANGAT BAIK", above=Decimal(100)),
    AchievementClass("BAIK", lower=Decimal(76)),
    AchievementClass("CUKUP", lower=Decimal(55)),
    AchievementClass("KURANG"),
)
SUCCESS = Success("BAIK")
UNFILLED = Figure.not_filled("belum dihitung")

amounts = st.decimals("0.01", "100000", places=2)
percents = st.decimals("0", "300", places=2)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(resources.folder("instance") / "lkip" / "2020.toml")


def indicator(
    target: Decimal | str | int = 100, direction: Direction = "up", **settings: object
) -> Indicator:
    value = target if isinstance(target, str) else Decimal(target)
    made = Indicator(
        id="contoh",
        sasaran="s1",
        name="Contoh",
        unit="%",
        direction=direction,
        targets=(Target("pk", 2020, value, measured=True),),
    )
    return replace(made, **settings)  # type: ignore[arg-type]


def measured(
    realised: str | int, target: Decimal | str | int = 100, **settings: object
) -> Achievement:
    return measure(
        indicator(target, **settings),  # type: ignore[arg-type]
        2020,
        Figure.of(Decimal(realised)),
        CLASSES,
        SCALES,
    )


# ---------------------------------------------------------------- the report of 2020


def test_the_index_of_2020_reaches_81_72_percent_of_85_and_is_baik(plan: Plan) -> None:
    found = measure(plan.indicator("skm"), 2020, Figure.of(Decimal("69.46")), plan.classes, SCALES)
    assert found.raw.exact == Fraction(6946, 85)
    assert found.counted.shown == Decimal("81.72")
    assert found.category is not None
    assert found.category.name == "BAIK"


def test_the_exact_mean_of_2020_counts_as_it_is_printed(plan: Plan) -> None:
    printed, exact = (
        measure(plan.indicator("skm"), 2020, Figure.of(value), plan.classes)
        for value in (Decimal("69.46"), Fraction(1945, 28))
    )
    assert printed.raw == exact.raw


def test_the_grade_b_of_2020_is_met_on_the_scale_of_2004_and_not_on_that_of_2017(
    plan: Plan,
) -> None:
    found = measure(plan.indicator("skm"), 2020, Figure.of(Decimal("69.46")), plan.classes, SCALES)
    assert [
        (
            verdict.target.document,
            verdict.scale.id,
            verdict.reached and verdict.reached.grade,
            verdict.met,
        )
        for verdict in found.verdicts
    ] == [
        ("pk", "2004", "B", True),
        ("pk", "2017", "C", False),
        ("pk_perubahan", "2004", "B", True),
        ("pk_perubahan", "2017", "C", False),
    ]


def test_the_progress_of_2020_is_69_46_percent_of_the_end_of_the_renstra(plan: Plan) -> None:
    skm = plan.indicator("skm")
    found = progress(skm, plan.final_target(skm), Figure.of(Decimal("69.46")))
    assert found.shown == Decimal("69.46")


def test_both_sasaran_of_2020_are_baik_and_berhasil(plan: Plan) -> None:
    realised = {"skm": "69.46", "rekomendasi": "100", "desa": "100"}
    for sasaran, mean in (("s1", "81.72"), ("s2", "100.00")):
        members = [
            measure(found, 2020, Figure.of(Decimal(realised[found.id])), plan.classes, SCALES)
            for found in plan.indicators_of(sasaran)
        ]
        result = sasaran_achievement(members, plan.classes, plan.success)
        assert result.figure.shown == Decimal(mean)
        assert (result.category and result.category.name, result.verdict) == ("BAIK", "berhasil")
        assert result.left_out == ()


def test_2020_stands_beside_2019_with_its_fall(plan: Plan) -> None:
    skm = plan.indicator("skm")
    before = skm.realisation_of(2019)
    assert isinstance(before, Stated)
    rows = by_year(skm, {2020: Figure.of(Decimal("69.46")), 2019: recorded(before)})
    assert [(row.year, row.change) for row in rows] == [(2019, None), (2020, Decimal("-15.35"))]
    assert rows[0].target is not None
    assert (rows[0].target.document, rows[0].achieved.shown) == ("renstra", Decimal("94.23"))


def test_2020_has_no_national_figure_so_the_comparison_is_blank(plan: Plan) -> None:
    skm = plan.indicator("skm")
    assert national_difference(skm, 2020, Figure.of(Decimal("69.46"))) is None


# ---------------------------------------------------------------- formulas


@pytest.mark.parametrize(
    ("formula", "direction", "target", "realised", "shown"),
    [
        ("ratio", "up", "85", "69.46", "81.72"),
        ("ratio", "up", "100", "0", "0.00"),
        ("difference", "down", "10", "12", "80.00"),
        ("ratio", "down", "10", "12", "83.33"),
        ("difference", "down", "1", "0.26", "174.00"),
        ("ratio", "down", "1", "0.26", "384.62"),
        ("difference", "down", "10", "25", "-50.00"),
        ("stable", "down", "10", "12", "80.00"),
        ("stable", "down", "10", "8", "80.00"),
        ("stable", "up", "10", "10", "100.00"),
        ("difference", "down", "0", "0", "100.00"),
        ("ratio", "down", "0", "0", "100.00"),
    ],
)
def test_each_formula_gives_the_figure_seen_in_the_field(
    formula: Formula, direction: Direction, target: str, realised: str, shown: str
) -> None:
    found = percentage(formula, direction, Decimal(target), Decimal(realised))
    assert found.shown == Decimal(shown)


@pytest.mark.parametrize(
    ("formula", "direction", "target", "realised", "reason"),
    [
        ("difference", "down", "0", "3", "target 0 tidak tercapai (realisasi 3)"),
        ("ratio", "up", "0", "3", "target 0 tidak dapat membagi"),
        ("ratio", "down", "10", "0", "realisasi 0 tidak dapat membagi"),
        ("ratio", "down", "10", "-2", "realisasi -2 tidak dapat membagi"),
    ],
)
def test_what_would_divide_by_nothing_is_not_computable_and_says_why(
    formula: Formula, direction: Direction, target: str, realised: str, reason: str
) -> None:
    found = percentage(formula, direction, Decimal(target), Decimal(realised))
    assert found.state is State.NOT_COMPUTABLE
    assert found.shown is None
    assert reason in (found.reason or "")


def test_less_is_better_takes_the_difference_unless_the_plan_names_another_formula() -> None:
    assert measured(12, 10, direction="down").raw.shown == Decimal(80)
    assert measured(12, 10, direction="down", formula="ratio").raw.shown == Decimal("83.33")


@given(target=amounts)
def test_a_realisation_on_target_is_100_by_every_formula(target: Decimal) -> None:
    for formula, direction in (
        ("ratio", "up"),
        ("ratio", "down"),
        ("difference", "down"),
        ("stable", "up"),
    ):
        assert percentage(formula, direction, target, target).exact == 100  # type: ignore[arg-type]


@given(target=amounts, realised=amounts)
def test_difference_and_ratio_mirror_each_other_around_100(
    target: Decimal, realised: Decimal
) -> None:
    more = percentage("ratio", "up", target, realised).exact
    less = percentage("difference", "down", target, realised).exact
    stable = percentage("stable", "down", target, realised).exact
    assert more is not None
    assert less is not None
    assert more + less == 200
    assert stable == min(more, less) <= 100


@given(target=amounts, realised=amounts, cap=st.sampled_from([100, 120, 150]))
def test_a_cap_cuts_what_counts_and_keeps_what_was_reached(
    target: Decimal, realised: Decimal, cap: int
) -> None:
    capped = measured(str(realised), target, cap=Decimal(cap))
    free = measured(str(realised), target)
    assert capped.raw == free.raw == free.counted
    assert capped.raw.exact is not None
    assert capped.counted.exact == min(capped.raw.exact, Fraction(cap))


@given(target=amounts, realised=amounts)
def test_the_printed_figure_is_within_half_a_hundredth_of_the_exact_one(
    target: Decimal, realised: Decimal
) -> None:
    found = measured(str(realised), target).raw
    assert found.exact is not None
    assert found.shown is not None
    assert abs(Fraction(found.shown) - found.exact) <= Fraction(1, 200)


# ---------------------------------------------------------------- classes


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("100.01", "SANGAT BAIK"),
        ("100.005", "SANGAT BAIK"),
        ("100.004", "BAIK"),
        ("100", "BAIK"),
        ("75.995", "BAIK"),
        ("75.994", "CUKUP"),
        ("75.5", "CUKUP"),
        ("55", "CUKUP"),
        ("54.99", "KURANG"),
        ("-50", "KURANG"),
    ],
)
def test_a_class_is_taken_on_the_printed_figure_and_leaves_no_gap(value: str, name: str) -> None:
    found = class_of(Figure.of(Decimal(value)), CLASSES)
    assert found is not None
    assert found.name == name


@given(low=percents, high=percents)
def test_more_never_gives_a_worse_class(low: Decimal, high: Decimal) -> None:
    low, high = sorted((low, high))
    ranks = [category.name for category in CLASSES]
    worse, better = (class_of(Figure.of(value), CLASSES) for value in (low, high))
    assert worse is not None
    assert better is not None
    assert ranks.index(better.name) <= ranks.index(worse.name)


# ---------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("target", "realised", "met"),
    [
        ("B", "62.51", (True, False)),
        ("B", "62.505", (True, False)),
        ("B", "62.504", (False, False)),
        ("B", "76.605", (True, True)),
        ("B", "95", (True, True)),
        ("Sangat Baik", "88.31", (True, True)),
        ("sangat baik", "88.30", (True, False)),
        ("b", "76.61", (True, True)),
    ],
)
def test_a_grade_or_predicate_is_met_by_its_class_or_a_better_one(
    target: str, realised: str, met: tuple[bool, bool]
) -> None:
    found = measured(realised, target)
    assert tuple(verdict.met for verdict in found.verdicts) == met
    assert found.raw.state is State.NOT_COMPUTABLE
    assert found.category is None


def test_a_grade_is_judged_only_on_the_scales_that_the_indicator_names() -> None:
    found = measured("69.46", "B", scales=("2017",))
    assert [verdict.scale.id for verdict in found.verdicts] == ["2017"]


def test_a_grade_is_neither_met_nor_missed_while_nothing_is_filled_in() -> None:
    found = measure(indicator("B"), 2020, UNFILLED, CLASSES, SCALES)
    assert [verdict.met for verdict in found.verdicts] == [None, None]
    assert found.raw == UNFILLED


# ---------------------------------------------------------------- sasaran


def test_a_sasaran_is_the_mean_of_printed_percentages() -> None:
    members = [measured(1, 3), measured(2, 3)]
    result = sasaran_achievement(members, CLASSES, SUCCESS)
    assert result.figure.exact == (Fraction("33.33") + Fraction("66.67")) / 2
    assert result.verdict == "belum berhasil"


def test_capped_percentages_enter_the_mean() -> None:
    members = [measured(300, cap=Decimal(120)), measured(80)]
    assert sasaran_achievement(members, CLASSES).figure.shown == Decimal(100)


def test_weights_count_where_the_plan_has_them() -> None:
    members = [measured(100, weight=Decimal(3)), measured(60, weight=Decimal(1))]
    assert sasaran_achievement(members, CLASSES).figure.shown == Decimal(90)


@given(values=st.lists(percents, min_size=1, max_size=6), weight=st.integers(1, 9))
def test_a_mean_lies_among_its_members_and_equal_weights_change_nothing(
    values: list[Decimal], weight: int
) -> None:
    plain = sasaran_achievement([measured(str(value)) for value in values], CLASSES).figure
    weighted = sasaran_achievement(
        [measured(str(value), weight=Decimal(weight)) for value in values], CLASSES
    ).figure
    assert plain.exact is not None
    assert min(values) <= plain.exact <= max(values)
    assert plain == weighted


def test_a_grade_target_enters_no_mean_and_is_named() -> None:
    grade = measured("69.46", "B")
    result = sasaran_achievement([measured(90), grade], CLASSES, SUCCESS)
    assert result.figure.shown == Decimal(90)
    assert result.left_out == (grade,)


@pytest.mark.parametrize(("realised", "word"), [("90", "berhasil"), ("69.46", "belum berhasil")])
def test_a_sasaran_of_grades_alone_succeeds_when_met_on_every_scale(
    realised: str, word: str
) -> None:
    result = sasaran_achievement([measured(realised, "B")], CLASSES, SUCCESS)
    assert result.figure.state is State.NOT_COMPUTABLE
    assert result.verdict == word


@pytest.mark.parametrize(
    ("missing", "state"),
    [
        (measure(indicator(), 2020, UNFILLED, CLASSES), State.NOT_FILLED),
        (measured(3, 0, direction="down"), State.NOT_COMPUTABLE),
    ],
    ids=["not filled in", "not computable"],
)
def test_a_member_without_figure_leaves_the_sasaran_without_one(
    missing: Achievement, state: State
) -> None:
    result = sasaran_achievement([measured(100), missing], CLASSES, SUCCESS)
    assert result.figure.state is state
    assert (result.figure.reason or "").startswith("Contoh: ")
    assert (result.category, result.verdict) == (None, None)


def test_without_a_rule_the_plan_has_no_word_for_success() -> None:
    assert sasaran_achievement([measured(100)], CLASSES).verdict is None


# ---------------------------------------------------------------- comparisons


def test_progress_of_less_is_better_follows_the_indicator_and_not_a_plain_share() -> None:
    aduan = indicator(20, direction="down")
    assert progress(aduan, Target("renstra", 2024, Decimal(10)), Figure.of(12)).shown == 80


@pytest.mark.parametrize("final", [None, Target("renstra", 2024, "A")], ids=["none", "a grade"])
def test_progress_without_a_number_to_reach_is_not_computable(final: Target | None) -> None:
    assert progress(indicator(), final, Figure.of(90)).state is State.NOT_COMPUTABLE


def test_the_national_figure_is_compared_as_printed() -> None:
    aduan = indicator(nationals=(National(2020, Decimal("87.5"), "Kementerian"),))
    assert national_difference(aduan, 2020, Figure.of(Decimal("69.464"))) == Decimal("-18.04")
    assert national_difference(aduan, 2019, Figure.of(90)) is None
    assert national_difference(aduan, 2020, UNFILLED) is None


def test_a_year_without_figure_breaks_the_row_of_changes() -> None:
    rows = by_year(indicator(), {2018: Figure.of(70), 2019: UNFILLED, 2020: Figure.of(80)})
    assert [row.change for row in rows] == [None, None, None]
    assert rows[1].achieved == UNFILLED


# ---------------------------------------------------------------- where a figure comes from


@pytest.mark.parametrize(
    ("numerator", "denominator", "times", "shown"),
    [("7", "7", "100", "100.00"), ("2", "3", "100", "66.67"), ("3", "1200", "1000", "2.50")],
)
def test_parts_give_a_realisation(
    numerator: str, denominator: str, times: str, shown: str
) -> None:
    parts = FromParts("parts", 2020, Decimal(numerator), Decimal(denominator), Decimal(times))
    assert recorded(parts).shown == Decimal(shown)


def test_parts_of_nothing_are_not_computable() -> None:
    parts = FromParts("parts", 2020, Decimal(0), Decimal(0))
    assert recorded(parts).state is State.NOT_COMPUTABLE


@pytest.mark.parametrize(
    ("join", "until", "shown", "reason"),
    [
        ("sum", 2, "30.00", None),
        ("mean", 2, "15.00", None),
        ("last", 3, "40.00", None),
        ("sum", 4, None, "triwulan 4 belum diisi"),
        ("last", 4, None, "triwulan 4 belum diisi"),
    ],
)
def test_quarters_are_joined_as_the_indicator_says(
    join: Join, until: int, shown: str | None, reason: str | None
) -> None:
    quarters = tuple(
        Quarter(place, realised=Decimal(value)) for place, value in ((1, 10), (2, 20), (3, 40))
    )
    found = realised_by_quarters(indicator(join=join, quarters=quarters), until)
    assert (found.shown, found.reason) == (shown and Decimal(shown), reason)


@given(values=st.lists(percents, min_size=1, max_size=4))
def test_the_mean_of_quarters_times_their_number_is_their_sum(values: list[Decimal]) -> None:
    mean, total, last = (joined(values, join).exact for join in ("mean", "sum", "last"))
    assert mean is not None
    assert mean * len(values) == total
    assert last == values[-1]
