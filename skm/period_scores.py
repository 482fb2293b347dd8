"""A stored period scored: its responses, its form, its scale, its people served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from skm.assessment import NO_GROUP, Assessment, Method, Origin, assess, scale_of_period
from skm.closing import Closing, assessment_of, scorecard_of
from skm.comparison import Change, compare, official_nine
from skm.disclosure import SMALLEST_SHOWN
from skm.errors import refuse
from skm.form import Form, find_form
from skm.instance import Instance
from skm.numerals import number
from skm.period import Kind, Period
from skm.regulation import Scale, regulation_in_force, scale
from skm.responses import Distribution, ResponseTable
from skm.scoring import Scorecard, score, weights_for
from skm.store import Store
from skm.store.closed_since import Since, since
from skm.store.closings import newest_closing
from skm.store.rows import distribution, forms_in, read_table
from skm.store.served import population, served_in

_YEARS = 5
_PERIODS = 12


@dataclass(frozen=True)
class Comparison:
    """The changes between two periods and the one scale both are graded on."""

    scale: Scale
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TrendPoint:
    """One period of a trend.

    Attributes:
        breaks: whether the form or the scale differs from the point before.
        edition: of the closing that it comes from; None while the period is not closed.
    """

    period: Period
    card: Scorecard
    breaks: bool
    edition: int | None = None


@dataclass(frozen=True)
class Official:
    """The official result of a period, and what happened since it was laid down."""

    closing: Closing
    since: Since


@dataclass(frozen=True)
class Selection:
    """What of a period is scored, and how.

    Attributes:
        service: code of the one service that enters; None for all.
        by: profile question or ``service`` that groups are made of.
        join: ``pooled``, ``respondents`` or ``plain``.
        weights: ``exact`` or a decimal; None for those of the form.
        scale: ``2004`` or ``2017``; None for the scale of the period.
        without_flagged: whether flagged responses are left out.
    """

    period: Period
    service: str | None = None
    by: str | None = None
    join: str = "pooled"
    weights: str | None = None
    scale: str | None = None
    without_flagged: bool = False


def form_of_period(
    store: Store, instance: Instance, period: Period, form_id: str | None = None
) -> Form:
    """The form that the responses of a period answer.

    Raises:
        SkmError: there are no responses, or responses to several forms and none is named.
    """
    if form_id:
        return find_form(form_id, instance.own_forms)
    forms = forms_in(store, period)
    if not forms:
        raise _empty(period)
    if len(forms) > 1:
        raise refuse(
            f"{period.label} berisi jawaban dari beberapa formulir",
            found=", ".join(forms),
            todo=f"Sebut salah satu, misalnya --form {forms[0]}.",
        )
    return find_form(forms[0], instance.own_forms)


def responses_of(store: Store, form: Form, period: Period) -> ResponseTable:
    """Everyone who answered anything in a period.

    Raises:
        SkmError: nobody did.
    """
    table = read_table(store, form, period).answered()
    if not len(table):
        raise _empty(period)
    return table


def score_period(
    store: Store, instance: Instance, selection: Selection, form_id: str | None = None
) -> tuple[Assessment, Origin]:
    """Score a stored period.

    Where the responses were destroyed after the closing, its result is given.

    Raises:
        SkmError: no responses, several forms, an unknown service or group, or something asked
            of destroyed responses that a closing does not hold.
    """
    period = selection.period
    closing = newest_closing(store, period)
    if closing is not None and not forms_in(store, period):
        return _score_closing(instance, closing, selection)
    form = form_of_period(store, instance, period, form_id)
    table = responses_of(store, form, period)
    services = _services(table)
    people = population(store, period)
    if selection.service is not None:
        if instance.office.service(selection.service) is None and (
            selection.service not in services
        ):
            raise refuse(
                "Layanan tidak dikenal",
                field="--service",
                found=selection.service,
                expected=" / ".join(service.code for service in instance.office.services),
            )
        table = table.where(np.asarray(table.columns["service"] == selection.service))
        services = [selection.service]
        people = None if people is None else served_in(store, period).get(selection.service)
    if selection.without_flagged:
        table = table.where(np.array([not flags for flags in table.columns["flags"]], dtype=bool))
    if not len(table):
        raise _empty(period)
    on = scale_of_period(period, instance.office.scale)
    method = Method(
        form,
        weights_for(form, selection.weights),
        scale(selection.scale) if selection.scale else on,
        selection.join,
    )
    by = selection.by
    column = None if by is None else by if by in ("service", "channel") else f"profile.{by}"
    warnings = _more_than_served(table, served_in(store, period), instance)
    assessment = assess(table, method, population=people, by=column, warnings=warnings)
    origin = Origin("raw", None, str(period), tuple(services), selection.join)
    return assessment, origin


def official_of(store: Store, instance: Instance, period: Period) -> Official | None:
    """The closing in force of a period with what came after it; None while it is not closed."""
    closing = newest_closing(store, period)
    if closing is None:
        return None
    form = find_form(closing.form, instance.own_forms)
    return Official(closing, since(store, closing, form))


def compare_periods(
    store: Store,
    instance: Instance,
    before: Period,
    after: Period,
    form_id: str | None = None,
) -> Comparison:
    """Two stored periods on the scale of the later one.

    A closed period counts with the answers of its closing. Where the two answer different
    forms, the official elements of both are compared.

    Raises:
        SkmError: one has no responses, or the forms have no elements in common.
    """
    on = scale_of_period(max(before, after), instance.office.scale)
    earlier, later = (_card_of(store, instance, period, on, form_id) for period in (before, after))
    return Comparison(on, _changes(earlier, later))


def changes_since(
    store: Store, instance: Instance, before: Period, form: Form, card: Scorecard
) -> tuple[Change, ...]:
    """How a card differs from an earlier stored period, on the scale of the card.

    Raises:
        SkmError: as :func:`compare_periods`, and where so few answered before that their
            result must not be shown.
    """
    earlier = _card_of(store, instance, before, card.scale)
    if (earlier[1].respondents or 0) < SMALLEST_SHOWN:
        raise refuse(f"Responden {before.label} kurang dari {SMALLEST_SHOWN}")
    return _changes(earlier, (form, card))


def _changes(before: tuple[Form, Scorecard], after: tuple[Form, Scorecard]) -> tuple[Change, ...]:
    if before[0].id == after[0].id:
        return compare(before[1], after[1])
    return compare(_official_card(*before), _official_card(*after))


def _card_of(
    store: Store, instance: Instance, period: Period, on: Scale, form_id: str | None = None
) -> tuple[Form, Scorecard]:
    form, answers = _answers_of(store, instance, period, form_id)
    return form, score(answers, form, weights_for(form), on)


def _answers_of(
    store: Store, instance: Instance, period: Period, form_id: str | None
) -> tuple[Form, Distribution]:
    """The form of a period and how often each level was chosen, official where it is closed."""
    closing = newest_closing(store, period)
    if closing is not None and form_id in (None, closing.form):
        return find_form(closing.form, instance.own_forms), closing.distribution
    form = form_of_period(store, instance, period, form_id)
    answers = distribution(store, form, period)
    if not answers.respondents:
        raise _empty(period)
    return form, answers


def trend_until(
    store: Store,
    instance: Instance,
    last: Period,
    form_id: str | None = None,
    *,
    smallest: int = 1,
) -> tuple[TrendPoint, ...]:
    """The index of a period and those of its length before it: five years, else twelve.

    A period that is closed counts with its official result. Each other is graded on the scale
    of its own period; those with fewer respondents than the smallest number are left out.

    Raises:
        SkmError: a period has responses to several forms and none is named.
    """
    periods = [last]
    while len(periods) < (_YEARS if last.kind is Kind.YEAR else _PERIODS):
        periods.append(periods[-1].previous)
    points: list[TrendPoint] = []
    for period in reversed(periods):
        closing = newest_closing(store, period)
        if closing is not None and form_id in (None, closing.form):
            card = scorecard_of(closing, find_form(closing.form, instance.own_forms))
            edition = closing.edition
        else:
            live = _live_card(store, instance, period, form_id)
            if live is None:
                continue
            card, edition = live, None
        if (card.respondents or 0) < smallest:
            continue
        before = points[-1].card if points else card
        broken = (before.form, before.scale.id) != (card.form, card.scale.id)
        points.append(TrendPoint(period, card, broken, edition))
    return tuple(points)


def _live_card(
    store: Store, instance: Instance, period: Period, form_id: str | None
) -> Scorecard | None:
    """The card of the responses there are; None where there are none."""
    if form_id is None and not forms_in(store, period):
        return None
    form = form_of_period(store, instance, period, form_id)
    answers = distribution(store, form, period)
    if not answers.respondents:
        return None
    on = scale_of_period(period, instance.office.scale)
    return score(answers, form, weights_for(form), on)


def _score_closing(
    instance: Instance, closing: Closing, selection: Selection
) -> tuple[Assessment, Origin]:
    wanted = replace(selection, by=None if selection.by == "service" else selection.by)
    if wanted != Selection(closing.period):
        raise refuse(
            f"Jawaban satuan {closing.period.label} sudah dimusnahkan, jadi hanya hasil resminya "
            "yang dapat ditampilkan",
            todo="Hapus pilihan lain; --by service masih dapat dipakai.",
        )
    assessment = assessment_of(closing, find_form(closing.form, instance.own_forms))
    services = tuple(group.name for group in assessment.groups if group.name != NO_GROUP)
    if selection.by is None:
        assessment = replace(assessment, groups=())
    return assessment, Origin("raw", None, str(closing.period), services, closing.join)


def _official_card(form: Form, card: Scorecard) -> Scorecard:
    nine = official_nine(form, card, regulation_in_force())
    if nine is None:
        raise refuse(
            "Formulir ini tidak memuat semua unsur resmi, jadi tidak dapat dibandingkan",
            found=form.id,
        )
    return replace(
        card, form=regulation_in_force().number, elements=nine.elements, index=nine.index
    )


def _more_than_served(
    table: ResponseTable, served: Mapping[str, int], instance: Instance
) -> tuple[str, ...]:
    """The services with more respondents than people served: a sign of stuffing."""
    warnings = []
    for code, people in served.items():
        answered = int(np.count_nonzero(table.columns["service"] == code))
        if answered > people:
            service = instance.office.service(code)
            warnings.append(
                f"{service.name if service else code}: {number(answered)} responden, "
                f"padahal hanya {number(people)} orang dilayani."
            )
    return tuple(warnings)


def _services(table: ResponseTable) -> list[str]:
    return sorted({str(code) for code in table.columns["service"] if code})


def _empty(period: Period) -> Exception:
    return refuse(
        f"Belum ada jawaban untuk {period.label}",
        todo="Periksa periodenya, misalnya --period 2026-10.",
    )
