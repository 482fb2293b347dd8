"""The fault machine: thousands of simulated surveys, everything that can go wrong, no loss.

A real server process of a throw-away office, tablets that keep the kiosk's protocol, a proxy
between them that cuts, doubles, delays and answers itself, a server that is killed, disks that
are full, backups put back, admins who delete. In the end everything that any citizen was
thanked for must be stored exactly once, or have been deleted on purpose.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from skm.torture.drill import Drill, Progress
from skm.torture.schedule import Schedule, random_schedule
from skm.torture.server import Command, usual_command
from skm.torture.verdict import Verdict

__all__ = ["Verdict", "run", "run_schedule"]

_SEEDS = 1_000_000


def run(
    surveys: int,
    seed: int | None = None,
    say: Callable[[str], object] = print,
    progress: Progress = lambda finished, of: None,
    *,
    where: Path | None = None,
) -> Verdict:
    """Torture a throw-away office.

    Args:
        surveys: how many are finished on its tablets.
        seed: repeats the trouble of an earlier run; None draws one.
        say: is told the seed before and every line of the verdict after.
        progress: is told how many surveys are finished, and of how many.
        where: a folder on the disk to be proved; None takes the system's place for such files.

    Raises:
        SkmError: the server does not start here.
    """
    seed = secrets.randbelow(_SEEDS) if seed is None else seed
    say(f"Benih acak: {seed}")
    verdict = run_schedule(random_schedule(surveys, seed), progress=progress, where=where)
    for line in verdict.lines():
        say(line)
    return verdict


def run_schedule(
    schedule: Schedule,
    command: Command = usual_command,
    progress: Progress = lambda finished, of: None,
    where: Path | None = None,
) -> Verdict:
    """Run one schedule against a server; its folder stays only where something is wrong."""
    folder = Path(tempfile.mkdtemp(prefix="skm-uji-", dir=where))
    verdict = Drill(schedule, folder, command, progress).run()
    if not verdict.passed:
        return replace(verdict, kept=folder)
    shutil.rmtree(folder, ignore_errors=True)
    return verdict
