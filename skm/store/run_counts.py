"""How often the survey was begun, finished and given up on each tablet; nothing of who did.

A tablet tells how often in all, whenever it speaks, so that a word that is lost or comes twice
counts nobody twice. Kept is the highest total of each month it spoke in; what happened in a
month is the difference. Runs that it tells of only in the next month count there.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from skm.period import Period
from skm.store.connection import Store

_LATEST = """
    SELECT ifnull(max(started), 0), ifnull(max(finished), 0), ifnull(max(abandoned), 0)
    FROM run_count WHERE device = ?"""
_NOTE = """
    INSERT INTO run_count (device, month, started, finished, abandoned) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (device, month) DO UPDATE SET
        started = max(started, excluded.started),
        finished = max(finished, excluded.finished),
        abandoned = max(abandoned, excluded.abandoned)"""
_WITHIN = "max({0}) - ifnull(max({0}) FILTER (WHERE month < :first), 0)"
_BETWEEN = f"""
    SELECT device, {_WITHIN.format("started")}, {_WITHIN.format("finished")},
        {_WITHIN.format("abandoned")}
    FROM run_count WHERE month <= :last GROUP BY device HAVING max(month) >= :first"""


@dataclass(frozen=True, order=True)
class Runs:
    """Numbers of runs through the survey; one may be going on, or have ended with the battery."""

    started: int = 0
    finished: int = 0
    abandoned: int = 0


def note_runs(store: Store, device: str, month: str, totals: Runs) -> None:
    """Keep what a tablet tells of itself since it was new, in the month that it tells it."""
    told = astuple(totals)
    latest = store.reader.execute(_LATEST, (device,)).fetchone()
    if all(now <= before for now, before in zip(told, latest, strict=True)):
        return
    with store.writing() as db:
        db.execute(_NOTE, (device, month, *told))


def runs_in(store: Store, period: Period) -> dict[str, Runs]:
    """What each tablet told of a period, by device; one that told nothing new is lacking."""
    months = {"first": period.months[0], "last": period.months[-1]}
    rows = store.reader.execute(_BETWEEN, months)
    return {device: Runs(*numbers) for device, *numbers in rows}
