"""The receipt of completeness: what each tablet finished, and what of it has arrived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skm.form import Form
from skm.period import Period
from skm.store.connection import Store
from skm.store.run_counts import Runs, runs_in
from skm.store.schema import is_used

_RECEIPTS = """
    SELECT device, seq, state, received FROM receipt
    WHERE form = ? AND substr(finished, 1, 7) BETWEEN ? AND ?"""
_CHANNELS = """
    SELECT channel, count(*) FROM {table} WHERE month BETWEEN ? AND ? GROUP BY channel"""
_CONFLICTS = """
    SELECT count(*) FROM conflict
    WHERE form = ? AND substr(response ->> '$.day', 1, 7) BETWEEN ? AND ?"""


@dataclass(frozen=True)
class TabletCount:
    """One tablet in one period.

    Attributes:
        name: as the office calls it, with the start of its identity where two share a name.
        first, last: its lowest and highest running number of the period.
        received: how many of them have arrived.
        missing: those that have not, as first and last of each gap.
    """

    name: str
    first: int
    last: int
    received: int
    missing: tuple[tuple[int, int], ...]

    @property
    def lacking(self) -> int:
        """How many have not arrived."""
        return sum(last - first + 1 for first, last in self.missing)

    @property
    def finished(self) -> int:
        """How many people finished the survey on it."""
        return self.received + self.lacking


@dataclass(frozen=True)
class Completeness:
    """What came in for a period, by where it came from.

    Attributes:
        tablets: by name.
        channels: stored responses by channel, those of tablets under ``kiosk``.
        conflicts: contents kept aside, since their id was there with another content.
        states: receipts by what became of them: stored, corrected, deleted, purged.
        last_received: the day the latest arrived; None where none has.
        runs: how often the survey was begun and given up on each tablet, by name; whichever
            form that was.
    """

    tablets: tuple[TabletCount, ...]
    channels: Mapping[str, int]
    conflicts: int
    states: Mapping[str, int]
    last_received: date | None
    runs: tuple[tuple[str, Runs], ...] = ()


def completeness(store: Store, form: Form, period: Period) -> Completeness:
    """Count a period's receipts.

    A number that is missing between two periods, or between two forms, counts in the later one.
    """
    months = (period.months[0], period.months[-1])
    receipts = store.reader.execute(_RECEIPTS, (form.id, *months)).fetchall()
    numbers: dict[str, list[int]] = {}
    for device, seq, _, _ in receipts:
        if device is not None:
            numbers.setdefault(device, []).append(seq)
    runs = runs_in(store, period)
    names = _names(store, {*numbers, *runs})
    tablets = [_tablet(store, names[device], device, mine) for device, mine in numbers.items()]
    channels = (
        store.reader.execute(_CHANNELS.format(table=form.table), months).fetchall()
        if is_used(store, form)
        else []
    )
    ((conflicts,),) = store.reader.execute(_CONFLICTS, (form.id, *months))
    return Completeness(
        tablets=tuple(sorted(tablets, key=lambda tablet: tablet.name)),
        channels=dict(sorted(channels)),
        conflicts=conflicts,
        states=dict(sorted(Counter(state for _, _, state, _ in receipts).items())),
        last_received=max(
            (date.fromisoformat(received) for *_, received in receipts), default=None
        ),
        runs=tuple(sorted((names[device], told) for device, told in runs.items())),
    )


def _tablet(store: Store, name: str, device: str, mine: Sequence[int]) -> TabletCount:
    lowest, last = min(mine), max(mine)
    ((before,),) = store.reader.execute(
        "SELECT ifnull(max(seq), 0) FROM receipt WHERE device = ? AND seq < ?", (device, lowest)
    )
    arrived = store.reader.execute(
        "SELECT seq FROM receipt WHERE device = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (device, lowest, last),
    )
    missing = _gaps(before, [seq for (seq,) in arrived])
    first = min([lowest, *(gap[0] for gap in missing)])
    return TabletCount(name, first, last, len(mine), missing)


def _gaps(before: int, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The gaps in rising numbers that go on from the one before.

    >>> _gaps(2, [4, 5, 9])
    ((3, 3), (6, 8))
    """
    steps = zip([before, *numbers], numbers, strict=False)
    return tuple((low + 1, high - 1) for low, high in steps if high > low + 1)


def _names(store: Store, devices: Collection[str]) -> dict[str, str]:
    """The name of each device; one that no tablet in the list had stays a nameless tablet."""
    known = store.reader.execute(
        "SELECT device, name FROM tablet WHERE device IS NOT NULL ORDER BY number"
    )
    latest = dict(known.fetchall())
    names = {device: latest.get(device, "Tablet tak terdaftar") for device in devices}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    return {
        device: f"{name} ({device[:6]})" if name in shared else name
        for device, name in names.items()
    }
