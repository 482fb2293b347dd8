"""Which period and which questionnaire a page of officers is about, from its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort

from skm.errors import SkmError
from skm.form import Form, find_form
from skm.period import Period
from skm.store.rows import forms_in, months_in
from skm.web.officer_pages.exports import periods_with
from skm.web.site import Site

PERIOD, FORM = "periode", "formulir"
"""Names in the address."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen, and from what.

    Attributes:
        form: of the period's responses.
        periods: all that hold responses, newest first, by the name of their kind.
        forms: all that the period has responses to, the office's present one first.
    """

    period: Period
    form: Form
    periods: Mapping[str, Sequence[Period]]
    forms: Sequence[Form]

    @property
    def address(self) -> dict[str, str]:
        """The part of an address that chooses the same again."""
        return {PERIOD: str(self.period), FORM: self.form.id}


def choose(site: Site, asked: Mapping[str, str]) -> Chosen | None:
    """What an address asks for; the newest month and the form in use where it is silent.

    Returns:
        None where the office has no responses at all.

    Raises:
        HTTPException: 404 for a period that cannot be read or a form without responses in it.
    """
    months = months_in(site.store)
    if not months:
        return None
    period = named_period(asked.get(PERIOD) or str(months[-1]))
    used = [find_form(form, site.instance.own_forms) for form in forms_in(site.store, period)]
    forms = sorted(used, key=lambda form: form.id != site.form.id) or [site.form]
    found = [form for form in forms if form.id == asked.get(FORM, forms[0].id)]
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    return Chosen(period, found[0], periods_with(months), forms)


def named_period(text: str) -> Period:
    """The period that an address names.

    Raises:
        HTTPException: 404 where it cannot be read.
    """
    try:
        return Period.parse(text)
    except SkmError:
        abort(HTTPStatus.NOT_FOUND)
