"""Annexes on how the report was judged: last year's recommendations, the review of this one."""

from __future__ import annotations

from lkip.plan import Annex
from lkip.report.annex_parts import letterhead, signed
from lkip.report.columns import NUMBER, words
from lkip.report.draft import Draft
from skm.document.blocks import Inline
from skm.document.builder import row

_BLANK_ROWS = 3


def recommendations_annex(draft: Draft, annex: Annex) -> None:
    """The recommendations of the last evaluation and what was done; blanks where none is known."""
    letterhead(draft, annex)
    found = draft.plan.recommendations
    draft.lead(f"lampiran.evaluasi.{'awal' if found else 'awal_kosong'}")
    blank = draft.words("lampiran.rtl.kosong")
    body = []
    for number, each in enumerate(found, start=1):
        done: Inline = blank
        if each.action:
            done = draft.show.quote(each.action, "rencana: recommendation")
        text = draft.show.quote(each.text, "rencana: recommendation")
        body.append(row(draft.show.place(number), text, done))
    if not body:
        body = [row(draft.show.place(n + 1), blank, blank) for n in range(_BLANK_ROWS)]
    draft.build.table(
        "lampiran.evaluasi.tabel",
        (NUMBER, words(77), words(78)),
        (row(*draft.columns("no", *(f"lampiran.evaluasi.{key}" for key in _HEADS))),),
        body,
        caption=draft.words("lampiran.evaluasi.tabel"),
    )
    signed(draft, annex)


_HEADS = ("rekomendasi", "tindakan")


def review_annex(draft: Draft, annex: Annex) -> None:
    """The statement of review; 53/2014 asks a kecamatan for none, the evaluation of 88/2021 does.

    Its finding is left to who reviews.
    """
    letterhead(draft, annex)
    draft.centred("lampiran.reviu.judul")
    draft.centred("lampiran.reviu.pokok", kantor=str(draft.common["kantor"]).upper())
    for key in ("lingkup", "tujuan", "hasil"):
        draft.say(f"lampiran.reviu.{key}")
    signed(draft, annex)
