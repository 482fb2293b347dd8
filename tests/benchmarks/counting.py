"""Counting a million responses of fourteen questions, against numpy's bincount an element.

Run from the checkout: ``python -m tests.benchmarks.counting [responses]``
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import click
import numpy as np

from skm.form import find_form
from skm.responses import LEVELS, SKIPPED, ResponseTable

GOAL = 5
"""Times faster than bincount."""

_SHARES = {SKIPPED: 2, 1: 2, 2: 10, 3: 57, 4: 29}
"""In percent, as offices see them; bincount is slowest where one level is frequent."""
_ROUNDS = 9


def main(responses: int) -> None:
    """Print both times and whether both counted the same."""
    questions = tuple(question.code for question in find_form("kecamatan-14").questions)
    levels = np.random.default_rng(1).choice(
        np.array(list(_SHARES), dtype=np.uint8),
        (len(questions), responses),
        p=np.array(list(_SHARES.values())) / 100,
    )
    table = ResponseTable(questions, levels)

    def by_bincount() -> list[list[int]]:
        rows = (np.bincount(row, minlength=len(LEVELS) + 1) for row in levels)
        return [row[list(LEVELS)].tolist() for row in rows]

    if table.distribution().counts.tolist() != by_bincount():
        raise SystemExit("the two counts differ")
    ours, theirs = median_ms(table.distribution), median_ms(by_bincount)
    click.echo(f"{responses:,} x {len(questions)} levels, median of {_ROUNDS}, equal counts")
    click.echo(f"ResponseTable.distribution, with the respondents {ours:8.2f} ms")
    click.echo(f"numpy.bincount an element, without them          {theirs:8.2f} ms")
    click.echo(f"{theirs / ours:.1f} times faster, goal {GOAL}")
    if theirs < GOAL * ours:
        raise SystemExit(1)


def median_ms(count: Callable[[], object]) -> float:
    """Milliseconds of one call, the median of several."""
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        count()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
