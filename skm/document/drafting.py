"""A report in the making: values printed with their source, keyed texts added as blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from skm import numerals
from skm.document.blocks import Align, Item, Paragraph, Text, plain
from skm.document.builder import Builder
from skm.document.register import Register
from skm.document.wording import Value, Values, Wording


class ValuePrinter:
    """Formats values and enters each with its source; one value is printed in one way."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def quote(self, text: str, source: str) -> str:
        """A text taken over as it stands, the numbers in it entered."""
        return self.register.quote(text, source)

    def number(self, value: numerals.Number, source: str, places: int | None = None) -> str:
        """A number; without ``places`` with the decimals it was stated with."""
        return self.register.enter(numerals.number(value, places), value, source)

    def percent(self, value: numerals.Number, source: str, places: int = 2) -> str:
        """A percentage."""
        return self.register.enter(numerals.percent(value, places), value, source)

    def day(self, day: date, source: str) -> str:
        """A date in words."""
        return self.register.enter(numerals.long_date(day), day, source)


@dataclass(frozen=True)
class Drafting:
    """What a report is put together with.

    Attributes:
        build: collects the blocks.
        common: what every text may name, such as the office and the year.
    """

    wording: Wording
    build: Builder
    common: Values

    def words(self, key: str, **values: Value) -> Text:
        """The text of a key with its values put in."""
        return self.build.words(key, {**self.common, **values})

    def plain_words(self, key: str, **values: Value) -> str:
        """The same without its bold and italics, to be put into another text."""
        return plain(self.words(key, **values))

    def say(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add the text of a key as a paragraph; ``at`` tells several uses of it apart."""
        self.build.say(key, {**self.common, **values}, at=at)

    def lead(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add a paragraph that is never left alone before what it introduces."""
        self.build.say(key, {**self.common, **values}, at=at, keep_with_next=True)

    def title(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add a line in bold over what follows, which has no number to be referred to by."""
        words = tuple(replace(run, bold=True) for run in self.words(key, **values))
        self.build.add(Paragraph(placed(key, at), words, Align.LEFT, keep_with_next=True))

    def item(self, key: str, *, at: str = "", **values: Value) -> Item:
        """The text of a key as an item of a list."""
        return Item(self.words(key, **values), id=placed(key, at))


def placed(key: str, at: str) -> str:
    """The id of a keyed text at one of the places that it is used at.

    >>> placed("ikhtisar.sasaran", "s1"), placed("ikhtisar.sasaran", "")
    ('ikhtisar.sasaran@s1', 'ikhtisar.sasaran')
    """
    return f"{key}@{at}" if at else key


def listed(texts: Iterable[str]) -> str:
    """Texts in one sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a dan b', 'a, b, dan c')
    """
    *rest, last = texts
    if not rest:
        return last
    return f"{', '.join(rest)}{',' if len(rest) > 1 else ''} dan {last}"
