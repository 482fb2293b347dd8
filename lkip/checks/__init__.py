"""The checks: contradictions of a plan, and of a report that exists already."""

from __future__ import annotations

from lkip.checks import plan_budget, plan_contents, plan_framing, plan_targets
from lkip.checks.plan_subject import PLAN, PlanSubject

__all__ = ["PLAN", "PlanSubject"]

_THEMES = (plan_targets, plan_budget, plan_framing, plan_contents)
"""Imported so that their checks enter the registry, in this order."""
