"""Which groups are too small to be shown (UU 27/2022: a small group is its members).

Results of periods that lie in each other stand side by side in public: a quarter less two of
its months is the third. So what is shown of one is decided with all the others in view.
"""

from __future__ import annotations

from collections.abc import Mapping

from skm.period import Period

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


def small_rests(respondents: Mapping[Period, int]) -> dict[Period, int]:
    """Periods that leave fewer than 5 people when the shown periods within are taken off.

    Where none does, no sum or difference of shown periods is a group of fewer than 5 people:
    each is made of whole periods and of such rests. A negative rest is as telling: people who
    were deleted since a shorter period was closed.

    Args:
        respondents: of every period whose result is shown.

    >>> october, november = Period.parse("2026-10"), Period.parse("2026-11")
    >>> small_rests({october: 40, november: 60, Period.parse("2026-TW4"): 103})
    {Period(year=2026, first_month=10, length=3): 3}
    """
    rests = {
        period: n - sum(respondents[each] for each in _within(period, respondents))
        for period, n in respondents.items()
        if _within(period, respondents)
    }
    return {period: rest for period, rest in rests.items() if 0 < abs(rest) < SMALLEST_SHOWN}


def hidden_beside(
    shown: Mapping[Period, Mapping[str, int | None]], respondents: Mapping[Period, int]
) -> dict[Period, frozenset[str]]:
    """The groups of one breakdown that must not be shown of each period, beside the others.

    A group that is hidden in a month is hidden in the quarter too, else the other months would
    give it away; and so is one of which the months leave fewer than 5 people, together with
    the one of the next smallest rest.

    Args:
        shown: respondents by group of every period that is shown, None where its own size
            hides it.
        respondents: of the same periods; none has a small rest as a whole.

    Returns:
        For each period the groups to hide, those of its own among them.
    """
    hidden: dict[Period, frozenset[str]] = {}
    for period in sorted(shown, key=lambda each: each.length):
        within = _within(period, shown)
        found = {name for name, n in shown[period].items() if n is None}
        found.update(*(hidden[each] for each in within))
        if within:
            rests = {
                name: (n or 0) - sum(shown[each].get(name) or 0 for each in within)
                for name, n in shown[period].items()
                if name not in found
            }
            everyone = respondents[period] - sum(respondents[each] for each in within)
            # those already hidden count as one group: their sum follows from the total
            sizes = [(name, abs(rest)) for name, rest in rests.items()]
            together = [(name, abs(everyone - sum(rests.values()))) for name in sorted(found)[:1]]
            found |= hidden_groups(dict(sizes + together))
        hidden[period] = frozenset(found)
    return hidden


def _within(period: Period, shown: Mapping[Period, object]) -> list[Period]:
    """The longest of the shown periods that lie in one; they share no day."""
    parts = [each for each in shown if each != period and set(each.months) < set(period.months)]
    return [
        each for each in parts if not any(set(each.months) < set(other.months) for other in parts)
    ]
