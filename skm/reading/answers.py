"""What stands in an answer cell -> level 1 to 4, 0 for no answer; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skm.form import Question
from skm.reading.spellings import Spellings, fold

SKIPPED = 0
EXPECTED = "1 sampai 4, label jawaban, a sampai d, atau kosong"

_LETTERS = {"a": 1, "b": 2, "c": 3, "d": 4}  # options of the paper form, never grades
_ALONE = re.compile(r"\(?(?:([1-4])(?:[.,]0+)?|([a-d]))\)?")
_NUMBERED = re.compile(r"\(?(?:([1-4])\s*(?:[.):=-]\s*|\s)|([a-d])\s*[.):=-]\s*)(\D.*)")
_NUMBER_BEHIND = re.compile(r"(.*\D)\s*[(=]\s*([1-4])\)?")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Reading:
    """The cells of one column, each spelling once.

    Attributes:
        levels: level by cell text; 0 where the question was skipped.
        refused: why a cell text is no answer, in Indonesian.
        foreign: cell texts that are labels of another question's set, read all the same.
        labels: level by folded label, where words and not numbers were read.
    """

    levels: Mapping[str, int]
    refused: Mapping[str, str]
    foreign: tuple[str, ...]
    labels: Mapping[str, int]


class AnswerReader:
    """Reads the answers to one question."""

    def __init__(
        self,
        question: Question,
        spellings: Spellings,
        translations: Mapping[str, int | None] | None = None,
    ) -> None:
        self._blanks = spellings.blanks
        self._degrees = spellings.degrees
        self._own = {fold(label): level for level, label in enumerate(question.labels, start=1)}
        # a set that has all four labels of the question speaks for it
        self._kin = [
            each.levels
            for each in spellings.answer_sets
            if all(each.levels.get(label) == level for label, level in self._own.items())
        ]
        self._others = [each.levels for each in spellings.answer_sets if not each.own_only]
        self._translations = {
            fold(label): level
            for label, level in (translations or {}).items()
            if level is not None
        }

    def read(self, texts: Iterable[str]) -> Reading:
        """Read the distinct texts of a column."""
        levels: dict[str, int] = {}
        refused: dict[str, str] = {}
        foreign: list[str] = []
        labels: dict[str, int] = {}
        for text in texts:
            folded = fold(text)
            level, label, reason = self._read(folded)
            if level is None:
                refused[text] = reason
                continue
            levels[text] = level
            if label and label not in self._translations:
                labels[label] = level
                if not self._knows(label):
                    foreign.append(text)
        for worse, better in scale_of_five(labels, self._degrees):
            reason = f"«{worse}» dan «{better}» dalam satu kolom: skalanya lebih dari empat"
            for text in [text for text in levels if fold(text) in (worse, better)]:
                refused[text] = reason
                del levels[text]
            labels.pop(worse, None)
            labels.pop(better, None)
        return Reading(levels, refused, tuple(foreign), labels)

    def _read(self, text: str) -> tuple[int | None, str, str]:
        """Level, the label it was read from, and why there is no level."""
        if not text or text in self._blanks:
            return SKIPPED, "", ""
        if text in self._translations:
            return self._translations[text], text, ""
        if match := _ALONE.fullmatch(text):
            return _level(match), "", ""
        if (level := self._label(text)) is not None:
            return level, text, ""
        if match := _NUMBERED.fullmatch(text):
            return self._confirmed(_level(match), match[3])
        if match := _NUMBER_BEHIND.fullmatch(text):
            return self._confirmed(int(match[2]), fold(match[1]))
        if _NUMBER.fullmatch(text):
            return None, "", "nilai di luar 1 sampai 4"
        return None, "", self._why_unknown(text)

    def _confirmed(self, level: int, label: str) -> tuple[int | None, str, str]:
        """A number with a label behind, which must say the same."""
        labelled = self._label(label)
        if labelled is None:
            return None, "", self._why_unknown(label)
        if labelled != level:
            return None, "", f"angkanya {level}, tetapi «{label}» adalah jawaban {labelled}"
        return level, label, ""

    def _label(self, text: str) -> int | None:
        """The level of a label: by the question's own, its kin, else by all sets that know it."""
        if text in self._own:
            return self._own[text]
        for sets in (self._kin, self._others):
            found = {levels[text] for levels in sets if text in levels}
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def _knows(self, label: str) -> bool:
        return label in self._own or any(label in levels for levels in self._kin)

    def _why_unknown(self, text: str) -> str:
        found = sorted({levels[text] for levels in self._others if text in levels})
        if len(found) > 1:
            meanings = " atau ".join(str(level) for level in found)
            return f"label ini dapat berarti {meanings}"
        return "bukan jawaban yang dikenal"


def scale_of_five(labels: Mapping[str, int], degrees: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of labels that were read as one level, though their scale keeps them apart.

    >>> scale_of_five({"sangat tidak sesuai": 1, "tidak sesuai": 1}, ["sangat tidak", "tidak"])
    [('sangat tidak sesuai', 'tidak sesuai')]
    """
    degrees = tuple(degrees)
    parts = {label: _parts(label, degrees) for label in labels}
    return [
        (one, other)
        for one in sorted(labels)
        for other in sorted(labels)
        if one < other
        and labels[one] == labels[other]
        and parts[one][0] != parts[other][0]
        and (parts[one][1] == parts[other][1] or not parts[one][1] or not parts[other][1])
    ]


def degree_of(label: str, degrees: Iterable[str]) -> str:
    """The word of degree that a folded label begins with, "" for none."""
    return _parts(label, degrees)[0]


def _parts(label: str, degrees: Iterable[str]) -> tuple[str, str]:
    """A label as its word of degree and the rest: ("cukup", "mahal")."""
    fitting = [degree for degree in degrees if f"{label} ".startswith(f"{degree} ")]
    degree = max(fitting, key=len, default="")
    return degree, label[len(degree) :].strip()


def _level(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else _LETTERS[match[2]]
