"""How long a month takes among many.

Run from the checkout: ``python -m tests.benchmarks.reading [responses]``
Fills a database of its own with the office's fourteen questions and reads months of it.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from skm import instance
from skm.assessment import by_service
from skm.form import Form
from skm.period import Period
from skm.responses import Response
from skm.scoring import score, weights_for
from skm.store import Store, open_store
from skm.store.intake import Delivery, Intake
from skm.store.rows import distribution, read_table

SMALL_MONTH = Period.parse("2026-10")
SMALL = 1_000
CHANCE = random.Random(1)
SERVICES = ("ktp-el", "kk", "akta-kelahiran", "surat-pindah", "kia", "lainnya")


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        office = instance.init(Path(folder) / "kantor")
        form = office.questionnaire()
        with open_store(office) as store:
            intake = Intake(store)
            began = time.perf_counter()
            for month, respondents in months(total):
                intake.receive_many(form, deliveries(form, month, respondents))
            report(f"{total:,} responses stored, each second", total / since(began), "")
            report("database, bytes a response", office.database.stat().st_size / total, "")
            year = Period.parse("2025")
            large = Period.parse("2025-03")
            for period in (SMALL_MONTH, large, year):
                count = len(read_table(store, form, period))
                report(f"{period}, {count:,} counted", timed(distribution, store, form, period))
                report(f"{period}, {count:,} as a table", timed(read_table, store, form, period))
            began = time.perf_counter()
            counted = year_by_month_and_service(store, form, year)
            report(f"{year}: {counted} months x services x elements", since(began) * 1000)


def year_by_month_and_service(store: Store, form: Form, year: Period) -> int:
    """Every element of every service in every month, scored; how many there were."""
    weights, scale = weights_for(form), form.regulation.scale
    scored = 0
    for name in year.months:
        table = read_table(store, form, Period.parse(name))
        for part in by_service(table).values():
            scored += len(score(part, form, weights, scale).elements)
    return scored


def months(total: int) -> Iterator[tuple[Period, int]]:
    """One month of 1,000; the rest spread over five years before it."""
    yield SMALL_MONTH, SMALL
    month = SMALL_MONTH
    for _ in range(60):
        month = month.previous
        yield month, (total - SMALL) // 60


def deliveries(form: Form, month: Period, count: int) -> Iterator[Delivery]:
    for _ in range(count):
        day = date(month.year, month.first_month, CHANCE.randint(1, 28))
        answers = {question.code: CHANCE.randint(1, 4) for question in form.questions}
        service = CHANCE.choice(SERVICES)
        answered = Response(uuid.uuid4().hex, form.id, day, "pagi", "import", answers, service)
        yield Delivery(answered, answered.id * 2, day)


def timed(call: Callable[..., object], *arguments: object) -> float:
    """Median of 15 calls, in milliseconds."""
    spent = []
    for _ in range(15):
        began = time.perf_counter()
        call(*arguments)
        spent.append(since(began) * 1000)
    return statistics.median(spent)


def since(began: float) -> float:
    return time.perf_counter() - began


def report(what: str, figure: float, unit: str = "ms") -> None:
    sys.stdout.write(f"{what:45} {figure:12,.2f} {unit}\n")


if __name__ == "__main__":
    main()
