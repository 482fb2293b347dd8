"""What a realisation is made of: numerator and denominator, or the quarters of its year."""

from __future__ import annotations

from decimal import Decimal

from lkip.achievement import realised_by_quarters
from lkip.plan import FromParts, Indicator
from lkip.report import indicators, sources
from lkip.report.columns import figures, words
from lkip.report.draft import Draft
from lkip.results import IndicatorResult
from skm.document.blocks import Formula, Inline
from skm.document.builder import roman, row

_QUARTERS = range(1, 5)


def parts(draft: Draft, result: IndicatorResult) -> None:
    """The formula of a realisation in symbols, in numbers, and its result."""
    indicator, origin = result.indicator, result.realised.origin
    if not isinstance(origin, FromParts):
        return
    at, source = indicator.id, sources.of_indicator(indicator)
    above = indicator.numerator or draft.plain_words("pengukuran.pembilang")
    below = indicator.denominator or draft.plain_words("pengukuran.penyebut")
    times = draft.show.number(origin.times, f"{source}, times")
    number = draft.show.place(result.number)
    draft.lead("pengukuran.bagian_awal", at=at, nomor=number)
    draft.build.add(
        Formula(
            f"pengukuran.bagian_rumus@{at}",
            draft.words("pengukuran.realisasi"),
            draft.show.quote(above, source),
            draft.show.quote(below, source),
            times,
        )
    )
    draft.say(
        "pengukuran.bagian",
        at=at,
        pembilang=draft.show.number(origin.numerator, f"{source}, numerator"),
        penyebut=draft.show.number(origin.denominator, f"{source}, denominator"),
        kali=times,
        hasil=indicators.realised(draft, indicator, draft.plan.year, result.realised),
    )


def quarters(draft: Draft, result: IndicatorResult) -> None:
    """The quarters of the year beside their targets, and how they make the figure of it."""
    indicator = result.indicator
    if not indicator.quarters or indicator.join is None:
        return
    at = indicator.id
    by_number = {quarter.quarter: quarter for quarter in indicator.quarters}
    body = []
    for number in _QUARTERS:
        found = by_number.get(number)
        target, done = (found.target, found.realised) if found else (None, None)
        cells = [
            _cell(draft, indicator, value, f"triwulan {number}, {key}")
            for key, value in (("target", target), ("realisasi", done))
        ]
        body.append(row(roman(number), *cells))
    draft.build.table(
        f"pengukuran.triwulan_tabel@{at}",
        (words(45), figures(60), figures(60)),
        (row(*draft.columns("pengukuran.triwulan", "target", "realisasi")),),
        body,
        caption=draft.words("pengukuran.triwulan_tabel", nomor=draft.show.place(result.number)),
    )
    if result.realised.origin is None:
        key = f"pengukuran.gabung_{indicator.join}"
        found_figure = realised_by_quarters(indicator)
    else:
        key, found_figure = "pengukuran.triwulan_lain", result.realised.figure
    source = f"dihitung: triwulan indikator {at}, {indicator.join}"
    draft.say(key, at=at, hasil=indicators.figure(draft, indicator, found_figure, source))


def _cell(draft: Draft, indicator: Indicator, value: Decimal | None, place: str) -> Inline:
    if value is None:
        return draft.words("sel.belum_diisi")
    source = f"{sources.of_indicator(indicator)}, {place}"
    return draft.show.in_unit(value, indicator.unit, source)
