"""Offices with periods that are closed, and what happens to them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answering import delivery

from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.responses import Response
from skm.simulation import Simulation
from skm.store import Store
from skm.store.closings import Closed, ClosingOrder, close
from skm.store.intake import Intake


def people_of(
    office: Instance, period: str, form: Form | None = None, *, simulated: bool = False
) -> list[Response]:
    """What people answered in a month or in every month of a year."""
    asked = form or office.questionnaire()
    return [
        replace(each, simulated=simulated)
        for month in Period.parse(period).months
        for each in Simulation("uji", 20, 30).month(Period.parse(month), asked, office.office)
    ]


def receive(store: Store, form: Form, people: Sequence[Response]) -> None:
    """Take responses in, each on its day."""
    Intake(store).receive_many(form, [delivery(each, received=each.day) for each in people])


def closed_period(store: Store, office: Instance, period: str, **order: object) -> Closed:
    """Close a period on the first day after it, unless told otherwise."""
    wanted = Period.parse(period)
    fields: dict[str, object] = {"today": wanted.next.first_day, **order}
    return close(store, office, wanted, ClosingOrder(**fields))  # type: ignore[arg-type]


def late(form: Form, day: date, count: int, level: int = 1) -> list[Response]:
    """Responses that arrive after the closing, made of one level each."""
    answers: dict[str, int | None] = {
        question.code: level for question in form.asked_by(online=False)
    }
    return [
        Response(f"{number + 1:032x}", form.id, day, "pagi", "paper", answers, "kk")
        for number in range(count)
    ]
