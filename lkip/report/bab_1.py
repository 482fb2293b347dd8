"""Bab I: why the report is made, the office behind it, and what it had to deal with."""

from __future__ import annotations

from lkip.plan.framing import Organisation, Unit
from lkip.report.draft import Draft, ended
from skm import charts
from skm.charts import Office
from skm.document.blocks import Item, Marker
from skm.document.builder import under


def bab_1(draft: Draft) -> None:
    """Pendahuluan."""
    draft.heading("bab_1.judul")
    draft.heading("bab_1.latar.judul", 2)
    for key in ("akuntabilitas", "ukuran", "laporan"):
        draft.say(f"bab_1.latar.{key}")
    draft.heading("bab_1.maksud.judul", 2)
    draft.say("bab_1.maksud.maksud")
    draft.lead("bab_1.maksud.tujuan")
    draft.build.list("bab_1.maksud.daftar", draft.items("bab_1.maksud.butir"), Marker.LETTER)
    draft.heading("bab_1.organisasi.judul", 2)
    if draft.plan.organisation:
        _organisation(draft, draft.plan.organisation)
    else:
        draft.say("bab_1.organisasi.belum")
    draft.heading("bab_1.isu.judul", 2)
    if draft.plan.issues:
        draft.lead("bab_1.isu.awal")
        texts = [f"{issue.text}." for issue in draft.plan.issues]
        draft.listing("bab_1.isu.butir", texts, "rencana: issue", Marker.DIGIT)
    else:
        draft.say("bab_1.isu.belum")


def _organisation(draft: Draft, organisation: Organisation) -> None:
    basis = draft.show.quote(organisation.basis, "rencana: organisation.basis")
    draft.say("bab_1.organisasi.dasar", peraturan_organisasi=basis)
    draft.heading("bab_1.organisasi.kedudukan", 3)
    _texts(draft, "kedudukan", organisation.position, Marker.LETTER)
    draft.heading("bab_1.organisasi.tugas", 3)
    draft.lead("bab_1.organisasi.tugas_awal")
    _texts(draft, "tugas", ended(organisation.duties), Marker.LETTER)
    draft.heading("bab_1.organisasi.fungsi", 3)
    draft.lead("bab_1.organisasi.fungsi_awal")
    _texts(draft, "fungsi", ended(organisation.functions), Marker.LETTER)
    draft.heading("bab_1.organisasi.susunan", 3)
    draft.lead("bab_1.organisasi.susunan_awal")
    units = [_unit(draft, unit) for unit in organisation.structure]
    draft.build.list("bab_1.organisasi.susunan.butir", units, Marker.LETTER)
    _texts(draft, "tata_kerja", organisation.reporting_lines, Marker.BULLET)
    _chart(draft, organisation)


def _texts(draft: Draft, name: str, texts: tuple[str, ...] | list[str], marker: Marker) -> None:
    if texts:
        source = "rencana: organisation"
        draft.listing(f"bab_1.organisasi.{name}.butir", texts, source, marker)


def _unit(draft: Draft, unit: Unit) -> Item:
    name = draft.show.quote(unit.name, "rencana: organisation.structure")
    if not unit.units:
        return Item(f"{name};")
    below = [draft.show.quote(part, "rencana: organisation.structure") for part in unit.units]
    return Item(
        draft.words("bab_1.organisasi.membawahi", unit=name),
        under(*(f"{part};" for part in below), marker=Marker.ROMAN),
    )


def _chart(draft: Draft, organisation: Organisation) -> None:
    """The head of the office on top, all others under it."""
    head, *others = organisation.structure
    names = [unit.name for unit in organisation.structure]
    picture = charts.organisation(
        Office(head.name, [Office(unit.name, list(map(Office, unit.units))) for unit in others]),
        draft.plain_words("bab_1.organisasi.bagan_alt", unsur="; ".join(names)),
    )
    caption = draft.words("bab_1.organisasi.bagan")
    draft.build.figure("bab_1.organisasi.bagan", picture, caption)
