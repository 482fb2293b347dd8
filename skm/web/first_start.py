"""The one-time link with which the first admin of a new office chooses a name and a password."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import sha256

LIFE = 60 * 60.0
"""Seconds that a link waits; whoever starts the server again gets a new one."""


class FirstStart:
    """The link of a server that was started without any officer; only its digest is kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._digest: bytes | None = None
        self._until = 0.0

    def invite(self) -> str:
        """A new code; one that was given before ends."""
        code = secrets.token_urlsafe(16)
        with self._lock:
            self._digest = _digest(code)
            self._until = self._clock() + LIFE
        return code

    def knows(self, code: str) -> bool:
        """Whether a code may still be used."""
        with self._lock:
            return (
                self._digest is not None
                and self._clock() <= self._until
                and hmac.compare_digest(self._digest, _digest(code))
            )

    def end(self) -> None:
        """Let no code be used again."""
        with self._lock:
            self._digest = None


def _digest(code: str) -> bytes:
    return sha256(code.encode("utf-8", "replace")).digest()
