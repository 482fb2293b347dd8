"""Kinds of media that a result is published by, as the yearly evaluation of services counts them.

The evaluation (PEKPPP, PermenPANRB 29/2022, question 7.a.T) asks by how many kinds of media an
office announces its result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from skm import resources
from skm.toml_file import TomlFile

WEBSITE = "website"
"""The kind that the office's own page of results belongs to."""

_FILE = "evaluation/media-2022.toml"


@dataclass(frozen=True)
class Medium:
    """One kind of media; ``code`` is what a record of a publication keeps."""

    code: str
    name: str
    examples: str


@dataclass(frozen=True)
class MediaRule:
    """What the evaluation asks of the media.

    Attributes:
        evaluation: its regulation.
        question: its question.
        above: the best mark needs more kinds than this.
        classes: the kinds in its order.
    """

    evaluation: str
    question: str
    above: int
    classes: tuple[Medium, ...]

    def named(self, code: str) -> Medium | None:
        """The kind of a code."""
        return next((each for each in self.classes if each.code == code), None)

    def used(self, codes: Iterable[str]) -> tuple[Medium, ...]:
        """The kinds among these codes, each once."""
        given = set(codes)
        return tuple(each for each in self.classes if each.code in given)

    def lacking(self, codes: Iterable[str]) -> int:
        """How many more kinds the best mark needs.

        >>> media_rule().lacking(["website", "cetak", "cetak"])
        3
        """
        return max(0, self.above + 1 - len(self.used(codes)))


@cache
def media_rule() -> MediaRule:
    """The rule in force.

    Raises:
        SkmError: with every fault of the file.
    """
    document = TomlFile(resources.folder("survey_forms") / _FILE)
    root = document.root
    for about in ("title", "source"):
        root.text(about)
    media = root.table("media")
    classes = tuple(
        Medium(each.text("code"), each.text("name"), each.text("examples"))
        for each in media.tables("class")
    )
    rule = MediaRule(root.text("number"), media.text("question"), media.whole("above"), classes)
    document.refuse_faults()
    return rule
