"""Where tablets find this computer, and whether it is still there.

A tablet keeps the address it was paired under. Office networks hand out addresses anew, and
then the tablet waits for a computer that stands beside it.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, request

from skm.errors import Fault
from skm.store import Store
from skm.store.remembered import ADDRESS, recall, remember

_SPOKEN_TO = ("door.receive", "door.pair")
_WELL = (HTTPStatus.OK, HTTPStatus.CREATED)


def note_contacts(app: Flask, store: Store) -> None:
    """Remember under which address tablets reach this computer."""
    known = recall(store, ADDRESS)

    @app.after_request
    def note(response: Response) -> Response:
        nonlocal known
        if (
            request.endpoint in _SPOKEN_TO
            and response.status_code in _WELL
            and request.host != known
            and is_in_network(request.host)
        ):
            remember(store, ADDRESS, request.host)
            known = request.host
        return response


@lru_cache(maxsize=64)
def is_in_network(place: str) -> bool:
    """Whether ``host:port`` names a computer by an address that others can reach.

    >>> is_in_network("192.168.1.20:8000"), is_in_network("127.0.0.1:8000")
    (True, False)
    """
    try:
        return not ip_address(urlsplit(f"//{place}").hostname or "").is_loopback
    except ValueError:
        return False


def is_ours(place: str) -> bool:
    """Whether the address of ``host:port`` belongs to this computer now; nothing is sent."""
    host = urlsplit(f"//{place}").hostname or ""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True


def lan_address() -> str | None:
    """This computer's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that no network has
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


def has_moved(remembered: str, present: str) -> Fault:
    """What is told where tablets look for this computer at another place than it is.

    Args:
        remembered: where a tablet reached it the last time, ``host:port``.
        present: where it can be reached now.
    """
    return Fault(
        "Alamat komputer ini bukan lagi yang dicari tablet",
        found=present,
        expected=remembered,
        todo="Minta alamat tetap pada pengelola jaringan, atau pasangkan ulang tablet dengan "
        "kode QR; antrean di tablet tetap ada.",
    )
