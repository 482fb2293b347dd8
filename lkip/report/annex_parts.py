"""What annexes have in common: the letterhead, and the signatures under them."""

from __future__ import annotations

from lkip.plan import Annex
from lkip.report.draft import Draft
from lkip.report.signatures import signer
from skm import numerals
from skm.document.blocks import Letterhead, Run, Signature, Text
from skm.period import Period


def letterhead(draft: Draft, annex: Annex) -> None:
    """The kop surat, where the annex opens with it."""
    head = draft.plan.letterhead
    if not annex.letterhead or head is None:
        return
    government, *office = head.lines
    source = "rencana: letterhead"
    draft.build.add(
        Letterhead(
            f"lampiran.kop@{annex.kind}",
            draft.show.quote(government, source),
            draft.show.quote("\n".join(office), source),
            draft.show.quote(head.address, source),
        )
    )


def month_or_day(draft: Draft, annex: Annex) -> str | None:
    """The date of an annex as far as it is known."""
    source = f"rencana: annex {annex.kind}"
    if annex.dated:
        return draft.show.day(annex.dated, source)
    if annex.month:
        month = Period.parse(annex.month)
        return draft.show.quote(f"{numerals.month_name(month.first_month)} {month.year}", source)
    return None


def signed(draft: Draft, annex: Annex, *titles: str, at: str = "") -> None:
    """The signatures of an annex: one at the right, or the superior at the left.

    Args:
        titles: keys of what stands over each office, such as Pihak Pertama, by signatory.
        at: tells apart the signatures of an annex that is signed more than once.
    """
    if not annex.signatories:
        return
    when = month_or_day(draft, annex)
    place = annex.place and draft.show.quote(annex.place, f"rencana: annex {annex.kind}")
    dated: Text = ()
    if place and when:
        where = draft.words("lampiran.tempat_bulan", tempat=place, bulan=when)
        dated = (*where, Run("\n"))
    signers = []
    for position, office in enumerate(annex.signatories[:2]):
        above: Text = dated if position == 0 else ()
        if position < len(titles):
            above = (*above, *draft.words(titles[position]), Run("\n"))
        signers.append(signer(draft, above, office))
    draft.build.add(Signature(f"lampiran.tanda_tangan@{annex.kind}{at}", tuple(reversed(signers))))
