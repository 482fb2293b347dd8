"""Where a report is signed: the office and a blank for the name, which the office fills in."""

from __future__ import annotations

from datetime import date

from lkip.report.draft import Draft
from skm.document.blocks import Run, Signature, Signer, Text

ELECTRONIC = "elektronik"


def signature(draft: Draft, block_id: str, place: str, day: date, *, final: bool) -> None:
    """Add the signature of the head of the office.

    Args:
        place: town it is signed in.
        day: of signing.
        final: whether this is the one signature that may be electronic; its tag must stand
            exactly once in a document.
    """
    signing = draft.ground.signing
    where = draft.words(
        "tanda_tangan.tempat_tanggal",
        tempat=place,
        tanggal=draft.show.day(day, "rencana: signing"),
    )
    tag = draft.office.signature_tag if final and draft.office.signature == ELECTRONIC else ""
    draft.build.add(
        Signature(block_id, (signer(draft, (*where, Run("\n")), signing.office, tag),))
    )


def signer(draft: Draft, above: Text, office: str, tag: str = "") -> Signer:
    """One who signs, under the lines that stand above the office."""
    held = (*above, Run(office.upper(), bold=True))
    name = (*draft.words("tanda_tangan.nama"), Run("\n"), *draft.words("tanda_tangan.nip"))
    return Signer(held, name, tag)
