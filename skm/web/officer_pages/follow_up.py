"""The follow-up plan: what is done about a result, by whom, until when, and what shows it."""

from __future__ import annotations

from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from skm.errors import SkmError
from skm.store import StoreError, follow_up
from skm.store.evidence import PDF, evidence
from skm.store.follow_up import FollowUp, Writer
from skm.suggestions import Suggestion, suggestion
from skm.web.access import ADMITTED, PETUGAS
from skm.web.officer_pages.downloads import FOLLOW_UP
from skm.web.officer_pages.exports import made
from skm.web.officer_pages.follow_up_fields import CompletionFields, PlanFields
from skm.web.officer_pages.follow_up_overview import Result, line_of, plans, results, usual_quarter
from skm.web.security import OFFICERS
from skm.web.site import current_site
from skm.web.uploads import LARGEST_FILE, chosen_files, takes_a_file

follow_ups = Blueprint("follow_ups", __name__, url_prefix=f"{OFFICERS}/tindak-lanjut")


@follow_ups.get("")
def show() -> Response:
    """Show an officer the plans, result by result, and how far they have come."""
    return _list_page()


@follow_ups.get("/laporan/<period>/<kind>")
def download(period: str, kind: str) -> Response:
    """Give an officer the Laporan Tindak Lanjut of a result as a file."""
    if kind not in FOLLOW_UP:
        abort(HTTPStatus.NOT_FOUND)
    try:
        return made(FOLLOW_UP[kind], period)
    except StoreError:
        raise
    except SkmError as error:
        return _list_page(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)


@follow_ups.get("/baru")
def draft() -> Response:
    """Give an officer a line to fill in, with what may be planned for an element."""
    result = _result()
    if result is None:
        return redirect(url_for("follow_ups.show"))
    site = current_site()
    found = [each for each in result.elements if each.code == request.args.get("unsur")]
    element = (found or result.elements)[0]
    proposal = suggestion(result.form.element(element.code))
    place = request.args.get("usul", 0, type=int)
    fields = PlanFields(
        data={
            "element": element.code,
            "problem": proposal.problem,
            "action": proposal.actions[place % len(proposal.actions)],
            "quarter": str(usual_quarter(site.now().date())),
        }
    )
    return _plan_page(fields, result, proposal=proposal)


