"""The sheets with results: Ringkasan, Distribusi, Profil, Layanan, Rekap."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from xlsxwriter.chart import Chart

from skm.assessment import NO_GROUP, assess
from skm.closing import Closing
from skm.comparison import highest, lowest
from skm.export.group_tables import (
    element_by_profile,
    profile_table,
    profile_totals_table,
    recap_table,
    services_table,
)
from skm.export.method_sheet import ScaleCells, weight_text
from skm.export.month import MonthExport
from skm.export.sheet import Place, Sheet
from skm.export.skm_tables import (
    answer_counts,
    distribution_table,
    element_scores,
    level_names,
    scored_statements,
)
from skm.export.table import Kind
from skm.form import Element, Form
from skm.numerals import number
from skm.responses import Distribution
from skm.scoring import EXACT, ElementScore

_BLUE = "#2F6DA8"
_LEVEL_COLOURS = ("#B2182B", "#EF8A62", "#92C5DE", "#2166AC")
"""Worst to best; told apart by colour-blind readers and in grey."""
_SUMMARY_CHART_ROWS = 20
_DISTRIBUTION_CHART_ROWS = 22


def fill_summary(
    sheet: Sheet, month: MonthExport, scale: ScaleCells, scores: Mapping[str, str]
) -> str:
    """Fill Ringkasan; its means are formulas over the scores of Distribusi.

    Returns:
        The cell of the index, as other sheets name it.
    """
    card = month.assessment.card
    sheet.letterhead("Indeks Kepuasan Masyarakat", month.period.label)
    facts = _facts(month)
    table = element_scores(card)
    above = sheet.row + 3 + len(facts) + 1  # the three of the index, the facts, a gap
    total = above + 2 + len(table.rows) + 1  # title and heads, rows, the total's own number
    index = f"G{total}"
    if card.index is None or card.band is None:
        sheet.fact("Indeks (IKM)", "belum lengkap", Kind.TEXT)
        sheet.fact("Mutu", None, Kind.TEXT)
        sheet.fact("Kinerja", None, Kind.TEXT)
    else:
        sheet.fact("Indeks (IKM)", card.index, Kind.SCORE, _how(month), f"={index}")
        sheet.fact("Mutu", card.band.grade, Kind.TEXT, card.scale.name, scale.grade(index))
        predicate = card.band.predicate
        sheet.fact("Kinerja", predicate, Kind.TEXT, formula=scale.predicate(index))
    for label, value, kind, remark in facts:
        sheet.fact(label, value, kind, remark)
    sheet.gap()
    exact = card.weights.label == EXACT
    codes = [element.code for element in card.elements]
    place = sheet.table(
        table,
        lambda at, column, row: {
            3: f"={scores.get(codes[at])}/25",
            4: f"=1/{len(codes)}" if exact else None,
            5: f"=D{row}*E{row}",
            6: f"=D{row}*25",
            7: scale.grade(f"G{row}"),
            8: scale.predicate(f"G{row}"),
        }.get(column),
        {
            5: "=SUM(F{first}:F{last})",
            6: "=F{row}*25",
            7: scale.grade(index),
            8: scale.predicate(index),
        },
    )
    sheet.gap()
    sheet.note(f"Unsur terendah: {_named(lowest(card.elements))}.")
    sheet.note(f"Unsur tertinggi: {_named(highest(card.elements))}.")
    for warning in month.assessment.warnings:
        sheet.note(warning)
    sheet.gap()
    chart = _score_chart(sheet, "Nilai per unsur", place, names=1, values=6)
    sheet.chart(chart, "Diagram batang nilai setiap unsur, 25 sampai 100", _SUMMARY_CHART_ROWS)
    return sheet.reference(6, place.total)


def fill_distribution(sheet: Sheet, month: MonthExport, scale: ScaleCells) -> dict[str, str]:
    """Fill Distribusi: percentages as formulas over the counts beneath.

    Returns:
        The cell of each element's score, by code.
    """
    form, card = month.form, month.assessment.card
    distribution = month.distribution
    sheet.letterhead("Distribusi jawaban", month.period.label)
    table = distribution_table(form, distribution, card)
    top = sheet.row
    sheet.gap(len(table.rows) + len(table.notes) + _DISTRIBUTION_CHART_ROWS + 5)
    counts = sheet.table(
        answer_counts(form, distribution, card),
        lambda _, column, row: f"=SUM(C{row}:F{row})" if column == 6 else None,
    )
    sheet.row = top
    rows = {question.code: counts.first + at for at, question in enumerate(form.questions)}

    def formula(at: int, column: int, row: int) -> str | None:
        if 2 <= column <= 5:
            return _share(form.elements[at], distribution, rows, "CDEF"[column - 2])
        return {
            6: f"=SUM(C{row}:F{row})",
            7: f"=(C{row}+2*D{row}+3*E{row}+4*F{row})/4",
            8: scale.predicate(f"H{row}"),
        }.get(column)

    place = sheet.table(table, formula)
    sheet.gap()
    chart = _chart(sheet, "bar", "Distribusi jawaban", "percent_stacked")
    for level, (name, colour) in enumerate(zip(level_names(card), _LEVEL_COLOURS, strict=True)):
        chart.add_series(
            {
                "name": name,
                "categories": sheet.area(1, place),
                "values": sheet.area(2 + level, place),
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_legend({"position": "bottom"})
    sheet.chart(chart, "Diagram sebaran jawaban setiap unsur", _DISTRIBUTION_CHART_ROWS)
    return {
        element.code: sheet.reference(7, place.first + at)
        for at, element in enumerate(form.elements)
    }


def fill_profile(sheet: Sheet, month: MonthExport) -> None:
    """Fill Profil: who answered, and what each group thinks of each element."""
    sheet.letterhead("Profil responden", month.period.label)
    if month.official and month.destroyed:
        _fill_totals(sheet, month.form, month.official.closing)
        return
    card = month.assessment.card
    asked = [
        question
        for question in month.form.profile
        if any(month.everyone.columns[f"profile.{question.code}"])
    ]
    if not asked:
        sheet.note("Tidak ada responden yang mengisi profil.")
    results = [
        assess(month.everyone, month.method, by=f"profile.{question.code}") for question in asked
    ]
    for question, result in zip(asked, results, strict=True):
        sheet.table(profile_table(question, result.groups, len(month.everyone)))
        sheet.gap()
    for question, result in zip(asked, results, strict=True):
        sheet.table(element_by_profile(question, card, result.groups))
        sheet.gap()


def _fill_totals(sheet: Sheet, form: Form, closing: Closing) -> None:
    """What a closing keeps of the profile."""
    sheet.note(
        "Jawaban satuan periode ini sudah dimusnahkan menurut aturan retensi; yang tersisa "
        "jumlah responden saat periode ditutup."
    )
    asked = {question.code: question for question in form.profile}
    for totals in closing.profile:
        question = asked[totals.question]
        if any(n != 0 for code, n in totals.totals if code != NO_GROUP):
            sheet.table(profile_totals_table(question, totals.totals, closing.respondents))
            sheet.gap()


def fill_services(sheet: Sheet, month: MonthExport) -> None:
    """Fill Layanan: one service a row."""
    assessment = month.assessment
    sheet.letterhead("Indeks per jenis layanan", month.period.label)
    table = services_table(month.office, assessment.card, assessment.groups, month.sample)
    place = sheet.table(table, heading=False, turned=True)
    if month.population is None:
        sheet.note(
            "Jumlah terlayani belum diisi untuk semua bulan periode ini, jadi sampel yang "
            "dibutuhkan belum dapat dihitung. Isi dengan «skm served»."
        )
    for name in _more_than_served(month):
        sheet.note(f"{name}: responden lebih banyak daripada yang dilayani; periksa.")
    sheet.gap()
    index = next(at for at, column in enumerate(table.columns) if column.title == "IKM")
    chart = _score_chart(sheet, "IKM per jenis layanan", place, names=1, values=index)
    sheet.chart(chart, "Diagram batang IKM setiap layanan, 25 sampai 100", 14)


def fill_recap(sheet: Sheet, month: MonthExport) -> None:
    """Fill Rekap: the lines that the kabupaten collects."""
    assessment = month.assessment
    sheet.letterhead("Rekapitulasi SKM", month.period.label)
    sheet.table(
        recap_table(
            *(month.office, month.period, month.form, assessment.card),
            *(assessment.groups, month.channels),
            *(month.follow_up, month.follow_up_before),
        ),
        heading=False,
    )


def _facts(month: MonthExport) -> list[tuple[str, str | int | Fraction | None, Kind, str]]:
    """What stands beside the index."""
    found = month.assessment
    interval, nine = found.interval, found.nine
    facts: list[tuple[str, str | int | Fraction | None, Kind, str]] = [
        ("Responden", found.card.respondents, Kind.COUNT, ""),
    ]
    if month.population is None:
        facts.append(("Dilayani", "belum diisi untuk semua bulan", Kind.TEXT, ""))
    else:
        facts.append(("Dilayani", month.population, Kind.COUNT, ""))
        facts.append(("Sampel perlu", found.sample_needed, Kind.COUNT, "Krejcie dan Morgan"))
    if minimum := month.form.regulation.minimum_sample:
        facts.append(("Minimum peraturan", minimum, Kind.COUNT, month.form.regulation.number))
    if interval:
        low, high = (number(Fraction(bound), 2) for bound in (interval.low, interval.high))
        facts.append(("Selang kepercayaan 95 %", f"{low}–{high}", Kind.TEXT, ""))
    if found.alpha is not None:
        alpha = Fraction(found.alpha)
        facts.append(("Alfa Cronbach", alpha, Kind.NRR, "keandalan jawaban; 1 paling andal"))
    if nine and nine.index is not None and nine.band:
        remark = f"{nine.band.grade} ({nine.band.predicate}), unsur dan skala PermenPANRB 14/2017"
        facts.append(("Indeks sembilan unsur resmi", nine.index, Kind.SCORE, remark))
    flagged = f"{found.flagged} jawaban bertanda, lihat Kelengkapan"
    for label, index, remark in (
        ("Indeks tanpa unsur biaya", found.without_fee, ""),
        ("Indeks tanpa jawaban yang dibantu petugas", found.without_helped, ""),
        ("Indeks tanpa jawaban bertanda", found.without_flagged, flagged),
    ):
        if index is not None:
            facts.append((label, index, Kind.SCORE, remark))
    return facts


def _how(month: MonthExport) -> str:
    weights = weight_text(month.method.weights, len(month.assessment.card.elements))
    return f"skala 25 sampai 100; bobot {weights}"


def _share(
    element: Element, distribution: Distribution, rows: Mapping[str, int], column: str
) -> str | None:
    """The formula of a level's share: of the counts, or the mean over several statements."""
    parts = []
    for statement in scored_statements(element):
        if any(any(distribution.row(question.code)) for question in statement):
            at = [rows[question.code] for question in statement]
            chosen, answered = (
                "+".join(f"{letter}{row}" for row in at) for letter in (column, "G")
            )
            parts.append(f"({chosen})/({answered})")
    if not parts:
        return None
    return f"=100*{parts[0]}" if len(parts) == 1 else f"=100*AVERAGE({','.join(parts)})"


