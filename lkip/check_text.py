"""Findings and the catalogue as a terminal shows them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lkip.checks.registry import Check, T
from lkip.findings import Finding, Severity

_WIDTH = 96
_INDENT = "    "


def findings_text(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings line by line, and their number at the end."""
    for number, finding in enumerate(findings, start=1):
        yield f"{number}. {finding.severity.word.upper()} [{finding.code}]"
        yield from _wrapped(finding.message)
        yield from _wrapped(f"Tempat: {'; '.join(place for place in finding.where if place)}")
        if finding.found is not None:
            yield from _wrapped(f"Tertulis: {finding.found}")
        if finding.expected is not None:
            yield from _wrapped(f"Seharusnya: {finding.expected}")
        if finding.suggestion is not None:
            yield from _wrapped(f"Saran: {finding.suggestion}")
    yield count_text(findings)


def count_text(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity.

    >>> count_text([])
    'Tidak ada temuan.'
    """
    counted = Counter(finding.severity for finding in findings)
    parts = [f"{counted[severity]} {severity.word}" for severity in Severity if counted[severity]]
    return f"{', '.join(parts)}." if parts else "Tidak ada temuan."


def catalogue_text(title: str, checks: Iterable[Check[T]]) -> Iterator[str]:
    """The catalogue of checks, as officers look a code up."""
    yield title
    for check in checks:
        yield f"{check.code} ({check.severity.word})"
        yield from _wrapped(check.title)
        yield from _wrapped(check.explanation)
        yield from _wrapped(f"Dasar: {check.source}")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
    )
