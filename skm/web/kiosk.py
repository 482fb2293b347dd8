"""The kiosk: one document for the tablet on the counter, with everything it needs.

The document holds no secret and knows nothing of the tablet; what it delivers goes through the
JSON door with the tablet's token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, render_template, send_file, url_for
from werkzeug.wrappers import Response

from skm.language import Language
from skm.web.bundles import KEPT_FOR_A_YEAR, PARTS, Packed, bundle
from skm.web.site import Site, current_site
from skm.web.survey import SurveyFields, survey_fields

kiosk = Blueprint("kiosk", __name__)

_pages: dict[str, Packed] = {}


@dataclass(frozen=True)
class Spoken:
    """The survey in one language.

    Attributes:
        clips: addresses of recordings by question.
        responsible: who answers for the data; ``{retensi}`` is filled in by the tablet, since
            the page is kept for longer than a month.
        results: where the results are shown.
    """

    language: Language
    survey: SurveyFields
    clips: Mapping[str, str]
    responsible: str
    results: str


@kiosk.get("/kios")
def page() -> Response:
    """The kiosk of the office; the same for every tablet, so that tablets keep it."""
    site = current_site()
    if site.version not in _pages:
        _pages[site.version] = Packed.of(_document(site).encode(), "text/html")
    return _pages[site.version].answer()


@kiosk.get("/kios/<version>/<name>")
def file(version: str, name: str) -> Response:
    """A file of the kiosk; one of another version than was asked for is not kept."""
    if name not in PARTS:
        abort(HTTPStatus.NOT_FOUND)
    packed = bundle(name)
    return packed.answer() if version == current_site().version else packed.answer("no-store")


@kiosk.get("/suara/<language>/<question>")
def recording(language: str, question: str) -> Response:
    """A question as the office recorded it."""
    found = current_site().recordings.get(language, {}).get(question)
    if found is None or not found.is_file():
        abort(HTTPStatus.NOT_FOUND)
    response = send_file(found.resolve(), conditional=True)
    response.headers["Cache-Control"] = KEPT_FOR_A_YEAR
    return response


def _document(site: Site) -> str:
    services = site.instance.office.services
    return render_template(
        "kiosk.html",
        languages=[_spoken(site, language) for language in site.languages.values()],
        form=site.form,
        services=services,
        asked=len(site.form.asked_by(all(service.online for service in services))),
        retention=site.instance.office.retention_months,
        files={name: url_for("kiosk.file", version=site.version, name=name) for name in PARTS},
    )


def _spoken(site: Site, language: Language) -> Spoken:
    office = site.instance.office
    names = site.service_names(language)
    fields = survey_fields(
        site.forms[language.code], None, names if len(names) > 1 else {}, language.screen
    )
    clips = {
        question: url_for(
            "kiosk.recording", language=language.code, question=question, v=site.version
        )
        for question in site.recordings.get(language.code, ())
    }
    return Spoken(
        language,
        fields(prefix=f"{language.code}-"),
        clips,
        language.screen["notice_more"].replace("{kantor}", office.name),
        language.screen["thanks_more"].format(alamat=office.name),
    )
