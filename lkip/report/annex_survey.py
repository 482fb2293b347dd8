"""Annexes of the survey: its processing sheet, and the rencana tindak lanjut (RTL)."""

from __future__ import annotations

from fractions import Fraction

from lkip.figure import PLACES
from lkip.plan import Annex, FollowUp
from lkip.realisations import Survey
from lkip.report.annex_parts import letterhead, signed
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.results import IndicatorResult
from skm import numerals
from skm.comparison import lowest
from skm.document.blocks import Cell, Emphasis, Inline, Row
from skm.document.builder import row
from skm.period import Period
from skm.regulation import shipped_regulations
from skm.scoring import POINTS_PER_LEVEL

_LEVELS = (1, 4)
_NRR_PLACES = 3  # as the tables of the regulations print it
_BLANK_ROWS = 3
_FACTOR = numerals.number(POINTS_PER_LEVEL)


def processing_annex(draft: Draft, annex: Annex) -> None:
    """Every element from its NRR to the index, for each indicator that is one."""
    letterhead(draft, annex)
    surveyed = [each for each in draft.results.indicators if each.realised.survey]
    if not surveyed:
        draft.say("lampiran.pengolahan.tanpa")
    for result in surveyed:
        assert result.realised.survey is not None
        _processing(draft, result, result.realised.survey)
    signed(draft, annex)


def _processing(draft: Draft, result: IndicatorResult, found: Survey) -> None:
    at, card = result.indicator.id, found.card
    weights = set(card.weights.each.values())
    values = {"asal": draft.show.quote(found.file, f"rencana: indikator {at}")}
    if len(weights) == 1:
        weight = weights.pop()
        shown = draft.show.quote(f"{weight.numerator}/{weight.denominator}", card.weights.label)
        draft.lead("lampiran.pengolahan.awal", at=at, bobot=shown, **values)
    else:
        draft.lead("lampiran.pengolahan.awal_bobot", at=at, **values)
    scales = [regulation.scale for regulation in shipped_regulations()]
    head = draft.columns("no", "unsur", *(f"lampiran.pengolahan.{key}" for key in _SHEET))
    marks = [
        draft.words("kolom.skala", skala=draft.show.quote(scale.id, f"skala {scale.id}"))
        for scale in scales
    ]
    draft.build.table(
        f"lampiran.pengolahan.tabel@{at}",
        (NUMBER, words(43), figures(24), figures(14), figures(26), figures(16),
         *(figures(16) for _ in scales)),
        (row(*head, *draft.columns("skor"), *marks),),
        _processing_rows(draft, found),
        caption=draft.words(
            "lampiran.pengolahan.tabel", nomor=draft.show.place(result.number)
        ),
        source=draft.words(
            "lampiran.pengolahan.catatan",
            terendah=draft.show.number(_LEVELS[0], "nilai persepsi"),
            tertinggi=draft.show.number(_LEVELS[1], "nilai persepsi"),
        ),
    )  # fmt: skip


_SHEET = ("responden", "nrr", "tertimbang")


def _processing_rows(draft: Draft, found: Survey) -> list[Row]:
    card, scales = found.card, [regulation.scale for regulation in shipped_regulations()]
    blank = draft.plain_words("sel.kosong")

    def shown(value: Fraction | None, what: str, places: int) -> str:
        return blank if value is None else draft.show.number(value, f"dihitung: {what}", places)

    def grades(value: Fraction | None) -> list[Inline]:
        return [blank if value is None else scale.band(value).grade for scale in scales]

    body = []
    for number, element in enumerate(card.elements, start=1):
        what = f"{found.file}: {element.code}"
        level = element.mean_level
        weighted = None if level is None else level * card.weights.each[element.code]
        answered = blank if element.n is None else draft.show.number(element.n, what)
        body.append(
            row(
                draft.show.place(number),
                draft.show.quote(element.name, what),
                answered,
                shown(level, f"NRR {what}", _NRR_PLACES),
                shown(weighted, f"NRR tertimbang {what}", _NRR_PLACES),
                shown(element.score, f"nilai {what}", PLACES),
                *grades(element.score),
            )
        )
    whole = None if card.index is None else card.index / POINTS_PER_LEVEL
    rest = [""] * (1 + len(scales))
    body.append(
        row(
            Cell(draft.words("lampiran.pengolahan.jumlah"), columns=4),
            shown(whole, f"jumlah NRR tertimbang {found.file}", _NRR_PLACES),
            *rest,
            emphasis=Emphasis.SUBTOTAL,
        )
    )
    times = draft.show.quote(_FACTOR, "skala nilai")
    body.append(
        row(
            Cell(draft.words("lampiran.pengolahan.indeks", kali=times), columns=5),
            shown(card.index, f"indeks {found.file}", PLACES),
            *grades(card.index),
            emphasis=Emphasis.TOTAL,
        )
    )
    return body


def follow_up_annex(draft: Draft, annex: Annex) -> None:
    """The steps of the plan; without any, the weakest elements with room to write them in."""
    letterhead(draft, annex)
    planned = draft.plan.follow_ups
    draft.lead(f"lampiran.rtl.{'awal' if planned else 'awal_kosong'}")
    body = [_step(draft, number, step) for number, step in enumerate(planned, start=1)]
    draft.build.table(
        "lampiran.rtl.tabel",
        (NUMBER, words(45), words(55), words(22), words(33)),
        (row(*draft.columns("no", *(f"lampiran.rtl.{key}" for key in _STEP))),),
        body or _blanks(draft),
        caption=draft.words("lampiran.rtl.tabel"),
    )
    signed(draft, annex)


_STEP = ("prioritas", "tindakan", "waktu", "penanggung_jawab")


def _step(draft: Draft, number: int, step: FollowUp) -> Row:
    source, blank = f"rencana: follow_up {step.element}", draft.words("lampiran.rtl.kosong")
    when: Inline = blank
    if step.month:
        month = Period.parse(step.month)
        name = f"{numerals.month_name(month.first_month)} {month.year}"
        when = draft.show.quote(name, source)
    return row(
        draft.show.place(number),
        draft.show.quote(step.element, source),
        draft.show.quote(step.action, source),
        when,
        draft.show.quote(step.owner, source) if step.owner else blank,
    )


def _blanks(draft: Draft) -> list[Row]:
    blank = draft.words("lampiran.rtl.kosong")
    weakest: list[Inline] = [
        draft.show.quote(element.name, f"unsur {survey.file}")
        for result in draft.results.indicators
        if (survey := result.realised.survey)
        for element in lowest(survey.card.elements, _BLANK_ROWS)
    ]
    return [
        row(draft.show.place(number), name, blank, blank, blank)
        for number, name in enumerate(weakest or [blank] * _BLANK_ROWS, start=1)
    ]
