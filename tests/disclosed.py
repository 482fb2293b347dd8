"""What can be computed from what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


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
