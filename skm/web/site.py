"""What every page of a running office works with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from skm.errors import refuse
from skm.form import Form, find_form
from skm.instance import Instance
from skm.language import INDONESIAN, Language, load_language, translated
from skm.store import Store
from skm.store.intake import Intake
from skm.store.remembered import ADDRESS, recall
from skm.store.schema import ensure_form, is_used
from skm.web.clock import Contact
from skm.web.contacts import Contacts
from skm.web.first_start import FirstStart
from skm.web.guesses import Guesses
from skm.web.message import MessageChecks
from skm.web.recordings import Recordings, find_recordings, fingerprint
from skm.web.sessions import Sessions
from skm.web.throttle import Throttle

AN_HOUR = 60
"""How often one address may send the survey of a phone, or try to pair a tablet."""

_HERE = Path(__file__).parent
_SERVED = ("templates", "static")


@dataclass(frozen=True)
class Site:
    """An office whose pages are served.

    Attributes:
        form: the questionnaire in use.
        languages: what citizens may choose from by code, the office's first one first.
        forms: the questionnaire in each of the languages.
        version: differs whenever the pages that a tablet has cached would differ.
        recordings: questions read aloud.
        surveys: how often an address may send a survey from a phone.
        pairings: how often an address may try a pairing code.
        sessions: who is logged in.
        guesses: how often a password may be tried.
        first_start: the link for the first admin.
        contacts: when each tablet last spoke.
        lan: ``host:port`` under which tablets reach this computer, where it serves them.
    """

    instance: Instance
    store: Store
    intake: Intake
    form: Form
    languages: dict[str, Language]
    forms: dict[str, Form]
    version: str
    recordings: Recordings = field(default_factory=dict)
    surveys: Throttle = field(default_factory=lambda: Throttle(AN_HOUR))
    pairings: Throttle = field(default_factory=lambda: Throttle(AN_HOUR))
    sessions: Sessions = field(default_factory=Sessions)
    guesses: Guesses = field(default_factory=Guesses)
    first_start: FirstStart = field(default_factory=FirstStart)
    contacts: Contacts = field(default_factory=Contacts)
    lan: str | None = None
    _checks: dict[str, MessageChecks] = field(default_factory=dict)
    _contacts: dict[str, Contact] = field(default_factory=dict)

    @property
    def base(self) -> str | None:
        """Where phones in the office's network reach the server, without a slash at the end."""
        place = recall(self.store, ADDRESS) or self.lan
        return f"http://{place}" if place else None

    def now(self) -> datetime:
        """The present moment at the office."""
        return datetime.now(self.instance.office.timezone)

    def language(self, wanted: str | None) -> Language:
        """The language a page was asked for, where the office offers it, else its first."""
        return self.languages.get(wanted or "") or next(iter(self.languages.values()))

    def service_names(self, language: Language) -> dict[str, str]:
        """What a language calls the services, by code."""
        return {
            service.code: language.services.get(service.code, service.name)
            for service in self.instance.office.services
        }

    def contact(self, device: str) -> Contact:
        """What is remembered of a tablet."""
        return self._contacts.setdefault(device, Contact())

    def checks(self, form_id: object) -> MessageChecks:
        """The checks of a form: the one in use, or one whose answers still wait on a tablet.

        Raises:
            SkmError: the office never used such a form.
        """
        if not isinstance(form_id, str):
            raise refuse("Isi kiriman salah", field="form", expected=self.form.id)
        if form_id not in self._checks:
            form = self.form if form_id == self.form.id else self._former(form_id)
            self._checks[form_id] = MessageChecks(form, self.instance.office)
        return self._checks[form_id]

    def _former(self, form_id: str) -> Form:
        form = find_form(form_id, self.instance.own_forms)
        if not is_used(self.store, form):
            raise refuse(
                "Formulir tidak dipakai kantor ini",
                field="form",
                found=form_id,
                expected=self.form.id,
            )
        return form


def open_site(instance: Instance, store: Store, lan: str | None = None) -> Site:
    """Load once what the pages need.

    Raises:
        SkmError: the form, or a language that the office lists, has faults, or the form was
            changed after it was used.
    """
    form = instance.questionnaire()
    ensure_form(store, form)
    own = instance.own_forms
    codes = instance.office.languages or (INDONESIAN,)
    languages = {code: load_language(code, own) for code in codes}
    forms = {code: translated(form, language, own) for code, language in languages.items()}
    recordings = find_recordings(instance.recordings, languages, form)
    content = repr((forms, languages, instance.office)) + fingerprint(recordings)
    version = _version(content)
    intake = Intake(store)
    return Site(instance, store, intake, form, languages, forms, version, recordings, lan=lan)


def current_site() -> Site:
    """The site that the present request is for."""
    return site_of(current_app)


def site_of(app: Flask) -> Site:
    """The site that an application serves."""
    return cast(Site, app.extensions["skm"])


def _version(content: str) -> str:
    """12 hex digits over the served files and what is filled into them."""
    digest = hashlib.sha256(content.encode())
    for folder in _SERVED:
        for file in sorted((_HERE / folder).rglob("*")):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
