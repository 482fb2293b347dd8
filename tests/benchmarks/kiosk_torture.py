"""The fault machine through real Chromium pages, four tablets at once.

Run from the checkout:
``PYTHONPATH=tests python -m tests.benchmarks.kiosk_torture [surveys [seed]]``
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tortured_kiosk import TorturedKiosk

PAGES = 4


def main() -> None:
    """Run and print the numbers; exit status 1 where anything is wrong."""
    surveys = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1_000_000)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        kiosk = TorturedKiosk(Path(folder), surveys, seed, PAGES)
        verdict = kiosk.run(lambda finished: sys.stderr.write(f"\r{finished} "))
    sys.stdout.write("\n".join(["", *verdict.lines(), ""]))
    sys.exit(not verdict.passed)


if __name__ == "__main__":
    main()
