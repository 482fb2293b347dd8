"""The register of a document: each number it shows, its value, and where that came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from skm import numerals
from skm.document.blocks import Document, Figure, plain
from skm.document.parts import parts

Value = Decimal | Fraction | int | str | date | None

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Registered:
    """A text that shows a value, and the source of the value."""

    text: str
    value: Value
    source: str


@dataclass(frozen=True)
class Unregistered:
    """A number that stands in a document without having been entered."""

    block: str
    number: str
    text: str


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers that stand in a text, as written.

    >>> numbers_in("Rp378.590.950,00 (94,65 %) s.d. 30 Desember 2020.")
    ('378.590.950,00', '94,65', '30', '2020')
    """
    return tuple(_NUMBER.findall(text))


class Register:
    """Collects what a document shows while it is being made."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], Registered] = {}
        self._numbers: set[str] = set()

    def enter(self, text: str, value: Value, source: str) -> str:
        """Enter a formatted text, and give it back to be put into the document.

        Args:
            text: as it will be printed.
            value: what it shows, exact.
            source: where the value came from: file and row, key of the plan, closing, rule.

        >>> register = Register()
        >>> register.enter("81,72 %", Decimal("81.72"), "capaian skm: 69,46 / 85 x 100")
        '81,72 %'
        >>> [found.number for found in register.missing("Capaian 81,72 % dari 85", "ikhtisar")]
        ['85']
        """
        self._entries.setdefault((text, source), Registered(text, value, source))
        self._numbers.update(numbers_in(text))
        return text

    def quote(self, text: str, source: str) -> str:
        """Enter every number that stands literally in a text taken over from a source."""
        for found in numbers_in(text):
            self.enter(found, numerals.read_number(found), source)
        return text

    def missing(self, text: str, block: str) -> Iterator[Unregistered]:
        """The numbers of a text that were never entered."""
        for found in numbers_in(text):
            if found not in self._numbers:
                yield Unregistered(block, found, text)

    def unregistered(self, document: Document) -> tuple[Unregistered, ...]:
        """The numbers of a document that were never entered.

        Its properties and the alternative texts of its figures are looked through as well.
        """
        figures = (block for block in document.blocks if isinstance(block, Figure))
        texts = [
            ("title", document.title),
            ("subject", document.subject),
            ("notice", document.notice),
            *((part.id, plain(part.text)) for part in parts(document)),
            *((figure.id, figure.picture.alt) for figure in figures),
        ]
        return tuple(found for block, text in texts for found in self.missing(text, block))

    @property
    def entries(self) -> tuple[Registered, ...]:
        """All that was entered, in order, each text and source once."""
        return tuple(self._entries.values())

    def to_json(self) -> str:
        """The register as a JSON list, equal bytes for an equal document."""
        rows = [
            {"text": entry.text, "value": _json_value(entry.value), "source": entry.source}
            for entry in self.entries
        ]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _json_value(value: Value) -> int | str | None:
    """Exact: a decimal or fraction as text, since JSON numbers are read as floats."""
    return value if value is None or isinstance(value, int) else str(value)
