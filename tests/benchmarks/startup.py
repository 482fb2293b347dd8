"""How long ``skm --help`` takes beside importing click: ``python -m tests.benchmarks.startup``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15
HELP = "import sys; sys.argv = ['skm', '--help']; from skm.cli import main; main()"


def main() -> None:
    seconds: dict[str, list[float]] = {"import click": [], HELP: []}
    for _ in range(ROUNDS):
        for script, times in seconds.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
            times.append(time.perf_counter() - began)
    click, skm = (statistics.median(times[1:]) for times in seconds.values())
    print(
        f"import click {click * 1000:.0f} ms, skm --help {skm * 1000:.0f} ms: {skm / click:.2f} x"
    )


if __name__ == "__main__":
    main()
