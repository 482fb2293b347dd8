"""The registry of checks: each is a pure function with a code, and the catalogue is made of them.

A check is entered by its decorator, so that nothing is run that the catalogue does not name,
and nothing is named that does not run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from lkip.findings import Contradiction, Finding, Severity

T = TypeVar("T")


@dataclass(frozen=True)
class Check(Generic[T]):
    """One check.

    Attributes:
        code: stable; ``[[accepted]]`` of a plan names it.
        title: what holds when it finds nothing, in Indonesian.
        source: the regulation or the arithmetic that it rests on.
        explanation: one line for officers.
        look: yields what contradicts.
    """

    code: str
    title: str
    severity: Severity
    source: str
    explanation: str
    look: Callable[[T], Iterable[Contradiction]]

    def findings(self, subject: T) -> Iterator[Finding]:
        """What it finds, with its code and severity."""
        for seen in self.look(subject):
            yield Finding(
                self.code,
                self.severity,
                seen.message,
                seen.where,
                seen.found,
                seen.expected,
                seen.suggestion,
            )


class Registry(Generic[T]):
    """The checks of one kind of subject, in the order of their entry."""

    def __init__(self) -> None:
        self._checks: dict[str, Check[T]] = {}

    @property
    def checks(self) -> tuple[Check[T], ...]:
        """All of them."""
        return tuple(self._checks.values())

    def error(self, code: str, title: str, *, source: str, explanation: str) -> Entry[T]:
        """Enter a function whose findings are errors."""
        return self._entry(code, title, Severity.ERROR, source, explanation)

    def warning(self, code: str, title: str, *, source: str, explanation: str) -> Entry[T]:
        """Enter a function whose findings are warnings."""
        return self._entry(code, title, Severity.WARNING, source, explanation)

    def note(self, code: str, title: str, *, source: str, explanation: str) -> Entry[T]:
        """Enter a function whose findings are notes."""
        return self._entry(code, title, Severity.NOTE, source, explanation)

    def findings(self, subject: T) -> tuple[Finding, ...]:
        """What all checks find, each finding once."""
        return tuple(
            dict.fromkeys(finding for check in self.checks for finding in check.findings(subject))
        )

    def _entry(
        self, code: str, title: str, severity: Severity, source: str, explanation: str
    ) -> Entry[T]:
        def enter(look: Look[T]) -> Look[T]:
            if code in self._checks:
                raise ValueError(f"two checks have the code {code}")
            self._checks[code] = Check(code, title, severity, source, explanation, look)
            return look

        return enter


Look = Callable[[T], Iterable[Contradiction]]
Entry = Callable[[Look[T]], Look[T]]
