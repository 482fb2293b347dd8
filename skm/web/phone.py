"""The survey on a citizen's own phone: one page that works with and without JavaScript."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm import quality, responses
from skm.instance import Service
from skm.language import Language
from skm.numerals import month_name
from skm.quality import Circumstances
from skm.store.intake import CONFLICT, Delivery
from skm.store.purge_scope import kept_until
from skm.web.pages import notice
from skm.web.site import Site, current_site
from skm.web.survey import SurveyFields, survey_fields
from skm.web.ticket import Ticket

phone = Blueprint("phone", __name__)


@phone.before_request
def shut_when_closed() -> Response | None:
    """Say that the survey is closed where the office did not open it."""
    site = current_site()
    if site.instance.office.own_phone:
        return None
    language = _language(site)
    return notice(HTTPStatus.FORBIDDEN, language.screen["closed"], language)


@phone.get("/isi")
@phone.get("/isi/<service>")
def ask(service: str | None = None) -> Response:
    """Show a citizen the survey, for all services or for one."""
    site = current_site()
    language = _language(site)
    preset = _preset(site, service)
    if service is not None and preset is None:
        return notice(HTTPStatus.NOT_FOUND, language.screen["bad_link"], language)
    if preset is None and _depends_on_service(site):
        return _page("services.html", site, language)
    ticket = Ticket.new(site.form.id, preset.code if preset else None)
    survey = _fields(site, language, preset)(data={"token": ticket.signed()})
    return _page("survey.html", site, language, survey=survey)


@phone.post("/isi")
@phone.post("/isi/<service>")
def take(service: str | None = None) -> Response:
    """Take a citizen's answers."""
    site = current_site()
    language = _language(site)
    words = language.screen
    if not site.surveys.allows(request.remote_addr):
        return notice(HTTPStatus.TOO_MANY_REQUESTS, words["too_often"], language)
    preset = _preset(site, service)
    ticket = Ticket.read(request.form.get("token"))
    if (
        ticket is None
        or ticket.form != site.form.id
        or ticket.service != (preset.code if preset else None)
    ):
        return notice(HTTPStatus.BAD_REQUEST, words["bad_link"], language)
    survey = _fields(site, language, preset)(request.form)
    if not survey.validate() or survey.is_empty():
        complaint = words["check_again" if survey.errors else "nothing_answered"]
        page = _page("survey.html", site, language, survey=survey, complaint=complaint)
        page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return page
    receipt = site.intake.receive(site.form, _delivery(site, ticket, survey, language))
    if receipt.state == CONFLICT:
        return notice(HTTPStatus.CONFLICT, words["answered_before"], language)
    # After a redirect the browser's Back and reload buttons post nothing again.
    return redirect(url_for("phone.thank", bahasa=language.code), HTTPStatus.SEE_OTHER)


@phone.get("/terima-kasih")
def thank() -> Response:
    """Tell the citizen that the answers are stored."""
    language = _language(current_site())
    return notice(HTTPStatus.OK, language.screen["thanks"], language, done=True)


def responsible(site: Site, language: Language) -> str:
    """Who answers for the data, and until when they are kept."""
    office = site.instance.office
    return language.screen["notice_more"].format(
        kantor=office.name, retensi=_kept_until(site.now().date(), office.retention_months)
    )


def _language(site: Site) -> Language:
    return site.language(request.args.get("bahasa"))


def _preset(site: Site, code: str | None) -> Service | None:
    """The service that an address names, or the only one there is."""
    services = site.instance.office.services
    if code is None and len(services) == 1:
        return services[0]
    return site.instance.office.service(code or "")


def _depends_on_service(site: Site) -> bool:
    """Whether the questions differ by service, so that it must be known first."""
    kinds = {service.online for service in site.instance.office.services}
    return len({site.form.asked_by(online) for online in kinds}) > 1


def _fields(site: Site, language: Language, preset: Service | None) -> type[SurveyFields]:
    services = site.instance.office.services
    to_choose = {} if preset else site.service_names(language)
    online = preset.online if preset else any(service.online for service in services)
    return survey_fields(site.forms[language.code], online, to_choose, language.screen)


def _page(template: str, site: Site, language: Language, **content: Any) -> Response:
    return make_response(
        render_template(
            template,
            language=language,
            languages=site.languages.values(),
            services=site.service_names(language),
            responsible=responsible(site, language),
            **content,
        )
    )


def _kept_until(today: date, months: int) -> str:
    end = kept_until(today.year, months)
    return f"{month_name(end.month)} {end.year}"


def _delivery(site: Site, ticket: Ticket, survey: SurveyFields, language: Language) -> Delivery:
    office = site.instance.office
    now = site.now()
    day, half_day = office.day_and_half(now)
    answers = survey.answers()
    response = responses.Response(
        id=ticket.id,
        form=ticket.form,
        day=day,
        half_day=half_day,
        channel="phone",
        answers=answers,
        service=ticket.service or survey.chosen_service(),
        language=language.code,
        flags=quality.flags(answers, site.form, office, Circumstances(now, {})),
        profile=survey.profile_answers(),
        comment=survey.free_words(),
    )
    return Delivery(response, survey.sha256(), day)
