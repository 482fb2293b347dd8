"""Small groups stay hidden: their figures cannot be computed back from what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.disclosure import SMALLEST_SHOWN, hidden_groups

sizes_of_groups = st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=9)


def computable(sizes: Mapping[str, int], shown: Iterable[str]) -> set[frozenset[str]]:
    """Every set of groups whose figures follow from the total and the groups shown.

    Whoever knows the figures of two sets knows those of their union, where they share nobody,
    and of their difference, where one holds the other; all sets that follow are tried.
    """
    known = {frozenset(sizes), *(frozenset([name]) for name in shown)}
    while True:
        pairs = [(one, other) for one in known for other in known]
        found = {one | other for one, other in pairs if not one & other}
        found |= {one - other for one, other in pairs if other < one}
        if found <= known:
            return known
        known |= found


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
