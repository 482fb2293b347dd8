"""The officers' first page: the running month in totals, and the tablets."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from skm.assessment import Assessment
from skm.disclosure import SMALLEST_SHOWN
from skm.errors import SkmError
from skm.form import find_form
from skm.period import Period
from skm.period_scores import Selection, score_period
from skm.store import tablets
from skm.store.rows import forms_in, months_in, respondents_by_service
from skm.web.contacts import statuses
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

officer = Blueprint("officer", __name__, url_prefix=OFFICERS)


@dataclass(frozen=True)
class MonthTotals:
    """A month as it stands now; nothing in it belongs to a single person.

    Attributes:
        assessment: None where fewer than five have answered, or where forms cannot be joined.
        remark: why there is no index, None where there is one.
    """

    period: Period
    respondents: int
    assessment: Assessment | None
    remark: str | None
    by_service: tuple[tuple[str, int], ...]


@officer.get("")
def home() -> str:
    """Show an officer how the month goes."""
    site = current_site()
    now = site.now()
    this_month = Period.month_of(now.date())
    months = months_in(site.store)
    shown = [totals(site, this_month)]
    if not shown[0].respondents and (earlier := [month for month in months if month < this_month]):
        shown.append(totals(site, max(earlier)))
    return render_template(
        "officer_home.html",
        months=shown,
        tablets=statuses(
            tablets.all_tablets(site.store), site.contacts, site.instance.office, now
        ),
        today=now.date(),
    )


def totals(site: Site, period: Period) -> MonthTotals:
    """The totals of a period: how many answered, for which service, and the index."""
    office = site.instance.office
    own = site.instance.own_forms
    forms = [find_form(form, own) for form in forms_in(site.store, period)]
    counts = respondents_by_service(site.store, forms, period)
    names = {service.code: service.name for service in office.services}
    by_service = [(name, counts.pop(code, 0)) for code, name in names.items()]
    if unnamed := sum(counts.values()):
        by_service.append(("Tanpa layanan", unnamed))
    respondents = sum(count for _, count in by_service)
    assessment, remark = None, None
    if respondents < SMALLEST_SHOWN:
        remark = f"Indeks ditampilkan mulai {SMALLEST_SHOWN} responden."
    else:
        try:
            assessment, _ = score_period(site.store, site.instance, Selection(period))
        except SkmError as error:
            remark = str(error)
    return MonthTotals(period, respondents, assessment, remark, tuple(by_service))
