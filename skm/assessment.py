"""Everything that is said of a set of responses: the card and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from skm.comparison import OfficialNine, join_services, official_nine, without
from skm.disclosure import hidden_groups
from skm.errors import refuse
from skm.form import Form
from skm.numerals import number
from skm.period import Period
from skm.regulation import Scale, regulation_in_force, scale, shipped_regulations
from skm.responses import Distribution, ResponseTable
from skm.scoring import Scorecard, Weights, score
from skm.uncertainty import Interval, cronbach_alpha, index_interval, needed_sample

NO_GROUP = "tidak diisi"


@dataclass(frozen=True)
class Group:
    """The part of the respondents that share a value of a profile question or a service.

    Attributes:
        name: code of the choice, ``tidak diisi`` for those who skipped the question.
        n: respondents; None where hidden.
        card: None where hidden, or where nobody is in it.
        label: the name as people read it.
    """

    name: str
    n: int | None
    hidden: bool
    card: Scorecard | None
    label: str = ""


@dataclass(frozen=True)
class Assessment:
    """A scorecard with what a careful reader asks next; what does not apply is None.

    Attributes:
        nine: the official elements through ``maps_to``, on the scale in force.
        interval: 95 % interval of the index.
        alpha: Cronbach's alpha.
        sample_needed: respondents needed for the people served.
        flagged: responses with a quality flag among the respondents.
        without_flagged: the index without them.
        without_helped: the index without responses filled in with an officer's help.
        without_fee: the index without the element about cost.
        simulated: whether any response was simulated.
    """

    card: Scorecard
    nine: OfficialNine | None
    interval: Interval | None = None
    alpha: float | None = None
    sample_needed: int | None = None
    flagged: int | None = None
    without_flagged: Fraction | None = None
    without_helped: Fraction | None = None
    without_fee: Fraction | None = None
    groups: tuple[Group, ...] = ()
    simulated: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where scored figures came from; what does not apply is None.

    Attributes:
        values: ``raw``, ``count`` or ``percent``.
        rows: ``strict``, ``printed`` or ``normalise`` for a published table.
        period: name of a stored period.
        services: codes of the services that entered.
        join: how services were joined.
    """

    values: str
    rows: str | None = None
    period: str | None = None
    services: tuple[str, ...] | None = None
    join: str | None = None


@dataclass(frozen=True)
class Method:
    """How responses are scored: the form, the weights, the scale and the joining."""

    form: Form
    weights: Weights
    scale: Scale
    join: str = "pooled"


def scale_of_period(period: Period, chosen: str) -> Scale:
    """The scale a stored period is graded on.

    Periods from 2018 on take the scale chosen in ``office.toml``, earlier ones that of the
    regulation that graded them.
    """
    newest = regulation_in_force()
    if period.first_day >= newest.grades_periods_from:
        return scale(chosen)
    before = [r for r in shipped_regulations() if r.grades_periods_from <= period.first_day]
    return (before or [newest])[-1].scale


def assess_card(form: Form, card: Scorecard, warnings: tuple[str, ...] = ()) -> Assessment:
    """What can be said of a card alone: of a published table, or of counts."""
    nine = official_nine(form, card, regulation_in_force())
    return Assessment(
        card=card,
        nine=nine,
        without_fee=_without_fee(form, card),
        warnings=(*warnings, *_incomplete(card), *_grades_differ(card)),
    )


