"""Responses a second through the JSON door, and how long a tablet waits for its receipt.

Run from the checkout: ``PYTHONPATH=tests python -m tests.benchmarks.submitting [count [rounds]]``

A real server, and 1, 8 or 32 clients in one process of their own that costs little, on the same
machine; every response is committed to the disk. Beside it, round by round, what SQLite alone
commits, a row a commit, and the same server when it stores nothing: figures move with the hour,
their ratios do not. Printed are medians of the rounds.
"""

from __future__ import annotations

import json
import multiprocessing
import selectors
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from answering import message
from serving import running

from skm import instance
from skm.instance import Instance
from skm.store import open_store, tablets
from skm.torture.proxy import is_whole

CLIENTS = (1, 8, 32)
NOTHING_STORED = """
import sys
from skm.cli import main
from skm.store.intake import STORED, Intake, Receipt
Intake.receive = lambda self, form, delivery: Receipt(
    delivery.response.id, STORED, delivery.seq, [], None)
main()
"""


@dataclass(frozen=True)
class Measured:
    """Responses a second, and milliseconds that one in a hundred waits longer than."""

    rate: float
    p99: float


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    raw: list[float] = []
    door: dict[tuple[str, int], list[Measured]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            raw.append(commits_a_second(Path(folder) / f"{turn}.db", count))
            office = instance.init(Path(folder) / f"kantor-{turn}")
            with open_store(office) as store:
                token = tablets.add(store, "Uji")
            with running(office) as storing, storing_nothing(office) as idle:
                for kind, url in (("nothing stored", idle), ("stored", storing.url)):
                    for clients in CLIENTS:
                        measured = measure(office, url, token, clients, count)
                        door.setdefault((kind, clients), []).append(measured)
    commits = statistics.median(raw)
    report("SQLite alone, a row a commit", commits)
    for (kind, clients), results in door.items():
        rate = statistics.median(each.rate for each in results)
        p99 = statistics.median(each.p99 for each in results)
        more = f"p99 {p99:6.1f} ms   {rate / commits:.2f} of SQLite alone"
        if kind == "stored":
            free = statistics.median(each.rate for each in door["nothing stored", clients])
            more += f"   {rate / free:.2f} of nothing stored"
        report(f"{kind}, {clients} client(s)", rate, more)


def report(what: str, rate: float, more: str = "") -> None:
    sys.stdout.write(f"{what:30} {rate:8,.0f}/s   {more}\n")
    sys.stdout.flush()


@contextmanager
def storing_nothing(office: Instance) -> Iterator[str]:
    """The address of the same server that checks everything and stores nothing."""
    command = [sys.executable, "-c", NOTHING_STORED, "serve", "--instance", str(office.root)]
    second = instance.init(office.root / "kedua")
    with open_store(office) as store, open_store(second) as copy:
        rows = store.reader.execute("SELECT name, token_sha256, added FROM tablet").fetchall()
        with copy.writing() as db:
            db.execute("INSERT INTO tablet (name, token_sha256, added) VALUES (?, ?, ?)", rows[0])
    command[command.index(str(office.root))] = str(second.root)
    with subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield next(line for line in process.stdout if "http://" in line).split()[-1]
        finally:
            process.kill()


def measure(office: Instance, url: str, token: str, clients: int, count: int) -> Measured:
    """Have clients post, each one response after another."""
    form = office.questionnaire()
    place = urlsplit(url)
    requests = []
    for _ in range(clients):
        body = message(form, device=uuid.uuid4().hex)
        requests.append(
            [
                posted(place.netloc, token, {**body, "id": uuid.uuid4().hex, "seq": seq})
                for seq in range(1, count // clients + 1)
            ]
        )
    with multiprocessing.Pool(1) as pool:
        seconds, waits = pool.apply(send, ((place.hostname, place.port), requests))
    return Measured(len(waits) / seconds, statistics.quantiles(waits, n=100)[98] * 1000)


def posted(host: str, token: str, body: dict[str, object]) -> bytes:
    """A request as a browser sends it."""
    content = json.dumps(body).encode()
    head = (
        f"POST /api/jawaban HTTP/1.1\r\nHost: {host}\r\nSkm-Token: {token}\r\nSkm-Age-Ms: 0\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def send(
    address: tuple[str, int], requests: Sequence[Sequence[bytes]]
) -> tuple[float, list[float]]:
    """Post over one connection a client; seconds in all, and seconds each took."""
    waits: list[float] = []
    with selectors.DefaultSelector() as ready:
        for mine in requests:
            line = socket.create_connection(address)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(line, selectors.EVENT_READ, Client(line, iter(mine)))
        began = time.perf_counter()
        for key in list(ready.get_map().values()):
            key.data.send_next()
        while ready.get_map():
            for key, _ in ready.select():
                client: Client = key.data
                if client.has_reply():
                    waits.append(time.perf_counter() - client.began)
                    if not client.send_next():
                        ready.unregister(client.line)
                        client.line.close()
        return time.perf_counter() - began, waits


@dataclass
class Client:
    """One tablet that sends as soon as it has its receipt."""

    line: socket.socket
    requests: Iterator[bytes]
    began: float = 0.0
    reply: bytes = b""

    def send_next(self) -> bool:
        """Post the next response; False when there is none."""
        request = next(self.requests, None)
        if request is None:
            return False
        self.reply, self.began = b"", time.perf_counter()
        self.line.sendall(request)
        return True

    def has_reply(self) -> bool:
        """Read what there is; True once the receipt is whole."""
        self.reply += self.line.recv(65536)
        if not is_whole(self.reply):
            return False
        assert self.reply.startswith(b"HTTP/1.1 201 "), self.reply
        return True


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
