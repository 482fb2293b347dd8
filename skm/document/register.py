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

_FIRST_MARK = 0xF0000  # of the planes for private use, which no text of an office has
MARK = re.compile("[\U000f0000-\U0010fffd]")
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


def unmarked(text: str) -> str:
    """A text without the marks of a register."""
    return MARK.sub("", text)


class Register:
    """Collects what a document shows while it is being made.

    A marking register puts one character of private use behind each text that it is given, so
    that every occurrence keeps its own entry until the page is written.
    """

    def __init__(self, *, marking: bool = False) -> None:
        self._marking = marking
        self._entries: list[Registered] = []
        self._places: dict[tuple[str, str], int] = {}
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
        bare = unmarked(text)
        place = self._places.setdefault((bare, source), len(self._entries))
        if place == len(self._entries):
            self._entries.append(Registered(bare, value, source))
        self._numbers.update(numbers_in(bare))
        return bare + chr(_FIRST_MARK + place) if self._marking else bare

    def quote(self, text: str, source: str) -> str:
        """Enter every number that stands literally in a text taken over from a source.

        What a part of the text was entered as already, it stays.
        """
        quoted, at = "", 0
        for mark in MARK.finditer(text):
            start = mark.start() - len(self.entry_of(mark[0]).text)
            quoted += self._quoted(text[at:start], source) + text[start : mark.end()]
            at = mark.end()
        return quoted + self._quoted(text[at:], source)

    def _quoted(self, text: str, source: str) -> str:
        return _NUMBER.sub(
            lambda found: self.enter(found[0], numerals.read_number(found[0]), source), text
        )

    def entry_of(self, mark: str) -> Registered:
        """What a mark of this register stands behind."""
        return self._entries[ord(mark) - _FIRST_MARK]

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
        return tuple(self._entries)

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
