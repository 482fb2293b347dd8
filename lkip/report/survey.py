"""The survey behind an index: its answers, scores and grades, and where they are not sure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lkip.plan import FromTable
from lkip.realisations import Grade, Survey, grades
from lkip.report.closed_survey import closing_name, laid_down, service_table
from lkip.report.draft import Draft
from lkip.report.measurement import indicator_number
from lkip.report.survey_tables import official_table, score, score_table, spread_table
from lkip.results import IndicatorResult
from skm import charts
from skm.charts import Bound, Scores
from skm.comparison import highest, lowest
from skm.document.blocks import Item, Marker
from skm.document.drafting import listed
from skm.document.register import unmarked
from skm.reading.notice import Notice
from skm.reading.score_table import ScoreRow
from skm.reading.table_figures import score_of
from skm.regulation import regulation_in_force
from skm.scoring import ElementScore

_LOWEST, _HIGHEST = 25, 100
_CHART_WIDTH = 135  # mm


def survey(draft: Draft, result: IndicatorResult, found: Survey) -> None:
    """Where the index comes from, its tables and chart, and what a reader must know of them."""
    at = result.indicator.id
    draft.title("survei.judul", at=at)
    _origin(draft, result, found)
    spread_table(draft, result, found, origin(draft, result, found))
    score_table(draft, result, found)
    if found.closing is not None:
        service_table(draft, result, found.closing, found.table.form)
    _chart(draft, at, found)
    _remarks(draft, at, found)
    _ranked(draft, at, found)
    _official(draft, result, found)


def _origin(draft: Draft, result: IndicatorResult, found: Survey) -> None:
    at, source = result.indicator.id, f"skala nilai {found.table.form.id}"
    weights = set(found.card.weights.each.values())
    values = {
        "nomor": indicator_number(draft, result),
        "jumlah_unsur": draft.show.count(len(found.card.elements), f"unsur {found.file}"),
        "asal": origin(draft, result, found),
        "terendah": draft.show.number(_LOWEST, source),
        "tertinggi": draft.show.number(_HIGHEST, source),
    }
    if len(weights) == 1:
        weight = weights.pop()
        shown = f"{weight.numerator}/{weight.denominator}"
        values["bobot"] = draft.show.quote(shown, f"bobot {found.card.weights.label}")
        draft.say("survei.sumber", at=at, **values)
    else:
        draft.say("survei.sumber_bobot", at=at, **values)
    if found.closing is not None:
        laid_down(draft, at, found.closing)
    else:
        if found.card.respondents is not None:
            people = draft.show.number(found.card.respondents, f"responden {found.file}")
            draft.say("survei.responden", at=at, responden=people)
        reason = draft.show.quote(found.reason, f"rencana: indikator {at}, reason")
        draft.say(f"survei.baris_{found.table.handling}", at=at, alasan=reason)
    said = [_grade(draft, grade) for grade in grades(result.indicator, result.realised.figure)]
    differ = len({grade.band for grade in grades(result.indicator, result.realised.figure)}) > 1
    mutu = said[0] if said else ""
    for more in said[1:]:
        mutu = draft.plain_words(f"survei.{'beda' if differ else 'dan'}", kiri=mutu, kanan=more)
    index = score(draft, found.card.index, f"dihitung: rata-rata nilai unsur {found.file}")
    draft.say("survei.hasil", at=at, indeks=index, mutu_skala=mutu[:1].upper() + mutu[1:])


def origin(draft: Draft, result: IndicatorResult, found: Survey) -> str:
    """The place that the table was typed from, else the file that it was read from."""
    if found.closing is not None:
        return closing_name(draft, found.closing)
    source = result.realised.origin
    place = source.sumber if isinstance(source, FromTable) and source.sumber else found.file
    return draft.show.quote(place, f"rencana: indikator {result.indicator.id}, sumber")


def _grade(draft: Draft, grade: Grade) -> str:
    scale = draft.show.quote(grade.scale.name, f"skala {grade.scale.id}")
    return draft.plain_words(
        "survei.mutu_skala", skala=scale, mutu=grade.band.grade, predikat=grade.band.predicate
    )


def _chart(draft: Draft, at: str, found: Survey) -> None:
    elements = [each for each in found.card.elements if each.score is not None]
    scale = found.card.scale
    worst, best = lowest(elements, 1)[0], highest(elements, 1)[0]
    alt = draft.plain_words(
        "survei.gambar_alt",
        jumlah_unsur=draft.show.count(len(elements), f"unsur {found.file}"),
        terendah=draft.show.number(_LOWEST, f"skala {scale.id}"),
        tertinggi=draft.show.number(_HIGHEST, f"skala {scale.id}"),
        skala=draft.show.quote(scale.name, f"skala {scale.id}"),
        unsur_terendah=worst.name,
        nilai_terendah=_element_score(draft, worst, found),
        unsur_tertinggi=best.name,
        nilai_tertinggi=_element_score(draft, best, found),
    )
    picture = charts.element_scores(
        Scores(
            labels=[element.name for element in elements],
            values=[float(element.score or 0) for element in elements],
            texts=[unmarked(_element_score(draft, element, found)) for element in elements],
            bounds=[Bound(float(band.lower), band.grade) for band in scale.bands[1:]],
            alt=alt,
        )
    )
    caption = draft.words("survei.gambar", skala=draft.show.quote(scale.name, "skala"))
    draft.build.figure(f"survei.gambar@{at}", picture, caption, _CHART_WIDTH)


def _remarks(draft: Draft, at: str, found: Survey) -> None:
    """What the reader of the table noticed, row by row, in words of the report."""
    items = [item for notice in found.table.notices for item in _remark(draft, found, notice)]
    if items:
        draft.lead("survei.catatan", at=at)
        draft.build.list(f"survei.catatan.butir@{at}", items, Marker.DASH)


def _remark(draft: Draft, found: Survey, notice: Notice) -> Iterator[Item]:
    row = next((each for each in found.table.rows if each.number == notice.row), None)
    key = _REMARKS.get(notice.code)
    if row is None or key is None:
        yield Item(draft.show.quote(f"{notice}.", f"pembacaan {found.file}"))
        return
    total = sum(row.figures or (), Decimal(0))
    if key == "beda_sebaran" and found.table.values == "percent" and total != 100:
        key = "beda_jumlah"
    yield Item(draft.words(f"survei.{key}", **_remark_values(draft, found, row, total)))


_REMARKS = {
    "no-distribution": "tanpa_sebaran",
    "score-differs": "beda_sebaran",
    "class-differs": "beda_predikat",
    "normalised": "disetarakan",
}


def _remark_values(draft: Draft, found: Survey, row: ScoreRow, total: Decimal) -> dict[str, str]:
    source = f"{found.file}, baris {row.number}"
    element = found.card.element(row.element)
    computed = score_of(row.weights) if row.weights else None
    right = found.card.scale.band(row.printed_score) if row.printed_score is not None else None
    return {
        "nomor": draft.show.number(row.number, source),
        "unsur": draft.show.quote(element.name, source),
        "nilai": _element_score(draft, element, found),
        "tercetak": score(draft, row.printed_score, f"{source}, skor tercetak"),
        "hitung": score(draft, computed, f"dihitung: sebaran {source}"),
        "jumlah": draft.show.number(total, f"dihitung: jumlah sebaran {source}"),
        "predikat": row.printed_predicate or "",
        "seharusnya": right.predicate if right else "",
        "skala": draft.show.quote(found.card.scale.name, f"skala {found.card.scale.id}"),
    }


def _ranked(draft: Draft, at: str, found: Survey) -> None:
    elements = found.card.elements
    best = [_named_score(draft, each, found) for each in highest(elements)]
    worst = [_named_score(draft, each, found) for each in lowest(elements)]
    draft.say("survei.peringkat", at=at, tertinggi=listed(best), terendah=listed(worst))


def _named_score(draft: Draft, element: ElementScore, found: Survey) -> str:
    return draft.plain_words(
        "survei.unsur_nilai", unsur=element.name, nilai=_element_score(draft, element, found)
    )


def _element_score(draft: Draft, element: ElementScore, found: Survey) -> str:
    return score(draft, element.score, f"{found.file}: {element.code}")


def _official(draft: Draft, result: IndicatorResult, found: Survey) -> None:
    nine = found.nine
    if nine is None or nine.band is None or len(nine.elements) == len(found.card.elements):
        return
    regulation = regulation_in_force()
    draft.say(
        "survei.resmi",
        at=result.indicator.id,
        peraturan=draft.show.quote(regulation.number, f"peraturan {regulation.id}"),
        jumlah_resmi=draft.show.count(len(nine.elements), f"peraturan {regulation.id}"),
        jumlah_unsur=draft.show.count(len(found.card.elements), f"unsur {found.file}"),
        indeks=score(draft, nine.index, "dihitung: rata-rata unsur resmi"),
        mutu=nine.band.grade,
        predikat=nine.band.predicate,
    )
    official_table(draft, result, found)
