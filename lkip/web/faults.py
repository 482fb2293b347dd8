"""What is wrong with a plan, as its page tells it: in the office's folder, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lkip.plan.places import Places
from skm.errors import Fault
from skm.instance import Instance


@dataclass(frozen=True)
class ShownFault:
    """A fault with its place.

    Attributes:
        file: below the office's folder, else the name alone.
        line: of the file, counted from 1; None where it is not known.
        key: its path in the file; empty where the whole file is meant.
        names: of the programme, activity and so on that the key stands in, outermost first.
        text: what is wrong, what was found and expected, and what to do.
    """

    file: str
    line: int | None
    key: str
    names: tuple[str, ...]
    text: str


def shown_faults(
    faults: Iterable[Fault], instance: Instance, plan: Path
) -> tuple[ShownFault, ...]:
    """Faults with their places; those of the plan with its lines."""
    places = Places(_text(plan))
    return tuple(_shown(fault, instance, plan, places) for fault in faults)


def said(faults: Iterable[Fault], instance: Instance) -> str:
    """Faults in running text, without the folders of this computer."""
    return " ".join(
        str(replace(fault, file=inside(fault.file, instance) or None)) for fault in faults
    )


def inside(file: str | Path | None, instance: Instance) -> str:
    """A file as the office's folder has it; of one elsewhere the name alone."""
    if file is None:
        return ""
    path = Path(file)
    if path.is_relative_to(instance.root):
        return path.relative_to(instance.root).as_posix()
    return path.name if path.is_absolute() else path.as_posix()


def _shown(fault: Fault, instance: Instance, plan: Path, places: Places) -> ShownFault:
    key = fault.field or ""
    here = fault.file is not None and Path(fault.file) == plan
    place = places.find(key) if here and key else None
    return ShownFault(
        file=inside(fault.file, instance),
        line=fault.row or (place.line if place else None),
        key=key,
        names=tuple(name for name in (place.names if place else ()) if name not in fault.message),
        text=str(replace(fault, file=None, row=None, field=None)),
    )


def _text(plan: Path) -> str:
    """The text of a plan as far as it can be read: a fault tells why it cannot."""
    try:
        return plan.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
