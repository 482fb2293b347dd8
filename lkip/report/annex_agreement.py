"""The performance agreement as an annex: the promise, its targets and its money."""

from __future__ import annotations

from dataclasses import replace

from lkip.plan import Annex
from lkip.report.annex_parts import letterhead, signed
from lkip.report.draft import Draft
from lkip.report.planning_tables import agreement_money, agreement_targets
from skm.document.blocks import Field, Fields

_PARTIES = ("lampiran.pk.pihak_pertama", "lampiran.pk.pihak_kedua")


def agreement_annex(draft: Draft, annex: Annex) -> None:
    """The statement with two signatures, then targets and budget, signed again."""
    kind = annex.kind
    annex = _with_parties(draft, annex)
    letterhead(draft, annex)
    draft.say("lampiran.pk.pembuka", at=kind)
    for office, key in zip(annex.signatories, ("pertama", "kedua"), strict=True):
        quoted = draft.show.quote(office, f"rencana: annex {kind}")
        name = Field(draft.words("lampiran.pk.nama"), draft.words("lampiran.pk.kosong"))
        held = Field(draft.words("lampiran.pk.jabatan"), quoted)
        draft.build.add(Fields(f"lampiran.pk.pihak_{key}@{kind}", (name, held)))
        draft.say(f"lampiran.pk.{key}", at=kind)
    draft.say("lampiran.pk.janji", at=kind)
    draft.say("lampiran.pk.pengawasan", at=kind)
    signed(draft, annex, *_PARTIES)
    draft.build.page_break(f"lampiran.pk.halaman@{kind}")
    draft.title("lampiran.pk.target_judul", at=kind)
    agreement_targets(draft, f"lampiran.pk.target@{kind}", kind)
    draft.title("lampiran.pk.anggaran_judul", at=kind)
    agreement_money(draft, f"lampiran.pk.anggaran@{kind}")
    signed(draft, annex, *_PARTIES, at=".lampiran")


def _with_parties(draft: Draft, annex: Annex) -> Annex:
    """Both parties, those that the plan leaves out from its signatories' offices."""
    named = annex.signatories
    usual = (draft.ground.signing.office, draft.ground.superior)
    return replace(annex, signatories=(*named, *usual[len(named) :]))
