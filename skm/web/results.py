"""Results in public: what was closed and published, and how each figure came about.

Nothing else is reached here: every address looks for a published closing first, and a result
that is not published and one that does not exist are answered alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from skm import charts
from skm.charts import Picture, Trend
from skm.closing import scorecard_of
from skm.closing_text import checksum
from skm.disclosure import SMALLEST_SHOWN
from skm.export.poster import SHEETS, Poster, poster_image, write_poster
from skm.export.published import published_closing
from skm.export.result_charts import (
    NARROW,
    WIDE,
    scores_alt,
    scores_chart,
    trend_alt,
    trend_chart,
)
from skm.form import find_form
from skm.language import INDONESIAN
from skm.period import Kind
from skm.recount import weight_text
from skm.scoring import Scorecard
from skm.store.comment_handling import published_comments
from skm.store.publications import OWN_PAGE, Shown, shown_by_checksum, shown_closings
from skm.web.announced import announced, newest_progress, profile_beside, series
from skm.web.kept_files import KeptFiles
from skm.web.pages import notice
from skm.web.site import current_site

results = Blueprint("results", __name__, url_prefix=OWN_PAGE)

POSTERS = {"pdf": "application/pdf", "png": "image/png"}
"""Formats of a poster: to print on A4, and a picture to pass on."""

_PAGE = "public, no-cache"  # a browser keeps it and asks whether it is still so
_FILE = "public, max-age=3600"
_SVG = "image/svg+xml"
_WIDTHS = {"lebar": WIDE, "sempit": NARROW}
_FITS_TELEPHONE = 6  # periods of a trend
_SHEETS = {"pdf": "a4", "png": "sosial"}
_TITLES = {
    Kind.MONTH: "Hasil setiap bulan",
    Kind.QUARTER: "Hasil setiap triwulan",
    Kind.SEMESTER: "Hasil setiap semester",
    Kind.YEAR: "Hasil setiap tahun",
}
_UNKNOWN = (
    "Hasil dengan alamat ini tidak ada. Mungkin belum diterbitkan, atau sidik jarinya salah ketik."
)

_files = KeptFiles()


@results.errorhandler(NotFound)
def unknown(error: NotFound) -> Response:
    """Say the same of what is not published and of what does not exist."""
    onward = (url_for("results.show_all"), "Semua hasil survei")
    return notice(HTTPStatus.NOT_FOUND, _UNKNOWN, onward=onward)


@results.get("")
def show_all() -> Response:
    """Show anyone the newest result, what is done about it, and all results over time."""
    site = current_site()
    closings = shown_closings(site.store)
    if not closings:
        return _page("public_none.html")
    newest = closings[-1]
    form = find_form(newest.form, site.instance.own_forms)
    found = series(closings)
    return _page(
        "public_results.html",
        newest=next(
            line for each in found for line in each.results if line.period == newest.period
        ),
        card=scorecard_of(newest, form),
        series=found,
        plan=newest_progress(site.store, site.instance, closings),
        elements_alt=scores_alt,
        elements_size=_elements_size,
        trend_alt=trend_alt,
        trend_size=_trend_size,
        titles=_TITLES,
    )


@results.get("/<digits>")
def show(digits: str) -> Response:
    """Show anyone one result, and how its index is counted from the answers."""
    site = current_site()
    shown = _shown(digits)
    found = announced(site.store, site.instance, shown, shown_closings(site.store))
    return _page(
        "public_result.html",
        result=found,
        card=found.assessment.card,
        comments=published_comments(site.store, shown.closing.period),
        elements_alt=scores_alt,
        elements_size=_elements_size,
        weight=weight_text,
        smallest=SMALLEST_SHOWN,
    )


@results.get("/<digits>/unsur-<width>.svg")
def draw_elements(digits: str, width: str) -> Response:
    """The scores of the elements as a picture."""
    shown = _shown(digits)
    if not shown.countable:
        raise NotFound
    closing = shown.closing
    form = find_form(closing.form, current_site().instance.own_forms)

    def draw() -> Picture:
        chart = scores_chart(scorecard_of(closing, form), _width(width))
        return charts.element_scores(chart, png=False)

    return _picture((checksum(closing), width), draw)


@results.get("/tren/<length>-<width>.svg")
def draw_trend(length: str, width: str) -> Response:
    """The index over the published periods of one length as a picture."""
    closings = shown_closings(current_site().store)
    found = [each for each in series(closings) if each.slug == length and each.drawn]
    if not found:
        raise NotFound
    drawn = found[0]

    points = drawn.points[-_FITS_TELEPHONE:] if width == "sempit" else drawn.points

    def draw() -> Picture:
        return charts.trend(trend_chart(points, drawn.scale, _width(width)), png=False)

    return _picture((points, drawn.scale and drawn.scale.id, width), draw)


@results.get("/<digits>/poster.<kind>")
def poster(digits: str, kind: str) -> Response:
    """The poster of a result in force, as it hangs at the office."""
    site, shown = current_site(), _shown(digits)
    if kind not in POSTERS or shown.newer:
        raise NotFound
    closing = shown.closing
    base = site.base
    profile = profile_beside(closing, shown_closings(site.store))

    def make() -> bytes:
        form = find_form(closing.form, site.instance.own_forms)
        figures = published_closing(closing, form, site.instance.office)
        made = Poster(replace(figures, profile=profile), base)
        write = write_poster if kind == "pdf" else poster_image
        return write(made, SHEETS[_SHEETS[kind]])

    reply = _file(
        _files.get((site.version, checksum(closing), kind, base, profile), make), POSTERS[kind]
    )
    name = f"poster-{closing.period}-edisi-{closing.edition}.{kind}"
    reply.headers["Content-Disposition"] = f"inline; filename={name}"
    return reply


def _picture(key: tuple[object, ...], draw: Callable[[], Picture]) -> Response:
    return _file(_files.get(key, lambda: draw().svg or b""), _SVG)


def _file(content: bytes, mimetype: str) -> Response:
    return _kept(make_response(content), mimetype, _FILE)


def _page(template: str, **values: Any) -> Response:
    site = current_site()
    page = render_template(template, language=site.language(INDONESIAN), **values)
    return _kept(make_response(page), "text/html", _PAGE)


def _kept(reply: Response, mimetype: str, how_long: str) -> Response:
    """An answer that whoever keeps it can ask after without being sent it again."""
    reply.mimetype = mimetype
    reply.headers["Cache-Control"] = how_long
    reply.add_etag()
    return reply.make_conditional(request)


def _shown(digits: str) -> Shown:
    found = shown_by_checksum(current_site().store, digits.lower())
    if found is None:
        raise NotFound
    return found


def _width(name: str) -> float:
    if name not in _WIDTHS:
        raise NotFound
    return _WIDTHS[name]


def _elements_size(card: Scorecard, width: str) -> dict[str, int]:
    """How large the picture of the elements will be, so that nothing moves when it comes."""
    chart = scores_chart(card, _WIDTHS[width])
    return {"width": round(chart.width), "height": round(chart.height)}


def _trend_size(width: str) -> dict[str, int]:
    return {"width": round(_WIDTHS[width]), "height": round(Trend.height)}