def _named(elements: tuple[ElementScore, ...]) -> str:
    return "; ".join(
        f"{element.name} ({number(element.score, 2)})"
        for element in elements
        if element.score is not None
    )


def _more_than_served(month: MonthExport) -> list[str]:
    """Services with more respondents than people served: somebody stuffs, or a figure is wrong."""
    return [
        service.name
        for group in month.assessment.groups
        if group.n is not None
        and (service := month.office.service(group.name))
        and group.n > month.served.get(group.name, group.n)
    ]


def _score_chart(sheet: Sheet, title: str, place: Place, *, names: int, values: int) -> Chart:
    """Bars from 25 to 100, the first on top."""
    chart = _chart(sheet, "bar", title)
    chart.add_series(
        {
            "name": title,
            "categories": sheet.area(names, place),
            "values": sheet.area(values, place),
            "fill": {"color": _BLUE},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "0.00"},
        }
    )
    axis = {"min": 25, "max": 100, "major_unit": 25, "num_format": "0"}
    chart.set_x_axis(axis | {"major_gridlines": {"visible": True}})
    chart.set_legend({"none": True})
    return chart


def _chart(sheet: Sheet, kind: str, title: str, subtype: str | None = None) -> Chart:
    """A chart with its title; only ever our own words, for one that begins with = is a formula."""
    chart = sheet.new_chart(kind, subtype)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    return chart