@follow_ups.post("/baru")
def add() -> Response:
    """Write a line of the plan."""
    result = _result()
    if result is None:
        return redirect(url_for("follow_ups.show"), HTTPStatus.SEE_OTHER)
    fields = _offered(PlanFields(request.form), result)
    if not fields.validate():
        return _plan_page(fields, result, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        follow_up.add(current_site().store, fields.plan(result.period), _writer())
    except StoreError:
        raise
    except SkmError as error:
        return _plan_page(fields, result, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done("Rencana tindak lanjut disimpan.", url_for("follow_ups.show"))


@follow_ups.get("/<int:number>")
def show_line(number: int) -> Response:
    """Show an officer one line, and let those who may finish it."""
    item = _item(number)
    today = current_site().now().date()
    return _line_page(
        item, CompletionFields(data=_completion_of(item) | {"done": item.done or today})
    )


@follow_ups.get("/<int:number>/ubah")
def show_change(number: int) -> Response:
    """Give an officer a line to change."""
    item = _item(number)
    values = {name: getattr(item, name) for name in ("element", "problem", "action", "owner")}
    fields = PlanFields(data=values | {"quarter": str(item.quarter), "due": item.due})
    return _plan_page(fields, _result_of(item), item=item)


@follow_ups.post("/<int:number>/ubah")
def change(number: int) -> Response:
    """Write a line otherwise."""
    item = _item(number)
    fields = _offered(PlanFields(request.form), _result_of(item), item)
    if not fields.validate():
        return _plan_page(
            fields, _result_of(item), status=HTTPStatus.UNPROCESSABLE_ENTITY, item=item
        )
    try:
        follow_up.change(current_site().store, number, fields.plan(item.period), _writer())
    except StoreError:
        raise
    except SkmError as error:
        return _plan_page(
            fields, _result_of(item), str(error), HTTPStatus.UNPROCESSABLE_ENTITY, item=item
        )
    return _done("Perubahan disimpan.", _page_of(number))


@follow_ups.post("/<int:number>/selesai")
@takes_a_file
def finish(number: int) -> Response:
    """Take in what was done, with pictures of it; whole or not at all."""
    item = _item(number)
    fields = CompletionFields(request.form)
    fields.offer(item)
    if not fields.validate():
        return _line_page(item, fields, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        completion = fields.completion(chosen_files("files"))
        follow_up.finish(current_site().store, number, completion, _writer())
    except StoreError:
        raise
    except SkmError as error:
        return _line_page(item, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done("Tindak lanjut dicatat selesai.", _page_of(number))


@follow_ups.post("/<int:number>/buka")
def reopen(number: int) -> Response:
    """Take back that a line is finished."""
    follow_up.reopen(current_site().store, _item(number).number, _writer())
    return _done("Rencana dibuka lagi; isi dan buktinya tetap tersimpan.", _page_of(number))


@follow_ups.post("/<int:number>/hapus")
def remove(number: int) -> Response:
    """Take a line out."""
    follow_up.remove(current_site().store, _item(number).number, _writer())
    return _done("Rencana tindak lanjut dihapus.", url_for("follow_ups.show"))


def _may_write() -> bool:
    return g.officer.role in ADMITTED[PETUGAS]


def _writer() -> Writer:
    return Writer(g.officer.name, current_site().now().date())


def _item(number: int) -> FollowUp:
    found = follow_up.find(current_site().store, number)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _result() -> Result | None:
    """The result that is asked for, else the newest; None where none is closed."""
    site = current_site()
    closed = results(site.store, site.instance)
    wanted = request.args.get("periode")
    found = [each for each in closed if wanted in (None, str(each.period))]
    if closed and not found:
        abort(HTTPStatus.NOT_FOUND)
    return next(iter(found), None)


def _result_of(item: FollowUp) -> Result | None:
    site = current_site()
    closed = results(site.store, site.instance)
    return next((each for each in closed if each.period == item.period), None)


def _offered(
    fields: PlanFields, result: Result | None, item: FollowUp | None = None
) -> PlanFields:
    fields.offer(result.elements if result else (), current_site().now().date(), item)
    return fields


def _completion_of(item: FollowUp) -> dict[str, object]:
    return {"result": item.result or "", "kept": list(item.evidence)}


def _page_of(number: int) -> str:
    return url_for("follow_ups.show_line", number=number)


def _done(text: str, address: str) -> Response:
    flash(text)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _list_page(complaint: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    site = current_site()
    page = render_template(
        "officer_follow_ups.html",
        plans=plans(site.store, site.instance, site.now().date()),
        files=FOLLOW_UP,
        may_write=_may_write(),
        complaint=complaint,
    )
    return make_response(page, status)


def _plan_page(
    fields: PlanFields,
    result: Result | None,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    item: FollowUp | None = None,
    proposal: Suggestion | None = None,
) -> Response:
    owners = {each.owner: None for each in follow_up.all_follow_ups(current_site().store)}
    page = render_template(
        "officer_follow_up_plan.html",
        fields=_offered(fields, result, item),
        period=item.period if item else result and result.period,
        item=item,
        proposal=proposal,
        owners=owners,
        complaint=complaint,
    )
    return make_response(page, status)


def _line_page(
    item: FollowUp,
    fields: CompletionFields,
    complaint: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    site = current_site()
    fields.offer(item)
    files = {sha256: evidence(site.store, sha256) for sha256 in item.evidence}
    page = render_template(
        "officer_follow_up.html",
        line=line_of(site.store, site.instance, item, site.now().date()),
        pictures={sha256: file.mimetype != PDF for sha256, file in files.items() if file},
        fields=fields,
        largest=LARGEST_FILE,
        may_write=_may_write(),
        complaint=complaint,
    )
    return make_response(page, status)
