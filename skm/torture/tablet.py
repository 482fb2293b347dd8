"""A tablet at the counter, simulated: it keeps the protocol of the kiosk to the letter."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

from skm.torture.queue import PARKED, SENT, WAITING, Kept, Queue

PATIENCE = 1.0
"""Seconds a tablet waits for a reply."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.3
"""Seconds between two tries; a hundredth of a real tablet's, so that a run takes minutes."""

_DELIVERED: Mapping[int, str] = {
    HTTPStatus.CREATED: "stored",
    HTTPStatus.OK: "known",
    HTTPStatus.CONFLICT: "conflict",
}
_REFUSED = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY)
_FAILURES = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Reply:
    """What came back; ``content`` is None where it was no JSON object."""

    status: int
    content: Mapping[str, Any] | None


class Witness(Protocol):
    """Is told what a tablet takes for delivered."""

    def sending(self) -> int:
        """Called before a request; what it returns comes back with the receipt."""

    def acknowledged(self, response: str, sent: int) -> None:
        """The tablet holds a receipt of the server for a response."""


class Tablet:
    """One tablet from its start until it is switched off; the queue outlives it.

    Args:
        file: its queue on the disk.
        address: host and port it reaches the office's computer by.
        senders: how many pages are open on it, each of which sends.
        clock_ms: by how much its clock is wrong.
    """

    def __init__(
        self,
        name: str,
        file: Path,
        address: tuple[str, int],
        witness: Witness,
        senders: int = 1,
        clock_ms: int = 0,
    ) -> None:
        self.name = name
        self.file = file
        self.senders = senders
        self.clock_ms = clock_ms
        self.unpaired = threading.Event()
        self.missing: list[int] = []
        self._address = address
        self._witness = witness
        self._queue = Queue(file)
        self._off = threading.Event()
        self._woken = threading.Condition()
        self._finished_at: dict[str, float] = {}  # by the monotonic clock of this start
        self._threads = [
            threading.Thread(target=self._send_all, daemon=True) for _ in range(senders)
        ]
        if self._queue.recall("token") is None:
            self.unpaired.set()
        for thread in self._threads:
            thread.start()

    @property
    def device(self) -> str | None:
        """Its identity, which it keeps through every pairing."""
        return self._queue.recall("device")

    @property
    def waiting(self) -> int:
        """How many responses are not delivered yet."""
        return self._queue.count(WAITING)

    @property
    def parked(self) -> int:
        """How many the server refused for good."""
        return self._queue.count(PARKED)

    def pair(self, code: str) -> bool:
        """Scan a code; True once the tablet holds its token."""
        body = json.dumps({"code": code, "device": self.device}).encode()
        line = http.client.HTTPConnection(*self._address, timeout=PATIENCE)
        try:
            reply = _post(line, "/api/pasang", body, {})
        except _FAILURES:
            return False
        finally:
            line.close()
        paired = reply.content or {}
        if reply.status != HTTPStatus.CREATED or not {"token", "device"} <= paired.keys():
            return False
        self._queue.remember(token=paired["token"], device=paired["device"])
        self.unpaired.clear()
        self._wake()
        return True

    def finish(self, survey: Mapping[str, Any]) -> Kept:
        """A citizen is done: the response is on the disk before anybody is thanked."""
        clock = self._clock()
        kept = self._queue.finish(
            {"device": self.device, **survey, "clock": clock, "finished": clock}
        )
        self._finished_at[kept.id] = time.monotonic()
        self._wake()
        return kept

    def switch_off(self) -> None:
        """Stop at once, like an empty battery; replies that are still on their way are lost."""
        self._off.set()
        self._wake()
        for thread in self._threads:
            thread.join()
        self._queue.close()

    def _clock(self) -> int:
        return time.time_ns() // 1_000_000 + self.clock_ms

    def _wake(self) -> None:
        with self._woken:
            self._woken.notify_all()

    def _send_all(self) -> None:
        line = http.client.HTTPConnection(*self._address, timeout=PATIENCE)
        pause = SHORTEST_PAUSE
        while not self._off.is_set():
            kept = None if self.unpaired.is_set() else self._queue.oldest_waiting()
            if kept is not None and self._send(line, kept):
                pause = SHORTEST_PAUSE
                continue
            with self._woken:
                self._woken.wait(random.uniform(0.5, 1) * pause)
            pause = min(pause * 2, LONGEST_PAUSE) if kept is not None else SHORTEST_PAUSE
        line.close()

    def _send(self, line: http.client.HTTPConnection, kept: Kept) -> bool:
        """Try once; True when the response need not be tried again."""
        headers = {"Skm-Token": self._queue.recall("token") or "", "Skm-Clock": str(self._clock())}
        if (finished := self._finished_at.get(kept.id)) is not None:
            headers["Skm-Age-Ms"] = str(int((time.monotonic() - finished) * 1000))
        sent = self._witness.sending()
        try:
            reply = _post(line, "/api/jawaban", kept.body, headers)
        except _FAILURES:
            line.close()
            return False
        if self._off.is_set():
            return False
        return self._heed(kept, reply, sent)

    def _heed(self, kept: Kept, reply: Reply, sent: int) -> bool:
        content = reply.content
        if content is None:
            return False
        if reply.status == HTTPStatus.UNAUTHORIZED:
            self.unpaired.set()
            return False
        if reply.status in _REFUSED:
            self._queue.settle(kept.seq, PARKED)
            return True
        state = _DELIVERED.get(reply.status)
        if state is None or content.get("id") != kept.id or content.get("state") != state:
            return False
        self._queue.settle(kept.seq, SENT)
        self._witness.acknowledged(kept.id, sent)
        self.missing = list(content["missing"])
        self._queue.send_again(self.missing, content["have"])
        return True


def _post(
    line: http.client.HTTPConnection, path: str, body: bytes, headers: Mapping[str, str]
) -> Reply:
    line.request("POST", path, body, {"Content-Type": "application/json", **headers})
    with line.getresponse() as response:
        raw = response.read()
    try:
        content = json.loads(raw)
    except ValueError:
        content = None
    return Reply(response.status, content if isinstance(content, dict) else None)
