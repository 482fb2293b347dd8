"""What the scores mean: the lowest and the highest elements, in words, and what may be done."""

from __future__ import annotations

from skm.comparison import highest, lowest
from skm.document.blocks import Item
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
