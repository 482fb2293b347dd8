"""The health of an office's installation, as ``skm doctor`` tells it.

:mod:`skm.doctor.lookup` looks things up; everything else is values in, sentences out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from skm.doctor import keeping, machine
from skm.doctor.values import Finding, Light, Probes

__all__ = ["Finding", "Light", "Probes", "findings", "worst"]

_RULES: tuple[Callable[[Probes], Iterator[Finding]], ...] = (
    machine.server,
    keeping.database,
    machine.form,
    keeping.backups,
    keeping.second_copy,
    keeping.set_aside,
    keeping.tablets,
    machine.address,
    machine.clock,
    machine.room,
    machine.folder,
    machine.key,
)


def findings(probes: Probes) -> tuple[Finding, ...]:
    """What there is to say, in the order of the questions an officer would ask."""
    return tuple(finding for rule in _RULES for finding in rule(probes))


def worst(found: Sequence[Finding]) -> Light:
    """The worst light of all."""
    return max((finding.light for finding in found), default=Light.GOOD)
