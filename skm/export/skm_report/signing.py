"""Where the report is signed: the office held and a blank for the name."""

from __future__ import annotations

from skm.document.blocks import Run, Signature, Signer
from skm.export.skm_report.draft import Draft

_ELECTRONIC = "elektronik"


def signature(draft: Draft, block_id: str, *, final: bool) -> None:
    """Add the signature of the head of the office.

    Args:
        final: whether this is the one signature that may be electronic; its tag must stand
            exactly once in a document.
    """
    office, said = draft.figures.office, draft.said
    place = said.place or draft.plain_words("kosong.tempat")
    dated = None if draft.material.written else said.dated  # of the SKM report, not of this one
    day = draft.show.day(dated, "laporan: tanggal") if dated else None
    where = draft.words(
        "tanda_tangan.tempat_tanggal",
        tempat=draft.show.quote(place, "laporan: tempat"),
        tanggal=day or draft.plain_words("kosong.tanggal"),
    )
    held = Run(str(draft.common["jabatan"]).upper(), bold=True)
    name = (*draft.words("tanda_tangan.nama"), Run("\n"), *draft.words("tanda_tangan.nip"))
    tag = office.signature_tag if final and office.signature == _ELECTRONIC else ""
    draft.build.add(Signature(block_id, (Signer((*where, Run("\n"), held), name, tag),)))
