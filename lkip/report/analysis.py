"""Bab III.B: each sasaran beside last year, the end of the Renstra and the nation, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from lkip.achievement import YearRow
from lkip.figure import PLACES
from lkip.plan import Indicator
from lkip.realisations import Realised
from lkip.report import indicators, sources
from lkip.report.activities import support, supporting_activities
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.report.funding import funding
from lkip.report.ikhtisar import sasaran_values
from lkip.report.measurement import indicator_cell, indicator_number, sasaran_cells
from lkip.report.printer import INDEX, PERCENT
from lkip.report.survey import survey
from lkip.results import IndicatorResult, SasaranResult
from skm.document.blocks import Cell, Inline, Item, Marker, Row
from skm.document.builder import row
from skm.document.drafting import listed
from skm.numerals import number

_MOST_YEARS = 5


Figures = Callable[[IndicatorResult], Sequence[Inline]]
"""What a row shows of an indicator, behind its name."""


def analysis(draft: Draft) -> None:
    """Every sasaran in turn, then the programmes that serve none, and the money of all."""
    draft.heading("analisis.judul", 2)
    draft.say("analisis.awal")
    for result in draft.results.sasaran:
        _sasaran(draft, result)
    support(draft)
    funding(draft)


def _sasaran(draft: Draft, result: SasaranResult) -> None:
    at = result.sasaran.id
    values = sasaran_values(draft, result)
    draft.heading("analisis.sasaran", 3, at=at, **values)
    tujuan = next(each for each in draft.plan.tujuan if each.id == result.sasaran.tujuan)
    name = draft.show.quote(tujuan.name, f"rencana: tujuan {tujuan.id}")
    draft.say("analisis.tujuan", at=at, tujuan=name)
    _by_year(draft, result)
    _to_the_end(draft, result)
    _beside_the_nation(draft, result)
    for each in result.indicators:
        if each.realised.survey:
            survey(draft, each, each.realised.survey)
    _conclusion(draft, result)
    for each in result.indicators:
        _factors(draft, each)
    supporting_activities(draft, result)


def _by_year(draft: Draft, result: SasaranResult) -> None:
    years = _years(result, draft.plan.year)
    body = _rows(
        draft,
        result,
        lambda each: [
            indicators.targets(draft, each.indicator),
            *(_in_year(draft, each, year) for year in years),
            _change(draft, each),
        ],
    )
    draft.build.table(
        f"tahun.tabel@{result.sasaran.id}",
        (
            *(NUMBER, words(32), words(37), figures(20)),
            *(figures(50 / len(years)) for _ in years),
            figures(16),
        ),
        (
            row(
                *(Cell(text, rows=2) for text in draft.columns("no", "sasaran", "indikator")),
                Cell(draft.words("kolom.target_tahun"), rows=2),
                Cell(draft.words("kolom.realisasi"), columns=len(years)),
                Cell(draft.words("tahun.perubahan"), rows=2),
            ),
            row(*(draft.words("kolom.tahun", tahun=_year(draft, year)) for year in years)),
        ),
        body,
        caption=draft.words("tahun.tabel", **sasaran_values(draft, result)),
        index=True,
        source=_data_source(draft, result),
    )
    changes = [_change_in_words(draft, each) for each in result.indicators]
    draft.remarks(f"tahun.butir@{result.sasaran.id}", changes)


def _years(result: SasaranResult, last: int) -> list[int]:
    """The years shown: those with a realisation, and at least the year before."""
    known = {found.year for each in result.indicators for found in each.years}
    return sorted(known | {last - 1, last})[-_MOST_YEARS:]


def _row_of(result: IndicatorResult, year: int) -> YearRow | None:
    return next((found for found in result.years if found.year == year), None)


def _in_year(draft: Draft, result: IndicatorResult, year: int) -> str:
    found = _row_of(result, year)
    if found is None:
        return draft.plain_words("sel.kosong")
    origin = result.indicator.realisation_of(year)
    return indicators.graded(draft, result.indicator, year, Realised(origin, found.realised))


def _change(draft: Draft, result: IndicatorResult) -> str:
    row = _row_of(result, draft.plan.year)
    if row is None or row.change is None or result.before is None:
        return draft.plain_words("sel.kosong")
    return draft.show.signed(row.change, _change_source(result))


def _change_source(result: IndicatorResult) -> str:
    before = result.before.realised.shown if result.before else None
    now = result.realised.figure.shown
    years = f"{_shown(now)} - {_shown(before)}"
    return f"dihitung: {years}, realisasi indikator {result.indicator.id}"


def _shown(value: Decimal | None) -> str:
    return "belum ada" if value is None else number(value)


def _change_in_words(draft: Draft, result: IndicatorResult) -> Item:
    indicator, before = result.indicator, result.before
    now = _row_of(result, draft.plan.year)
    values = {"nomor": indicator_number(draft, result)}
    if before is None or now is None or now.change is None:
        return draft.item("tahun.tanpa", at=indicator.id, **values)
    origin = indicator.realisation_of(before.year)
    values |= {
        "selisih": _size(draft, indicator, abs(now.change), _change_source(result)),
        "sebelum": indicators.realised(
            draft, indicator, before.year, Realised(origin, before.realised)
        ),
        "sesudah": indicators.realised(draft, indicator, now.year, result.realised),
    }
    moved = "tetap" if now.change == 0 else "naik" if now.change > 0 else "turun"
    if indicator.direction == "down" and moved != "tetap":
        moved = "naik_memburuk" if moved == "naik" else "turun_membaik"
    if before.achieved.shown is None or now.achieved.shown is None:
        return draft.item(f"tahun.{moved}", at=indicator.id, **values)
    values |= {
        "perubahan": draft.plain_words(f"tahun.{moved}", **values),
        "capaian_lalu": indicators.achieved_in(draft, result, before),
        "target_lalu": indicators.target(draft, indicator, before.target),
        "capaian": indicators.achieved_in(draft, result, now),
        "target": indicators.target(draft, indicator, now.target),
    }
    return draft.item("tahun.capaian", at=indicator.id, **values)


def _size(draft: Draft, indicator: Indicator, change: Decimal, source: str) -> str:
    """A change in what its indicator is counted in; points are those of a scale."""
    size = draft.show.number(change, source, PLACES)
    if indicator.unit == INDEX:
        return draft.plain_words("tahun.poin", selisih=size)
    if indicator.unit == PERCENT:
        return draft.plain_words("tahun.poin_persen", selisih=size)
    satuan = draft.show.quote(indicator.unit, source)
    return draft.plain_words("tahun.satuan", selisih=size, satuan=satuan)


def _to_the_end(draft: Draft, result: SasaranResult) -> None:
    body = _rows(
        draft,
        result,
        lambda each: [
            indicators.target(draft, each.indicator, each.final),
            indicators.graded(draft, each.indicator, draft.plan.year, each.realised),
            indicators.progressed(draft, each),
        ],
    )
    _table(draft, result, "renstra", ("renstra.target_akhir", "realisasi_tahun",
                                      "renstra.kemajuan"), body)  # fmt: skip
    items = []
    for each in result.indicators:
        values = {
            "nomor": indicator_number(draft, each),
            "target": indicators.target(draft, each.indicator, each.final),
            "realisasi": indicators.realised(
                draft, each.indicator, draft.plan.year, each.realised
            ),
            "kemajuan": indicators.progressed(draft, each),
            "keadaan": each.progress.state.value,
            "alasan": each.progress.reason or "",
        }
        key = "renstra.uraian" if each.progress.shown is not None else "renstra.tanpa"
        items.append(draft.item(key, at=each.indicator.id, **values))
    draft.remarks(f"renstra.butir@{result.sasaran.id}", items)


def _beside_the_nation(draft: Draft, result: SasaranResult) -> None:
    body = _rows(
        draft,
        result,
        lambda each: [
            indicators.graded(draft, each.indicator, draft.plan.year, each.realised),
            _national(draft, each),
            _difference(draft, each),
        ],
    )
    _table(draft, result, "nasional", ("realisasi_tahun", "nasional.nasional",
                                       "nasional.selisih"), body)  # fmt: skip
    known = [each for each in result.indicators if each.national]
    if not known:
        draft.say("nasional.tanpa", at=result.sasaran.id)
        return
    items = [_nation_in_words(draft, each) for each in known]
    draft.remarks(f"nasional.butir@{result.sasaran.id}", items)


def _nation_in_words(draft: Draft, result: IndicatorResult) -> Item:
    assert result.national is not None
    return draft.item(
        "nasional.uraian",
        at=result.indicator.id,
        nomor=indicator_number(draft, result),
        nasional=_national(draft, result),
        sumber=draft.show.quote(result.national.sumber, "rencana: national"),
        selisih=_difference(draft, result),
    )


def _national(draft: Draft, result: IndicatorResult) -> str:
    if result.national is None:
        return draft.plain_words("sel.kosong")
    source = f"rencana: indikator {result.indicator.id}, nasional ({result.national.sumber})"
    places = 2 if result.indicator.unit == INDEX else None
    return draft.show.in_unit(result.national.value, result.indicator.unit, source, places)


def _difference(draft: Draft, result: IndicatorResult) -> str:
    if result.difference is None:
        return draft.plain_words("sel.kosong")
    source = f"dihitung: realisasi - nasional, indikator {result.indicator.id}"
    return draft.show.signed(result.difference, source)


def _table(
    draft: Draft, result: SasaranResult, name: str, keys: Sequence[str], body: Sequence[Row]
) -> None:
    """A table of a sasaran's indicators with three figures each."""
    draft.build.table(
        f"{name}.tabel@{result.sasaran.id}",
        (NUMBER, words(32), words(48), *(figures(25) for _ in keys)),
        (row(*draft.columns("no", "sasaran", "indikator", *keys)),),
        body,
        caption=draft.words(f"{name}.tabel", **sasaran_values(draft, result)),
        index=True,
        source=_data_source(draft, result),
    )


