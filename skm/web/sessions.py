"""Who is logged in: kept in the memory of the server, so that a session can be ended.

The browser's cookie holds nothing but a random id. A server that is started again knows nobody,
and everyone logs in again.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import session

from skm.store import Store, officers
from skm.store.officers import Officer

LONGEST_IDLE = 60 * 60.0
"""Seconds without a request. A counter PC stands where citizens do, but an officer who is
called away in the middle of a stack of paper forms must not lose it."""
LONGEST = 12 * 60 * 60.0
"""Seconds from log-in: a session never outlives the working day."""

_ID = "id"


@dataclass(frozen=True)
class Invitation:
    """A pairing code as it is shown to the admin who asked for it, and to nobody else."""

    tablet: str
    code: str


@dataclass(frozen=True)
class OfficerSession:
    """One browser of one officer.

    Attributes:
        officer: number of the account.
        version: of its password at log-in.
        began, seen: seconds of the server's monotonic clock.
        invitation: the last pairing code that was asked for.
    """

    officer: int
    version: int
    began: float
    seen: float
    invitation: Invitation | None = None


class Sessions:
    """The sessions of a running server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, OfficerSession] = {}

    def begin(self, officer: Officer) -> str:
        """Open a session; returns its id, which nobody had before."""
        now = self._clock()
        opened = secrets.token_urlsafe(32)
        with self._lock:
            self._open = {key: each for key, each in self._open.items() if _lives(each, now)}
            self._open[opened] = OfficerSession(officer.number, officer.version, now, now)
        return opened

    def end(self, session_id: str) -> None:
        """Close a session; one that is closed already stays so."""
        with self._lock:
            self._open.pop(session_id, None)

    def officer(self, session_id: str, store: Store) -> Officer | None:
        """Whose session it is, as the store knows the account now; None where it has ended.

        It ends when its time is over, at log-out, with another password, and with the account.
        """
        now = self._clock()
        with self._lock:
            held = self._open.get(session_id)
        if held is None:
            return None
        owner = officers.find(store, held.officer)
        if owner is None or owner.version != held.version or not _lives(held, now):
            self.end(session_id)
            return None
        self._change(session_id, seen=now)
        return owner

    def invitation(self, session_id: str) -> Invitation | None:
        """The pairing code that was asked for in this session last."""
        with self._lock:
            held = self._open.get(session_id)
        return held.invitation if held else None

    def keep_invitation(self, session_id: str, invitation: Invitation) -> None:
        """Remember a pairing code until the next one."""
        self._change(session_id, invitation=invitation)

    def _change(self, session_id: str, **changes: object) -> None:
        with self._lock:
            if (held := self._open.get(session_id)) is not None:
                self._open[session_id] = replace(held, **changes)  # type: ignore[arg-type]


def _lives(held: OfficerSession, now: float) -> bool:
    return now - held.seen <= LONGEST_IDLE and now - held.began <= LONGEST


def held_id() -> str:
    """The id in the cookie of the present request; empty where there is none."""
    return str(session.get(_ID, ""))


def session_id() -> str:
    """The same; a stranger gets an id that opens nothing, for the log-in page to be bound to."""
    if _ID not in session:
        session[_ID] = secrets.token_urlsafe(32)
    return held_id()


def take_session(new_id: str) -> None:
    """Put a new id into the cookie; whatever id the browser came with opens nothing."""
    session.clear()
    session[_ID] = new_id
