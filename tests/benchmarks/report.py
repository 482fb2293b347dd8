"""Time and memory of the Laporan Kinerja of 2020: ``python tests/benchmarks/report.py [rounds]``.

Each round is a process of its own. Goals: the command, from the start of Python to DOCX, PDF and
HTML with all charts, in less than 5 s; our PDF writer, model and charts ready, at least 5 times
faster than LibreOffice converting our DOCX in the same run. The writer is timed at its first
call in a process, since later ones are helped by what typst remembers.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
WRITER = f"""
import sys, time
from pathlib import Path
from lkip.plan import load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm.document import pdf
from skm.document.register import Register
from skm.instance import open_instance
office = open_instance(Path(sys.argv[1]))
plan = office.plan({YEAR})
outcome = results(load_plan(plan), realise(load_plan(plan), office))
document = build_report(outcome, office.office, Register(), plan)
start = time.perf_counter()
pdf.write(document)
print(time.perf_counter() - start)
"""


@dataclass(frozen=True)
class Run:
    """Seconds and peak MB of a process and those it started; what it printed."""

    seconds: float
    megabytes: float
    out: str


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        office = instance.init(Path(folder) / "kantor")
        for formats in ("docx,pdf,html", "docx", "pdf", "html"):
            taken = [build(office.root, formats) for _ in range(rounds)]
            report(f"lkip build {YEAR} --format {formats}", taken)
        beside_libreoffice(office.root, Path(folder), rounds)
        parts(office, rounds)


def beside_libreoffice(office: Path, folder: Path, rounds: int) -> None:
    """Our PDF writer and LibreOffice in turn, after a first start of the latter."""
    file = office / "reports" / str(YEAR) / f"laporan-kinerja-{YEAR}.docx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    run([*convert, str(file)])
    ours, theirs = [], []
    for _ in range(rounds):
        done = python(WRITER, str(office))
        ours.append(Run(float(done.out), done.megabytes, ""))
        theirs.append(run([*convert, str(file)]))
    report("PDF writer, model and charts ready", ours)
    report("LibreOffice, our DOCX to PDF", theirs)
    factor = middle(theirs) / middle(ours)
    sys.stdout.write(f"{'LibreOffice takes, times the writer':40} {factor:6.1f}\n")


def parts(office: instance.Instance, rounds: int) -> None:
    """The parts of the command, in one process that has loaded everything."""
    plan = office.plan(YEAR)
    outcome = results(load_plan(plan), realise(load_plan(plan), office))
    document = build_report(outcome, office.office, Register(), plan)
    labels = pdf.page_labels(document)
    works: dict[str, Callable[[], object]] = {
        "plan and tables read": lambda: realise(load_plan(plan), office),
        "report put together, with charts": lambda: build_report(
            outcome, office.office, Register(), plan
        ),
        "page numbers for the DOCX": lambda: pdf.page_labels(document),
        "DOCX": lambda: docx.write(document, labels),
        "HTML": lambda: html.write(document),
    }
    for name, work in works.items():
        report(name, [Run(timed(work), 0, "") for _ in range(rounds)])


def build(root: Path, formats: str) -> Run:
    return python(COMMAND, "build", str(YEAR), "--format", formats, "--instance", str(root))


def python(code: str, *arguments: str) -> Run:
    return run([sys.executable, "-c", code, *arguments])


def run(command: Sequence[str]) -> Run:
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} gave {status}")
    return Run(time.perf_counter() - start, used.ru_maxrss / 1024, out)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def middle(taken: Sequence[Run]) -> float:
    return statistics.median(each.seconds for each in taken)


def report(name: str, taken: Sequence[Run]) -> None:
    seconds = [each.seconds for each in taken]
    line = f"{name:40} {middle(taken):6.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
    if peak := max(each.megabytes for each in taken):
        line += f"  {peak:4.0f} MB"
    sys.stdout.write(line + "\n")


main()
