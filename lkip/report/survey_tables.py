"""The tables of a survey that was read from a published table."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from lkip.figure import PLACES
from lkip.realisations import Survey
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.report.measurement import indicator_number
from lkip.results import IndicatorResult
from skm.comparison import OfficialNine
from skm.document.blocks import Cell, Emphasis, Inline, Row, Text
from skm.document.builder import row
from skm.document.register import unmarked
from skm.reading.score_table import ScoreRow
from skm.regulation import Band, regulation_in_force, shipped_regulations
from skm.scoring import ElementScore

_LEVELS = 4


def score(draft: Draft, value: Fraction | Decimal | None, source: str) -> str:
    """A score or index with 2 decimals; a dash where there is none."""
    if value is None:
        return draft.plain_words("sel.kosong")
    return draft.show.number(value, source, PLACES)


def spread_table(draft: Draft, result: IndicatorResult, found: Survey, origin: str) -> None:
    """How the answers to each element are spread over the levels, as the source has it."""
    percent = found.table.values == "percent"
    levels = [
        draft.words(
            "survei.sebaran_persen" if percent else "survei.sebaran_jumlah", kelas=band.predicate
        )
        for band in found.card.scale.bands
    ]
    body = [
        _spread(draft, number, element, found.table.row(element.code), found.file)
        for number, element in enumerate(found.card.elements, start=1)
    ]
    draft.build.table(
        f"survei.sebaran@{result.indicator.id}",
        (NUMBER, words(60), *(figures(19) for _ in range(_LEVELS + 1))),
        (row(*draft.columns("no", "unsur"), *levels, draft.words("kolom.jumlah")),),
        body,
        caption=_caption(draft, "survei.sebaran", result),
        source=_source(draft, found, origin),
    )


def _source(draft: Draft, found: Survey, origin: str) -> Text:
    if found.closing is not None:
        return draft.words("survei.tabel_sumber_tutup", asal=origin)
    return draft.words(
        "survei.tabel_sumber_berkas" if unmarked(origin) == found.file else "survei.tabel_sumber",
        asal=origin,
        berkas=draft.show.quote(found.file, "rencana: file"),
    )


def _spread(draft: Draft, number: int, element: ElementScore, found: ScoreRow, file: str) -> Row:
    source = f"{file}, baris {found.number}"
    figures: list[Inline]
    if found.figures is None:
        figures = [draft.words("sel.kosong")] * (_LEVELS + 1)
    else:
        cells = (*found.figures, sum(found.figures, Decimal(0)))
        figures = [draft.show.number(figure, source) for figure in cells]
    return row(draft.show.place(number), draft.show.quote(element.name, source), *figures)


def score_table(draft: Draft, result: IndicatorResult, found: Survey) -> None:
    """Each element's score and its grade on every scale; the last row is the index."""
    scales = [regulation.scale for regulation in shipped_regulations()]

    def grades(value: Fraction | None) -> list[Inline]:
        return [_grade(draft, None if value is None else scale.band(value)) for scale in scales]

    body = [
        row(
            draft.show.place(number),
            draft.show.quote(element.name, f"unsur {element.code}"),
            score(draft, element.score, f"{found.file}: {element.code}"),
            *grades(element.score),
        )
        for number, element in enumerate(found.card.elements, start=1)
    ]
    index = score(draft, found.card.index, f"dihitung: rata-rata nilai unsur {found.file}")
    label = Cell(draft.words("survei.indeks"), columns=2)
    body.append(row(label, index, *grades(found.card.index), emphasis=Emphasis.TOTAL))
    draft.build.table(
        f"survei.nilai@{result.indicator.id}",
        (NUMBER, words(61), figures(20), *(figures(37) for _ in scales)),
        (
            row(
                *(Cell(text, rows=2) for text in draft.columns("no", "unsur", "skor")),
                Cell(draft.words("kolom.mutu"), columns=len(scales)),
            ),
            row(*(_scale_head(draft, scale.id) for scale in scales)),
        ),
        body,
        caption=_caption(draft, "survei.nilai", result),
    )


def official_table(draft: Draft, result: IndicatorResult, found: Survey) -> None:
    """The elements of the regulation in force, and which elements of the form make each."""
    nine = found.nine
    assert nine is not None
    regulation = regulation_in_force()
    name = draft.show.quote(regulation.number, f"peraturan {regulation.id}")
    body = [
        row(
            draft.show.place(number),
            draft.show.quote(element.name, f"peraturan {regulation.id}"),
            _members(nine, element.code, found),
            score(draft, element.score, f"dihitung: unsur resmi {element.code}"),
            _grade(draft, element.band),
        )
        for number, element in enumerate(nine.elements, start=1)
    ]
    index = score(draft, nine.index, "dihitung: rata-rata unsur resmi")
    label = Cell(draft.words("survei.resmi_indeks"), columns=3)
    body.append(row(label, index, _grade(draft, nine.band), emphasis=Emphasis.TOTAL))
    head = draft.columns("no", "survei.resmi_unsur", "survei.resmi_padanan", "skor")
    draft.build.table(
        f"survei.resmi_tabel@{result.indicator.id}",
        (NUMBER, words(40), words(60), figures(19), figures(36)),
        (row(*head, _scale_head(draft, regulation.scale.id)),),
        body,
        caption=_caption(draft, "survei.resmi_tabel", result, peraturan=name),
    )


def _caption(draft: Draft, key: str, result: IndicatorResult, **values: str) -> Text:
    return draft.words(key, nomor=indicator_number(draft, result), **values)


def _members(nine: OfficialNine, code: str, found: Survey) -> str:
    return "; ".join(found.card.element(member).name for member in nine.members[code])


def _grade(draft: Draft, band: Band | None) -> Inline:
    if band is None:
        return draft.words("sel.kosong")
    return draft.words("sel.mutu", mutu=band.grade, predikat=band.predicate)


def _scale_head(draft: Draft, scale: str) -> Inline:
    return draft.words("kolom.skala", skala=draft.show.quote(scale, f"skala {scale}"))
