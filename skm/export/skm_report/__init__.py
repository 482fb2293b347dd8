"""The SKM report of a period, in one of the outlines that governments use, and its follow-up's.

The outline says which parts stand in which chapter; every part is a function here, its words
come from ``wording.toml``, its figures from the closing or, before it, from the responses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skm.document.blocks import Document
from skm.document.paper import PageSetup
from skm.document.register import Register
from skm.export.skm_report import annexes, collection, conclusion, introduction, progress, results
from skm.export.skm_report.analysis import problems
from skm.export.skm_report.draft import Draft, Material
from skm.export.skm_report.follow_up import follow_up_before, plan
from skm.export.skm_report.front import contents, cover, lists, preface
from skm.export.skm_report.outline import Chapter
from skm.export.skm_report.trend import trend

__all__ = ["Material", "build_follow_up_report", "build_skm_report"]

_Part = Callable[[Draft], None]

_PARTS: Mapping[str, _Part] = {
    "latar": introduction.background,
    "dasar": introduction.legal_basis,
    "maksud": introduction.purpose,
    "pelaksana": collection.team,
    "metode": collection.method,
    "lokasi": collection.location,
    "waktu": collection.schedule,
    "sampel": collection.sample,
    "responden": results.respondents,
    "indeks": results.index,
    "layanan": results.services,
    "masalah": problems,
    "rencana": plan,
    "tren": trend,
    "tindak_lanjut": follow_up_before,
    "kesimpulan": conclusion.conclusion,
    "saran": conclusion.advice,
    "penutup": conclusion.ending,
}
_FOLLOW_UP_PARTS: Mapping[str, _Part] = {
    "dasar": introduction.legal_basis,
    "masalah": problems,
    "rencana": plan,
    "tl_latar": progress.background,
    "tl_hasil": progress.result,
    "tl_kemajuan": progress.share,
    "tl_uraian": progress.account,
    "tl_bukti": progress.evidence,
    "tl_kesimpulan": progress.conclusion,
    "tl_penutup": progress.ending,
}
_ANNEXES: Mapping[str, _Part] = {
    "kuesioner": annexes.questionnaire,
    "pengolahan": annexes.processing,
    "dokumentasi": annexes.documentation,
    "tindak_lanjut": annexes.follow_up,
}


def build_skm_report(material: Material, register: Register) -> Document:
    """The report of a period.

    Args:
        register: is given every number that the report shows.

    Raises:
        SkmError: the office's wording has faults, or it names an element that there is not.
    """
    draft = Draft.begin(material, register)
    cover(draft, "sampul")
    preface(draft)
    lists(draft)
    return _finished(draft, _PARTS, "dokumen")


def build_follow_up_report(material: Material, register: Register) -> Document:
    """The report of what was done about the result of a period.

    Raises:
        SkmError: as ``build_skm_report``.
    """
    draft = Draft.begin(material, register)
    cover(draft, "sampul_tl")
    contents(draft)
    return _finished(draft, _FOLLOW_UP_PARTS, "dokumen_tl")


def _finished(draft: Draft, parts: Mapping[str, _Part], named: str) -> Document:
    outline, office = draft.material.outline, draft.figures.office
    draft.build.section("bagian.isi", start=1)
    for chapter in outline.chapters:
        _chapter(draft, chapter, parts)
    for name in outline.annexes:
        draft.build.annex(f"lampiran.{name}", draft.words(f"lampiran.{name}.judul"))
        _ANNEXES[name](draft)
    return draft.build.document(
        draft.plain_words(f"{named}.judul"),
        office.name,
        draft.plain_words(f"{named}.pokok"),
        draft.material.dated,
        page=PageSetup.chosen(office.paper, office.font, office.margins_mm),
        notice=_notice(draft),
    )


def _chapter(draft: Draft, chapter: Chapter, parts: Mapping[str, _Part]) -> None:
    draft.build.heading(f"bab.{chapter.key}", draft.words(f"bab.{chapter.key}"))
    for part in chapter.parts:
        if len(chapter.parts) > 1:
            draft.build.heading(f"bagian.{part}", draft.words(f"bagian.{part}"), 2)
        parts[part](draft)


def _notice(draft: Draft) -> str:
    figures = draft.figures
    said = [
        *(["simulasi"] if figures.simulated else []),
        *(["belum_ditutup"] if figures.edition is None else []),
    ]
    return " · ".join(draft.plain_words(f"tanda.{each}") for each in said)
