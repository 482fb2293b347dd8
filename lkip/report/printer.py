"""Values of a report as it prints them, each entered in its register on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lkip.figure import PLACES, Figure, State
from skm import numerals
from skm.document.drafting import ValuePrinter

INDEX = "indeks"
PERCENT = "%"


class Printer(ValuePrinter):
    """Values of a report: money, counts, figures of indicators."""

    def place(self, number: int) -> str:
        """The number of a row or of a thing among its likes."""
        return self.number(number, "nomor urut")

    def rupiah(self, value: Decimal | None, source: str) -> str:
        """An amount in running text."""
        if value is None:
            return State.NOT_FILLED.value
        return self._enter(numerals.rupiah(value), value, source)

    def amount(self, value: Decimal | None, source: str) -> str:
        """An amount in a column that says rupiah in its head."""
        return State.NOT_FILLED.value if value is None else self.number(value, source, PLACES)

    def signed(self, value: Decimal, source: str) -> str:
        """A difference with its sign."""
        return self._enter(numerals.signed(value, PLACES), value, source)

    def count(self, count: int, source: str) -> str:
        """A small count in digits and words.

        >>> from skm.document.register import Register
        >>> Printer(Register()).count(3, "indikator dalam rencana")
        '3 (tiga)'
        """
        return self._enter(f"{count} ({numerals.in_words(count)})", count, source)

    def year(self, year: int, source: str) -> str:
        """A year."""
        return self._enter(str(year), year, source)

    def in_unit(self, value: Decimal, unit: str, source: str, places: int | None = None) -> str:
        """A number with its unit: ``85`` of an index, ``100 %``, ``12 dokumen``."""
        text = numerals.number(value, places)
        if unit != INDEX:
            text += f" {self.quote(unit, source)}"
        return self._enter(text, value, source)

    def figure(self, figure: Figure, source: str, unit: str = PERCENT) -> str:
        """A computed figure with 2 decimals, or the word for why it is not there."""
        if figure.shown is None:
            return figure.state.value
        return self.in_unit(figure.shown, unit, source, PLACES)

    def realisation(self, figure: Figure, unit: str, source: str) -> str:
        """A figure of an indicator: an index with 2 decimals, others as they were stated."""
        if figure.shown is None:
            return figure.state.value
        return self.in_unit(figure.shown, unit, source, PLACES if unit == INDEX else None)

    def _enter(self, text: str, value: numerals.Number | date, source: str) -> str:
        return self.register.enter(text, value, source)
