"""The pictures and PDF files that show what was done, for officers to look at."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, make_response
from werkzeug.wrappers import Response

from skm.store.evidence import PDF, evidence
from skm.web.security import OFFICERS
from skm.web.site import current_site

evidence_pages = Blueprint("evidence", __name__, url_prefix=f"{OFFICERS}/bukti")


@evidence_pages.get("/<sha256>")
def show(sha256: str) -> Response:
    """Show an officer a picture; a PDF, which may hold more than it shows, is saved."""
    file = evidence(current_site().store, sha256)
    if file is None:
        abort(HTTPStatus.NOT_FOUND)
    reply = make_response(file.content)
    reply.mimetype = file.mimetype
    if file.mimetype == PDF:
        reply.headers["Content-Disposition"] = f"attachment; filename=bukti-{sha256[:8]}.pdf"
    return reply
