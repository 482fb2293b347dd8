"""What a check tells: a contradiction, where it stands, what was found and expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from lkip.plan import Accepted


class Severity(Enum):
    """How much a finding weighs; only an error makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def word(self) -> str:
        """As officers read it."""
        return {"error": "kesalahan", "warning": "perhatian", "note": "catatan"}[self.value]

    @property
    def rank(self) -> int:
        """0 for what weighs most."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Contradiction:
    """What a check function sees; its code and severity are those of the check.

    Attributes:
        message: one sentence, in Indonesian.
        where: every place concerned, the one to look at first in front.
        found: what stands there, as written.
        expected: what ought to stand there.
        suggestion: the one value that the arithmetic points to, and why.
    """

    message: str
    where: tuple[str, ...]
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True)
class Finding:
    """A contradiction with the check that saw it; the fields of ``Contradiction`` likewise."""

    code: str
    severity: Severity
    message: str
    where: tuple[str, ...]
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As ``lkip check --json`` prints it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "where": list(self.where),
            "found": self.found,
            "expected": self.expected,
            "suggestion": self.suggestion,
        }


def is_failure(findings: Iterable[Finding]) -> bool:
    """Whether an error is among them."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings and notes; in one severity as they were found."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))


def with_accepted(
    findings: Iterable[Finding], accepted: Sequence[Accepted]
) -> tuple[Finding, ...]:
    """What the office knows of becomes a note that carries its reason.

    A finding is accepted by its code and a place: ``where`` of the plan's entry stands, case
    aside, in one of the finding's places or in what was found there.
    """
    return tuple(_accepted(finding, accepted) for finding in findings)


def _accepted(finding: Finding, accepted: Sequence[Accepted]) -> Finding:
    places = " | ".join((*finding.where, finding.found or "")).casefold()
    for entry in accepted:
        if entry.code == finding.code and entry.where.casefold() in places:
            return replace(
                finding,
                severity=Severity.NOTE,
                message=f"{finding.message} Diterima: {entry.reason}",
            )
    return finding
