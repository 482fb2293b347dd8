"""The checks: contradictions of a plan, and of a report that exists already."""

from __future__ import annotations

from lkip.checks import (
    achievements,
    agreement,
    budget_tables,
    citations,
    completeness,
    counts,
    declared_scale,
    documents,
    figures_written,
    plan_budget,
    plan_contents,
    plan_framing,
    plan_targets,
    stated_money,
    survey_sheets,
    survey_tables,
    wording,
    yearly_plan,
)
from lkip.checks.plan_subject import PLAN, PlanSubject
from lkip.checks.report_subject import REPORT

__all__ = ["PLAN", "REPORT", "PlanSubject"]

_THEMES = (
    plan_targets,
    plan_budget,
    plan_framing,
    plan_contents,
    budget_tables,
    stated_money,
    survey_sheets,
    survey_tables,
    achievements,
    agreement,
    declared_scale,
    figures_written,
    counts,
    wording,
    documents,
    yearly_plan,
    citations,
    completeness,
)
"""Imported so that their checks enter the registries."""
