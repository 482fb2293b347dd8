"""What is read in a document, and where two readings part.

The readers themselves (``html_reader``, ``docx_reader``, ``pdf_reader``) know the formats and
nothing of the writers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skm.document.blocks import Contents, Document, List, ListOf, plain
from skm.document.builder import roman
from skm.document.parts import parts_of


@dataclass
class Reading:
    """What a reader found, in reading order.

    Attributes:
        texts: paragraphs and cells, entries of contents without their page.
        entries: entries of contents and lists of captions, with the page printed behind.
        alts: alternative texts of pictures.
        markers: the markers of list items, as they are shown.
    """

    texts: list[str] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words; a hyphen parts two, since a line may end behind it."""
        return [word for text in self.texts for word in words(text)]


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[^\s\u200b\-–/]+", text)


def first_difference(left: Sequence[str], right: Sequence[str]) -> str | None:
    """The place where two word lists part, with some words around it; None if they are equal."""
    for index in range(max(len(left), len(right))):
        if left[index : index + 1] != right[index : index + 1]:
            around = slice(max(index - 4, 0), index + 4)
            return f"word {index}: {' '.join(left[around])!r} | {' '.join(right[around])!r}"
    return None


def read_model(document: Document) -> Reading:
    """What the blocks of a document hold."""
    reading = Reading()
    for block in document.blocks:
        reading.texts += [plain(part.text) for part in parts_of(block)]
        if isinstance(block, Contents | ListOf):
            reading.entries += [(f"{e.number} {e.text}".strip(), "") for e in block.entries]
        reading.markers += _model_markers(block)
        for name in ("logo", "picture"):
            if picture := getattr(block, name, None):
                reading.alts.append(picture.alt)
    return reading


def _model_markers(value: object) -> Iterator[str]:
    if isinstance(value, List):
        for number, item in enumerate(value.items, start=value.start):
            yield marker(value.marker.value, number)
            yield from _model_markers(item.items)
    for row in getattr(value, "fields", ()):
        yield from _model_markers(row.items)


def marker(pattern: str, number: int) -> str:
    shown = {"1": str(number), "a": chr(96 + number), "i": roman(number).lower()}
    return re.sub(r"[1ai]", lambda found: shown[found[0]], pattern)
