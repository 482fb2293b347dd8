"""Small groups stay hidden: their figures cannot be computed back from what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from disclosed import computable
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.disclosure import SMALLEST_SHOWN, hidden_beside, hidden_groups, small_rests
from skm.period import Period

sizes_of_groups = st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=9)


@pytest.mark.parametrize("groups", [1, 2, 3, 4])
def test_no_set_of_fewer_than_five_people_can_be_computed_from_what_is_shown(groups: int) -> None:
    for counts in combinations_with_replacement(range(12), groups):
        sizes = {f"g{number}": size for number, size in enumerate(counts)}
        hidden = hidden_groups(sizes)
        for known in computable(sizes, set(sizes) - hidden):
            people = sum(sizes[name] for name in known)
            assert people == 0 or people >= SMALLEST_SHOWN or people == sum(counts), sizes


@given(sizes_of_groups)
def test_hidden_people_are_at_least_five_together_wherever_others_are_shown(
    sizes: dict[str, int],
) -> None:
    hidden = hidden_groups(sizes)
    together = sum(sizes[name] for name in hidden)
    if hidden and together < sum(sizes.values()):
        assert together >= SMALLEST_SHOWN
        assert len(hidden) >= 2


@given(sizes_of_groups)
def test_every_group_shown_has_at_least_five_people_or_none(sizes: dict[str, int]) -> None:
    shown = set(sizes) - hidden_groups(sizes)
    assert all(sizes[name] == 0 or sizes[name] >= SMALLEST_SHOWN for name in shown)


@given(sizes_of_groups)
def test_only_the_small_groups_and_the_next_smallest_are_hidden(sizes: dict[str, int]) -> None:
    small = {name for name, size in sizes.items() if 0 < size < SMALLEST_SHOWN}
    hidden = hidden_groups(sizes)
    assert small <= hidden
    companions = hidden - small
    assert len(companions) <= (1 if small else 0)
    for companion in companions:
        shown = set(sizes) - hidden
        assert all(sizes[name] >= sizes[companion] for name in shown if sizes[name])


def test_nothing_is_hidden_where_every_group_has_five_people() -> None:
    assert hidden_groups({"sd": 5, "smp": 5, "sma": 40}) == frozenset()


def test_a_group_of_one_takes_the_next_smallest_with_it() -> None:
    assert hidden_groups({"laki-laki": 1, "perempuan": 40}) == {"laki-laki", "perempuan"}
    assert hidden_groups({"sd": 1, "smp": 8, "sma": 8, "s1": 30}) == {"sd", "smp"}


def test_an_empty_group_tells_nothing_and_hides_nobody() -> None:
    assert hidden_groups({"sd": 0, "smp": 3, "sma": 9, "s1": 20}) == {"smp", "sma"}


MONTHS = [Period.parse(f"2026-{month:02}") for month in range(1, 7)]
LONGER = [Period.parse(text) for text in ("2026-TW1", "2026-TW2", "2026-S1", "2026")]
GROUPS = ("a", "b", "c")
Cell = tuple[Period, str]


def people_in(cells: Mapping[Cell, int], period: Period, *groups: str) -> int:
    return sum(
        n
        for (month, name), n in cells.items()
        if set(month.months) <= set(period.months) and name in groups
    )


def gives_away(cells: Mapping[Cell, int], sums: Iterable[frozenset[Cell]]) -> list[set[Cell]]:
    """Every set of one to four people whose number follows from sums that are known.

    It follows exactly where the set is a combination of the sums: where it is orthogonal to
    all that they leave open.
    """
    filled = sorted(cell for cell, n in cells.items() if n)
    known = np.array([[float(cell in each) for cell in filled] for each in sums])
    _, sizes, basis = np.linalg.svd(known)
    left_open = basis[int(np.sum(sizes > 1e-9)) :]
    found = []
    for bits in product((0.0, 1.0), repeat=len(filled)):
        chosen = {cell for cell, bit in zip(filled, bits, strict=True) if bit}
        people = sum(cells[cell] for cell in chosen)
        if 0 < people < SMALLEST_SHOWN and np.allclose(left_open @ np.array(bits), 0):
            found.append(chosen)
    return found


def sum_of(cells: Mapping[Cell, int], period: Period, *groups: str) -> frozenset[Cell]:
    return frozenset(
        (month, name)
        for month, name in cells
        if set(month.months) <= set(period.months) and name in groups
    )


def sizes_of(cells: Mapping[Cell, int], period: Period) -> dict[str, int | None]:
    """What a closing of a period shows of its groups."""
    sizes = {name: people_in(cells, period, name) for name in GROUPS}
    return {name: None if name in hidden_groups(sizes) else n for name, n in sizes.items()}


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(MONTHS[:4]), st.sampled_from(GROUPS)),
        st.integers(1, 9),
        min_size=1,
        max_size=9,
    ),
    st.sets(st.sampled_from([*MONTHS[:4], *LONGER]), min_size=1),
)
def test_no_few_people_can_be_computed_from_all_periods_that_are_shown(
    cells: dict[Cell, int], periods: set[Period]
) -> None:
    everyone = {period: people_in(cells, period, *GROUPS) for period in periods}
    everyone = {period: n for period, n in everyone.items() if n >= SMALLEST_SHOWN}
    while rests := small_rests(everyone):
        del everyone[max(rests)]  # it is refused
    shown = {period: sizes_of(cells, period) for period in everyone}
    hidden = hidden_beside(shown, everyone)
    sums = [
        *(sum_of(cells, period, *GROUPS) for period in everyone),
        *(
            sum_of(cells, period, name)
            for period, sizes in shown.items()
            for name in sizes
            if name not in hidden[period]
        ),
    ]
    if sums:
        assert gives_away(cells, sums) == [], (hidden, shown)


def test_a_month_that_a_quarter_gives_away_is_told() -> None:
    october, november, quarter = (
        Period.parse(each) for each in ("2026-10", "2026-11", "2026-TW4")
    )
    assert small_rests({october: 40, november: 60, quarter: 104}) == {quarter: 4}
    assert small_rests({october: 40, november: 60, quarter: 99}) == {quarter: -1}
    assert small_rests({october: 40, november: 60, quarter: 105}) == {}
    assert small_rests({october: 40, november: 60, quarter: 100}) == {}


def test_what_is_hidden_in_a_month_is_hidden_in_its_quarter() -> None:
    october, quarter = Period.parse("2026-10"), Period.parse("2026-TW4")
    shown: dict[Period, Mapping[str, int | None]] = {
        october: {"kk": None, "kia": None, "ktp": 30},
        quarter: {"kk": 20, "kia": 25, "ktp": 90},
    }
    assert hidden_beside(shown, {october: 40, quarter: 135})[quarter] == {"kk", "kia"}
