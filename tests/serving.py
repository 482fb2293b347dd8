"""A real server process, and plain HTTP to talk to it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from skm.instance import Instance

_COMMAND = "from skm.cli import main; main()"


@dataclass
class Server:
    """A running ``skm serve``.

    Attributes:
        url: without a slash at the end.
    """

    url: str
    process: subprocess.Popen[str]

    def post(
        self, path: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, object]]:
        """Post over a connection of its own; status and JSON of the reply."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request("POST", path, body, dict(headers or {}))
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read())
        finally:
            connection.close()

    def deliver(self, token: str, message: Mapping[str, object]) -> tuple[int, dict[str, object]]:
        """Post a response as a tablet does."""
        headers = {"Skm-Token": token, "Skm-Age-Ms": "0", "Content-Type": "application/json"}
        return self.post("/api/jawaban", json.dumps(message).encode(), headers)


@contextmanager
def running(office: Instance, *options: str) -> Iterator[Server]:
    """An office's server on a free port, stopped at the end."""
    command = [sys.executable, "-c", _COMMAND, "serve", "--instance", str(office.root)]
    with subprocess.Popen(
        [*command, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            first = process.stdout.readline()
            assert "http://" in first, process.stderr.read()
            yield Server(first.split()[-1].rstrip("."), process)
        finally:
            process.kill()
