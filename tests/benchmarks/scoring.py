"""A raw CSV of 100,000 responses scored by the whole command, beside pandas and DuckDB.

``python tests/benchmarks/scoring.py [PYTHON]``: PYTHON is an interpreter that has pandas and
duckdb; without it only our command is timed. Each prints counts, index and standard error;
all must agree. Runs are interleaved, each a process of its own.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RESPONDENTS = 100_000
QUESTIONS = 14
ROUNDS = 7

OURS = """
import sys
sys.argv = ["skm", "score", sys.argv[1], "--form", "kecamatan-14", "--json"]
from skm.cli import main
main()
"""
PANDAS = """
import json, sys
import pandas as pd
table = pd.read_csv(sys.argv[1], dtype="uint8")
counts = {name: table[name].value_counts().reindex(range(1, 5), fill_value=0).tolist()
          for name in table}
own = table.mean(axis=1) * 25
print(json.dumps({"counts": counts, "index": own.mean(), "error": own.sem()}))
"""
DUCKDB = """
import json, sys
import duckdb
names = [f"U{number}" for number in range(1, 15)]
source = f"read_csv('{sys.argv[1]}')"
each = ", ".join(f"count(*) FILTER (WHERE {n} = {level})" for n in names for level in range(1, 5))
own = "(" + " + ".join(names) + f") * 25.0 / {len(names)}"
row = duckdb.sql(f"SELECT avg({own}), stddev_samp({own}) / sqrt(count(*)), {each} FROM {source}")
((index, error, *flat),) = row.fetchall()
counts = {name: flat[4 * place:4 * place + 4] for place, name in enumerate(names)}
print(json.dumps({"counts": counts, "index": index, "error": error}))
"""


def main() -> None:
    other = sys.argv[1] if len(sys.argv) > 1 else None
    scripts = {"skm score": (sys.executable, OURS)}
    if other:
        scripts |= {"pandas": (other, PANDAS), "DuckDB": (other, DUCKDB)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jawaban.csv"
        _write(file)
        seconds: dict[str, list[float]] = {name: [] for name in scripts}
        results = {}
        for _ in range(ROUNDS):
            for name, (python, script) in scripts.items():
                began = time.perf_counter()
                done = subprocess.run(
                    [python, "-c", script, str(file)], check=True, capture_output=True, text=True
                )
                seconds[name].append(time.perf_counter() - began)
                results[name] = json.loads(done.stdout)
    ours = results["skm score"]
    for name, result in results.items():
        if name != "skm score":
            _agree(ours, result)
        times = seconds[name][1:]
        print(
            f"{name:10} median {statistics.median(times):.3f} s"
            f"  ({min(times):.3f} to {max(times):.3f})"
        )


def _write(file: Path) -> None:
    chance = random.Random(1)
    kinds = [
        chance.choice([(2, 10, 58, 30), (1, 5, 44, 50), (6, 22, 56, 16)]) for _ in range(QUESTIONS)
    ]
    columns = [chance.choices("1234", kind, k=RESPONDENTS) for kind in kinds]
    head = ",".join(f"U{number}" for number in range(1, QUESTIONS + 1))
    file.write_text("\n".join([head, *(",".join(row) for row in zip(*columns, strict=True))]))


def _agree(ours: dict[str, object], theirs: dict[str, object]) -> None:
    means = [
        sum(level * n for level, n in enumerate(counts, start=1)) / sum(counts)
        for counts in theirs["counts"].values()  # type: ignore[attr-defined]
    ]
    elements = ours["elements"]
    for element, mean in zip(elements, means, strict=True):  # type: ignore[call-overload]
        assert abs(element["mean_level"] - mean) < 1e-9, (element, mean)
    for key, theirs_key in (("index", "index"), ("standard_error", "error")):
        difference = float(ours[key]) - float(theirs[theirs_key])  # type: ignore[arg-type]
        assert abs(difference) < 1e-6, (key, difference)


if __name__ == "__main__":
    main()
