"""A busy October of an office: what an export has to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answering import delivery

from skm.export.month import MonthExport, gather
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.responses import Response
from skm.simulation import Simulation
from skm.store import Store, open_store
from skm.store.intake import Intake

OCTOBER = Period.parse("2026-10")
AFTER = date(2026, 11, 20)
"""A day on which all of October is released."""

_OWN_FORM = """\
id = "{id}"
title = "Formulir sendiri"
regulation = "2017"
source = "Uji."
asked = {asked}
{weights}
{elements}
"""
_OWN_ELEMENT = """
[[element]]
code = "{code}"
name = '{name}'

[[element.question]]
code = "{code}"
text = '{name}?'
labels = ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"]
counts = {counts}
"""


def people(form: Form, office: Instance, *, simulated: bool = False) -> list[Response]:
    """The responses of October, as real people or as a demo would give them."""
    month = Simulation("uji").month(OCTOBER, form, office.office)
    return [replace(each, simulated=simulated) for each in month]


def fill(store: Store, form: Form, responses: Sequence[Response]) -> None:
    """Take responses in on their days, and five in November, so that all of these are released."""
    later = date(2026, 11, 3)
    closing = [
        replace(each, id=f"{number:032x}", day=later, comment=None)
        for number, each in enumerate(responses[:5])
    ]
    Intake(store).receive_many(
        form, [delivery(each, received=each.day) for each in (*responses, *closing)]
    )


def month_with(
    office: Instance,
    responses: Sequence[Response] | None = None,
    form: Form | None = None,
    today: date = AFTER,
) -> MonthExport:
    """October of an office, after these responses came in."""
    asked = form or office.questionnaire()
    with open_store(office) as store:
        fill(store, asked, people(asked, office) if responses is None else responses)
        return gather(store, office, OCTOBER, today, asked.id)


def own_form(
    office: Instance,
    name: str,
    elements: dict[str, str],
    weights: str = "",
    apart: str = "",
) -> Form:
    """A form of the office itself, with a question for each element; one may stay apart."""
    office.own_forms.mkdir(exist_ok=True)
    file = office.own_forms / f"{name}.toml"
    written = "".join(
        _OWN_ELEMENT.format(code=code, name=words, counts=str(code != apart).lower())
        for code, words in elements.items()
    )
    file.write_text(
        _OWN_FORM.format(
            id=name,
            asked=list(elements),
            weights=f"[weights]\n{weights}" if weights else 'weights = "exact"',
            elements=written,
        ),
        encoding="utf-8",
    )
    return find_form(name, office.own_forms)
