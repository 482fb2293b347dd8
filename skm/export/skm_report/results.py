"""Who answered, and what came of it: the index, its elements and the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from skm import charts
from skm.charts import Bound, Scores
from skm.closing import ProfileTotals
from skm.comparison import OfficialNine, highest, lowest
from skm.document.blocks import Align, Cell, Column, Emphasis, Row
from skm.document.builder import row
from skm.export.group_tables import (
    HIDDEN,
    HIDDEN_NOTE,
    Sample,
    choice_name,
    in_office_order,
    service_name,
    services_table,
)
from skm.export.skm_report.draft import Draft
from skm.export.skm_report.tables import add_table
from skm.export.skm_tables import element_labels, element_scores
from skm.export.table import Table
from skm.form import ProfileQuestion
from skm.numerals import round_half_up
from skm.regulation import regulation_in_force, shipped_regulations

_CHART_WIDTH = 140  # mm
_ELEMENT_WIDTHS = {1: 48.0, 5: 21.0}
_SERVICE_WIDTHS = {0: 8.0, 1: 34.0, 4: 23.0}
_LOWEST, _HIGHEST = 25, 100


def respondents(draft: Draft) -> None:
    """Jumlah responden by characteristic; groups that are too small stay hidden."""
    draft.lead("responden.awal")
    body: list[Row] = []
    for place, (title, lines) in enumerate(_characteristics(draft), 1):
        number = Cell(draft.show.number(place, "nomor urut"), rows=len(lines))
        first, *rest = lines
        body.append(row(number, Cell(title, rows=len(lines)), *first))
        body += [row(*line) for line in rest]
    draft.build.table(
        "responden.tabel",
        (
            *(Column(10, Align.CENTER), Column(42), Column(63)),
            *(Column(22, Align.RIGHT), Column(28, Align.RIGHT)),
        ),
        [row(*draft.columns("no", "karakteristik", "indikator", "jumlah", "persentase"))],
        body,
        caption=draft.words("responden.judul"),
        source=draft.show.quote(HIDDEN_NOTE, "keterangan tabel") if _hides(draft) else "",
    )


def _characteristics(draft: Draft) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    figures = draft.figures
    for totals in figures.profile:
        question = next(each for each in figures.form.profile if each.code == totals.question)
        lines = [_line(draft, name, n) for name, n in _given(question, totals)]
        if lines:
            yield draft.show.quote(question.text, f"formulir {figures.form.id}"), lines
    groups = in_office_order(figures.office, figures.assessment.groups, {})
    if groups:
        yield (
            draft.plain_words("responden.layanan"),
            [_line(draft, service_name(figures.office, each.name), each.n) for each in groups],
        )


def _given(question: ProfileQuestion, totals: ProfileTotals) -> list[tuple[str, int | None]]:
    """The choices with their counts; none where nobody answered the question at all."""
    known = {choice.code for choice in question.choices}
    if not any(n != 0 for code, n in totals.totals if code in known):
        return []
    return [(choice_name(question, code), n) for code, n in totals.totals]


def _line(draft: Draft, name: str, n: int | None) -> tuple[str, str, str]:
    shown = draft.show.quote(name, f"formulir {draft.figures.form.id}")
    if n is None:
        return shown, HIDDEN, HIDDEN
    share = Fraction(100 * n, draft.figures.respondents)
    return (
        shown,
        draft.show.number(n, draft.source),
        draft.show.percent(share, f"hitung: bagian dari responden {draft.figures.period}", 1),
    )


def _hides(draft: Draft) -> bool:
    figures = draft.figures
    return any(group.hidden for group in figures.assessment.groups) or any(
        n is None for totals in figures.profile for _, n in totals.totals
    )


def index(draft: Draft) -> None:
    """Indeks unit layanan and of each element, how sure it is, and what lifts it."""
    card, assessment = draft.figures.card, draft.figures.assessment
    draft.say("indeks.hasil" if card.index is not None else "indeks.belum_lengkap")
    _both_scales(draft)
    if assessment.interval is not None and card.index is not None:
        low, high = (Fraction(end) for end in (assessment.interval.low, assessment.interval.high))
        draft.say(
            "indeks.selang",
            bawah=draft.score(low, "selang kepercayaan"),
            atas=draft.score(high, "selang kepercayaan"),
            tingkat=draft.show.percent(95, "selang kepercayaan", 0),
        )
    if assessment.without_fee is not None:
        draft.say("indeks.tanpa_biaya", indeks_lain=draft.score(assessment.without_fee))
    laid_down(draft)
    add_table(
        draft,
        "indeks.tabel",
        element_scores(card),
        draft.words("indeks.judul"),
        widths=_ELEMENT_WIDTHS,
    )
    _chart(draft)
    _official(draft, assessment.nine)


def laid_down(draft: Draft) -> None:
    """The closing that the figures come from, or that there is none yet."""
    figures, show = draft.figures, draft.show
    if figures.edition is None or figures.short_checksum is None:
        draft.say("indeks.belum_ditutup")
        return
    number = figures.document and show.quote(figures.document, draft.source)
    draft.say(
        "indeks.ditutup_dokumen" if number else "indeks.ditutup",
        edisi=show.number(figures.edition, draft.source),
        tanggal=show.day(figures.day, draft.source),
        dokumen=number or "",
        sidik=show.quote(figures.short_checksum, draft.source),
    )


def _both_scales(draft: Draft) -> None:
    """The class on every other scale that disagrees, and on the one in force anyway."""
    card, newest = draft.figures.card, regulation_in_force().scale
    if card.index is None or card.band is None:
        return
    for scale in (regulation.scale for regulation in shipped_regulations()):
        band = scale.band(card.index)
        same = scale.id == card.scale.id
        if not same and (scale.id == newest.id or band.grade != card.band.grade):
            draft.say(
                "indeks.skala_lain",
                at=scale.id,
                skala_lain=draft.show.quote(scale.name, f"skala {scale.id}"),
                mutu_lain=band.grade,
                predikat_lain=band.predicate,
            )


def _chart(draft: Draft) -> None:
    card = draft.figures.card
    elements = [each for each in card.elements if each.score is not None]
    if not elements:
        return
    worst, best = lowest(elements, 1)[0], highest(elements, 1)[0]
    alt = draft.plain_words(
        "indeks.gambar_alt",
        terendah=draft.show.quote(worst.name, "unsur"),
        nilai_terendah=draft.score(worst.score),
        tertinggi=draft.show.quote(best.name, "unsur"),
        nilai_tertinggi=draft.score(best.score),
        bawah=draft.show.number(_LOWEST, "skala nilai"),
        atas=draft.show.number(_HIGHEST, "skala nilai"),
    )
    picture = charts.element_scores(
        Scores(
            labels=[each.name for each in elements],
            values=[float(each.score or 0) for each in elements],
            texts=[draft.score(each.score) for each in elements],
            bounds=[Bound(float(band.lower), band.grade) for band in card.scale.bands[1:]],
            alt=alt,
        )
    )
    draft.build.figure("indeks.gambar", picture, draft.words("indeks.gambar"), _CHART_WIDTH)


def _official(draft: Draft, nine: OfficialNine | None) -> None:
    """The official elements, where the form has others."""
    card = draft.figures.card
    if nine is None or len(nine.elements) == len(card.elements) or nine.band is None:
        return
    regulation = regulation_in_force()
    source = f"hitung: unsur {regulation.number}"
    draft.lead(
        "indeks.resmi",
        jumlah_resmi=draft.show.number(len(nine.elements), source),
        indeks_resmi=draft.score(nine.index, source),
        mutu_resmi=nine.band.grade,
        predikat_resmi=nine.band.predicate,
    )
    body = [
        row(
            draft.show.number(place, "nomor urut"),
            draft.show.quote(element.name, source),
            "; ".join(card.element(code).name for code in nine.members[element.code]),
            draft.score(element.score, source),
            element.band.grade if element.band else "",
        )
        for place, element in enumerate(nine.elements, 1)
    ]
    label = Cell(draft.words("indeks.rata"), columns=3)
    total = (label, draft.score(nine.index, source), nine.band.grade)
    draft.build.table(
        "indeks.resmi.tabel",
        (
            *(Column(10, Align.CENTER), Column(52), Column(63)),
            *(Column(20, Align.RIGHT), Column(20, Align.CENTER)),
        ),
        [row(*draft.columns("no", "unsur_resmi", "padanan", "nilai", "mutu"))],
        [*body, row(*total, emphasis=Emphasis.TOTAL)],
        caption=draft.words("indeks.resmi_judul"),
    )


def services(draft: Draft) -> None:
    """Indeks of each service, on a turned page; the elements as U1, U2 ..."""
    figures = draft.figures
    draft.lead("layanan.awal", gabung=draft.plain_words(f"gabung.{figures.join}"))
    table = services_table(
        figures.office,
        figures.card,
        figures.assessment.groups,
        Sample(dict(figures.served), figures.assessment.sample_needed),
    )
    add_table(
        draft,
        "layanan.tabel",
        _short(draft, table),
        draft.words("layanan.judul"),
        widths=_SERVICE_WIDTHS,
        landscape=True,
    )
    _plain_mean(draft)


def _short(draft: Draft, table: Table) -> Table:
    """The table with the numbers of the elements for heads, their names being too long."""
    form = draft.figures.form
    labels = {
        element.name: element_labels(form)[element.code] for element in form.counted_elements
    }
    columns = tuple(
        replace(column, title=labels.get(column.title, column.title)) for column in table.columns
    )
    return replace(table, columns=columns)


def _plain_mean(draft: Draft) -> None:
    """The mean of the services that some offices report, where every service may be shown."""
    groups = draft.figures.assessment.groups
    shown = [group.card.index for group in groups if group.card and group.card.index is not None]
    if len(shown) < 2 or len(shown) < len(groups):
        return
    # from the printed figures, so that a reader who adds them up gets it
    mean = Fraction(sum(Fraction(round_half_up(each, 2)) for each in shown), len(shown))
    draft.say("layanan.rata", rata=draft.score(mean, "hitung: rata-rata indeks layanan tercetak"))
