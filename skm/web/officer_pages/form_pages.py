"""The questionnaires of an office: what they ask, and how a citizen sees them.

The preview is a page without a token, without an id and without anything to send it by; its
policy forbids the browser to send a form at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from skm.errors import SkmError
from skm.export.method_sheet import weight_text
from skm.export.questionnaire import Paper, write_questionnaire
from skm.export.skm_tables import element_labels
from skm.form import Form, find_form, form_ids
from skm.language import (
    INDONESIAN,
    Language,
    all_languages,
    load_question_texts,
    translated,
)
from skm.numerals import number
from skm.regulation import regulation_in_force
from skm.scoring import EXACT, weights_for
from skm.store.schema import is_used
from skm.web.phone import responsible
from skm.web.security import OFFICERS, POLICY_WITHOUT_SENDING
from skm.web.site import Site, current_site
from skm.web.survey import survey_fields

form_pages = Blueprint("form_pages", __name__, url_prefix=f"{OFFICERS}/formulir")

CHANNELS = {"loket": "Layanan di loket", "daring": "Layanan daring"}
"""Kinds of services, of which a form may ask different questions."""


@dataclass(frozen=True)
class Listed:
    """A form in the list; ``form`` is None where its file has faults."""

    id: str
    own: bool
    in_use: bool
    answered: bool
    form: Form | None
    faults: str


@dataclass(frozen=True)
class Translation:
    """A form in one language.

    Attributes:
        questions: how many of its questions have words in it.
        offered: whether citizens can choose it.
        draft: whether its words are not checked yet.
    """

    language: Language
    questions: int
    offered: bool
    draft: bool


@form_pages.get("")
def show_all() -> str:
    """Show the forms there are, the one in use first."""
    forms = sorted(_listed(current_site()), key=lambda each: (not each.in_use, not each.own))
    return render_template("officer_forms.html", forms=forms)


@form_pages.get("/<form_id>")
def show(form_id: str) -> str:
    """Show what a form asks, and how its index is made."""
    site = current_site()
    form = _form(site, form_id)
    weights = weights_for(form)
    return render_template(
        "officer_form.html",
        form=form,
        own=_is_own(site, form_id),
        in_use=form.id == site.instance.office.form,
        labels=element_labels(form),
        official={element.code: element.name for element in regulation_in_force().elements},
        asked={code: place for place, code in enumerate(form.asked, start=1)},
        weighting=weight_text(weights, len(form.counted_elements)),
        weights={
            code: str(weight) if weights.label == EXACT else number(weight, 3)
            for code, weight in weights.each.items()
        },
        translations=list(_translations(site, form)),
        channels=CHANNELS if _differs_by_channel(form) else {},
    )


@form_pages.get("/<form_id>/lihat")
def preview(form_id: str) -> Response:
    """Show a form as a citizen sees it; nothing of it can be sent."""
    site = current_site()
    original = _form(site, form_id)
    languages = all_languages(site.instance.own_forms)
    language = _language(languages)
    channels = CHANNELS if _differs_by_channel(original) else {}
    channel = request.args.get("layanan", "loket")
    if channel not in CHANNELS:
        abort(HTTPStatus.NOT_FOUND)
    form = translated(original, language, site.instance.own_forms)
    services = site.instance.office.services
    names = {each.code: language.services.get(each.code, each.name) for each in services}
    fields = survey_fields(form, channel == "daring", names, language.screen)
    page = render_template(
        "officer_preview.html",
        preview=True,
        kept=f"&layanan={channel}" if channels else "",
        form=form,
        channels=channels,
        channel=channel,
        language=language,
        languages=languages,
        responsible=responsible(site, language),
        survey=fields(),
    )
    reply = make_response(page)
    reply.headers["Content-Security-Policy"] = POLICY_WITHOUT_SENDING
    return reply


@form_pages.get("/<form_id>/kuesioner.pdf")
def paper(form_id: str) -> Response:
    """The same form to print, as ``skm questionnaire`` makes it."""
    site = current_site()
    office, own = site.instance.office, site.instance.own_forms
    language = _language(all_languages(own))
    form = translated(_form(site, form_id), language, own)
    address = f"{site.base}/isi" if office.own_phone and site.base else None
    made = write_questionnaire(Paper(office, form, language, address), site.now().date())
    reply = make_response(made)
    reply.mimetype = "application/pdf"
    suffix = "" if language.code == INDONESIAN else f"-{language.code}"
    name = f"kuesioner-{form.id}{suffix}.pdf"
    reply.headers["Content-Disposition"] = f"inline; filename={name}"
    return reply


def _listed(site: Site) -> Iterator[Listed]:
    own_forms = site.instance.own_forms
    for form_id in form_ids(own_forms):
        try:
            form, faults = find_form(form_id, own_forms), ""
        except SkmError as error:
            form, faults = None, str(error)
        yield Listed(
            id=form_id,
            own=_is_own(site, form_id),
            in_use=form_id == site.instance.office.form,
            answered=form is not None and is_used(site.store, form),
            form=form,
            faults=faults,
        )


def _is_own(site: Site, form_id: str) -> bool:
    return (site.instance.own_forms / f"{form_id}.toml").is_file()


def _form(site: Site, form_id: str) -> Form:
    """The form of an address; one with faults is told on the list alone."""
    if form_id not in form_ids(site.instance.own_forms):
        abort(HTTPStatus.NOT_FOUND)
    try:
        return find_form(form_id, site.instance.own_forms)
    except SkmError:
        abort(HTTPStatus.NOT_FOUND)


def _language(languages: tuple[Language, ...]) -> Language:
    wanted = request.args.get("bahasa", INDONESIAN)
    found = [language for language in languages if language.code == wanted]
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    return found[0]


def _translations(site: Site, form: Form) -> Iterator[Translation]:
    own = site.instance.own_forms
    offered = site.languages if form.id == site.form.id else {}
    for language in all_languages(own):
        texts = load_question_texts(form, language.code, own)
        original = language.code == INDONESIAN
        yield Translation(
            language,
            len(form.questions) if original else len(texts.questions),
            language.code in offered,
            language.draft or texts.draft,
        )


def _differs_by_channel(form: Form) -> bool:
    return form.asked_by(online=True) != form.asked_by(online=False)
