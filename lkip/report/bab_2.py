"""Bab II: what was planned, from the Renstra down to the year's agreement and indicators."""

from __future__ import annotations

from lkip.plan import SUPPORT, Activity, Programme
from lkip.plan.values import RENSTRA
from lkip.report.draft import Draft
from lkip.report.planning_tables import agreement_money, agreement_targets, key_indicators
from skm.document.blocks import Field, Fields, Item, Marker
from skm.document.builder import under
from skm.document.drafting import listed


def bab_2(draft: Draft) -> None:
    """Perencanaan kinerja."""
    draft.heading("bab_2.judul")
    draft.heading("bab_2.renstra.judul", 2)
    number = draft.plan.documents[RENSTRA].number
    if number:
        quoted = draft.show.quote(number, "rencana: documents.renstra")
        draft.say("bab_2.renstra.awal", renstra_nomor=quoted)
    else:
        draft.say("bab_2.renstra.awal_tanpa_nomor")
    _vision(draft)
    _tujuan(draft)
    _strategy(draft)
    _year(draft)
    _agreement(draft)
    _key_indicators(draft)


def _vision(draft: Draft) -> None:
    rpjmd = draft.plan.rpjmd
    draft.heading("bab_2.visi.judul", 3)
    if rpjmd is None:
        draft.say("bab_2.visi.belum")
        return
    source = "rencana: rpjmd"
    draft.say(
        "bab_2.visi.visi",
        rpjmd_awal=draft.show.year(rpjmd.first_year, source),
        rpjmd_akhir=draft.show.year(rpjmd.last_year, source),
        visi=draft.show.quote(rpjmd.vision, source),
    )
    missions = draft.show.count(len(rpjmd.missions), "rencana: banyaknya misi")
    draft.lead("bab_2.visi.misi", jumlah_misi=missions)
    draft.listing("bab_2.visi.misi.butir", rpjmd.missions, source, Marker.DIGIT_PARENTHESIS)
    draft.say(
        "bab_2.visi.peran",
        misi=draft.show.quote(rpjmd.mission, source),
        sasaran=draft.show.quote(rpjmd.sasaran, source),
    )


def _tujuan(draft: Draft) -> None:
    draft.heading("bab_2.tujuan.judul", 3)
    draft.lead("bab_2.tujuan.awal" if draft.plan.rpjmd else "bab_2.tujuan.awal_tanpa_visi")
    fields = []
    for number, tujuan in enumerate(draft.plan.tujuan, start=1):
        source = f"rencana: tujuan {tujuan.id}"
        nomor = draft.show.place(number)
        name = draft.show.quote(tujuan.name, source)
        fields.append(Field(draft.words("bab_2.tujuan.tujuan", nomor=nomor), name))
        if tujuan.indicator:
            fields.append(
                Field(
                    draft.words("bab_2.tujuan.indikator"),
                    draft.show.quote(tujuan.indicator, source),
                )
            )
        fields += [
            _sasaran_field(draft, place)
            for place, sasaran in enumerate(draft.plan.sasaran, start=1)
            if sasaran.tujuan == tujuan.id
        ]
    draft.build.add(Fields("bab_2.tujuan.butir", tuple(fields)))


def _sasaran_field(draft: Draft, number: int) -> Field:
    return Field(_sasaran_label(draft, number), _sasaran_name(draft, number))


def _sasaran_label(draft: Draft, number: int) -> str:
    source = f"nomor sasaran {draft.plan.sasaran[number - 1].id}"
    return draft.plain_words("bab_2.tujuan.sasaran", nomor=draft.show.number(number, source))


def _sasaran_name(draft: Draft, number: int) -> str:
    """The name of a sasaran by its place in the plan, from 1."""
    sasaran = draft.plan.sasaran[number - 1]
    return draft.show.quote(sasaran.name, f"rencana: sasaran {sasaran.id}")


def _strategy(draft: Draft) -> None:
    fields = []
    for number, sasaran in enumerate(draft.plan.sasaran, start=1):
        source = f"rencana: sasaran {sasaran.id}"
        fields.append(_sasaran_field(draft, number))
        for key, texts in (("strategi", sasaran.strategy), ("kebijakan", sasaran.policy)):
            quoted = "; ".join(draft.show.quote(text, source) for text in texts)
            said = quoted or draft.words("bab_2.strategi.belum")
            fields.append(Field(draft.words(f"bab_2.strategi.{key}"), said))
    draft.heading("bab_2.strategi.judul", 3)
    draft.lead("bab_2.strategi.awal")
    draft.build.add(Fields("bab_2.strategi.butir", tuple(fields)))


def _year(draft: Draft) -> None:
    """The plan of the year: sasaran, programmes and activities with their indicators."""
    draft.heading("bab_2.rkt.judul", 2)
    draft.say("bab_2.rkt.awal")
    draft.heading("bab_2.rkt.sasaran", 3)
    draft.lead("bab_2.rkt.sasaran_awal")
    items = []
    for number, sasaran in enumerate(draft.plan.sasaran, start=1):
        names = [
            draft.show.quote(indicator.name, f"rencana: indikator {indicator.id}")
            for indicator in draft.plan.indicators_of(sasaran.id)
        ]
        nomor = draft.show.place(number)
        words = draft.words(
            "bab_2.rkt.sasaran_butir", nomor=nomor, sasaran=_sasaran_name(draft, number)
        )
        items.append(Item(words, under(*(f"{name}." for name in names), marker=Marker.LETTER)))
    draft.build.list("bab_2.rkt.sasaran.butir", items, Marker.DIGIT)
    _programmes(draft)
    _activities(draft)


