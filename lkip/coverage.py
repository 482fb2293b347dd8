"""How much of its indicators a report covers, criterion by criterion of PermenPANRB 88/2021."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from lkip.claims import Claims
from lkip.claims.performance import IndicatorRow, grouped
from lkip.results import Results

Counts = Mapping[str, tuple[int, int]]
"""By criterion: how many are covered, and of how many."""


@dataclass(frozen=True)
class Covered:
    """A criterion.

    Attributes:
        part: covered, of ``whole``; None where it cannot be derived.
        letter: a to e by the share; empty where it cannot be derived.
    """

    text: str
    part: int | None
    whole: int | None
    letter: str


def coverage(counts: Counts) -> tuple[Covered, ...]:
    """The criteria in their order, each with its letter."""
    found = []
    for criterion in sheet()["criterion"]:
        part, whole = counts.get(criterion["key"], (None, None))
        found.append(Covered(criterion["text"], part, whole, _letter(part, whole)))
    return tuple(found)


def plan_counts(results: Results) -> Counts:
    """What the report of a plan covers."""
    indicators = results.indicators
    whole = len(indicators)

    def of(covered: list[bool]) -> tuple[int, int]:
        return sum(covered), whole

    achievements = [one.achievement for one in indicators]
    return {
        "achievement": of([one.realised.shown is not None for one in achievements]),
        "target": of([one.target is not None for one in achievements]),
        "final": of([one.progress.shown is not None for one in indicators]),
        "before": of([one.before is not None for one in indicators]),
        "national": of([one.national is not None for one in indicators]),
        "quality": of(
            [bool(one.indicator.supporting or one.indicator.hindering) for one in indicators]
        ),
        "efforts": of([bool(one.indicator.efforts) for one in indicators]),
        "efficiency": (
            sum(bool(part.efficiency and part.efficiency.word) for part in results.sasaran),
            len(results.sasaran),
        ),
    }


def report_counts(claims: Claims) -> Counts:
    """What a finished report covers, as far as its tables tell."""
    groups = [group for group in grouped(claims.indicators) if _has(group, "realisation")]
    if not groups or claims.year is None:
        return {}
    whole, last = len(groups), f"realisation {claims.year - 1}"
    return {
        "achievement": (sum(_has(group, "achievement") for group in groups), whole),
        "target": (sum(_has(group, "target") for group in groups), whole),
        "final": (sum(_has(group, "final_target") for group in groups), whole),
        "before": (sum(any(last in row.cells for row in group) for group in groups), whole),
        "national": (sum(_filled(group, "national") for group in groups), whole),
    }


@cache
def sheet() -> dict[str, Any]:
    """The reviewer's sheet as data."""
    text = resources.files("lkip").joinpath("review.toml").read_text("utf-8")
    return tomllib.loads(text)


def _has(group: tuple[IndicatorRow, ...], role: str) -> bool:
    return any(key.split()[0] == role for row in group for key in row.cells)


def _filled(group: tuple[IndicatorRow, ...], role: str) -> bool:
    return any(role in row.cells and not row.cells[role].is_blank for row in group)


def _letter(part: int | None, whole: int | None) -> str:
    """The letter of a share.

    >>> _letter(3, 3), _letter(2, 3), _letter(0, 3), _letter(None, None)
    ('a', 'c', 'e', '')
    """
    if part is None or not whole:
        return ""
    letters = sheet()["letter"]
    found = (each["letter"] for each in letters if part * 100 > each.get("above", -1) * whole)
    return str(next(found))
