"""What officers write of a respondent -> the answers of the form's profile questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from skm.form import ProfileQuestion
from skm.reading.column_map import IGNORE
from skm.reading.spellings import Spellings, fold

YOUNGEST = 17
"""Nobody younger is asked, and no response of someone younger is stored (design, privacy)."""

_YEARS = re.compile(r"(\d{1,3})(?:\s*(?:tahun|thn|th))?")
_SPAN = re.compile(
    r"(\d{1,3})\s*(?:-|s/d|s\.d|sampai|sampai dengan)\s*(\d{1,3})(?:\s*(?:tahun|thn|th))?"
)


class Clarity(Enum):
    """How well a cell was understood."""

    TAKEN = "dibaca"
    BLANK = "kosong"
    UNCLEAR = "tidak pasti"
    UNKNOWN = "tidak dikenal"
    TOO_YOUNG = "di bawah 17 tahun"


@dataclass(frozen=True)
class ProfileValue:
    """The answer of a cell; ``code`` is None unless it was taken."""

    clarity: Clarity
    code: str | None = None


class ProfileReader:
    """Reads one profile column by the choices of the form."""

    def __init__(
        self,
        question: ProfileQuestion,
        spellings: Spellings,
        translations: Mapping[str, str] | None = None,
    ) -> None:
        self.codes = {choice.code for choice in question.choices}
        self._blanks = spellings.blanks
        self._spelt = spellings.profile.get(question.code)
        self._translations = {fold(text): code for text, code in (translations or {}).items()}
        self._own = {fold(choice.code): choice.code for choice in question.choices}
        self._own |= {fold(choice.label): choice.code for choice in question.choices}
        officials = [fold(choice.official) for choice in question.choices if choice.official]
        self._official = {
            fold(choice.official): choice.code
            for choice in question.choices
            if choice.official and officials.count(fold(choice.official)) == 1
        }

    def read(self, text: str) -> ProfileValue:
        """The answer that a cell gives."""
        folded = fold(text)
        if folded in self._translations:
            code = self._translations[folded]
            return _taken(code) if code != IGNORE else ProfileValue(Clarity.BLANK)
        if not folded or folded in self._blanks:
            return ProfileValue(Clarity.BLANK)
        if folded in self._own:
            return _taken(self._own[folded])
        if self._spelt:
            if folded in self._spelt.too_young:
                return ProfileValue(Clarity.TOO_YOUNG)
            codes = [code for code in self._spelt.values.get(folded, ()) if code in self.codes]
            if len(codes) == 1:
                return _taken(codes[0])
            if codes or folded in self._spelt.unclear:
                return ProfileValue(Clarity.UNCLEAR)
        if folded in self._official:
            return _taken(self._official[folded])
        return self._by_age(folded) or ProfileValue(Clarity.UNKNOWN)

    def _by_age(self, text: str) -> ProfileValue | None:
        """The group of whole years, or of a span that lies in one group."""
        if self._spelt is None or not self._spelt.years:
            return None
        if match := _YEARS.fullmatch(text):
            first = last = int(match[1])
        elif match := _SPAN.fullmatch(text):
            first, last = int(match[1]), int(match[2])
        else:
            return None
        if last < YOUNGEST:
            return ProfileValue(Clarity.TOO_YOUNG)
        groups = [
            code
            for code, (low, high) in self._spelt.years.items()
            if code in self.codes and low <= first <= last <= high
        ]
        return _taken(groups[0]) if len(groups) == 1 else ProfileValue(Clarity.UNCLEAR)


def _taken(code: str) -> ProfileValue:
    return ProfileValue(Clarity.TAKEN, code)
