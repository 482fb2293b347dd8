"""Who may log in: an admin adds accounts, gives new passwords, ends accounts."""

from __future__ import annotations

from http import HTTPStatus
from itertools import starmap

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from skm.errors import SkmError
from skm.store import officers
from skm.store.officers import ADMIN, PERENCANA, PETUGAS, SHORTEST_PASSWORD, Officer
from skm.web.csrf import OfficerFields
from skm.web.security import OFFICERS
from skm.web.site import current_site

users = Blueprint("users", __name__, url_prefix=f"{OFFICERS}/pengguna")

ROLE_NAMES = {
    PETUGAS: "Petugas: survei, formulir kertas, ekspor",
    PERENCANA: "Perencana: semua hasil dan LKIP",
    ADMIN: "Admin: semuanya, termasuk tablet dan pengguna",
}

_NEEDED = InputRequired("Belum diisi.")


class NewUser(OfficerFields):
    """A new account."""

    name = StringField(
        "Nama pengguna", [_NEEDED], description="Huruf kecil dan angka, misalnya loket1."
    )
    role = SelectField(
        "Peran", choices=list(starmap(SelectChoice, ROLE_NAMES.items())), default=PETUGAS
    )
    password = PasswordField(
        "Kata sandi pertama",
        [_NEEDED],
        description=f"Paling sedikit {SHORTEST_PASSWORD} huruf; pemiliknya dapat menggantinya.",
    )


@users.get("")
def show() -> Response:
    """Show an admin who may log in."""
    return _page(NewUser())


@users.post("")
def add() -> Response:
    """Make an account."""
    fields = NewUser(request.form)
    if not fields.validate():
        return _page(fields, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name, role, password = (fields[key].data for key in ("name", "role", "password"))
    try:
        made = officers.add(current_site().store, name, role, password)
    except SkmError as error:
        return _page(fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(f"Pengguna «{made.name}» ditambahkan.")


@users.post("/<int:number>/sandi")
def give_password(number: int) -> Response:
    """Give an account another password, which its owner has forgotten."""
    user = _user(number)
    try:
        officers.set_password(current_site().store, user.name, request.form.get("password", ""))
    except SkmError as error:
        return _page(NewUser(), str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(f"Kata sandi «{user.name}» diganti; sesinya berakhir.")


@users.post("/<int:number>/hapus")
def remove(number: int) -> Response:
    """End an account."""
    user = _user(number)
    try:
        officers.remove(current_site().store, user.name)
    except SkmError as error:
        return _page(NewUser(), str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(f"Pengguna «{user.name}» dihapus; sesinya berakhir.")


def _user(number: int) -> Officer:
    """The account in use of a number, which in an address may be larger than SQLite knows."""
    everyone = officers.all_officers(current_site().store)
    found = [each for each in everyone if each.number == number and each.disabled is None]
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    return found[0]


def _done(text: str) -> Response:
    flash(text)
    return redirect(url_for("users.show"), HTTPStatus.SEE_OTHER)


def _page(
    fields: NewUser, complaint: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    everyone = officers.all_officers(current_site().store)
    return make_response(
        render_template(
            "officer_users.html",
            fields=fields,
            complaint=complaint,
            users=[each for each in everyone if each.disabled is None],
            roles={role: name.partition(":")[0] for role, name in ROLE_NAMES.items()},
        ),
        status,
    )
