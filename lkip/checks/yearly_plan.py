"""The RKT that a report binds in: whether it is the one that is cited, and follows the Renstra."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lkip.checks.report_subject import REPORT, listed, places
from lkip.claims import Claims
from lkip.claims.performance import Entry, IndicatorRow, grouped
from lkip.claims.report import Spot
from lkip.findings import Contradiction

_TITLE = re.compile(r"^\s*rencana\s+kinerja\s+tahunan\b.{0,12}(?:tahun\s+(20\d\d))?\s*$", re.I)
_YEAR_LINE = re.compile(r"\s*TAHUN\s+(20\d\d)\s*", re.I)
_CITED = re.compile(r"(?:tabel|lampiran|dokumen)\s+RKT\s+(?:tahun\s+)?(20\d\d)", re.I)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@REPORT.error(
    "rkt-tahun",
    "RKT yang dirujuk adalah RKT yang dilampirkan",
    source="PermenPANRB 53/2014, reviu I.4",
    explanation="Merujuk RKT 2020 sambil melampirkan RKT 2021 tidak mendukung isi laporan.",
)
def annexed_rkt_is_the_cited(claims: Claims) -> Iterator[Contradiction]:
    """The year of the RKT in the annexes against that of references to it."""
    annexed = _annexed(claims)
    for paragraph in claims.paragraphs:
        for match in _CITED.finditer(paragraph.text):
            if annexed and match[1] not in annexed:
                yield Contradiction(
                    f"Yang dilampirkan adalah RKT {listed(annexed)}.",
                    places(paragraph.spot, *annexed.values()),
                    match[0],
                    f"RKT {listed(annexed)}",
                )


@REPORT.warning(
    "target-renstra",
    "Target RKT sama dengan target tahun itu dalam Renstra",
    source="PermenPANRB 53/2014, reviu III.2 dan III.3",
    explanation="Bila RKT berbeda dari Renstra, laporan perlu menjelaskannya.",
)
def rkt_follows_the_renstra(claims: Claims) -> Iterator[Contradiction]:
    """Targets of the RKT against those of the Renstra for the same year."""
    annexed = _annexed(claims)
    for group in grouped(claims.indicators):
        told: set[str] = set()
        for row in group:
            stated, years = row.cells.get("target"), _years(row, annexed)
            if row.document != "rkt" or stated is None or len(years) != 1:
                continue
            year = years.pop()
            planned = _planned(group, year)
            if planned is None or None in (planned.value, stated.value):
                continue
            if planned.value != stated.value and stated.text not in told:
                told.add(stated.text)  # a second file of the report says it again
                yield Contradiction(
                    f"{row.name}: target {year} dalam Renstra adalah {planned.text}.",
                    places(stated.spot, planned.spot),
                    stated.text,
                    planned.text,
                )


def _annexed(claims: Claims) -> dict[str, Spot]:
    """The years of the RKT that have a title of their own, each with its first place."""
    found: dict[str, Spot] = {}
    below = (*claims.paragraphs[1:], None)
    for paragraph, following in zip(claims.paragraphs, below, strict=True):
        if title := _TITLE.match(paragraph.text):
            year = title[1]
            if year is None and following and (line := _YEAR_LINE.fullmatch(following.text)):
                year = line[1]
            if year:
                found.setdefault(year, paragraph.spot)
    return found


def _years(row: IndicatorRow, annexed: dict[str, Spot]) -> set[str]:
    """The years that the table of a row can be of: its caption's, else those of the annexes."""
    return set(_YEAR.findall(row.table.caption)) or set(annexed)


def _planned(group: Sequence[IndicatorRow], year: str) -> Entry | None:
    of_year = (row.cells.get(f"target {year}") for row in group if row.document == "renstra")
    return next((entry for entry in of_year if entry), None)
