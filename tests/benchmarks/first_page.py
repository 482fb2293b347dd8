"""The officers' first page over a million responses, 16,000 of them in the running month.

Run from the checkout: ``python -m tests.benchmarks.first_page [responses]``
Fills an office of its own, closes its years, and asks the application for the page: the time is
that of the server, from the request to the last byte of the HTML. The pictures are asked for
apart, as a browser does.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import click
from flask.testing import FlaskClient
from visiting import add_officers, officer

from skm import instance
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store, tablets
from skm.store.closings import ClosingOrder, close
from skm.store.schema import ResponseColumns, ensure_form
from skm.store.served import Served, set_served
from skm.web.app import create_app

GOAL_MS = 100
RUNNING = 16_000
_YEARS = 5
_ROUNDS = 15
_STEPS = "WITH RECURSIVE step (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n + 1 < ?) "
_LEVEL = (
    "CASE abs(random() % 50) WHEN 0 THEN NULL WHEN 1 THEN 1 "
    "ELSE 2 + (abs(random() % 100) > 12) + (abs(random() % 100) > 60) END"
)


def main(responses: int) -> None:
    """Print how long the page takes, live and for a closed year, and whether it is in time."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as folder:
        office = instance.init(Path(folder) / "kantor")
        with open_store(office) as store:
            began = time.perf_counter()
            fill(store, office, Period.month_of(today), responses)
            years = close_years(store, office, today.year)
            click.echo(f"{responses:,} responses, years closed {years}, in {since(began):.0f} s")
            add_officers(store)
            tablets.add(store, "Loket 1")
            client = officer(create_app(office, store=store), "admin")
            page = timed("first page, running month", client, "/petugas")
            timed("a closed year", client, f"/petugas?periode={years[-1]}")
            timed("a year that is not closed", client, f"/petugas?periode={today.year}")
            html = client.get("/petugas").text
            for source in re.findall(r'<img src="([^"]+)"', html):
                address = unescape(source)
                began = time.perf_counter()
                etag = client.get(address).headers["ETag"]
                click.echo(f"{address:58} {since(began) * 1000:8.1f} ms, drawn")
                timed(address, client, address, {"If-None-Match": etag})
    click.echo(f"first page {page:.1f} ms, goal {GOAL_MS}")
    if page > GOAL_MS:
        raise SystemExit(1)


def fill(store: Store, office: Instance, running: Period, responses: int) -> None:
    """Responses of five years and the running month, written by SQLite itself."""
    form = office.questionnaire()
    columns = ensure_form(store, form)
    first = 0
    for month, count in months(running, responses):
        with store.writing() as db:
            db.execute(
                "INSERT INTO receipt (id, form, sha256, finished, received, state) " + _STEPS
                + "SELECT printf('%032x', n + ?), ?, printf('%064x', n + ?),"
                " printf('%s-%02d pagi', ?, 1 + n % 24), printf('%s-%02d', ?, 1 + n % 24),"
                " 'stored' FROM step",
                (count, first, form.id, first, str(month), str(month)),
            )  # fmt: skip
            db.execute(insertion(columns, office), (count, str(month), first, str(month)))
        entries = [Served(month, each.code, count // 2) for each in office.office.services]
        set_served(store, office.office, entries)
        first += count


def insertion(columns: ResponseColumns, office: Instance) -> str:
    """The statement that makes the responses of a month, some of them flagged."""
    services = " ".join(
        f"WHEN {place} THEN '{each.code}'" for place, each in enumerate(office.office.services)
    )
    known = len(columns.names) - len(columns.profile)
    levels = ", ".join(_LEVEL for _ in columns.questions)
    return (
        f"INSERT INTO {columns.table} ({', '.join(columns.names[:known])}) {_STEPS}"
        "SELECT ?, printf('%032x', n + ?), printf('%s-%02d', ?, 1 + n % 24), 'pagi',"
        f" CASE n % {len(office.office.services)} {services} END, 'kiosk', 'id', 0,"
        " CASE WHEN n % 29 = 0 THEN 'seragam' WHEN n % 37 = 0 THEN 'beruntun' ELSE '' END,"
        f" 0, {levels} FROM step"
    )


def months(running: Period, responses: int) -> Iterator[tuple[Period, int]]:
    """The running month, and as many before it as five years have."""
    yield running, RUNNING
    before = running
    earlier = 12 * _YEARS
    for _ in range(earlier):
        before = before.previous
        yield before, (responses - RUNNING) // earlier


def close_years(store: Store, office: Instance, this_year: int) -> list[str]:
    """The years that are over, closed on their last day; and what the office calls them."""
    years = [Period.parse(str(year)) for year in range(this_year - _YEARS, this_year)]
    for year in years:
        close(store, office, year, ClosingOrder(today=year.next.first_day))
    return [str(year) for year in years]


def timed(
    what: str, client: FlaskClient, address: str, headers: dict[str, str] | None = None
) -> float:
    """Median of several requests, in milliseconds; the first is not counted.

    Beside it what the process itself worked, which other programs on the computer change less.
    """
    ask: Callable[[], object] = lambda: client.get(address, headers=headers).data  # noqa: E731
    ask()
    spent, worked = [], []
    for _ in range(_ROUNDS):
        began, begun = time.perf_counter(), time.process_time()
        ask()
        worked.append((time.process_time() - begun) * 1000)
        spent.append(since(began) * 1000)
    median = statistics.median(spent)
    cpu = statistics.median(worked)
    click.echo(
        f"{what:58} {median:8.1f} ms  ({min(spent):.1f} to {max(spent):.1f}, {cpu:.1f} of the CPU)"
    )
    return median


def since(began: float) -> float:
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
