"""Responses a second through the JSON door.

Run from the checkout: ``PYTHONPATH=tests python -m tests.benchmarks.submitting [count]``

A real server, clients in processes of their own on the same machine, every response committed
to the disk. Compared with what SQLite alone commits, in the same run.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

from answering import message
from serving import running

from skm import instance
from skm.store import open_store, tablets


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        office = instance.init(Path(folder) / "kantor")
        form = office.questionnaire()
        with open_store(office) as store:
            token = tablets.add(store, "Uji")
        raw = commits_a_second(Path(folder) / "raw.db", count)
        report("SQLite alone, a row a commit", raw)
        with running(office) as server:
            for clients in (1, 8):
                share = count // clients
                jobs = [
                    (server.url, token, message(form, device=uuid.uuid4().hex), share)
                    for _ in range(clients)
                ]
                with multiprocessing.Pool(clients) as pool:
                    pool.map(time.sleep, [0] * clients)  # all processes are up
                    began = time.perf_counter()
                    waits = [wait for waited in pool.starmap(send, jobs, 1) for wait in waited]
                    rate = len(waits) / (time.perf_counter() - began)
                slowest = statistics.quantiles(waits, n=100)[98] * 1000
                more = f"p99 {slowest:5.1f} ms   {rate / raw:.2f} of SQLite alone"
                report(f"through the door, {clients} client(s)", rate, more)


def report(what: str, rate: float, more: str = "") -> None:
    sys.stdout.write(f"{what:40} {rate:8,.0f}/s   {more}\n")


def send(url: str, token: str, body: dict[str, object], count: int) -> list[float]:
    """Post responses over one connection; seconds each took."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Skm-Token": token, "Skm-Age-Ms": "0"}
    waits = []
    for seq in range(1, count + 1):
        sent = json.dumps({**body, "id": uuid.uuid4().hex, "seq": seq})
        began = time.perf_counter()
        connection.request("POST", "/api/jawaban", sent, headers)
        reply = connection.getresponse()
        reply.read()
        waits.append(time.perf_counter() - began)
        assert reply.status == 201
    return waits


def commits_a_second(file: Path, count: int) -> float:
    """The fastest that one connection with the same durability stores rows of this size."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE row (id TEXT PRIMARY KEY, content TEXT)")
    began = time.perf_counter()
    for _ in range(count):
        connection.execute("INSERT INTO row VALUES (?, ?)", (uuid.uuid4().hex, "x" * 130))
    rate = count / (time.perf_counter() - began)
    connection.close()
    return rate


if __name__ == "__main__":
    main()
