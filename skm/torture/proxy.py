"""The office's Wi-Fi at its worst: a TCP proxy between tablets and server.

It reads one HTTP request after another, draws what befalls it, and carries it over a connection
of its own, so that it can be cut, doubled or answered at any point.
"""

from __future__ import annotations

import itertools
import json
import random
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress

from skm.torture.schedule import Mishap

_GLANCE = 0.05
"""Seconds between two looks at whether to listen on."""
_LONGEST_WAIT = 10.0
_SILENT_FOR = 1.5
"""Seconds; longer than a tablet's patience."""
_LONGEST_DELAY = 0.08
_LATER = (0.02, 1.0)
_UNTIL_KILL = 0.006
"""Seconds after a request within which the server dies: around the commit."""
_END_OF_HEAD = b"\r\n\r\n"
_DELIVERY, _STORED = b"POST /api/jawaban ", b"HTTP/1.1 201 "
_PORTAL = b"<!DOCTYPE html><title>Wi-Fi</title><p>Silakan masuk untuk memakai internet.</p>"


class Proxy:
    """A network that can be bad.

    Args:
        server: port of the server on this computer.
        mishaps: what befalls the requests one after another, from the start again at the end.
        kill_server: ends the server process at once.
        seed: of the places and waits inside a mishap.
        afflicted: what the path of a request must begin with for a mishap to befall it.
    """

    def __init__(
        self,
        server: int,
        mishaps: Sequence[Mishap],
        kill_server: Callable[[], object],
        seed: int = 0,
        afflicted: str = "/",
    ) -> None:
        self.befell: Counter[Mishap] = Counter()
        self.requests = 0
        self._server = server
        self._mishaps = itertools.cycle(mishaps or [Mishap.NONE])
        self._kill_server = kill_server
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._peaceful = threading.Event()
        self._afflicted = f"POST {afflicted}".encode()
        self._last_receipt = b""
        self._listening = _Listening(("127.0.0.1", 0), lambda line: _serve(self, line))
        threading.Thread(
            target=self._listening.serve_forever, args=(_GLANCE,), daemon=True
        ).start()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port that tablets use."""
        host, port = self._listening.server_address[:2]
        return str(host), int(port)

    def make_peace(self) -> None:
        """From now on everything arrives."""
        self._peaceful.set()

    def close(self) -> None:
        """Listen no more."""
        self._listening.shutdown()
        self._listening.server_close()

    def carry(self, request: bytes) -> bytes | None:
        """Take one request to the server or not; what the client gets, None for a cut."""
        mishap, where = self._drawn(request)
        cut = int(where * len(request))
        match mishap:
            case Mishap.NONE:
                return self._forward(request)
            case Mishap.CUT_BEFORE:
                return None
            case Mishap.CUT_BODY:
                self._forward_part(request[:cut])
                return None
            case Mishap.REPLY_LOST:
                self._forward(request)
                return None
            case Mishap.REPLY_TORN:
                reply = self._forward(request)
                return reply[: int(where * len(reply))] if reply else None
            case Mishap.SILENCE:
                self._forward(request)
                time.sleep(_SILENT_FOR)
                return None
            case Mishap.TWICE:
                return self._forward_twice(request, first=where < 0.5)
            case Mishap.AGAIN_LATER:
                shortest, longest = _LATER
                again = threading.Timer(
                    shortest + where * (longest - shortest), self._forward, (request,)
                )
                again.daemon = True
                again.start()
                return self._forward(request)
            case Mishap.DELAYED:
                time.sleep(where * _LONGEST_DELAY)
                return self._forward(request)
            case Mishap.PORTAL:
                return _portal(where)
            case Mishap.FOREIGN_RECEIPT:
                return self._last_receipt or _portal(where)
            case Mishap.SERVER_KILLED:
                return self._forward_and_kill(request, where * _UNTIL_KILL)

    def _drawn(self, request: bytes) -> tuple[Mishap, float]:
        with self._lock:
            self.requests += 1
            if self._peaceful.is_set() or not request.startswith(self._afflicted):
                return Mishap.NONE, 0.0
            mishap = next(self._mishaps)
            self.befell[mishap] += 1
            return mishap, self._chance.random()

    def _open(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self._server), timeout=_LONGEST_WAIT)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def _forward(self, request: bytes) -> bytes | None:
        with suppress(OSError), closing(self._open()) as line:
            line.sendall(request)
            return self._noted(request, read_message(line))
        return None

    def _forward_part(self, part: bytes) -> None:
        with suppress(OSError), closing(self._open()) as line:
            line.sendall(part)

    def _forward_twice(self, request: bytes, first: bool) -> bytes | None:
        with suppress(OSError), closing(self._open()) as one, closing(self._open()) as other:
            one.sendall(request)
            other.sendall(request)
            replies = read_message(one), read_message(other)
            return replies[0] if first else replies[1]
        return None

    def _forward_and_kill(self, request: bytes, seconds: float) -> bytes | None:
        with suppress(OSError), closing(self._open()) as line:
            line.sendall(request)
            time.sleep(seconds)
            self._kill_server()
            return read_message(line)
        return None

    def _noted(self, request: bytes, reply: bytes | None) -> bytes | None:
        if reply and request.startswith(_DELIVERY) and reply.startswith(_STORED):
            self._last_receipt = reply
        return reply


class _Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        super().__init__(address, socketserver.BaseRequestHandler)

    def finish_request(self, request: object, client_address: object) -> None:
        """Carry what comes over one connection of a client."""
        assert isinstance(request, socket.socket)
        self._serve(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what this is all about."""


def _serve(proxy: Proxy, client: socket.socket) -> None:
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(OSError):
        while request := read_message(client):
            reply = proxy.carry(request)
            if reply:
                client.sendall(reply)
            if not is_whole(reply):
                return


def read_message(line: socket.socket) -> bytes | None:
    """One HTTP message with its body, as far as it comes; None if nothing does."""
    read = b""
    while not is_whole(read):
        part = line.recv(65536)
        if not part:
            break
        read += part
    return read or None


def is_whole(message: bytes | None) -> bool:
    r"""Whether a message has its whole head, and as much body as the head announces.

    >>> is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{")
    False
    >>> is_whole(b"HTTP/1.1 304 NOT MODIFIED\r\n\r\n")
    True
    """
    head, end, body = (message or b"").partition(_END_OF_HEAD)
    if not end:
        return False
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return len(body) >= int(value)
    return True


def _portal(where: float) -> bytes:
    """What a Wi-Fi that wants a log-in answers, with 200 as they do, or a way to its page."""
    if where < 0.6:
        return _message("200 OK", "text/html", _PORTAL)
    if where < 0.8:
        return _message("200 OK", "application/json", json.dumps({"status": "ok"}).encode())
    return _message("302 Found", "text/html", b"", "Location: http://wifi.test/\r\n")


def _message(status: str, kind: str, body: bytes, more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body
