"""What the pages of the follow-up plan show: results, their plans, and what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from skm.closing import scorecard_of
from skm.comparison import lowest
from skm.disclosure import SMALLEST_SHOWN
from skm.follow_up import FollowUp, share_finished
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.scoring import ElementScore
from skm.store import Store
from skm.store.closings import all_closings
from skm.store.follow_up import all_follow_ups

_QUARTERS_AHEAD = 6
_TOO_SHORT = timedelta(days=31)


class State(StrEnum):
    """Where a line stands, as the page says it."""

    DONE = "selesai"
    LATE = "lewat tenggat"
    OPEN = "berjalan"


@dataclass(frozen=True)
class Result:
    """A closed period whose result a plan may answer.

    Attributes:
        elements: lowest first; those that nobody answered last.
        priorities: the three to improve first.
    """

    period: Period
    closed: date
    form: Form
    elements: tuple[ElementScore, ...]
    priorities: tuple[ElementScore, ...]


@dataclass(frozen=True)
class Line:
    """A line of the plan as a table shows it."""

    item: FollowUp
    element: str
    state: State


@dataclass(frozen=True)
class PlanOfPeriod:
    """All that was planned upon one result.

    Attributes:
        share: finished of planned in percent; None where nothing is planned.
        unplanned: elements to improve first that no line is about, of the newest result alone.
    """

    period: Period
    lines: tuple[Line, ...]
    share: Fraction | None
    unplanned: tuple[ElementScore, ...]

    @property
    def finished(self) -> int:
        """How many lines are finished."""
        return sum(line.state is State.DONE for line in self.lines)


def results(store: Store, instance: Instance) -> tuple[Result, ...]:
    """The closed periods in their newest edition, the one closed last first."""
    newest = {closing.period: closing for closing in all_closings(store)}  # in order of editions
    found = []
    for closing in newest.values():
        if closing.respondents >= SMALLEST_SHOWN:
            form = find_form(closing.form, instance.own_forms)
            elements = scorecard_of(closing, form).elements
            ranked = lowest(elements, len(elements))
            unanswered = tuple(each for each in elements if each.score is None)
            found.append(
                Result(
                    *(closing.period, closing.closed, form),
                    (*ranked, *unanswered),
                    lowest(elements),
                )
            )
    return tuple(sorted(found, key=lambda each: (each.closed, each.period), reverse=True))


def plans(store: Store, instance: Instance, today: date) -> tuple[PlanOfPeriod, ...]:
    """What was planned upon each result, that of the latest period first."""
    closed = results(store, instance)
    names = {each.period: _names(each.form) for each in closed}
    own = _names(instance.questionnaire())
    items = all_follow_ups(store)
    periods = {each.period for each in items} | {each.period for each in closed[:1]}
    return tuple(
        _plan(
            period,
            [each for each in items if each.period == period],
            names.get(period, own),
            closed[0].priorities if closed and period == closed[0].period else (),
            today,
        )
        for period in sorted(periods, key=lambda each: (each.last_day, each.length), reverse=True)
    )


def line_of(store: Store, instance: Instance, item: FollowUp, today: date) -> Line:
    """One line as its own page shows it."""
    forms = [each.form for each in results(store, instance) if each.period == item.period]
    form = forms[0] if forms else instance.questionnaire()
    return _line(item, _names(form), today)


def quarters_from(today: date) -> tuple[Period, ...]:
    """The quarters that something may be planned for: the present one and those after it."""
    found = [Period.parse(f"{today.year}-TW{(today.month + 2) // 3}")]
    while len(found) < _QUARTERS_AHEAD:
        found.append(found[-1].next)
    return tuple(found)


def usual_quarter(today: date) -> Period:
    """The present quarter while a month of it is left, else the next one."""
    present, following, *_ = quarters_from(today)
    return present if present.last_day - today >= _TOO_SHORT else following


def _plan(
    period: Period,
    items: Sequence[FollowUp],
    names: Mapping[str, str],
    priorities: Sequence[ElementScore],
    today: date,
) -> PlanOfPeriod:
    planned = {each.element for each in items}
    return PlanOfPeriod(
        period,
        tuple(_line(each, names, today) for each in items),
        share_finished(items),
        tuple(each for each in priorities if each.code not in planned),
    )


def _line(item: FollowUp, names: Mapping[str, str], today: date) -> Line:
    late = State.LATE if item.is_overdue(today) else State.OPEN
    state = late if item.done is None else State.DONE
    return Line(item, names.get(item.element, item.element), state)


def _names(form: Form) -> dict[str, str]:
    return {element.code: element.name for element in form.elements}