def _programmes(draft: Draft) -> None:
    main = [part for part in draft.plan.every_programme if part.sasaran != SUPPORT]
    support = [part for part in draft.plan.every_programme if part.sasaran == SUPPORT]
    if main:
        draft.heading("bab_2.rkt.program", 3)
        count = draft.show.count(len(main), "rencana: program utama")
        draft.lead("bab_2.rkt.program_awal", jumlah_program=count)
        items = [_programme(draft, programme) for programme in main]
        draft.build.list("bab_2.rkt.program.butir", items, Marker.LETTER)
    if main and support:
        draft.say(
            "bab_2.rkt.penunjang",
            jumlah_program=draft.show.count(len(support), "rencana: program penunjang"),
            program=listed(_programme_name(draft, programme) for programme in support),
        )


def _programme(draft: Draft, programme: Programme) -> Item:
    name = _programme_name(draft, programme)
    if not programme.indicators:
        return Item(draft.words("bab_2.rkt.program_saja", program=name))
    source = f"rencana: program {programme.name}"
    texts = [draft.show.quote(f"{text}.", source) for text in programme.indicators]
    return Item(
        draft.words("bab_2.rkt.program_indikator", program=name),
        under(*texts, marker=Marker.DIGIT_PARENTHESIS),
    )


def _programme_name(draft: Draft, programme: Programme) -> str:
    """The official name of a programme."""
    return draft.show.quote(programme.name, f"rencana: program {programme.name}")


def _activities(draft: Draft) -> None:
    draft.heading("bab_2.rkt.kegiatan", 3)
    draft.lead("bab_2.rkt.kegiatan_awal")
    items = []
    for programme in draft.plan.every_programme:
        count = draft.show.count(len(programme.activities), f"rencana: kegiatan {programme.name}")
        words = draft.words(
            "bab_2.rkt.program_kegiatan",
            program=_programme_name(draft, programme),
            jumlah_kegiatan=count,
        )
        inner = [_activity(draft, activity) for activity in programme.activities]
        items.append(Item(words, under(*inner, marker=Marker.DIGIT_PARENTHESIS)))
    draft.build.list("bab_2.rkt.kegiatan.butir", items, Marker.LETTER)


def _activity(draft: Draft, activity: Activity) -> Item:
    source = f"rencana: kegiatan {activity.name}"
    name = draft.show.quote(activity.name, source)
    measured = activity.indicators or tuple(output.name for output in activity.outputs)
    if not measured:
        return Item(draft.words("bab_2.rkt.kegiatan_saja", kegiatan=name))
    texts = "; ".join(draft.show.quote(text, source) for text in measured)
    return Item(draft.words("bab_2.rkt.kegiatan_indikator", kegiatan=name, indikator=texts))


def _agreement(draft: Draft) -> None:
    draft.heading("bab_2.pk.judul", 2)
    held = draft.ground.agreement_id
    title = draft.document_title(held)
    draft.say("bab_2.pk.awal", dokumen=title)
    agreement_targets(draft, "bab_2.pk.target", held, draft.words("bab_2.pk.tabel", dokumen=title))
    draft.lead("bab_2.pk.anggaran_awal")
    agreement_money(draft, "bab_2.pk.anggaran", draft.words("bab_2.pk.anggaran"))


def _key_indicators(draft: Draft) -> None:
    decree = draft.document("iku")
    source = "rencana: documents.iku"
    draft.heading("bab_2.iku.judul", 2)
    if decree is None:
        draft.lead("bab_2.iku.awal_tanpa_keputusan")
    elif decree.number:
        title = draft.show.quote(decree.title, source)
        number = draft.show.quote(decree.number, source)
        draft.lead("bab_2.iku.awal", iku=title, nomor=number)
    else:
        title = draft.show.quote(decree.title, source)
        draft.lead("bab_2.iku.awal_tanpa_nomor", iku=title)
    key_indicators(draft, "bab_2.iku.tabel", draft.words("bab_2.iku.tabel"))
    _definitions(draft)


def _definitions(draft: Draft) -> None:
    """What each indicator means, and how often it is measured."""
    items = []
    for indicator in draft.plan.indicators:
        if indicator.definition is None:
            continue
        source = f"rencana: indikator {indicator.id}"
        values = {
            "indikator": draft.show.quote(indicator.name, source),
            "definisi": draft.show.quote(indicator.definition, source),
            "frekuensi": draft.show.quote(indicator.frequency or "", source),
        }
        key = "definisi_frekuensi" if indicator.frequency else "definisi"
        items.append(draft.item(f"bab_2.iku.{key}", at=indicator.id, **values))
    if items:
        draft.lead("bab_2.iku.definisi_awal")
        draft.build.list("bab_2.iku.definisi.butir", items, Marker.DIGIT)
