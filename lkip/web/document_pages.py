"""The check of a report that exists already, of any office; nothing of it is kept."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from lkip import review
from lkip.check_text import count_text
from lkip.reviewed import Reviewed
from lkip.web.alone import READING
from lkip.web.apart import check_apart
from lkip.web.brought import laid_out
from lkip.web.faults import said
from lkip.web.plan_pages import ADDRESS, TEMPLATES, sheet_reply
from lkip.web.sealed import sealed, unsealed
from skm.errors import SkmError, refuse
from skm.web.security import LARGEST_OFFICER_FORM
from skm.web.site import current_site
from skm.web.uploads import LARGEST_FILE, chosen_files, takes_a_file

documents = Blueprint(
    "lkip_documents",
    __name__,
    url_prefix=f"{ADDRESS}/periksa",
    template_folder=str(TEMPLATES),
)

_PURPOSE = "tinjauan"
_MOST_FILES = 10
_LARGEST_TEXT = 40_000_000  # bytes; of real reports some 5 million


@documents.get("")
def ask() -> Response:
    """Ask for the report."""
    return _page()


@documents.post("")
@takes_a_file
def check() -> Response:
    """Show the findings of a report that was brought."""
    try:
        uploads = chosen_files("berkas")
        if not uploads:
            raise refuse("Belum ada berkas yang dipilih", todo="Pilih berkasnya, lalu kirim lagi.")
        if len(uploads) > _MOST_FILES:
            raise refuse("Berkasnya terlalu banyak", expected=f"paling banyak {_MOST_FILES}")
        with READING.work(), laid_out(uploads, _LARGEST_TEXT) as files:
            reviewed = check_apart(files)
    except SkmError as error:
        complaint = said(error.faults, current_site().instance)
        return _page(complaint=complaint, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(reviewed)


@documents.post("/lembar/<kind>")
def download(kind: str) -> Response:
    """Give the reviewer's sheet of what a page showed; the page itself carries it."""
    if kind not in review.FORMATS:
        abort(HTTPStatus.NOT_FOUND)
    read = unsealed(request.form.get("temuan"), _PURPOSE)
    if read is None:
        complaint = "Halaman ini tidak berlaku lagi. Periksa berkasnya sekali lagi."
        return _page(complaint=complaint, status=HTTPStatus.BAD_REQUEST)
    reviewed = Reviewed.from_json(read)
    return sheet_reply(review.sheet_file(reviewed.sheet(), kind), reviewed.name, kind)


def _page(
    reviewed: Reviewed | None = None,
    *,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    carried = sealed(reviewed.to_json(), _PURPOSE) if reviewed else None
    page = render_template(
        "officer_lkip_document.html",
        reviewed=reviewed,
        counted=count_text(reviewed.findings) if reviewed else "",
        # a sheet so long that its form would not come back is made by «lkip check»
        carried=carried if carried and len(carried) < LARGEST_OFFICER_FORM // 2 else None,
        complaint=complaint,
        largest=LARGEST_FILE,
    )
    return make_response(page, status)
