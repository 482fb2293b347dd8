"""The plan file of a year's performance report: ``instance/lkip/<year>.toml``."""

from __future__ import annotations

from pathlib import Path

from lkip.plan.agreement import note_disagreements
from lkip.plan.framing import Accepted, Annex, Document, FollowUp, Recommendation
from lkip.plan.performance import (
    AchievementClass,
    FromClosing,
    FromParts,
    FromTable,
    Indicator,
    National,
    Quarter,
    Realisation,
    Sasaran,
    Stated,
    Success,
    Target,
    Tujuan,
)
from lkip.plan.reading import Reader, UnusableError
from lkip.plan.realised import note_unrealised
from lkip.plan.schema import SUPPORT
from lkip.plan.spending import Activity, Efficiency, Input, Line, Output, Programme, Urusan
from lkip.plan.values import Plan
from skm.errors import SkmError
from skm.toml_file import parsed_toml

__all__ = [
    "SUPPORT",
    "Accepted",
    "AchievementClass",
    "Activity",
    "Annex",
    "Document",
    "Efficiency",
    "FollowUp",
    "FromClosing",
    "FromParts",
    "FromTable",
    "Indicator",
    "Input",
    "Line",
    "National",
    "Output",
    "Plan",
    "Programme",
    "Quarter",
    "Realisation",
    "Recommendation",
    "Sasaran",
    "Stated",
    "Success",
    "Target",
    "Tujuan",
    "Urusan",
    "load_plan",
]


def load_plan(path: Path, *, of_ended_year: bool = False) -> Plan:
    """Read and check a plan; numbers are exact, as the file writes them.

    What real offices do stays legal: a line that was overspent, documents that promise
    different targets. The checks tell of it.

    Args:
        of_ended_year: a plan that is refused is told at once what else the report of its year
            needs: everything that was realised.

    Raises:
        SkmError: the file cannot be read, or every fault in it, each with its key path
            (``indicator[2].target[1].value``, counted from 1).
    """
    reader = Reader(path)
    plan: Plan | None
    try:
        plan = reader.record(Plan, parsed_toml(path))
    except UnusableError:
        plan = None
    note_disagreements(reader)
    if of_ended_year and reader.faults:
        note_unrealised(reader)
    if plan is None or reader.faults:
        raise SkmError(*reader.faults)
    return plan
