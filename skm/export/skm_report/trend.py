"""The index over the periods before, with a mark where form or scale changed."""

from __future__ import annotations

from skm import charts
from skm.charts import Bound, Trend
from skm.document.blocks import Align, Column
from skm.document.builder import row
from skm.export.skm_report.draft import Draft
from skm.period_scores import TrendPoint

_CHART_WIDTH = 150  # mm


def trend(draft: Draft) -> None:
    """Tren: table and line chart; one point alone makes no line."""
    points = draft.material.trend
    draft.lead("tren.awal" if len(points) > 1 else "tren.pertama")
    draft.build.table(
        "tren.tabel",
        (
            *(Column(10, Align.CENTER), Column(45), Column(25, Align.RIGHT)),
            *(Column(40, Align.CENTER), Column(45)),
        ),
        [row(*draft.columns("no", "periode", "ikm", "mutu_kinerja", "keterangan"))],
        [row(*_cells(draft, place, point)) for place, point in enumerate(points, 1)],
        caption=draft.words("tren.judul"),
    )
    if len(points) > 1:
        _chart(draft, points)


def _cells(draft: Draft, place: int, point: TrendPoint) -> tuple[str, ...]:
    card = point.card
    notes = [
        *(["berubah"] if point.breaks else []),
        *(["belum_ditutup"] if point.edition is None else []),
    ]
    return (
        draft.show.number(place, "nomor urut"),
        draft.show.quote(point.period.label, "tren"),
        draft.score(card.index, f"hasil {point.period}"),
        draft.plain_words("tren.mutu", huruf=card.band.grade, kata=card.band.predicate)
        if card.band
        else "",
        "; ".join(draft.plain_words(f"tren.{note}") for note in notes),
    )


def _chart(draft: Draft, points: tuple[TrendPoint, ...]) -> None:
    scale = draft.figures.card.scale
    labels: list[str] = []
    values: list[float | None] = []
    texts: list[str] = []
    for point in points:
        if point.breaks:
            # a gap in the line, so that nobody reads a change of the form as one of the service
            labels.append("")
            values.append(None)
            texts.append("")
        labels.append(draft.show.quote(point.period.label, "tren"))
        values.append(None if point.card.index is None else float(point.card.index))
        texts.append(draft.score(point.card.index, f"hasil {point.period}"))
    said = "; ".join(
        draft.plain_words(
            "tren.titik",
            periode_titik=draft.show.quote(point.period.label, "tren"),
            nilai=draft.score(point.card.index, f"hasil {point.period}"),
        )
        for point in points
    )
    same_scale = all(point.card.scale.id == scale.id for point in points)
    bounds = [Bound(float(band.lower), band.grade) for band in scale.bands[1:]]
    picture = charts.trend(
        Trend(
            labels=labels,
            values=values,
            texts=texts,
            bounds=bounds if same_scale else [],
            alt=draft.plain_words("tren.gambar_alt", titik=said),
        )
    )
    draft.build.figure("tren.gambar", picture, draft.words("tren.gambar"), _CHART_WIDTH)
