"""The spellings of ``survey_forms/reading.toml``, folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from skm import resources
from skm.toml_file import Table, TomlFile

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_AROUND = re.compile(r"\s*([/-])\s*")
_CLOSING_MARKS = " .:*"
_LEVELS = (1, 2, 3, 4)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text as spellings are compared: see the head of ``reading.toml``.

    >>> fold("  Laki – Laki. "), fold("Kritik &  Saran :"), fold("SMP / SLTP")
    ('laki-laki', 'kritik & saran', 'smp/sltp')
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _DASHES.sub("-", text).replace("\u200b", "").replace("\ufeff", "")
    return _AROUND.sub(r"\1", " ".join(text.split())).rstrip(_CLOSING_MARKS)


@dataclass(frozen=True)
class ProfileSpellings:
    """How one profile question and its answers are written.

    Attributes:
        headers: folded headers of its column.
        values: codes that a folded answer can mean; a form takes the one that it has.
        unclear: folded answers that fit no single code.
        too_young: folded answers of people who are not stored.
        years: whole years, first and last, by code.
    """

    headers: frozenset[str]
    values: Mapping[str, tuple[str, ...]]
    unclear: frozenset[str]
    too_young: frozenset[str]
    years: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class AnswerSet:
    """The spellings of four answers.

    Attributes:
        levels: level by folded label.
        own_only: whether it speaks only for questions that have its four labels.
    """

    levels: Mapping[str, int]
    own_only: bool


@dataclass(frozen=True)
class Spellings:
    """All of them; every text is folded.

    Attributes:
        columns: kind of a column that is no question, by header.
        table_columns: column of a score table that a header can mean.
        half_days: ``pagi`` or ``siang`` by what stands in a cell.
        months: number of a month by a spelling beside the usual Indonesian and English ones.
        profile: by code of the profile question.
        elements: other names of an element, by its code.
        answer_sets: sets of four answers.
        degrees: words that set one answer of a set apart from the next.
        blanks: cells that stand for no answer.
        closing: beginnings of rows below the respondents or elements.
        legend: beginnings of a block that explains the columns.
    """

    columns: Mapping[str, str]
    table_columns: Mapping[str, str]
    half_days: Mapping[str, str]
    months: Mapping[str, int]
    profile: Mapping[str, ProfileSpellings]
    elements: Mapping[str, tuple[str, ...]]
    answer_sets: tuple[AnswerSet, ...]
    degrees: tuple[str, ...]
    blanks: frozenset[str]
    closing: tuple[str, ...]
    legend: tuple[str, ...]

    def closes(self, text: str) -> bool:
        """Whether a cell begins a row below the data, such as ``Σ Nilai / Unsur``."""
        return _begins(fold(text), self.closing)

    def explains(self, text: str) -> bool:
        """Whether a header begins a block that explains the columns."""
        return _begins(fold(text), self.legend)


@cache
def shipped_spellings() -> Spellings:
    """Those that come with the program.

    Raises:
        SkmError: the file has faults.
    """
    document = TomlFile(resources.folder("survey_forms") / "reading.toml")
    root = document.root
    rows = root.table("rows")
    answers = root.table("answers")
    spellings = Spellings(
        columns=_by_spelling(root.table("column")),
        table_columns=_by_spelling(root.table("table_column")),
        half_days=_by_spelling(root.table("half_day")),
        months={name: table.whole(name) for table, name in _keys(root, "month")},
        profile=_profile(root.table("profile")),
        elements={code: _folded(table.texts(code)) for table, code in _keys(root, "element")},
        answer_sets=tuple(_answer_set(table) for table in root.tables("answer_set")),
        degrees=_folded(answers.texts("degrees")),
        blanks=frozenset(_folded(answers.texts("blank"))),
        closing=_folded(rows.texts("closing")),
        legend=_folded(rows.texts("legend")),
    )
    document.refuse_faults()
    return spellings


def _keys(root: Table, key: str) -> list[tuple[Table, str]]:
    table = root.table(key)
    return [(table, code) for code in table.keys]


def _folded(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(text) for text in texts))


def _by_spelling(table: Table) -> dict[str, str]:
    """Key of the table by each folded spelling under it; a spelling must lead to one key."""
    found: dict[str, str] = {}
    for key in table.keys:
        for spelling in _folded(table.texts(key)):
            if spelling in found:
                table.fault(key, f"Ejaan ini juga di bawah {found[spelling]}", found=spelling)
            found[spelling] = key
    return found


def _profile(root: Table) -> dict[str, ProfileSpellings]:
    profile = {}
    for code in root.keys:
        table = root.table(code)
        values: dict[str, tuple[str, ...]] = {}
        answers = table.table("values")
        for answer in answers.keys:
            for spelling in _folded(answers.texts(answer)):
                values[spelling] = (*values.get(spelling, ()), answer)
        profile[code] = ProfileSpellings(
            headers=frozenset(_folded(table.texts("headers"))),
            values=values,
            unclear=frozenset(_folded(table.texts("unclear"))),
            too_young=frozenset(_folded(table.texts("too_young")) if "too_young" in table else ()),
            years=_years(table.optional_table("years")),
        )
    return profile


def _years(table: Table | None) -> dict[str, tuple[int, int]]:
    if table is None:
        return {}
    years = {}
    for code in table.keys:
        bounds = table.wholes(code, 0, 150, default=())
        if len(bounds) == 2:
            years[code] = (bounds[0], bounds[1])
        else:
            table.fault(code, "Batas umur salah", found=list(bounds), expected="[17, 25]")
    return years


def _answer_set(table: Table) -> AnswerSet:
    levels = {
        spelling: level for level in _LEVELS for spelling in _folded(table.texts(str(level)))
    }
    return AnswerSet(levels, table.flag("own_only", default=False))


def _begins(text: str, words: Iterable[str]) -> bool:
    """Whether a folded text begins with one of the words as a whole."""
    return any(
        text.startswith(word) and not (word[-1].isalnum() and text[len(word) :][:1].isalnum())
        for word in words
    )
