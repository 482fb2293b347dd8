"""Which groups are too small to be shown (UU 27/2022: a small group is its members)."""

from __future__ import annotations

from collections.abc import Mapping

SMALLEST_SHOWN = 5


def hidden_groups(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups of one breakdown that must not be shown.

    Groups under 5 are hidden together with the next smallest, so that the total less the
    groups shown never gives a figure of fewer than 5 people. Empty groups tell nothing.

    Args:
        sizes: respondents by group, those who gave no answer as a group of their own.

    >>> sorted(hidden_groups({"sd": 3, "smp": 9, "sma": 40, "s1": 30}))
    ['sd', 'smp']
    >>> hidden_groups({"sd": 5, "sma": 40})
    frozenset()
    """
    ordered = sorted((name for name in sizes if sizes[name]), key=lambda name: sizes[name])
    small = [name for name in ordered if sizes[name] < SMALLEST_SHOWN]
    return frozenset(ordered[: len(small) + 1]) if small else frozenset()