def _rows(draft: Draft, result: SasaranResult, figures: Figures) -> list[Row]:
    """A row for each indicator of a sasaran, the sasaran itself named once beside them."""
    body = []
    for place, each in enumerate(result.indicators):
        cells: list[Inline | Cell] = [indicator_cell(draft, each), *figures(each)]
        if place == 0:
            cells = [*sasaran_cells(draft, result), *cells]
        body.append(row(*cells))
    return body


def _data_source(draft: Draft, result: SasaranResult) -> Inline:
    """Where the offices that own the indicators have their data from."""
    owners: dict[str, list[IndicatorResult]] = {}
    for each in result.indicators:
        if each.indicator.source:
            owners.setdefault(each.indicator.source, []).append(each)
    if not owners:
        return ""
    told = []
    for name, of in owners.items():
        quoted = draft.show.quote(name, sources.of_indicator(of[0].indicator))
        if len(of) < len(result.indicators):
            numbers = listed(indicator_number(draft, each) for each in of)
            quoted = draft.plain_words("analisis.sumber_indikator", sumber=quoted, nomor=numbers)
        told.append(quoted)
    return draft.words("analisis.sumber", sumber="; ".join(told))


def _conclusion(draft: Draft, result: SasaranResult) -> None:
    values = sasaran_values(draft, result)
    at, plan = result.sasaran.id, draft.plan
    if result.achievement.category is None:
        draft.say("simpulan.tanpa_angka", at=at, **values)
    else:
        key = "hitung_satu" if len(result.indicators) == 1 else "hitung"
        draft.say(f"simpulan.{key}", at=at, **values)
    if plan.success and result.achievement.verdict:
        met = result.achievement.verdict == plan.success.word
        draft.say(
            f"simpulan.{_verdict_key(result, met=met)}",
            at=at,
            sebutan=plan.success.word,
            syarat=plan.success.class_name,
            putusan=result.achievement.verdict,
        )


def _verdict_key(result: SasaranResult, *, met: bool) -> str:
    """Whether a verdict is on a percentage, or on targets that are grades."""
    if result.achievement.category is not None:
        return "putusan"
    return "putusan_mutu_terpenuhi" if met else "putusan_mutu_belum"


def _factors(draft: Draft, result: IndicatorResult) -> None:
    indicator = result.indicator
    source = f"rencana: indikator {indicator.id}"
    if not (indicator.supporting or indicator.hindering or indicator.efforts):
        number = indicator_number(draft, result)
        draft.say("simpulan.tanpa_faktor", at=indicator.id, nomor=number)
    for key, texts in (
        ("pendukung", indicator.supporting),
        ("penghambat", indicator.hindering),
        ("upaya", indicator.efforts),
    ):
        if texts:
            number = indicator_number(draft, result)
            draft.lead(f"simpulan.{key}", at=indicator.id, nomor=number)
            block_id = f"simpulan.{key}.butir@{indicator.id}"
            draft.listing(block_id, [f"{text}." for text in texts], source, Marker.DIGIT)


def _year(draft: Draft, year: int) -> str:
    return draft.show.year(year, "rencana: tahun realisasi")
