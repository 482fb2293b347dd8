"""The annexes: questionnaire, processing, documentation, and the follow-up of the plan before.

The processing stands in totals. Single answers are in the workbook, since they are destroyed
one day and the report of a closed period stays what it is.
"""

from __future__ import annotations

from skm.charts import Picture
from skm.document.blocks import Align, Column, Item, Marker
from skm.document.builder import row
from skm.export.publication_lines import PublicationLine
from skm.export.skm_report.draft import Draft
from skm.export.skm_report.follow_up import follow_up_table
from skm.export.skm_report.tables import add_table
from skm.export.skm_tables import (
    answer_counts,
    distribution_table,
    element_labels,
    question_labels,
)

_BLANK_LINES = 4
_COUNT_WIDTHS = {0: 13.0, 1: 70.0}
_SPREAD_WIDTHS = {0: 11.0, 1: 44.0}


def questionnaire(draft: Draft) -> None:
    """The questions as they were asked, with their answers."""
    form, show = draft.figures.form, draft.show
    source, labels = f"formulir {form.id}", question_labels(form)
    draft.lead("kuesioner.awal")
    body = [
        row(
            show.quote(labels[question.code], source),
            show.quote(element.name, source),
            show.quote(question.official, source),
            "\n".join(
                show.quote(f"{letter}. {label}", source)
                for letter, label in zip("abcd", question.labels, strict=True)
            ),
        )
        for element in form.elements
        for question in element.questions
    ]
    draft.build.table(
        "kuesioner.tabel",
        (Column(12), Column(36), Column(67), Column(50)),
        [row(*draft.columns("no", "unsur", "pertanyaan", "jawaban"))],
        body,
        caption=draft.words("kuesioner.judul"),
    )


def processing(draft: Draft) -> None:
    """Hasil olah data: totals and means of each element, answers of each question."""
    figures = draft.figures
    draft.lead("pengolahan.awal")
    _sums(draft)
    spread = distribution_table(figures.form, figures.distribution, figures.card)
    counts = answer_counts(figures.form, figures.distribution, figures.card)
    add_table(
        draft,
        "pengolahan.jawaban",
        counts,
        draft.words("pengolahan.jawaban"),
        widths=_COUNT_WIDTHS,
    )
    add_table(
        draft,
        "pengolahan.sebaran",
        spread,
        draft.words("pengolahan.sebaran"),
        widths=_SPREAD_WIDTHS,
    )


def _sums(draft: Draft) -> None:
    """The foot of the regulation's processing sheet: sums, means, and what they weigh."""
    figures, show = draft.figures, draft.show
    labels = element_labels(figures.form)
    body = []
    for question in figures.form.questions:
        counts = figures.distribution.row(question.code)
        filled, total = sum(counts), sum(level * n for level, n in enumerate(counts, 1))
        if question.counts:
            body.append(
                row(
                    show.quote(question_labels(figures.form)[question.code], "formulir"),
                    show.quote(question.text, "formulir"),
                    show.number(total, draft.source),
                    show.number(filled, draft.source),
                )
            )
    draft.build.table(
        "pengolahan.jumlah",
        (Column(14), Column(91), Column(30, Align.RIGHT), Column(30, Align.RIGHT)),
        [row(*draft.columns("no", "pertanyaan", "jumlah_nilai", "terisi"))],
        body,
        caption=draft.words("pengolahan.jumlah"),
        source=draft.words("pengolahan.keterangan", unsur=", ".join(_spelled(draft, labels))),
    )


def _spelled(draft: Draft, labels: dict[str, str]) -> list[str]:
    names = {element.code: element.name for element in draft.figures.form.elements}
    return [draft.show.quote(f"{labels[code]} {names[code]}", "formulir") for code in labels]


def documentation(draft: Draft) -> None:
    """What the office lists, and where the result was published; else lines to fill in."""
    draft.lead("dokumentasi.awal")
    published = draft.material.published
    lines = draft.said.documentation or (() if published else (draft.blank,) * _BLANK_LINES)
    items = [Item(draft.show.quote(line, "laporan: dokumentasi")) for line in lines]
    items += [Item(_publication(draft, line)) for line in published]
    draft.build.list("dokumentasi.daftar", items, Marker.DIGIT)
    for line in published:
        for picture in line.photographs:
            said = _publication(draft, line)
            draft.build.figure(
                f"dokumentasi.foto.{line.item.number}",
                Picture(None, None, said, jpeg=picture.content),
                draft.words("dokumentasi.foto", publikasi=said),
                picture.printed_width,
            )


def _publication(draft: Draft, line: PublicationLine) -> str:
    source = f"publikasi nomor {line.item.number}"
    return draft.plain_words(
        "dokumentasi.halaman_sendiri" if line.item.own else "dokumentasi.publikasi",
        media=draft.show.quote(line.medium, source),
        tempat=draft.show.quote(line.item.place, source),
        tanggal=draft.show.day(line.item.day, source),
    )


def follow_up(draft: Draft) -> None:
    """Laporan hasil tindak lanjut of the period before."""
    follow_up_table(draft, "lampiran")
