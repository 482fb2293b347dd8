"""Time and memory of the Laporan Kinerja of 2020: ``python -m tests.benchmarks.report [rounds]``.

Each round is a process of its own. Goals: the command, from the start of Python to DOCX, PDF and
HTML with all charts, in less than 5 s, from a printed table as from a year of responses that is
closed in the store; our PDF writer, model and charts ready, at least 5 times
faster than LibreOffice converting our DOCX in the same run. The writer is timed at its first
call in a process, since later ones are helped by what typst remembers.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from closed_offices import closed_period, receive

from lkip.plan import load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm import instance
from skm.document import docx, html, pdf
from skm.document.register import Register
from skm.period import Period
from skm.simulation import Simulation
from skm.store import open_store

YEAR = 2020
ROOT = Path(__file__).parents[2]
RESPONSES = 3_600
TABLE = re.compile(r'source = "table"\nfile = "skm/2020.csv"\n(?:[a-z]+ = .*\n)+')
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
        closed = closed_office(Path(folder) / "kantor-tutup")
        taken = [build(closed.root, "docx,pdf,html") for _ in range(rounds)]
        report(f"lkip build {YEAR}, closed year of {RESPONSES:n} responses", taken)


def closed_office(root: Path) -> instance.Instance:
    """The sample office whose index of the year is that of a closing in its store."""
    office = instance.init(root)
    form, year = office.questionnaire(), Period.parse(str(YEAR))
    with open_store(office) as store:
        for month in year.months:
            people = Simulation("uji", RESPONSES // 12, RESPONSES // 12).month(
                Period.parse(month), form, office.office
            )
            receive(store, form, [replace(each, simulated=False) for each in people])
        closed_period(store, office, str(YEAR), document="070/9/2021")
    plan = office.plan(YEAR)
    text = plan.read_text(encoding="utf-8")
    changed = TABLE.sub(f'source = "closing"\nperiod = "{YEAR}"\n', text, count=1)
    assert changed != text
    plan.write_text(changed, encoding="utf-8")
    return office


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
