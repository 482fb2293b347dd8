"""What is concluded, what is advised, and who answers for the report."""

from __future__ import annotations

from skm.comparison import highest, lowest
from skm.document.blocks import Item, Marker
from skm.document.drafting import listed
from skm.export.skm_report.analysis import proposal
from skm.export.skm_report.draft import Draft
from skm.export.skm_report.signing import signature
from skm.scoring import ElementScore


def conclusion(draft: Draft) -> None:
    """Kesimpulan."""
    card, count = draft.figures.card, draft.material.outline.ranked
    draft.lead("kesimpulan.awal")
    complete = "hasil" if card.index is not None else "belum_lengkap"
    items: list[Item] = [
        draft.item(f"kesimpulan.{complete}"),
        draft.item("kesimpulan.tertinggi", unsur=_scores(draft, highest(card.elements, count))),
        draft.item("kesimpulan.terendah", unsur=_scores(draft, lowest(card.elements, count))),
    ]
    draft.build.list("kesimpulan.daftar", items, Marker.DIGIT)


def advice(draft: Draft) -> None:
    """Saran: what can be done for each of the lowest elements."""
    draft.lead("saran.awal")
    weak = lowest(draft.figures.card.elements, draft.material.outline.ranked)
    draft.build.list("saran.daftar", [proposal(draft, each) for each in weak], Marker.DIGIT)


def ending(draft: Draft) -> None:
    """Penutup, with the signature."""
    draft.say("penutup.akhir")
    signature(draft, "penutup.tanda_tangan", final=True)


def _scores(draft: Draft, elements: tuple[ElementScore, ...]) -> str:
    return listed(
        draft.plain_words(
            "kesimpulan.unsur",
            nama=draft.show.quote(each.name, f"unsur {each.code}"),
            nilai=draft.score(each.score),
        )
        for each in elements
    )
