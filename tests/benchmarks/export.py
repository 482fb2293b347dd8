"""Time and memory of an export: ``python tests/benchmarks/export.py [responses] [python]``.

Goals of the workbook: at least twice as fast as the script below, in a third of its memory.
Each line is a process of its own, from the start of Python to the finished file. With the
Python of an environment that has pandas, the script that an office would write with it stands
beside ours; not in our own environment, where sqlite-utils would load pandas too.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from skm import instance
from skm.form import Form
from skm.period import Period
from skm.responses import Response
from skm.store import open_store
from skm.store.intake import Delivery, Intake

MONTH = Period.parse("2026-10")
CHANCE = Random(1)

OURS = """
from datetime import date
from pathlib import Path
from skm.export.month_files import export_month
from skm.instance import open_instance
from skm.period import Period
root = Path({root!r})
export_month(open_instance(root), Period.parse("2026-10"), date(2026, 12, 1), format={kind!r})
"""
PANDAS = """
import sqlite3
import pandas
rows = pandas.read_sql_query("SELECT * FROM response_kecamatan_14", sqlite3.connect({database!r}))
questions = [name for name in rows if name.startswith("q_")]
means = rows[questions].mean()
with pandas.ExcelWriter({target!r}, engine="openpyxl") as book:
    rows.to_excel(book, sheet_name="Pengolahan", index=False)
    means.to_frame("NRR").to_excel(book, sheet_name="Ringkasan")
"""
# of this process alone: getrusage would tell the peak of the one it was started from
PEAK = """
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        office = instance.init(Path(folder) / "kantor")
        form = office.questionnaire()
        with open_store(office) as store:
            Intake(store).receive_many(form, deliveries(form, total))
        sys.stdout.write(f"{total:,} responses of {MONTH}\n")
        for kind in ("xlsx", "csv", "json", "parquet"):
            report(kind, OURS.format(root=str(office.root), kind=kind))
        if len(sys.argv) > 2:
            target = str(Path(folder) / "pandas.xlsx")
            script = PANDAS.format(database=str(office.database), target=target)
            report("pandas and openpyxl, two plain sheets", script, sys.argv[2])


def deliveries(form: Form, count: int) -> Iterator[Delivery]:
    services = ("ktp-el", "kk", "kia")
    for _ in range(count):
        day = date(2026, 10, CHANCE.randint(1, 31))
        answers = {question.code: CHANCE.randint(1, 4) for question in form.questions}
        answered = Response(
            *(uuid.uuid4().hex, form.id, day, "pagi", "kiosk", answers),
            service=CHANCE.choice(services),
            profile={"usia": CHANCE.choice(("17_25", "26_35"))},
            comment="Kursi kurang." if CHANCE.random() < 0.1 else None,
        )
        yield Delivery(answered, answered.id * 2, day)


def report(what: str, script: str, python: str = sys.executable) -> None:
    began = time.perf_counter()
    command = [python, "-c", script + PEAK]
    peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - began
    sys.stdout.write(f"{what:40} {seconds:8.2f} s {int(peak) / 1024:8.0f} MB\n")


if __name__ == "__main__":
    main()
