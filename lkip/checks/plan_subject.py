"""What the checks of a plan look at."""

from __future__ import annotations

from dataclasses import dataclass

from lkip.checks.registry import Registry
from lkip.plan import Document, Indicator, Plan, Target
from lkip.results import Results
from skm.numerals import number


@dataclass(frozen=True)
class PlanSubject:
    """A plan and what was computed from it.

    Attributes:
        office: name of the office, from office.toml.
    """

    results: Results
    office: str

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.results.plan

    def title(self, document: str) -> str:
        """The title of a document."""
        known: Document | None = self.plan.documents.get(document)
        return known.title if known else document


PLAN: Registry[PlanSubject] = Registry()
"""The checks of a plan."""


def target_place(indicator: Indicator, target: Target) -> str:
    """Where a target stands in the plan."""
    return f"indikator {indicator.id}, target {target.document} {target.year}"


def target_text(target: Target) -> str:
    """A target as it is read."""
    return number(target.number) if target.number is not None else str(target.value)
