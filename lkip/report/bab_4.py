"""Bab IV: what the year came to, what stood in the way, what follows; and the signature."""

from __future__ import annotations

from lkip import budget
from lkip.report.draft import Draft
from lkip.report.ikhtisar import obstacles, sasaran_key, sasaran_values
from lkip.report.signatures import signature
from lkip.report.summaries import class_counts, group_values
from skm.document.drafting import listed


def bab_4(draft: Draft) -> None:
    """Penutup."""
    draft.heading("penutup.judul")
    draft.say("penutup.ringkas")
    draft.say("penutup.hasil", rincian_kelas=listed(class_counts(draft)))
    for result in draft.results.sasaran:
        values = sasaran_values(draft, result)
        draft.say(f"penutup.{sasaran_key(result)}", at=result.sasaran.id, **values)
    _money(draft)
    obstacles(draft, "penutup", draft.plan.obstacles.penutup)
    draft.say("penutup.akhir")
    signing = draft.ground.signing
    signature(draft, "penutup.tanda_tangan", signing.place, signing.dated, final=True)


def _money(draft: Draft) -> None:
    whole = budget.grand_total(draft.plan)
    parts = [
        draft.plain_words("penutup.kelompok", **group_values(draft, share))
        for share in budget.by_group(draft.plan)
    ]
    draft.say(
        "penutup.anggaran",
        anggaran=draft.show.rupiah(whole.revised, "dihitung: jumlah seluruh anggaran"),
        realisasi=draft.show.rupiah(whole.realised, "dihitung: jumlah seluruh realisasi"),
        serapan=draft.show.figure(whole.absorption, "dihitung: serapan seluruh anggaran"),
        rincian=listed(parts),
    )
