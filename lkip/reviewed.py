"""What a check came to, as the reviewer's sheet is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lkip.checking import PlanReview, ReportReview
from lkip.checks import PLAN, REPORT
from lkip.coverage import Counts, plan_counts, report_counts
from lkip.findings import Finding, Severity
from lkip.review import review_document
from skm.document.blocks import Document


@dataclass(frozen=True)
class Reviewed:
    """The outcome of one check.

    Attributes:
        subject: what was checked.
        office: whose it is.
        year: that is reported on; None where a finished report names none.
        day: of the report.
        counts: what it covers.
        is_plan: whether a plan was checked, else a finished report.
    """

    subject: str
    office: str
    year: int | None
    day: date
    findings: tuple[Finding, ...]
    counts: Counts
    is_plan: bool

    @property
    def name(self) -> str:
        """Of the sheet's files, without their ending."""
        return f"tinjauan-{self.year or 'laporan'}"

    def sheet(self) -> Document:
        """The reviewer's sheet."""
        checks = PLAN.checks if self.is_plan else REPORT.checks
        codes = {check.code for check in checks}
        return review_document(
            self.subject, self.office, self.day, self.findings, self.counts, codes
        )

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON knows it."""
        return {
            "subject": self.subject,
            "office": self.office,
            "year": self.year,
            "day": self.day.isoformat(),
            "findings": [finding.to_json() for finding in self.findings],
            "counts": {key: list(pair) for key, pair in self.counts.items()},
            "is_plan": self.is_plan,
        }

    @classmethod
    def from_json(cls, read: dict[str, Any]) -> Reviewed:
        """The same again, from what :meth:`to_json` gave."""
        return cls(
            subject=read["subject"],
            office=read["office"],
            year=read["year"],
            day=date.fromisoformat(read["day"]),
            findings=tuple(_finding(each) for each in read["findings"]),
            counts={key: (part, whole) for key, (part, whole) in read["counts"].items()},
            is_plan=read["is_plan"],
        )


def reviewed_plan(found: PlanReview, office: str) -> Reviewed:
    """The check of a year's plan."""
    plan = found.results.plan
    return Reviewed(
        subject=f"Rencana dan Laporan Kinerja Tahun {plan.year}",
        office=office,
        year=plan.year,
        day=plan.signing.dated if plan.signing else plan.cut_off,
        findings=found.findings,
        counts=plan_counts(found.results),
        is_plan=True,
    )


def reviewed_report(found: ReportReview, files: Sequence[str]) -> Reviewed:
    """The check of a finished report, by the names of its files."""
    claims = found.claims
    return Reviewed(
        subject=f"Laporan {', '.join(files)}",
        office=f"Kecamatan {claims.office}" if claims.office else "Kantor tidak disebut",
        year=claims.year,
        day=date(claims.year or 1970, 12, 31),
        findings=found.findings,
        counts=report_counts(claims),
        is_plan=False,
    )


def _finding(read: dict[str, Any]) -> Finding:
    fields = {**read, "severity": Severity(read["severity"]), "where": tuple(read["where"])}
    return Finding(**fields)
