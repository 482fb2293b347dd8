"""Why the survey is made, on what rule, and what for."""

from __future__ import annotations

from dataclasses import replace

from skm.document.blocks import Item, Marker, Run, runs
from skm.export.skm_report.draft import Draft
from skm.regulation import regulation_in_force


def background(draft: Draft) -> None:
    """Latar belakang."""
    for key in ("layanan", "survei", "laporan"):
        draft.say(f"latar.{key}")


def legal_basis(draft: Draft) -> None:
    """Dasar pelaksanaan; a form of another regulation names that too."""
    draft.lead("dasar.awal")
    items = [draft.item(each) for each in draft.wording.listed("dasar.butir")]
    if draft.figures.form.regulation.id != regulation_in_force().id:
        regulation = draft.figures.form.regulation
        title = draft.show.quote(regulation.title, f"peraturan {regulation.id}")
        items.append(draft.item("dasar.formulir", judul_formulir=title))
    if draft.said.decree:
        items.append(draft.item("dasar.sk", sk=decree(draft)))
    *rest, last = items
    ended = [*(_ended(each, ";") for each in rest), _ended(last, ".")]
    draft.build.list("dasar.daftar", ended, Marker.DIGIT)


def _ended(item: Item, mark: str) -> Item:
    return replace(item, text=(*runs(item.text), Run(mark)))


def purpose(draft: Draft) -> None:
    """Maksud, tujuan dan manfaat."""
    draft.say("maksud.maksud")
    draft.lead("maksud.tujuan")
    draft.listing("maksud.tujuan_butir")
    draft.lead("maksud.manfaat")
    draft.listing("maksud.manfaat_butir")


def decree(draft: Draft) -> str:
    """The decision on the team in one phrase, blanks where it is not known."""
    found, show = draft.said.decree, draft.show
    if found is None:
        return draft.plain_words("pelaksana.sk_kosong")
    number = show.quote(found.number, "laporan: sk.nomor")
    day = show.day(found.date, "laporan: sk.tanggal") if found.date else draft.blank
    text = draft.plain_words("pelaksana.sk", nomor=number, tanggal=day)
    if found.title is None:
        return text
    title = show.quote(found.title, "laporan: sk.tentang")
    return draft.plain_words("pelaksana.sk_tentang", sk=text, tentang=title)
