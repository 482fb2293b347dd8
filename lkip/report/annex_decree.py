"""The decree on the key performance indicators as an annex, with its own attachment."""

from __future__ import annotations

from lkip.plan import Annex, Document
from lkip.report.annex_parts import letterhead, month_or_day, signed
from lkip.report.draft import Draft
from lkip.report.planning_tables import key_indicators
from lkip.report.signatures import signer
from skm.document.blocks import Field, Fields, Marker, Run, Signature, Text
from skm.document.builder import under


def decree_annex(draft: Draft, annex: Annex) -> None:
    """Title, Menimbang and Mengingat, the diktum, the signature, and the table."""
    document = draft.plan.documents.get(annex.kind)
    letterhead(draft, annex)
    if document:
        _title(draft, annex, document)
        _decree(draft, document)
    _dated_signature(draft, annex)
    draft.build.page_break("lampiran.iku.halaman")
    draft.title("lampiran.iku.lampiran_judul")
    _office(draft)
    key_indicators(draft, "lampiran.iku.tabel")
    signed(draft, annex)


def _title(draft: Draft, annex: Annex, document: Document) -> None:
    """The decree's own title: who decides, its number, and what it is about."""
    source = "rencana: documents.iku"
    decree, about, subject = document.title.partition(" tentang ")
    draft.centred("lampiran.iku.judul", judul=draft.show.quote(decree.upper(), source))
    if number := annex.number or document.number:
        draft.centred("lampiran.iku.nomor", nomor=draft.show.quote(number, source))
    if about:
        draft.centred("lampiran.iku.tentang")
        draft.centred("lampiran.iku.pokok", pokok=draft.show.quote(subject.upper(), source))


def _decree(draft: Draft, document: Document) -> None:
    source = "rencana: documents.iku"
    fields = [
        Field(
            draft.words(f"lampiran.iku.{key}"),
            items=under(*(draft.show.quote(text, source) for text in texts), marker=marker),
        )
        for key, texts, marker in (
            ("menimbang", document.considers, Marker.LETTER),
            ("mengingat", document.recalls, Marker.DIGIT),
        )
        if texts
    ]
    if fields:
        draft.build.add(Fields("lampiran.iku.konsiderans", tuple(fields)))
    if document.decides:
        draft.centred("lampiran.iku.memutuskan")
        orders = draft.items("lampiran.iku.diktum")
        decided = [
            Field(order.text, draft.show.quote(text, source))
            for order, text in zip(orders, document.decides, strict=False)
        ]
        settled = Field(draft.words("lampiran.iku.menetapkan"))
        draft.build.add(Fields("lampiran.iku.keputusan", (settled, *decided)))


def _dated_signature(draft: Draft, annex: Annex) -> None:
    """Where and when the decree was made, over the office that made it."""
    if not annex.signatories:
        return
    above: Text = ()
    if annex.place:
        place = draft.show.quote(annex.place, f"rencana: annex {annex.kind}")
        above = (*draft.words("lampiran.iku.ditetapkan", tempat=place), Run("\n"))
    if when := month_or_day(draft, annex):
        above = (*above, *draft.words("lampiran.iku.tanggal", bulan=when), Run("\n"))
    signed_by = signer(draft, above, annex.signatories[0])
    draft.build.add(Signature("lampiran.iku.ditetapkan", (signed_by,)))


def _office(draft: Draft) -> None:
    """The office, its duties and functions, and what it wants to reach."""
    source, organisation = "rencana: organisation", draft.plan.organisation
    fields = [Field(draft.words("lampiran.iku.instansi"), str(draft.common["kantor"]))]
    if organisation:
        for key, texts in (("tugas", organisation.duties), ("fungsi", organisation.functions)):
            quoted = (draft.show.quote(f"{text};", source) for text in texts)
            fields.append(
                Field(
                    draft.words(f"lampiran.iku.{key}"),
                    items=under(*quoted, marker=Marker.LETTER),
                )
            )
    for tujuan in draft.plan.tujuan:
        source = f"rencana: tujuan {tujuan.id}"
        name = draft.show.quote(tujuan.names.get("iku", tujuan.name), source)
        fields.append(Field(draft.words("lampiran.iku.tujuan"), name))
        if tujuan.indicator:
            indicator = draft.show.quote(tujuan.indicator, source)
            fields.append(Field(draft.words("lampiran.iku.indikator_tujuan"), indicator))
    draft.build.add(Fields("lampiran.iku.instansi", tuple(fields)))
