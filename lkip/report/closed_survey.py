"""A survey that was closed: how it was laid down, how sure it is, and its services."""

from __future__ import annotations

from fractions import Fraction

from lkip.figure import PLACES
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.report.measurement import indicator_number
from lkip.results import IndicatorResult
from skm.closing import Closing, ServiceCounts, assessment_of
from skm.document.blocks import Cell, Emphasis, Inline, Row
from skm.document.builder import row
from skm.form import Form
from skm.regulation import Band
from skm.scoring import Scorecard


def closing_name(draft: Draft, closing: Closing) -> str:
    """What a report calls the closing that a figure comes from."""
    return draft.plain_words("survei.nama_tutup", **_named(draft, closing))


def laid_down(draft: Draft, at: str, closing: Closing) -> None:
    """When and by what the result was laid down, and how sure it is."""
    source = _source(closing)
    people = draft.show.number(closing.respondents, f"{source}: responden")
    draft.say(
        "survei.tutup",
        at=at,
        responden=people,
        tanggal=draft.show.day(closing.closed, f"{source}: ditutup"),
        **_named(draft, closing),
    )
    if closing.document:
        number = draft.show.quote(closing.document, f"{source}: dokumen")
        if closing.document_date:
            day = draft.show.day(closing.document_date, f"{source}: tanggal dokumen")
            draft.say("survei.tutup_dokumen_tanggal", at=at, dokumen=number, tanggal_dokumen=day)
        else:
            draft.say("survei.tutup_dokumen", at=at, dokumen=number)
    if closing.reason:
        reason = draft.show.quote(closing.reason.rstrip("."), f"{source}: alasan")
        draft.say("survei.tutup_alasan", at=at, alasan=reason)
    if closing.interval:
        low = draft.show.number(closing.interval.low, f"{source}: selang", PLACES)
        high = draft.show.number(closing.interval.high, f"{source}: selang", PLACES)
        draft.say("survei.selang", at=at, bawah=low, atas=high)
    if closing.population is not None and closing.sample_needed is not None:
        draft.say(
            "survei.terlayani",
            at=at,
            terlayani=draft.show.number(closing.population, f"{source}: terlayani"),
            sampel=draft.show.number(closing.sample_needed, f"{source}: sampel"),
            responden=people,
        )


def service_table(draft: Draft, result: IndicatorResult, closing: Closing, form: Form) -> None:
    """Each service with the people it served, its respondents and its index."""
    assessment = assessment_of(closing, form)
    cards = {group.name: group.card for group in assessment.groups}
    body = [
        _service(draft, place, each, cards.get(each.code), closing)
        for place, each in enumerate(closing.services, start=1)
    ]
    everyone = (closing.population, closing.respondents)
    label = Cell(draft.words("survei.layanan_semua"), columns=2)
    body.append(
        row(
            label,
            *(_count(draft, count, _source(closing)) for count in everyone),
            *_result(draft, assessment.card, _source(closing)),
            emphasis=Emphasis.TOTAL,
        )
    )
    hidden = any(each.n is None for each in closing.services)
    mark = draft.plain_words("survei.layanan_tanda")
    draft.build.table(
        f"survei.layanan@{result.indicator.id}",
        (NUMBER, words(50), figures(24), figures(25), figures(20), figures(36)),
        (
            row(
                *draft.columns("no", "survei.layanan_nama", "survei.layanan_terlayani"),
                *draft.columns("survei.layanan_responden", "skor", "mutu"),
            ),
        ),
        body,
        caption=draft.words("survei.layanan", nomor=indicator_number(draft, result)),
        source=draft.words("survei.layanan_kecil", tanda=mark) if hidden else "",
    )


def _service(
    draft: Draft, place: int, each: ServiceCounts, card: Scorecard | None, closing: Closing
) -> Row:
    source = f"{_source(closing)}: {each.code}"
    name = draft.show.quote(each.name, source)
    head = (draft.show.place(place), name, _count(draft, each.served, source))
    if each.n is None:
        mark = draft.words("survei.layanan_tanda")
        return row(*head, mark, mark, mark)
    return row(*head, _count(draft, each.n, source), *_result(draft, card, source))


def _count(draft: Draft, count: int | None, source: str) -> Inline:
    if count is None:
        return draft.words("sel.kosong")
    return draft.show.number(count, source)


def _result(draft: Draft, card: Scorecard | None, source: str) -> tuple[Inline, Inline]:
    index: Fraction | None = card.index if card else None
    band: Band | None = card.band if card else None
    if index is None or band is None:
        return draft.words("sel.kosong"), draft.words("sel.kosong")
    shown = draft.show.number(index, f"{source}: indeks", PLACES)
    return shown, draft.words("sel.mutu", mutu=band.grade, predikat=band.predicate)


def _named(draft: Draft, closing: Closing) -> dict[str, str]:
    source = _source(closing)
    return {
        "periode": draft.show.quote(closing.period.label, f"{source}: periode"),
        "edisi": draft.show.number(closing.edition, f"{source}: edisi"),
    }


def _source(closing: Closing) -> str:
    return f"penutupan {closing.period} edisi {closing.edition}"
