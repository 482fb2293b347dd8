"""Reading back a report that was edited in Word: what was changed is shown, then accepted."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lkip.difference import Piece, difference
from lkip.edited_report import accept, compared
from lkip.plan import load_plan
from lkip.read_back import Change, ReadBack
from lkip.web.alone import READING, WRITING
from lkip.web.brought import laid_out
from lkip.web.faults import inside, said
from lkip.web.plan_pages import ADDRESS, TEMPLATES, existing_plan
from lkip.web.sealed import sealed, unsealed
from skm.errors import SkmError
from skm.store import StoreError
from skm.web.security import LARGEST_OFFICER_FORM
from skm.web.site import current_site
from skm.web.uploads import LARGEST_FILE, chosen_file, takes_a_file

wordings = Blueprint(
    "lkip_wordings",
    __name__,
    url_prefix=f"{ADDRESS}/<int:year>/sunting",
    template_folder=str(TEMPLATES),
)

_LARGEST_TEXT = 8_000_000  # bytes; a report of ours has 1 million, and it is read right here
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_MOST_CHANGES = LARGEST_OFFICER_FORM // 2  # characters; the page's form must come back whole


@dataclass(frozen=True)
class Offer:
    """Changes as a page offers them, bound to the plan that they were compared with."""

    plan: str
    changes: tuple[Change, ...]

    def signed(self, year: int) -> str:
        """The text of the hidden field."""
        return sealed([self.plan, [astuple(change) for change in self.changes]], _purpose(year))

    @classmethod
    def read(cls, text: str | None, year: int) -> Offer | None:
        """The offer of a hidden field; None where it is not ours, or of another year."""
        found: Any = unsealed(text, _purpose(year))
        return None if found is None else cls(found[0], tuple(Change(*each) for each in found[1]))


@wordings.get("")
def ask(year: int) -> Response:
    """Ask for the edited file."""
    existing_plan(year)
    return _page(year)


@wordings.post("")
@takes_a_file
def compare(year: int) -> Response:
    """Show what an edited file says otherwise."""
    file = existing_plan(year)
    instance = current_site().instance
    try:
        upload = chosen_file("berkas")
        plan = _fingerprint(file)
        with READING.work(), laid_out([upload], _LARGEST_TEXT) as (edited,):
            _, found = compared(instance, edited, year)
    except StoreError:
        raise
    except SkmError as error:
        return _page(year, complaint=said(error.faults, instance), status=_REFUSED)
    offer = Offer(plan, found.changes)
    if len(offer.signed(year)) > _MOST_CHANGES:
        return _page(
            year,
            complaint="Perubahannya terlalu banyak untuk satu halaman. Simpan sebagian dahulu, "
            "atau pakai «lkip read-back».",
            status=_REFUSED,
        )
    return _page(year, offer, found, name=upload.name)


@wordings.post("/terima")
def take(year: int) -> Response:
    """Write the changes that were ticked into the plan."""
    file = existing_plan(year)
    instance = current_site().instance
    offer = Offer.read(request.form.get("perubahan"), year)
    if offer is None:
        complaint = "Halaman ini tidak berlaku lagi. Unggah berkasnya sekali lagi."
        return _page(year, complaint=complaint, status=HTTPStatus.BAD_REQUEST)
    wanted = set(request.form.getlist("terima"))
    every = "semua" in request.form
    chosen = [each for each in offer.changes if every or each.key in wanted]
    if not chosen:
        return _page(year, offer, complaint="Belum ada yang dicentang.", status=_REFUSED)
    try:
        with WRITING.work():
            if offer.plan != _fingerprint(file):
                if _are_saved(file, chosen):
                    return _saved(year, chosen)
                complaint = "Rencana berubah sejak berkas dibaca. Unggah berkasnya sekali lagi."
                return _page(year, complaint=complaint, status=HTTPStatus.CONFLICT)
            accept(instance, year, chosen)
    except StoreError:
        raise
    except SkmError as error:
        return _page(year, offer, complaint=said(error.faults, instance), status=_REFUSED)
    return _saved(year, chosen)


def _saved(year: int, chosen: list[Change]) -> Response:
    instance = current_site().instance
    flash(
        f"{len(chosen)} naskah disimpan di {inside(instance.plan(year), instance)}, bagian "
        "[narrative]. Susun lagi laporannya supaya semua berkas ikut berubah."
    )
    return redirect(url_for("lkip_plans.show_year", year=year), HTTPStatus.SEE_OTHER)


def _are_saved(file: Path, chosen: list[Change]) -> bool:
    """Whether the plan says so already: the button was pressed twice."""
    narrative = load_plan(file).narrative
    return all(narrative.get(each.key) == each.text for each in chosen)


def _page(
    year: int,
    offer: Offer | None = None,
    found: ReadBack | None = None,
    *,
    name: str | None = None,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    changes = offer.changes if offer else ()
    refusals = found.refusals if found else ()
    page = render_template(
        "officer_lkip_wording.html",
        year=year,
        name=name,
        complaint=complaint,
        offered=offer.signed(year) if offer and changes else None,
        changes=[(each, _pieces(each.before, each.after)) for each in changes],
        refusals=[(each, _pieces(each.before, each.after)) for each in refusals],
        found=found,
        largest=LARGEST_FILE,
    )
    return make_response(page, status)


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    return difference(before, after)


def _purpose(year: int) -> str:
    return f"naskah {year}"


def _fingerprint(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""  # what reads the plan tells why
