"""Coming in and going out: log-in, log-out, one's own password, the first admin."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from skm.errors import SkmError
from skm.store import officers
from skm.store.officers import LONGEST_PASSWORD, SHORTEST_PASSWORD, Officer
from skm.web.csrf import OfficerFields
from skm.web.guesses import remember_browser
from skm.web.security import OFFICERS, is_officers
from skm.web.sessions import held_id, take_session
from skm.web.site import current_site

log_in = Blueprint("log_in", __name__, url_prefix=OFFICERS)

WRONG = "Nama atau kata sandi salah."
"""The same for both, so that nobody learns which names there are."""

_NEEDED = InputRequired("Belum diisi.")
_NOT_LONGER = Length(max=LONGEST_PASSWORD, message="Terlalu panjang.")


class LogInFields(OfficerFields):
    """Name and password, and the page that was wanted."""

    name = StringField("Nama pengguna", [_NEEDED, Length(max=100, message="Terlalu panjang.")])
    password = PasswordField("Kata sandi", [_NEEDED, _NOT_LONGER])
    wanted = HiddenField()


class NewPassword(OfficerFields):
    """A password typed twice."""

    new = PasswordField(
        "Kata sandi baru",
        [_NEEDED, _NOT_LONGER],
        description=f"Paling sedikit {SHORTEST_PASSWORD} huruf. Beberapa kata yang mudah "
        "diingat lebih kuat daripada satu kata dengan angka.",
    )
    again = PasswordField("Ulangi kata sandi baru", [_NEEDED])

    def validate_again(self, field: Field) -> None:
        """Refuse what differs from the first."""
        if field.data != self["new"].data:
            raise ValidationError("Tidak sama dengan yang pertama.")


class OwnPassword(NewPassword):
    """The present password before the new one."""

    present = PasswordField("Kata sandi sekarang", [_NEEDED, _NOT_LONGER])


class FirstAdmin(NewPassword):
    """Name and password of the first admin."""

    name = StringField(
        "Nama pengguna",
        [_NEEDED],
        description="Huruf kecil dan angka, misalnya admin. Bukan nama lengkap.",
    )


@log_in.get("/masuk")
def ask() -> Response:
    """Show an officer where to log in, or straight the page that was wanted."""
    wanted = safe_target(request.args.get("lanjut"))
    if g.officer is not None:
        return redirect(wanted)
    return _page("officer_log_in.html", LogInFields(data={"wanted": wanted}))


@log_in.post("/masuk")
def enter() -> Response:
    """Let an officer in, under a session id that is new."""
    site = current_site()
    fields = LogInFields(request.form)
    if not fields.validate():
        return _page("officer_log_in.html", fields, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name = officers.tidy_name(fields["name"].data)
    if not site.guesses.allows(name):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    officer = officers.log_in(site.store, name, fields["password"].data)
    if officer is None:
        return _page("officer_log_in.html", fields, WRONG, HTTPStatus.UNAUTHORIZED)
    return _welcome(officer, safe_target(fields["wanted"].data))


@log_in.post("/keluar")
def leave() -> Response:
    """End the officer's session."""
    current_site().sessions.end(held_id())
    cookie.clear()
    return redirect(url_for("log_in.ask"), HTTPStatus.SEE_OTHER)


@log_in.get("/sandi")
def show_password() -> Response:
    """Show an officer where to change the own password."""
    return _page("officer_password.html", OwnPassword())


@log_in.post("/sandi")
def change_password() -> Response:
    """Change the own password; the officer's other sessions end."""
    site = current_site()
    fields = OwnPassword(request.form)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY
    if not fields.validate():
        return _page("officer_password.html", fields, status=refused)
    if not site.guesses.allows(g.officer.name):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    if officers.log_in(site.store, g.officer.name, fields["present"].data) is None:
        return _page("officer_password.html", fields, "Kata sandi sekarang salah.", refused)
    try:
        officer = officers.set_password(site.store, g.officer.name, fields["new"].data)
    except SkmError as error:
        return _page("officer_password.html", fields, str(error), refused)
    reply = _welcome(officer, url_for("log_in.show_password"))
    flash("Kata sandi sudah diganti. Sesi Anda di komputer lain berakhir.")
    return reply


@log_in.get("/mulai/<code>")
def show_first_start(code: str) -> Response:
    """Show the first admin of a new office where to choose a name and a password."""
    _insist_on_first_start(code)
    return _page("officer_first_start.html", FirstAdmin())


@log_in.post("/mulai/<code>")
def begin(code: str) -> Response:
    """Make the first admin; the link cannot be used again."""
    _insist_on_first_start(code)
    site = current_site()
    fields = FirstAdmin(request.form)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY
    if not fields.validate():
        return _page("officer_first_start.html", fields, status=refused)
    try:
        officer = officers.add_first(site.store, fields["name"].data, fields["new"].data)
    except SkmError as error:
        return _page("officer_first_start.html", fields, str(error), refused)
    site.first_start.end()
    return _welcome(officer, url_for("officer.home"))


def safe_target(wanted: str | None) -> str:
    """Where to go after log-in: a page of the officers' area, whatever was asked for.

    >>> safe_target("/petugas/tablet?x=1")
    '/petugas/tablet?x=1'
    >>> {safe_target(bad) for bad in ("//contoh.com", "https://contoh.com/petugas", "/", None)}
    {'/petugas'}
    """
    try:
        parts = urlsplit(wanted or "")
    except ValueError:
        return OFFICERS
    plain = wanted is not None and wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    if plain and not parts.scheme and not parts.netloc and is_officers(parts.path):
        return str(wanted)
    return OFFICERS


def _insist_on_first_start(code: str) -> None:
    site = current_site()
    if not site.first_start.knows(code) or officers.has_officers(site.store):
        abort(HTTPStatus.GONE)


def _welcome(officer: Officer, target: str) -> Response:
    """Begin a session under a new id, so that an id planted before is worth nothing."""
    sessions = current_site().sessions
    sessions.end(held_id())
    take_session(sessions.begin(officer))
    reply = redirect(target, HTTPStatus.SEE_OTHER)
    remember_browser(reply, officer.name, OFFICERS)
    return reply


def _page(
    template: str,
    fields: OfficerFields,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    return make_response(render_template(template, fields=fields, complaint=complaint), status)
