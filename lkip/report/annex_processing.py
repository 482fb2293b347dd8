"""Annex: the processing sheet of the survey, from the answers of each element to the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lkip.figure import PLACES
from lkip.plan import Annex
from lkip.realisations import Survey
from lkip.report.annex_parts import letterhead, signed
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.report.measurement import indicator_number
from lkip.results import IndicatorResult
from skm.document.blocks import Cell, Emphasis, Formula, Inline, Row, Text
from skm.document.builder import row
from skm.export.skm_tables import scored_statements
from skm.numerals import round_half_up
from skm.regulation import Scale, shipped_regulations
from skm.responses import LEVELS
from skm.scoring import POINTS_PER_LEVEL, ElementScore

_NRR_PLACES = 3  # as the tables of the regulations print it
_KEY = "lampiran.pengolahan"


def processing_annex(draft: Draft, annex: Annex) -> None:
    """Every element from its answers to the index, for each indicator that is one."""
    letterhead(draft, annex)
    surveyed = [each for each in draft.results.indicators if each.realised.survey]
    if not surveyed:
        draft.say(f"{_KEY}.tanpa")
    for result in surveyed:
        assert result.realised.survey is not None
        _Sheet(draft, result, result.realised.survey).add()
    signed(draft, annex)


@dataclass(frozen=True)
class _Sheet:
    """The processing sheet of one index."""

    draft: Draft
    result: IndicatorResult
    found: Survey

    @property
    def at(self) -> str:
        return self.result.indicator.id

    @property
    def percent(self) -> bool:
        """Whether the source has shares of the answers, and no counts."""
        return self.found.table.values == "percent"

    @property
    def scales(self) -> tuple[Scale, ...]:
        return tuple(regulation.scale for regulation in shipped_regulations())

    @property
    def times(self) -> str:
        return self.draft.show.number(POINTS_PER_LEVEL, "skala nilai")

    def add(self) -> None:
        """Add the method, the table, and the index as symbol, numbers and result."""
        self._method()
        self._table()
        self._index()

    def _method(self) -> None:
        draft, weights = self.draft, set(self.found.card.weights.each.values())
        source = draft.show.quote(self.found.file, f"rencana: indikator {self.at}")
        if len(weights) == 1:
            (weight,) = weights
            label = self.found.card.weights.label
            shown = draft.show.quote(f"{weight.numerator}/{weight.denominator}", label)
            draft.say(f"{_KEY}.awal", at=self.at, asal=source, bobot=shown)
        else:
            draft.say(f"{_KEY}.awal_bobot", at=self.at, asal=source)
        if self.percent:
            draft.say(f"{_KEY}.persentase", at=self.at)
        if self.found.table.handling == "printed":
            draft.say(f"{_KEY}.nrr_tercetak", at=self.at, kali=self.times)
        else:
            draft.lead(f"{_KEY}.nrr_dihitung", at=self.at)
            mean, points = draft.columns(f"{_KEY}.nrr", f"{_KEY}.jumlah_nilai")
            draft.build.add(Formula(f"{_KEY}.rumus@{self.at}", mean, points, self._answered()))
        draft.say(f"{_KEY}.nilai", at=self.at, kali=self.times)

    def _answered(self) -> Text:
        return self.draft.words(f"{_KEY}.{'jumlah_persen' if self.percent else 'responden'}")

    def _table(self) -> None:
        draft, scale = self.draft, self.found.card.scale
        level = "survei.sebaran_persen" if self.percent else "survei.sebaran_jumlah"
        draft.build.table(
            f"{_KEY}.tabel@{self.at}",
            (NUMBER, words(36), *(figures(12) for _ in LEVELS), figures(16), figures(13),
             figures(11), figures(17), figures(12), *(figures(11) for _ in self.scales)),
            (
                row(
                    *draft.columns("no", "unsur"),
                    *(draft.words(level, kelas=band.predicate) for band in scale.bands),
                    self._answered(),
                    *draft.columns(*(f"{_KEY}.{key}" for key in _COMPUTED), "skor"),
                    *(self._mark(scale) for scale in self.scales),
                ),
            ),
            self._rows(),
            caption=draft.words(f"{_KEY}.tabel", nomor=indicator_number(draft, self.result)),
            source=draft.words(
                f"{_KEY}.catatan",
                terendah=draft.show.number(LEVELS[0], "nilai persepsi"),
                tertinggi=draft.show.number(LEVELS[-1], "nilai persepsi"),
            ),
        )  # fmt: skip

    def _mark(self, scale: Scale) -> Text:
        return self.draft.words(
            "kolom.skala", skala=self.draft.show.quote(scale.id, f"skala {scale.id}")
        )

    def _rows(self) -> Iterator[Row]:
        card = self.found.card
        for number, element in enumerate(card.elements, start=1):
            yield from self._element(number, element)
        total = self._total()
        yield row(
            Cell(self.draft.words(f"{_KEY}.jumlah"), columns=5 + len(LEVELS)),
            self._shown(total, f"jumlah NRR tertimbang {self.found.file}", _places(total)),
            *[""] * (1 + len(self.scales)),
            emphasis=Emphasis.SUBTOTAL,
        )
        yield row(
            Cell(self.draft.words(f"{_KEY}.indeks", kali=self.times), columns=6 + len(LEVELS)),
            self._shown(card.index, f"indeks {self.found.file}", PLACES),
            *self._grades(card.index),
            emphasis=Emphasis.TOTAL,
        )

    def _element(self, number: int, element: ElementScore) -> Iterator[Row]:
        """An element; of one with several statements these stand below, its NRR is their mean."""
        statements = self._statements(element)
        what, level = f"{self.found.file}: {element.code}", element.mean_level
        own = None if statements else self.found.table.row(element.code).figures
        weight = self.found.card.weights.each[element.code]
        yield row(
            self.draft.show.place(number),
            self.draft.show.quote(element.name, what),
            *self._spread(own, what, none="" if statements else _blank(self.draft)),
            self._shown(level, f"NRR {what}", _NRR_PLACES),
            self._shown(_times(level, weight), f"NRR tertimbang {what}", _NRR_PLACES),
            self._shown(element.score, f"nilai {what}", PLACES),
            *self._grades(element.score),
        )
        for text, counts in statements:
            n = sum(counts)
            mean = Fraction(int(_points(counts)), int(n)) if n else None
            yield row(
                "",
                self.draft.show.quote(text, what),
                *self._spread(counts, what),
                self._shown(mean, f"NRR {what}: {text}", _NRR_PLACES),
                *[""] * (2 + len(self.scales)),
            )

    def _statements(self, element: ElementScore) -> list[tuple[str, tuple[Decimal, ...]]]:
        """The statements of an element with several, each with the answers to it by level."""
        closing = self.found.closing
        asked = scored_statements(self.found.table.form.element(element.code))
        if closing is None or len(asked) == 1:
            return []
        return [
            (
                statement[0].text,
                tuple(
                    Decimal(sum(level))
                    for level in zip(
                        *(closing.distribution.row(each.code) for each in statement), strict=True
                    )
                ),
            )
            for statement in asked
        ]

    def _spread(self, counts: Sequence[Decimal] | None, what: str, none: str = "") -> list[Inline]:
        """The answers by level, how many, and the sum of their levels."""
        if counts is None:
            return [none] * (len(LEVELS) + 2)
        cells = (*counts, sum(counts, Decimal(0)), _points(counts))
        return [self.draft.show.number(cell, what) for cell in cells]

    def _index(self) -> None:
        """The index as symbol, numbers and result."""
        total = self._total()
        if total is None:
            return
        self.draft.say(
            f"{_KEY}.indeks_hitung",
            at=self.at,
            kali=self.times,
            jumlah=self._shown(total, f"jumlah NRR tertimbang {self.found.file}", _places(total)),
            indeks=self._shown(self.found.card.index, f"indeks {self.found.file}", PLACES),
        )

    def _total(self) -> Fraction | None:
        """The sum of the weighted NRR; None while the index is not complete."""
        index = self.found.card.index
        return None if index is None else index / POINTS_PER_LEVEL

    def _shown(self, value: Fraction | None, what: str, places: int) -> str:
        if value is None:
            return _blank(self.draft)
        return self.draft.show.number(value, f"dihitung: {what}", places)

    def _grades(self, value: Fraction | None) -> list[Inline]:
        return [
            _blank(self.draft) if value is None else scale.band(value).grade
            for scale in self.scales
        ]


_COMPUTED = ("jumlah_nilai", "nrr", "tertimbang")


def _blank(draft: Draft) -> str:
    return draft.plain_words("sel.kosong")


def _points(counts: Sequence[Decimal]) -> Decimal:
    """Each answer times its level, added up."""
    return sum((level * count for level, count in zip(LEVELS, counts, strict=True)), Decimal(0))


def _times(level: Fraction | None, weight: Fraction) -> Fraction | None:
    return None if level is None else level * weight


def _places(total: Fraction | None) -> int:
    """Decimals that a reader needs to come from the printed sum to the printed index.

    >>> _places(Fraction("2.5")), _places(Fraction("972.5") / 14 / 25)
    (3, 5)
    """
    places = _NRR_PLACES
    if total is None:
        return places
    wanted = round_half_up(total * POINTS_PER_LEVEL, PLACES)
    while round_half_up(round_half_up(total, places) * POINTS_PER_LEVEL, PLACES) != wanted:
        places += 1
    return places
