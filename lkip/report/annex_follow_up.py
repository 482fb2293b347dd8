"""Annex: the rencana tindak lanjut (RTL) of the survey."""

from __future__ import annotations

from lkip.plan import Annex, FollowUp
from lkip.report.annex_parts import letterhead, signed
from lkip.report.columns import NUMBER, words
from lkip.report.draft import Draft
from skm import numerals
from skm.comparison import lowest
from skm.document.blocks import Inline, Row
from skm.document.builder import row
from skm.period import Period

_BLANK_ROWS = 3


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
