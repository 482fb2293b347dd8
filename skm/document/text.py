"""Text of a document: stretches of one kind, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """How the lines of a text stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind.

    Attributes:
        text: as printed; empty in a reference until the builder knows its number.
        bold, italic: how it is set.
        target: id of the block that the text refers to.
        placeholder: the placeholder of the wording that this text was put in for.
    """

    text: str
    bold: bool = False
    italic: bool = False
    target: str = ""
    placeholder: str = ""


Text = tuple[Run, ...]
Inline = str | Text


def runs(text: Inline) -> Text:
    """A text as runs, whichever way it was given."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Inline) -> str:
    """The words of a text alone.

    >>> plain((Run("Nilai "), Run("69,46", bold=True)))
    'Nilai 69,46'
    """
    return text if isinstance(text, str) else "".join(run.text for run in text)


def bold(text: str) -> Text:
    """A text in bold."""
    return (Run(text, bold=True),)


def italic(text: str) -> Text:
    """A text in italics."""
    return (Run(text, italic=True),)


def reference(target: str) -> Run:
    """The number of a table, figure, heading or annex, wherever in the document it stands."""
    return Run("", target=target)
