"""Proof that a changing request comes from a page of ours, bound to the session."""

from __future__ import annotations

import hmac

from flask import current_app, request
from wtforms import ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField

from skm.web.fields import IndonesianFields
from skm.web.sessions import session_id

FIELD = "csrf_token"
HEADER = "Skm-Csrf"
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

STALE = "Halaman ini sudah lama terbuka. Muat ulang, lalu ulangi."
"""Said where the token is missing or of another session; seldom is it an attack."""


def csrf_token() -> str:
    """The token of the present session: worth nothing in another, and as long-lived as it."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"csrf {session_id()}".encode(), "sha256").hexdigest()


def is_ours() -> bool:
    """Whether the present request carries the token of its session."""
    return _same(request.headers.get(HEADER) or request.form.get(FIELD, ""))


class SessionCsrf(CSRF):
    """The token as a hidden field of WTForms."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """The token of the present session."""
        return csrf_token()

    def validate_csrf_token(self, form: object, field: CSRFTokenField) -> None:
        """Refuse a form that another page sent."""
        if not _same(str(field.data or "")):
            raise ValidationError(STALE)


class OfficerFields(IndonesianFields):
    """The fields of an officer's page, with the hidden one."""

    class Meta(IndonesianFields.Meta):
        """WTForms' settings."""

        csrf = True
        csrf_class = SessionCsrf
        csrf_field_name = FIELD


def _same(sent: str) -> bool:
    return hmac.compare_digest(sent.encode(), csrf_token().encode())
