"""Where the revised budget differs from the first one, and why."""

from __future__ import annotations

from lkip import budget
from lkip.budget import Node
from lkip.report.draft import Draft
from skm.document.blocks import Item, Marker


def shifts(draft: Draft) -> None:
    """A line for each amount at the end of the tree that was changed; nothing without any."""
    changed = [
        end
        for top in (*budget.outside(draft.plan), *budget.tree(draft.plan))
        for end in top.ends
        if end.money.initial != end.money.revised
    ]
    if changed:
        count = draft.show.count(len(changed), "dihitung: baris anggaran yang berubah")
        draft.lead("keuangan.pergeseran.awal", jumlah=count)
        items = [_shift(draft, end, f"{place}") for place, end in enumerate(changed, start=1)]
        draft.build.list("keuangan.pergeseran.butir", items, Marker.DIGIT)


def _shift(draft: Draft, end: Node, at: str) -> Item:
    source = f"anggaran {end.name}"
    less = end.money.revised < end.money.initial
    size = abs(end.money.revised - end.money.initial)
    return draft.item(
        f"keuangan.pergeseran.{'turun' if less else 'naik'}{'' if end.note else '_tanpa'}",
        at=at,
        nama=draft.show.quote(end.name, f"rencana: {source}"),
        awal=draft.show.rupiah(end.money.initial, f"rencana: {source}, initial"),
        perubahan=draft.show.rupiah(end.money.revised, f"rencana: {source}, revised"),
        selisih=draft.show.rupiah(size, f"dihitung: revised - initial, {source}"),
        alasan=draft.show.quote(end.note or "", f"rencana: {source}, note"),
    )
