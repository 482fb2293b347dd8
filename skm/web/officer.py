"""The officers' first page: what needs attention, a period at a glance, and the tablets."""

from __future__ import annotations

from fractions import Fraction
from http import HTTPStatus

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from skm import charts
from skm.charts import Picture, Scores, Trend
from skm.disclosure import SMALLEST_SHOWN
from skm.export.method_sheet import weight_text
from skm.export.result_charts import (
    HALF,
    NARROW,
    Point,
    scores_alt,
    scores_chart,
    trend_alt,
    trend_chart,
)
from skm.form import find_form
from skm.numerals import number
from skm.overview import Overview, overview
from skm.overview_trend import REPORT_KINDS, Mark, trend_to
from skm.period import Period
from skm.store import tablets
from skm.store.rows import months_in
from skm.web.contacts import statuses
from skm.web.kept_files import KeptFiles
from skm.web.officer_pages.hints import hints
from skm.web.officer_pages.period_choice import PeriodChoice, choose_period
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

officer = Blueprint("officer", __name__, url_prefix=OFFICERS)

WIDTHS = {"lebar": HALF, "sempit": NARROW}
"""Widths of a picture, beside its table on a desk and for a telephone."""

_drawn = KeptFiles()


@officer.get("")
def home() -> str:
    """Show an officer what needs attention, and how a period goes."""
    site = current_site()
    now = site.now()
    this_month = Period.month_of(now.date())
    months = months_in(site.store)
    choice = choose_period(site, request.args, this_month, months)
    running = overview(site.store, site.instance, this_month)
    shown = running if (choice.period, choice.form_id) == (this_month, None) else _shown(choice)
    marks = _marks(shown)
    heard = statuses(tablets.all_tablets(site.store), site.contacts, site.instance.office, now)
    return render_template(
        "officer_home.html",
        hints=hints(site, now, running, months, heard),
        choice=choice,
        shown=shown,
        this_month=running,
        others=[find_form(form, site.instance.own_forms) for form in shown.other_forms],
        said=_said(shown),
        smallest=SMALLEST_SHOWN,
        marks=marks,
        elements_alt=scores_alt,
        trend_alt=trend_alt([_point(mark) for mark in marks]),
        tablets=heard,
        today=now.date(),
        silent_minutes=site.instance.office.hints.silent_after.seconds // 60,
    )


@officer.get("/grafik/unsur-<width>.svg")
def draw_elements(width: str) -> Response:
    """The scores of the elements as a picture."""
    shown = _shown(_choice(current_site()))
    if shown.assessment is None:
        abort(HTTPStatus.NOT_FOUND)
    return _picture(scores_chart(shown.assessment.card, _width(width)))


@officer.get("/grafik/tren-<width>.svg")
def draw_trend(width: str) -> Response:
    """The index over periods as a picture."""
    marks = _marks(_shown(_choice(current_site())))
    if not marks:
        abort(HTTPStatus.NOT_FOUND)
    scales = {mark.scale.id: mark.scale for mark in marks}
    one = marks[0].scale if len(scales) == 1 else None
    return _picture(trend_chart([_point(mark) for mark in marks], one, _width(width)))


def _choice(site: Site) -> PeriodChoice:
    today = Period.month_of(site.now().date())
    return choose_period(site, request.args, today, months_in(site.store))


def _shown(choice: PeriodChoice) -> Overview:
    site = current_site()
    return overview(site.store, site.instance, choice.period, choice.form_id)


def _marks(shown: Overview) -> tuple[Mark, ...]:
    site = current_site()
    return trend_to(site.store, shown, REPORT_KINDS[site.instance.office.report_period])


def _said(shown: Overview) -> str:
    """How sure the index is, and how its elements are weighed; empty without one."""
    found = shown.assessment
    if found is None or found.card.index is None:
        return ""
    weights = f"Bobot {weight_text(found.card.weights, len(found.card.elements))}."
    if found.interval is None:
        return weights
    low, high = (number(Fraction(bound), 2) for bound in (found.interval.low, found.interval.high))
    return (
        f"Dengan keyakinan 95 % indeks semua orang yang dilayani ada di antara {low} dan {high}. "
        f"{weights}"
    )


def _point(mark: Mark) -> Point:
    return Point(mark.period.label, mark.index, mark.breaks)


def _width(name: str) -> float:
    if name not in WIDTHS:
        abort(HTTPStatus.NOT_FOUND)
    return WIDTHS[name]


def _picture(chart: Scores | Trend) -> Response:
    """A picture that the browser keeps and asks after; what is drawn alike is drawn once."""

    def draw() -> Picture:
        if isinstance(chart, Scores):
            return charts.element_scores(chart, png=False)
        return charts.trend(chart, png=False)

    # all that is drawn stands in the chart, so its text is a key that is surely right
    reply = make_response(_drawn.get(repr(chart), lambda: draw().svg or b""))
    reply.mimetype = "image/svg+xml"
    reply.headers["Cache-Control"] = "private, no-cache"
    reply.add_etag()
    return reply.make_conditional(request)
