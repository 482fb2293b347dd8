"""The lines of a follow-up plan as reports print them: element named, result and pictures beside.

They are what the office wrote down up to now. A closing freezes a result and not what is done
about it, so a report that is made anew shows what was done since.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from skm.closing import scorecard_of
from skm.export.photographs import Photograph, photographs_of
from skm.follow_up import FollowUp
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store
from skm.store.closings import newest_closing
from skm.store.follow_up import answering


@dataclass(frozen=True)
class FollowUpLine:
    """A line of the plan.

    Attributes:
        element: its name in the form of the result.
        score: of the element in that result; None where that is not closed any more.
        photographs: the pictures of its evidence.
        documents: how many PDF files are among it.
    """

    item: FollowUp
    element: str
    score: Fraction | None
    photographs: tuple[Photograph, ...]
    documents: int


def lines_of(store: Store, instance: Instance, period: Period) -> tuple[FollowUpLine, ...]:
    """What was planned upon the result of a period, and of those that lie within it."""
    return tuple(_line(store, instance, each) for each in answering(store, period))


def _line(store: Store, instance: Instance, item: FollowUp) -> FollowUpLine:
    closing = newest_closing(store, item.period)
    form = find_form(closing.form, instance.own_forms) if closing else instance.questionnaire()
    scores = {
        each.code: each.score for each in (scorecard_of(closing, form).elements if closing else ())
    }
    pictures = photographs_of(store, item.evidence)
    return FollowUpLine(
        item=item,
        element=_name(form, item.element),
        score=scores.get(item.element),
        photographs=pictures,
        documents=len(item.evidence) - len(pictures),
    )


def _name(form: Form, code: str) -> str:
    return next((element.name for element in form.elements if element.code == code), code)
