"""Time of the Laporan Kinerja of 2020: ``python tests/benchmarks/report.py [rounds]``.

Each round is a process of its own, from the start of Python to the finished files; the goal is
3 s for all three formats. Then the parts, in one process that has loaded everything.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lkip.plan import load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm import instance
from skm.document import docx, html, pdf
from skm.document.register import Register

YEAR = 2020
ROOT = Path(__file__).parents[2]
COMMAND = "from lkip.cli import main; main()"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        office = instance.init(Path(folder) / "kantor")
        for formats in ("docx,pdf,html", "docx", "pdf", "html"):
            taken = [command(office.root, formats) for _ in range(rounds)]
            report(f"lkip build {YEAR} --format {formats}", taken)
        plan = office.plan(YEAR)
        outcome = results(load_plan(plan), realise(load_plan(plan), office))
        document = build_report(outcome, office.office, Register(), plan)
        labels = pdf.page_labels(document)
        parts: dict[str, Callable[[], object]] = {
            "plan and tables read": lambda: realise(load_plan(plan), office),
            "report put together, with charts": lambda: build_report(
                outcome, office.office, Register(), plan
            ),
            "PDF": lambda: pdf.write(document),
            "page numbers for the DOCX": lambda: pdf.page_labels(document),
            "DOCX": lambda: docx.write(document, labels),
            "HTML": lambda: html.write(document),
        }
        for name, part in parts.items():
            report(name, [timed(part) for _ in range(rounds)])


def command(root: Path, formats: str) -> float:
    arguments = ("build", str(YEAR), "--format", formats, "--instance", str(root))
    return timed(
        lambda: subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(name: str, taken: list[float]) -> None:
    low, high = min(taken), max(taken)
    middle = statistics.median(taken)
    sys.stdout.write(f"{name:40} {middle:6.2f} s ({low:.2f} to {high:.2f})\n")


main()
