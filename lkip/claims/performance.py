"""Rows of indicators: what was promised, what became of it, in every table that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lkip.claims.columns import Column, Head
from lkip.claims.figures import Amount, amounts, grades, is_blank
from lkip.claims.report import Spot, Table

_LISTED = re.compile(r"(?:(?<=\s)|^)(\d)[.)]?\s+(?=[A-Z%])")
_NOISE = re.compile(
    r"\b(?:yang|dan|di|dalam|pada|hasil|dengan|dari|untuk|nilai|p[er]+o?sentase|jumlah|tahun|satu"
    r"|sudah|bidang|benar|tepat|waktu|indikator|program|ke|oleh|secara)\b"
)
_SURVEY = re.compile(r"\bskm\b|\bikm\b|kepuasan masyarakat", re.IGNORECASE)
_SPELLINGS = (("ketenteraman", "ketentraman"), ("survey", "survei"), ("kesos", "sosial"))
_SHARED = 0.6
_FEWEST_WORDS = 3


@dataclass(frozen=True)
class Entry:
    """A cell of a table of indicators."""

    text: str
    spot: Spot

    @property
    def amount(self) -> Amount | None:
        """Its figure; a percentage or the first."""
        found = amounts(re.sub(r"\(?skala \d{4}\)?", "", self.text))
        return next(iter(found), None)

    @property
    def value(self) -> Decimal | None:
        """The value of its figure."""
        return self.amount.value if self.amount else None

    @property
    def grades(self) -> tuple[str, ...]:
        """The grade letters in it."""
        return grades(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing or a dash."""
        return is_blank(self.text)


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in one table.

    Attributes:
        document: what the table belongs to: renstra, rkt, pk, pk_perubahan, iku or ukur.
        cells: by role; a role with a year in its head as ``realisation 2019``.
    """

    document: str
    sasaran: str
    name: str
    cells: Mapping[str, Entry]
    spot: Spot
    table: Table = field(repr=False)

    @property
    def is_survey(self) -> bool:
        """Whether it is the index of the survey."""
        return bool(_SURVEY.search(self.name))

    def of(self, role: str, year: int | None = None) -> Entry | None:
        """A cell by role, with its year first and then without one."""
        found = self.cells.get(f"{role} {year}") if year else None
        return found or self.cells.get(role)

    def same_as(self, other: IndicatorRow) -> bool:
        """Whether both rows mean one indicator, its wording aside."""
        if self.is_survey or other.is_survey:
            return self.is_survey and other.is_survey
        mine, theirs = _words(self.name), _words(other.name)
        fewer = min(len(mine), len(theirs))
        return fewer >= _FEWEST_WORDS and len(mine & theirs) / fewer >= _SHARED


def indicator_rows(table: Table, head: Head) -> Iterator[IndicatorRow]:
    """The indicators of a table; none for a table of another kind."""
    place = _indicator_place(head)
    wanted = ("target", "final_target", "realisation", "formula")
    if place is None or not any(head.places(role) for role in wanted):
        return
    sasaran = ""
    for row in table.rows[head.depth :]:
        sasaran = " ".join(row.cell(head.place("sasaran")).split()) or sasaran
        name = " ".join(row.cell(place).split())
        if len(name) < 4:
            continue
        cells = {
            f"{column.role} {column.year}" if column.year else column.role: Entry(
                " ".join(row.cell(column.place).split()), row.spot
            )
            for column in _measured(head, place)
        }
        for part, own in _split(name, cells):
            yield IndicatorRow(document_of(table, head), sasaran, part, own, row.spot, table)


def grouped(rows: Sequence[IndicatorRow]) -> Iterator[tuple[IndicatorRow, ...]]:
    """The rows of each indicator together, its wordings aside."""
    left = list(rows)
    while left:
        first = left[0]
        group = tuple(row for row in left if row is first or first.same_as(row))
        left = [row for row in left if not any(row is taken for taken in group)]
        yield group


def document_of(table: Table, head: Head) -> str:
    """What document a table of indicators belongs to."""
    context = f"{table.heading} {table.caption}".lower()
    years = [column for column in head.columns if column.role == "target" and column.year]
    if len(years) > 2:
        return "renstra"
    if head.has("formula"):
        return "iku"
    if head.has("realisation") or head.has("achievement"):
        return "ukur"
    if "perjanjian kinerja" in context:
        return "pk_perubahan" if "perubahan" in context else "pk"
    if "rencana kinerja" in context or "rkt" in context or head.has("budget"):
        return "rkt"
    return "pk" if head.has("target") else "ukur"


def _indicator_place(head: Head) -> int | None:
    """The column of the indicator of the sasaran: the last one before the figures."""
    places = head.places("indicator")
    if not places:
        return None
    figures = head.places("target", "final_target", "realisation", "formula")
    before = [place for place in places if figures and place < figures[0]]
    return before[-1] if before else places[0]


def _measured(head: Head, place: int) -> Iterator[Column]:
    """The columns that belong to the indicator: a role's first, years each their own."""
    seen: set[tuple[str, int | None]] = set()
    for column in head.columns:
        key = (column.role, column.year)
        is_name = column.role in ("", "indicator", "name", "sasaran")
        if column.place > place and not is_name and key not in seen:
            seen.add(key)
            yield column


def _split(name: str, cells: dict[str, Entry]) -> Iterator[tuple[str, dict[str, Entry]]]:
    """Two indicators that share a cell, each with its own figures, where those can be told."""
    marks = list(_LISTED.finditer(name))
    if len(marks) < 2:
        yield (_LISTED.sub("", name, count=1) if marks and marks[0].start() == 0 else name), cells
        return
    parts = [
        name[mark.end() : following.start() if following else len(name)].strip()
        for mark, following in zip(marks, [*marks[1:], None], strict=True)
    ]
    divided = {role: _divided(entry, len(parts)) for role, entry in cells.items()}
    for place, part in enumerate(parts):
        yield part, {role: entries[place] for role, entries in divided.items()}


def _divided(entry: Entry, parts: int) -> list[Entry]:
    found = amounts(entry.text)
    if len(found) == parts:
        return [Entry(figure.text, entry.spot) for figure in found]
    return [entry] * parts


def _words(name: str) -> frozenset[str]:
    lowered = name.lower()
    for old, new in _SPELLINGS:
        lowered = lowered.replace(old, new)
    return frozenset(re.findall(r"[a-z]{3,}", _NOISE.sub(" ", lowered)))
