"""The hidden field of a survey page: an id that only this server can have made."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Self

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


@dataclass(frozen=True)
class Ticket:
    """Which response a page will become; posted twice, it is stored once.

    It carries no time and does not expire: whoever comes back to the page after a long wait in
    the queue loses nothing.
    """

    id: str
    form: str
    service: str | None

    @classmethod
    def new(cls, form: str, service: str | None) -> Self:
        """A ticket with an id of its own."""
        return cls(secrets.token_hex(16), form, service)

    def signed(self) -> str:
        """The text of the hidden field."""
        text = _signer().dumps([self.id, self.form, self.service])
        return text if isinstance(text, str) else text.decode()

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The ticket of a hidden field; None where this server did not sign it."""
        try:
            return cls(*_signer().loads(text or ""))
        except BadData:
            return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="isi")
