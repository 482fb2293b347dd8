"""The console scripts as a user runs them: a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


def skm(*arguments: object, cwd: Path = ROOT) -> Outcome:
    """Run ``skm``."""
    return _run("skm.cli", arguments, cwd)


def lkip(*arguments: object, cwd: Path = ROOT) -> Outcome:
    """Run ``lkip``."""
    return _run("lkip.cli", arguments, cwd)


def _run(module: str, arguments: tuple[object, ...], cwd: Path) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-c", f"from {module} import main; main()", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
