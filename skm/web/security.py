"""What every answer carries, which hosts are answered, and the key that signs."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, abort, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from skm.errors import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_FORM = 64 * 1024
"""Bytes of a posted page; the JSON door has a limit of its own."""
LARGEST_OFFICER_FORM = 512 * 1024
"""The same for officers who are logged in: a stack of paper forms with long comments."""

_CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "media", "connect")),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
POLICY_WITHOUT_SENDING = _CONTENT_SECURITY_POLICY.replace(
    "form-action 'self'", "form-action 'none'"
)
"""For a page that only looks like one with a form; it states this policy itself."""

_HEADERS = [
    ("Content-Security-Policy", _CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
_FOR_A_YEAR = "public, max-age=31536000, immutable"
_PRIVATE_SUFFIXES = (".local", ".localhost", ".lan", ".home.arpa", ".internal", ".test")
_KEY_DIGITS = 64

OFFICERS = "/petugas"
"""What the addresses of officers begin with."""


def protect(app: Flask, hosts: Collection[str]) -> None:
    """Put limits, headers and the check of the host on an application.

    Args:
        hosts: names that the server is reached by beside its addresses in the office.
    """
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME=f"petugas-{_short_digest(app.secret_key)}",
        SESSION_COOKIE_PATH=OFFICERS,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )

    known = frozenset(hosts)
    app.session_interface = OfficerSessions()
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[method-assign, assignment]

    @app.before_request
    def refuse_foreign_hosts() -> None:
        if not is_local_host(request.host, known):
            abort(HTTPStatus.BAD_REQUEST)

    @app.after_request
    def say_what_may_be_kept(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = _FOR_A_YEAR
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class OfficerSessions(SecureCookieSessionInterface):
    """Sessions for officers alone: a citizen and a tablet have none, and get no cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request to an officers' address."""
        return super().open_session(app, request) if is_officers(request.path) else None

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie is for encrypted connections alone: where there is one."""
        return request.is_secure


def is_officers(path: str) -> bool:
    """Whether an address is one of the officers' part, the only one that has sessions.

    >>> is_officers("/petugas"), is_officers("/petugas/tablet"), is_officers("/petugasku")
    (True, True, False)
    """
    return path == OFFICERS or path.startswith(f"{OFFICERS}/")


@lru_cache(maxsize=64)
def is_local_host(host: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a host is one that nobody outside can make point here.

    A page elsewhere can give its own name the address of the office's computer; a bare
    address, a name without a dot, and the endings kept for private networks it cannot have.

    >>> [is_local_host(host) for host in ("192.168.1.20:8000", "[::1]", "pc-loket", "kios.lan")]
    [True, True, True, True]
    >>> is_local_host("contoh.com:8000"), is_local_host("contoh.com", frozenset({"contoh.com"}))
    (False, True)
    """
    name = host.lower()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    name = name.removesuffix(".")
    if name in known or name.endswith(_PRIVATE_SUFFIXES):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and "." not in name
    return True


def secret_key(file: Path) -> str:
    """The key that signs forms and sessions; made at the first start, for the owner's eyes.

    Raises:
        SkmError: the file cannot be made or read, or holds something else.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_hex(_KEY_DIGITS // 2))
    except FileExistsError:
        pass
    except OSError as error:
        raise refuse(
            "Kunci rahasia tidak dapat dibuat", file=file, found=error.strerror
        ) from error
    try:
        key = file.read_text("ascii", "replace").strip()
    except OSError as error:
        raise refuse(
            "Kunci rahasia tidak dapat dibaca", file=file, found=error.strerror
        ) from error
    if len(key) < _KEY_DIGITS:
        raise refuse(
            "Kunci rahasia tidak utuh",
            file=file,
            todo="Hapus berkas ini; kunci baru dibuat saat «skm serve» dijalankan lagi.",
        )
    return key


def _short_digest(key: object) -> str:
    """Tells offices apart that one computer serves on two ports: cookies do not know ports."""
    return hashlib.sha256(f"cookie {key}".encode()).hexdigest()[:8]


def _with_headers(application: WSGIApplication) -> WSGIApplication:
    """Every answer, whoever makes it, with the headers that it does not state itself."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            stated = {name.lower() for name, _ in headers}
            more = [header for header in _HEADERS if header[0].lower() not in stated]
            return start_response(status, headers + more, exc_info)

        return application(environ, start)

    return answer
