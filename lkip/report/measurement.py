"""Bab III.A: how achievement is measured, and the measurement of all indicators."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lkip.figure import PLACES
from lkip.plan import AchievementClass
from lkip.plan.performance import Direction
from lkip.plan.performance import Formula as Rule
from lkip.report import indicators
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.report.ikhtisar import sasaran_values
from lkip.report.realised_parts import parts, quarters
from lkip.results import IndicatorResult, SasaranResult
from skm.document.blocks import Cell, Formula, Inline, Marker, reference
from skm.document.builder import row
from skm.document.drafting import listed

_USUAL: Mapping[Direction, Rule] = {"up": "ratio", "down": "difference"}
_STABLE: Rule = "stable"
_SHARES: Mapping[tuple[Direction, Rule], tuple[str, str]] = {
    ("up", "ratio"): ("realisasi", "target"),
    ("down", "ratio"): ("target", "realisasi"),
    ("down", "difference"): ("selisih", "target"),
}
_TABLE = "pengukuran.tabel"


def measurement(draft: Draft) -> None:
    """Formulas, classes, and the table of all indicators."""
    draft.heading("bab_3.judul")
    draft.heading("pengukuran.judul", 2)
    draft.say("pengukuran.cara")
    _formulas(draft)
    draft.lead(
        "pengukuran.kelas_awal",
        desimal=draft.show.count(PLACES, "aturan pembulatan"),
    )
    _classes(draft)
    draft.say("pengukuran.rincian", tabel=reference(_TABLE))
    _table(draft)
    for result in draft.results.indicators:
        parts(draft, result)
        quarters(draft, result)
        _remarks(draft, result)
    for part in draft.results.sasaran:
        sasaran_sentence(draft, part, "pengukuran")


def sasaran_sentence(draft: Draft, result: SasaranResult, part: str) -> None:
    """What a sasaran achieved, by the texts of a part of the report."""
    values = sasaran_values(draft, result)
    if result.achievement.category is None:
        key = "sasaran_tanpa_angka"
    else:
        key = "sasaran_satu" if len(result.indicators) == 1 else "sasaran"
    draft.say(f"{part}.{key}", at=result.sasaran.id, **values)


def _formulas(draft: Draft) -> None:
    """How achievement is computed in either direction, and which indicators go another way."""
    for direction, usual in _USUAL.items():
        used = {each.rule for each in draft.plan.indicators if each.direction == direction}
        rules = sorted(used - {_STABLE}, key=lambda rule: (rule != usual, rule)) or [usual]
        for rule in rules:
            at = f"{direction}.{rule}"
            key = "naik" if direction == "up" else "turun"
            if len(rules) == 1:
                draft.lead(f"pengukuran.{key}", at=at)
            else:
                draft.lead(f"pengukuran.{key}_nomor", at=at, nomor=_users(draft, direction, rule))
            draft.build.add(_formula(draft, at, _SHARES[direction, rule]))
    if any(each.rule == _STABLE for each in draft.plan.indicators):
        draft.lead("pengukuran.stabil", nomor=_users(draft, None, _STABLE))
        draft.build.add(_formula(draft, _STABLE, ("realisasi", "target")))
        draft.lead("pengukuran.stabil_lebih")
        draft.build.add(_formula(draft, f"{_STABLE}.lebih", ("selisih", "target")))


def _users(draft: Draft, direction: Direction | None, rule: Rule) -> str:
    """The indicators of a direction, or of either, that are computed by a rule."""
    return listed(
        indicator_number(draft, result)
        for result in draft.results.indicators
        if result.indicator.rule == rule and direction in (None, result.indicator.direction)
    )


def _formula(draft: Draft, at: str, share: tuple[str, str]) -> Formula:
    above, below = (draft.words(f"pengukuran.{key}") for key in share)
    result, factor = draft.words("pengukuran.hasil"), draft.words("pengukuran.persen")
    return Formula(f"pengukuran.rumus@{at}", result, above, below, factor)


def _classes(draft: Draft) -> None:
    better: AchievementClass | None = None
    body = []
    for number, category in enumerate(draft.plan.classes, start=1):
        body.append(
            row(
                draft.show.place(number),
                _range(draft, category, better),
                category.name,
            )
        )
        better = category
    draft.build.table(
        "pengukuran.kelas",
        (NUMBER, words(95), words(60)),
        (row(*draft.columns("no", "pengukuran.kelas_capaian", "pengukuran.kelas_sebutan")),),
        body,
    )


def _range(draft: Draft, category: AchievementClass, better: AchievementClass | None) -> Inline:
    """From where to where a class goes, so that no figure falls between two."""

    def bound(value: Decimal | None) -> str:
        return draft.show.in_unit(value or Decimal(0), "%", f"rencana: class {category.name}")

    if category.bound is None:
        if better is None:
            return draft.words("sel.kosong")
        key = "terendah_dengan" if better.above is not None else "terendah"
        return draft.words(f"pengukuran.{key}", atas=bound(better.bound))
    if better is None:
        key = "lebih" if category.above is not None else "mulai"
        return draft.words(f"pengukuran.{key}", bawah=bound(category.bound))
    key = "sampai" if better.above is not None else "kurang_dari"
    return draft.words(f"pengukuran.{key}", bawah=bound(category.bound), atas=bound(better.bound))


def _table(draft: Draft) -> None:
    body = []
    for part in draft.results.sasaran:
        for place, result in enumerate(part.indicators):
            cells: list[Inline | Cell] = [
                indicator_cell(draft, result),
                indicators.targets(draft, result.indicator),
                indicators.graded(draft, result.indicator, draft.plan.year, result.realised),
                _achievement(draft, result),
            ]
            if place == 0:
                cells = [*sasaran_cells(draft, part), *cells]
            body.append(row(*cells))
    draft.build.table(
        _TABLE,
        (
            *(NUMBER, words(34), words(47)),
            *(figures(25), figures(25), figures(24)),
        ),
        (row(*draft.columns("no", "sasaran", "indikator", "target", "realisasi", "capaian")),),
        body,
        caption=draft.words(_TABLE),
        index=True,
        source=draft.words("pengukuran.sumber", dokumen=_measured_by(draft)),
    )


def sasaran_cells(draft: Draft, part: SasaranResult) -> tuple[Cell, Cell]:
    """Number and name of a sasaran, beside all its indicators."""
    values = sasaran_values(draft, part)
    rows = len(part.indicators)
    return Cell(values["nomor"], rows=rows), Cell(values["sasaran"], rows=rows)


def indicator_number(draft: Draft, result: IndicatorResult) -> str:
    """The number that the whole report knows an indicator by."""
    return draft.show.place(result.number)


def indicator_cell(draft: Draft, result: IndicatorResult) -> str:
    """The name of an indicator behind its number."""
    indicator = result.indicator
    place = indicator_number(draft, result)
    return f"{place}. {draft.show.quote(indicator.name, f'rencana: indikator {indicator.id}')}"


def _achievement(draft: Draft, result: IndicatorResult) -> str:
    measured = result.achievement
    judged = [
        draft.plain_words(
            "sel.mutu_terpenuhi" if verdict.met else "sel.mutu_belum",
            skala=draft.show.quote(verdict.scale.id, f"skala {verdict.scale.id}"),
        )
        for verdict in measured.verdicts
        if measured.is_grade_only and verdict.target == measured.target and verdict.reached
    ]
    text = indicators.achieved(draft, result)
    lines = judged or [text, *([measured.category.name] if measured.category else [])]
    return "\n".join(lines)


def _measured_by(draft: Draft) -> str:
    """The documents that the measured targets stand in; which indicator, where they differ."""
    by_document: dict[str, list[str]] = {}
    for result in draft.results.indicators:
        if result.achievement.target:
            numbers = by_document.setdefault(result.achievement.target.document, [])
            numbers.append(indicator_number(draft, result))
    if len(by_document) == 1:
        return draft.document_title(next(iter(by_document)))
    return "; ".join(
        draft.plain_words(
            "pengukuran.sumber_dokumen",
            dokumen=draft.document_title(document),
            nomor=listed(numbers),
        )
        for document, numbers in by_document.items()
    )


def _remarks(draft: Draft, result: IndicatorResult) -> None:
    """What the figures of an indicator need beside them: a cap, a target 0 or that is a grade."""
    indicator, at = result.indicator, result.indicator.id
    name = draft.show.quote(indicator.name, f"rencana: indikator {at}")
    if indicator.cap is not None:
        cap = draft.show.in_unit(indicator.cap, "%", f"rencana: indikator {at}, cap")
        draft.say("pengukuran.batas", at=at, indikator=name, batas=cap)
    promised = result.achievement.target
    if promised is not None and promised.number == 0:
        draft.say("pengukuran.target_nol", at=at, nomor=indicator_number(draft, result))
    if result.achievement.is_grade_only:
        target = indicators.target(draft, indicator, result.achievement.target)
        draft.say("pengukuran.tanpa_persentase", at=at, indikator=name, target=target)
    grade_verdicts(draft, result)


def grade_verdicts(draft: Draft, result: IndicatorResult) -> None:
    """Whether the grade that the agreement asks for was reached, on every scale."""
    verdicts = [each for each in indicators.verdicts(draft, result) if each.reached is not None]
    if not verdicts:
        return
    indicator, at = result.indicator, result.indicator.id
    promised = verdicts[0].target
    draft.lead(
        "mutu.awal",
        at=at,
        dokumen=draft.document_title(promised.document),
        target=promised.grade,
        indikator=draft.show.quote(indicator.name, f"rencana: indikator {at}"),
        realisasi=indicators.realised(draft, indicator, draft.plan.year, result.realised),
    )
    items = []
    for verdict in verdicts:
        band = verdict.reached
        assert band is not None
        items.append(
            draft.item(
                "mutu.terpenuhi" if verdict.met else "mutu.belum",
                at=f"{at}.{verdict.scale.id}",
                skala=draft.show.quote(verdict.scale.name, f"skala {verdict.scale.id}"),
                mutu=band.grade,
                predikat=band.predicate,
            )
        )
    draft.build.list(f"mutu.butir@{at}", items, Marker.DASH)
    measured = result.achievement.target
    if measured is not None and measured.number is not None:
        draft.say(
            "mutu.diukur",
            at=at,
            target=indicators.target(draft, indicator, measured),
            dokumen=draft.document_title(measured.document),
        )