def assess(
    table: ResponseTable,
    method: Method,
    *,
    population: int | None = None,
    by: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Assessment:
    """What can be said of raw responses.

    Args:
        table: the responses; columns ``service``, ``flags``, ``helped``, ``simulated`` and
            ``profile.<question>`` are used where they are there.
        method: form, weights, scale, joining.
        population: people served, where known.
        by: the column that groups are made of.
    """
    form = method.form
    table = table.answered()
    base = assess_card(form, _card(table, method), warnings)
    flagged = _truth(table, "flags")
    helped = _truth(table, "helped")
    rule = regulation_in_force().sample
    return Assessment(
        card=base.card,
        nine=base.nine,
        # the interval of a mean of services needs each service's own variance
        interval=index_interval(table, form, method.weights, population)
        if method.join == "pooled"
        else None,
        alpha=cronbach_alpha(table, form),
        sample_needed=None if population is None else needed_sample(population, rule),
        flagged=int(flagged.sum()),
        without_flagged=_index_without(table, method, flagged),
        without_helped=_index_without(table, method, helped),
        without_fee=base.without_fee,
        groups=_groups(table, method, by) if by else (),
        simulated=bool(_truth(table, "simulated").any()),
        warnings=base.warnings,
    )


def by_service(table: ResponseTable) -> dict[str, Distribution]:
    """The distribution of each service; those without one stand under ``tidak diisi``."""
    return {
        name: table.where(mask).distribution() for name, mask in _masks(table, "service").items()
    }


def _card(table: ResponseTable, method: Method) -> Scorecard:
    if method.join == "pooled" or "service" not in table.columns or not len(table):
        return score(table.distribution(), method.form, method.weights, method.scale)
    return join_services(by_service(table), method.join, method.form, method.weights, method.scale)


def _index_without(
    table: ResponseTable, method: Method, left_out: NDArray[np.bool_]
) -> Fraction | None:
    if left_out.all():
        return None
    return _card(table.where(~left_out), method).index


def _groups(table: ResponseTable, method: Method, by: str) -> tuple[Group, ...]:
    if by not in table.columns:
        known = [name for name in table.columns if name == "service" or "." in name]
        raise refuse(
            "Tidak ada kelompok dengan nama itu",
            field="--by",
            found=by.removeprefix("profile."),
            expected=" / ".join(name.removeprefix("profile.") for name in known) or None,
        )
    masks = _masks(table, by)
    sizes = {name: int(mask.sum()) for name, mask in masks.items()}
    hidden = hidden_groups(sizes)
    labels = {
        choice.code: choice.label
        for question in method.form.profile
        if by == f"profile.{question.code}"
        for choice in question.choices
    }
    return tuple(
        Group(name, None, True, None, labels.get(name, name))
        if name in hidden
        else Group(
            name, sizes[name], False, _card(table.where(mask), method), labels.get(name, name)
        )
        for name, mask in masks.items()
    )


def _masks(table: ResponseTable, column: str) -> dict[str, NDArray[np.bool_]]:
    values = table.columns[column]
    names = sorted({str(value) for value in values if value not in (None, "")})
    masks = {name: np.asarray(values == name, dtype=np.bool_) for name in names}
    rest = np.ones(len(table), dtype=np.bool_)
    for mask in masks.values():
        rest &= ~mask
    return masks | ({NO_GROUP: rest} if rest.any() else {})


def _truth(table: ResponseTable, column: str) -> NDArray[np.bool_]:
    if column not in table.columns:
        return np.zeros(len(table), dtype=np.bool_)
    return table.columns[column].astype(np.bool_)


def _without_fee(form: Form, card: Scorecard) -> Fraction | None:
    fee = regulation_in_force().fee_element
    codes = [element.code for element in form.counted_elements if element.maps_to == fee]
    return without(card, codes) if codes else None


def _incomplete(card: Scorecard) -> tuple[str, ...]:
    names = ", ".join(element.name for element in card.unanswered)
    return (f"Indeks tidak lengkap: tidak ada jawaban untuk {names}.",) if names else ()


def _grades_differ(card: Scorecard) -> tuple[str, ...]:
    """Both grades, where the scales of the regulations disagree."""
    if card.index is None:
        return ()
    classes = {
        regulation.scale.name: regulation.scale.band(card.index)
        for regulation in shipped_regulations()
    }
    if len({band.grade for band in classes.values()}) == 1:
        return ()
    said = "; ".join(f"{name}: {band.grade} ({band.predicate})" for name, band in classes.items())
    return (f"Indeks {number(card.index, 2)} berbeda mutunya menurut skala. {said}.",)
