"""Pages that say one thing, and what is said when something goes wrong."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import BadHost, HTTPException

from skm.errors import SkmError
from skm.language import Language
from skm.web.security import is_officers
from skm.web.site import current_site
from skm.web.uploads import LARGEST_FILE

_SAID = {
    HTTPStatus.BAD_REQUEST: "Permintaan ini tidak dapat dibaca.",
    HTTPStatus.UNAUTHORIZED: "Kunci tablet tidak berlaku. Pasangkan tablet ini lagi.",
    HTTPStatus.FORBIDDEN: "Halaman ini hanya untuk petugas kantor.",
    HTTPStatus.NOT_FOUND: "Halaman ini tidak ada.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Halaman ini tidak dapat dibuka dengan cara itu.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Kiriman terlalu besar.",
    HTTPStatus.TOO_MANY_REQUESTS: "Terlalu sering dicoba. Silakan coba lagi beberapa menit lagi.",
}
_SAID_TO_OFFICERS = _SAID | {
    HTTPStatus.GONE: "Tautan ini sudah dipakai atau lewat satu jam. "
    "Jalankan lagi «skm serve» untuk tautan baru, atau masuk bila sudah mempunyai akun.",
    HTTPStatus.FORBIDDEN: "Halaman ini bukan untuk peran Anda. Hubungi admin bila perlu.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Kiriman terlalu besar; satu berkas paling besar "
    f"{LARGEST_FILE // 1_000_000} MB.",
    HTTPStatus.TOO_MANY_REQUESTS: "Terlalu banyak percobaan. Tunggu beberapa menit, lalu ulangi.",
}
_FAILED = "Maaf, ada gangguan di komputer kantor. Silakan coba lagi, atau panggil petugas."


def notice(
    status: HTTPStatus,
    text: str,
    language: Language | None = None,
    *,
    done: bool = False,
    onward: tuple[str, str] | None = None,
) -> Response:
    """A page with one sentence.

    Args:
        status: of the reply.
        text: the sentence.
        language: of a citizen's page; None: the office's own.
        done: say it with a friendly face.
        onward: where a citizen's page leads from here, and what the link says.
    """
    if is_officers(request.path):
        page = render_template("officer_notice.html", text=text)
    else:
        language = language or current_site().language(None)
        page = render_template(
            "notice.html", language=language, text=text, done=done, onward=onward
        )
    response = make_response(page, status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "60"
    return response


def answer_errors(app: Flask) -> None:
    """Tell people and tablets in words what went wrong; no traceback reaches either."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        said = _SAID_TO_OFFICERS if is_officers(request.path) else _SAID
        return _told(status, said.get(status, _FAILED))

    @app.errorhandler(BadHost)
    def no_host(error: BadHost) -> Response:
        # Without a host that can be read no address can be made, so no page.
        return Response(_SAID[HTTPStatus.BAD_REQUEST], error.code, mimetype="text/plain")

    @app.errorhandler(SkmError)
    def cannot_store(error: SkmError) -> Response:
        app.logger.error("%s", error)
        return _told(HTTPStatus.SERVICE_UNAVAILABLE, _FAILED, str(error))


def _told(status: HTTPStatus, text: str, reason: str | None = None) -> Response:
    """A page for people; for tablets JSON with the reason, which an officer reads there."""
    if request.path.startswith("/api/"):
        return Response(json.dumps({"error": reason or text}), status, mimetype="application/json")
    return notice(status, text)
