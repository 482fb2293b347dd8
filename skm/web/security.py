"""What every answer carries, which hosts are answered, and the key that signs."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Collection
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, abort, request

from skm.errors import refuse

LARGEST_FORM = 64 * 1024
"""Bytes of a posted page; the JSON door has a limit of its own."""

_CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "media", "connect")),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_A_YEAR = "public, max-age=31536000, immutable"
_PRIVATE_SUFFIXES = (".local", ".localhost", ".lan", ".home.arpa", ".internal", ".test")
_KEY_DIGITS = 64


def protect(app: Flask, hosts: Collection[str]) -> None:
    """Put limits, headers and the check of the host on an application.

    Args:
        hosts: names that the server is reached by beside its addresses in the office.
    """
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )

    @app.before_request
    def refuse_foreign_hosts() -> None:
        if not is_local_host(request.host, hosts):
            abort(HTTPStatus.BAD_REQUEST)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = _FOR_A_YEAR
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def is_local_host(host: str, known: Collection[str] = ()) -> bool:
    """Whether a host is one that nobody outside can make point here.

    A page elsewhere can give its own name the address of the office's computer; a bare
    address, a name without a dot, and the endings kept for private networks it cannot have.

    >>> [is_local_host(host) for host in ("192.168.1.20:8000", "[::1]", "pc-loket", "kios.lan")]
    [True, True, True, True]
    >>> is_local_host("contoh.com:8000"), is_local_host("contoh.com", {"contoh.com"})
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
