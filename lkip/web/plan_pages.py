"""Pages of the plans: the years there are, a year at a glance, its report and its new year."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lkip import review
from lkip.build import build
from lkip.new_year import new_year, to_fill
from lkip.reviewed import reviewed_plan
from lkip.web.alone import WRITING
from lkip.web.faults import said
from lkip.web.overview import budget_lines, sasaran_lines
from lkip.web.years import KINDS, is_year, plan_state, report_files, years_with_plans
from skm import resources
from skm.errors import SkmError
from skm.store import StoreError
from skm.web.security import OFFICERS
from skm.web.site import current_site

ADDRESS = f"{OFFICERS}/lkip"
TEMPLATES = Path(__file__).parents[1] / "templates"

plans = Blueprint("lkip_plans", __name__, url_prefix=ADDRESS, template_folder=str(TEMPLATES))

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    "pdf": "application/pdf",
    "docx": _DOCX,
    "html": "text/html",
    "register": "application/json",
}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@plans.get("")
def show() -> Response:
    """Show the years that have a plan, and how far each has come."""
    return _years_page()


@plans.get("/contoh")
def download_sample() -> Response:
    """Give the plan of the sample office, for an office that begins."""
    sample = max((resources.folder("instance") / "lkip").glob("*.toml"))
    return _attached(sample.read_bytes(), f"contoh-{sample.name}", "application/toml")


@plans.get("/<int:year>")
def show_year(year: int) -> Response:
    """Show a year at a glance."""
    return _year_page(year)


@plans.post("/<int:year>/rencana")
def make_plan(year: int) -> Response:
    """Make the plan of a year from that of the year before."""
    if not is_year(year):
        abort(HTTPStatus.NOT_FOUND)
    instance = current_site().instance
    try:
        with WRITING.work():
            made = new_year(instance, year)
    except SkmError as error:
        return _years_page(said(error.faults, instance), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(f"Rencana {year} dibuat dari rencana {made.source.stem}. Isi yang disebut di bawah ini.")
    return redirect(url_for(".show_year", year=year), HTTPStatus.SEE_OTHER)


@plans.post("/<int:year>/susun")
def build_report(year: int) -> Response:
    """Build the report of a year, as ``lkip build`` does."""
    existing_plan(year)
    instance = current_site().instance
    try:
        with WRITING.work():
            build(instance, year)
    except StoreError:
        raise
    except SkmError as error:
        return _year_page(year, said(error.faults[:3], instance), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(f"Laporan Kinerja {year} selesai disusun.")
    return redirect(url_for(".show_year", year=year), HTTPStatus.SEE_OTHER)


@plans.get("/<int:year>/laporan/<kind>")
def download(year: int, kind: str) -> Response:
    """Give a file of the report; the HTML is shown, with no right to do anything."""
    instance = current_site().instance
    found = report_files(instance, year) if is_year(year) else ()
    file = next((each for each in found if each.kind == kind), None)
    if file is None:
        abort(HTTPStatus.NOT_FOUND)
    content = file.path.read_bytes()
    if kind != "html":
        return _attached(content, file.path.name, _TYPES[kind])
    reply = make_response(content)
    reply.headers["Content-Security-Policy"] = _policy(content)
    return reply


@plans.get("/<int:year>/tinjauan/<kind>")
def download_review(year: int, kind: str) -> Response:
    """Give the reviewer's sheet of a year's plan."""
    existing_plan(year)
    state = plan_state(current_site().instance, year)
    if kind not in review.FORMATS or state.review is None:
        abort(HTTPStatus.NOT_FOUND)
    reviewed = reviewed_plan(state.review, current_site().instance.office.name)
    return sheet_reply(review.sheet_file(reviewed.sheet(), kind), reviewed.name, kind)


def sheet_reply(content: bytes, name: str, kind: str) -> Response:
    """A reviewer's sheet to be saved."""
    return _attached(content, f"{name}.{kind}", _TYPES[kind])


def existing_plan(year: int) -> Path:
    """The plan file of a year; where there is none, the page that says so is the answer."""
    file = current_site().instance.plan(year) if is_year(year) else None
    if file is None or not file.exists():
        abort(HTTPStatus.NOT_FOUND)
    return file


def _attached(content: bytes, name: str, mimetype: str) -> Response:
    reply = make_response(content)
    reply.mimetype = mimetype
    reply.headers["Content-Disposition"] = f"attachment; filename={name}"
    return reply


def _policy(content: bytes) -> str:
    """What a report may do: show its own style and pictures, and no more."""
    found = _STYLE.search(content)
    style = f"sha256-{b64encode(sha256(found[1]).digest()).decode()}" if found else "none"
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{style}'",
            "img-src data:",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "sandbox",
        ]
    )


def _years_page(complaint: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    instance = current_site().instance
    states = [plan_state(instance, year) for year in years_with_plans(instance)]
    page = render_template(
        "officer_lkip.html",
        states=states,
        next_year=states[0].year + 1 if states and is_year(states[0].year + 1) else None,
        folder=instance.root.resolve() / "lkip",
        complaint=complaint,
    )
    return make_response(page, status)


def _year_page(
    year: int, complaint: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    file = existing_plan(year)
    instance = current_site().instance
    state = plan_state(instance, year)
    results = state.review.results if state.review else None
    page = render_template(
        "officer_lkip_year.html",
        state=state,
        complaint=complaint,
        sasaran=sasaran_lines(results) if results else (),
        budget=budget_lines(results.plan) if results else (),
        notices=results.notices if results else (),
        work=() if state.can_be_built else to_fill(instance, year),
        findings=state.review.findings if state.review else (),
        kinds=KINDS,
        full_path=file.resolve(),
        can_begin_next=is_year(year + 1) and not instance.plan(year + 1).exists(),
    )
    return make_response(page, status)
