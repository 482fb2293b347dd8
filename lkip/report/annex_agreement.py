"""The performance agreement as an annex: the promise, its targets and its money."""

from __future__ import annotations

from lkip.plan import Annex
from lkip.report.annex_parts import letterhead, signed
from lkip.report.draft import Draft
from lkip.report.planning_tables import agreement_money, agreement_targets
from skm.document.blocks import Field, Fields

_PARTIES = ("lampiran.pk.pihak_pertama", "lampiran.pk.pihak_kedua")


def agreement_annex(draft: Draft, annex: Annex) -> None:
    """The statement with two signatures, then targets and budget, signed again."""
    letterhead(draft, annex)
    draft.say("lampiran.pk.pembuka")
    offices = (*annex.signatories, *(("",) * 2))
    for position, key in enumerate(("pertama", "kedua")):
        office = draft.show.quote(offices[position], f"rencana: annex {annex.kind}")
        draft.build.add(
            Fields(
                f"lampiran.pk.pihak_{key}",
                (
                    Field(draft.words("lampiran.pk.nama"), draft.words("lampiran.pk.kosong")),
                    Field(draft.words("lampiran.pk.jabatan"), office),
                ),
            )
        )
        draft.say(f"lampiran.pk.{key}")
    draft.say("lampiran.pk.janji")
    draft.say("lampiran.pk.pengawasan")
    signed(draft, annex, *_PARTIES)
    draft.build.page_break("lampiran.pk.halaman")
    draft.title("lampiran.pk.target_judul")
    agreement_targets(draft, "lampiran.pk.target", annex.kind)
    draft.title("lampiran.pk.anggaran_judul")
    agreement_money(draft, "lampiran.pk.anggaran")
    signed(draft, annex, *_PARTIES, at=".lampiran")
