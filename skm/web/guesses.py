"""How often a password may be guessed, without ever locking an officer out.

A browser that an officer logged in with before carries a signed cookie for that name and has a
bucket of its own, so strangers who guess from anywhere use up only the tries of strangers.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from skm.web.throttle import Throttle

AN_HOUR = 30
"""Tries an hour of a known browser, of an address, and of a name by strangers."""

COOKIE = "skm-dikenal"
_A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Guesses:
    """The tries that are left."""

    by_browser: Throttle = field(default_factory=lambda: Throttle(AN_HOUR))
    by_address: Throttle = field(default_factory=lambda: Throttle(AN_HOUR))
    by_name: Throttle = field(default_factory=lambda: Throttle(AN_HOUR))

    def allows(self, name: str) -> bool:
        """Take one try at a name by the browser of the present request, if it has one left."""
        if browser := _known_browser(name):
            return self.by_browser.allows(browser)
        return self.by_address.allows(request.remote_addr) and self.by_name.allows(name)


def remember_browser(reply: Response, name: str, path: str) -> None:
    """Let the browser prove next time that this officer has logged in with it."""
    reply.set_cookie(
        COOKIE,
        str(_signer().dumps([name, secrets.token_hex(16)])),
        max_age=_A_YEAR,
        path=path,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )


def _known_browser(name: str) -> str | None:
    """The random part of a cookie that this server gave for this name."""
    try:
        known, browser = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadData, ValueError):
        return None
    return str(browser) if known == name else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="masuk")
