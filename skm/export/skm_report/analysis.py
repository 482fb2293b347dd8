"""What the scores mean and what is done about it: priorities, plan, and the plan before."""

from __future__ import annotations

from skm.comparison import highest, lowest
from skm.document.blocks import Align, Column, Item
from skm.document.builder import row
from skm.errors import refuse
from skm.export.skm_report.draft import Draft
from skm.scoring import ElementScore

_OTHER = "lain"
"""Stands for an element that belongs to none of the regulation's."""


def problems(draft: Draft) -> None:
    """Kelemahan and kelebihan: the lowest and the highest elements, each in words."""
    figures, count = draft.figures, draft.material.outline.ranked
    elements = figures.card.elements
    shown = draft.show.number(count, "susunan laporan")
    draft.lead("masalah.rendah", jumlah=shown)
    weak = lowest(elements, count)
    draft.build.list("masalah.rendah.daftar", [_said(draft, each, "lemah") for each in weak])
    draft.lead("masalah.tinggi", jumlah=shown)
    strong = [_said(draft, each, "kuat") for each in highest(elements, count)]
    draft.build.list("masalah.tinggi.daftar", strong)
    if figures.comments:
        draft.say("masalah.saran", saran=draft.show.number(figures.comments, draft.source))


def _said(draft: Draft, element: ElementScore, how: str) -> Item:
    return draft.item(
        f"unsur.{_worded(draft, element.code)}.{how}",
        at=f"{element.code}.{how}",
        **_named(draft, element),
    )


def _named(draft: Draft, element: ElementScore) -> dict[str, str]:
    return {
        "unsur": draft.show.quote(element.name, f"unsur {element.code}"),
        "nilai": draft.score(element.score),
        "mutu_unsur": element.band.grade if element.band else "",
        "predikat_unsur": element.band.predicate if element.band else "",
    }


def proposal(draft: Draft, element: ElementScore) -> Item:
    """What can be done for an element, as an item of a list."""
    key = f"unsur.{_worded(draft, element.code)}.usul"
    return draft.item(key, at=element.code, **_named(draft, element))


def _worded(draft: Draft, code: str) -> str:
    """Whose sentences speak of an element: its own, else those of its official element."""
    if f"unsur.{code}.usul" in draft.wording.texts:
        return code
    return draft.figures.form.element(code).maps_to or _OTHER


def plan(draft: Draft) -> None:
    """Rencana tindak lanjut: the office's lines, else the priorities with blanks."""
    said, show = draft.said, draft.show
    if said.forum:
        draft.say_with_blanks(
            "rencana.fkp",
            tanggal=show.day(said.forum.date, "laporan: fkp.tanggal"),
            tempat=show.quote(said.forum.place or draft.blank, "laporan: fkp.tempat"),
            peserta=show.quote(said.forum.attended or draft.blank, "laporan: fkp.peserta"),
        )
    else:
        draft.say_with_blanks("rencana.fkp_kosong")
    draft.lead("rencana.awal")
    body = [
        row(
            show.number(place, "nomor urut"),
            element_name(draft, each.element),
            show.quote(each.activity, "laporan: rtl"),
            show.quote(each.when or draft.plain_words("kosong.angka"), "laporan: rtl"),
            show.quote(each.owner or draft.blank, "laporan: rtl"),
        )
        for place, each in enumerate(said.plan, 1)
    ] or [
        row(
            show.number(place, "nomor urut"),
            show.quote(element.name, f"unsur {element.code}"),
            f"{draft.blank}\n{draft.blank}",
            draft.plain_words("kosong.angka"),
            draft.plain_words("kosong.angka"),
        )
        for place, element in enumerate(
            lowest(draft.figures.card.elements, draft.material.outline.ranked), 1
        )
    ]
    draft.build.table(
        "rencana.tabel",
        (
            *(Column(10, Align.CENTER), Column(42), Column(60)),
            *(Column(25, Align.CENTER), Column(28)),
        ),
        [row(*draft.columns("no", "prioritas", "program", "triwulan", "penanggung_jawab"))],
        body,
        caption=draft.words("rencana.judul"),
    )


def follow_up_before(draft: Draft) -> None:
    """What became of the plan of the period before."""
    follow_up_table(draft, "sebelumnya")


def follow_up_table(draft: Draft, at: str) -> None:
    """The follow-up of the period before; blank lines where the office has said nothing."""
    said, show = draft.said, draft.show
    before = draft.figures.period.previous
    earlier = draft.plain_words(
        "tindak_lanjut.periode", sebelumnya=show.quote(before.label, "periode sebelumnya")
    )
    if said.before:
        finished = sum(each.finished for each in said.before)
        draft.lead(
            "tindak_lanjut.hasil",
            at=at,
            sebelumnya=earlier,
            selesai=show.number(finished, "laporan: tindak_lanjut"),
            semua=show.number(len(said.before), "laporan: tindak_lanjut"),
        )
    else:
        draft.lead("tindak_lanjut.kosong", at=at, sebelumnya=earlier)
    body = [
        row(
            show.number(place, "nomor urut"),
            element_name(draft, each.element),
            _score_before(draft, each.element),
            show.quote(each.activity, "laporan: tindak_lanjut"),
            draft.words(f"tindak_lanjut.{'sudah' if each.finished else 'belum'}"),
            show.quote(each.result or draft.blank, "laporan: tindak_lanjut"),
        )
        for place, each in enumerate(said.before, 1)
    ] or [
        row(show.number(place, "nomor urut"), draft.blank, "", draft.blank, "", draft.blank)
        for place in range(1, draft.material.outline.ranked + 1)
    ]
    draft.build.table(
        f"tindak_lanjut.tabel@{at}",
        (
            *(Column(9, Align.CENTER), Column(36), Column(16, Align.RIGHT), Column(48)),
            *(Column(20, Align.CENTER), Column(36)),
        ),
        [row(*draft.columns("no", "unsur", "ikm", "rtl", "status", "keterangan"))],
        body,
        caption=draft.words("tindak_lanjut.judul", sebelumnya=earlier),
    )


def _score_before(draft: Draft, code: str) -> str:
    """The element's score in the period before, where that answered the same form."""
    before = draft.figures.period.previous
    for point in draft.material.trend:
        if point.period == before and point.card.form == draft.figures.form.id:
            return draft.score(point.card.element(code).score, f"hasil {before}")
    return ""


def element_name(draft: Draft, code: str) -> str:
    """The name of an element that the office names by its code.

    Raises:
        SkmError: the form has no such element.
    """
    form = draft.figures.form
    for element in form.elements:
        if element.code == code:
            return draft.show.quote(element.name, f"unsur {code}")
    raise refuse(
        "Unsur tidak ada pada formulir",
        field="unsur",
        found=code,
        expected=" / ".join(element.code for element in form.elements),
        todo=f"Perbaiki skm/laporan-{draft.figures.period}.toml.",
    )
