"""Serving the pages on the office's network."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import waitress  # type: ignore[import-untyped]

from skm import qr
from skm.errors import Fault, SkmError, refuse
from skm.instance import Instance
from skm.store import Store, open_store
from skm.store.lock import SERVING, HeldError, held
from skm.store.remembered import ADDRESS, recall
from skm.web.address import has_moved, is_in_network, is_ours, lan_address, note_contacts
from skm.web.app import create_app
from skm.web.daily import daily_backups
from skm.web.welcome import FIRST_TABLET, first_pairing, first_steps

THREADS = 4
LARGEST_BODY = 16 * 1024 * 1024
"""Bytes that are taken at all; every page and door has a smaller limit of its own."""

EVERYWHERE = "0.0.0.0"

_LAST_PORT = 65_535
_PATIENCE = 1.0  # seconds: a look by «skm doctor» lasts no longer
_WSAEACCES = 10013
"""What Windows says of a port that another program has for itself."""


def serve(
    instance: Instance,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    plugins: Sequence[object] = (),
    say: Callable[[str], object] = print,
    draw: Callable[[str], object] | None = None,
) -> None:
    """Serve an office until Ctrl-C.

    Args:
        host: the address listened on; ``0.0.0.0`` for the whole office network.
        port: 0 takes any free one.
        plugins: whose pages are served too (see ``skm.web.app``).
        say: is told the addresses once they answer, and what a new office does first.
        draw: is given a QR code for the first tablet, as lines of squares.

    Raises:
        SkmError: the port is taken, the host is not this computer's, the office is served
            already, or it has faults.
    """
    listening = _listen(host, port)
    with listening, _only_server_of(instance), open_store(instance) as store:
        listened = listening.getsockname()[1]
        lan = _in_network(host, listened)
        app = create_app(instance, plugins=plugins, hosts=(host,), store=store, lan=lan)
        note_contacts(app, store)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a burst is no trouble
        server = waitress.create_server(
            app,
            sockets=[listening],
            threads=THREADS,
            max_request_body_size=LARGEST_BODY,
            ident=None,
        )
        reached = addresses(host, listened)
        for address in reached:
            say(f"Survei berjalan di {address}")
        for line in first_steps(app, reached[0]):
            say(line)
        if draw and lan and (pairing := first_pairing(app, lan)):
            say(f"Pindai dengan tablet untuk memasang «{FIRST_TABLET}» (berlaku satu jam):")
            draw(qr.blocks(pairing))
        if warning := _lost_by_tablets(store, host, listened):
            say(f"Peringatan: {warning}")
        say("Hentikan dengan Ctrl-C.")
        with daily_backups(instance):
            try:
                server.run()
            finally:
                server.close()


@contextmanager
def _only_server_of(instance: Instance) -> Iterator[None]:
    """Hold the office: nobody else serves it meanwhile or puts a backup in its place."""
    try:
        with held(instance.root / SERVING, _PATIENCE):
            yield
    except HeldError:
        raise refuse(
            "Kantor ini sedang dijalankan atau dipulihkan oleh proses lain",
            file=instance.root,
            todo="Pakai yang sudah berjalan, atau hentikan dulu dengan Ctrl-C.",
        ) from None


def _lost_by_tablets(store: Store, host: str, port: int) -> Fault | None:
    """Why tablets that know this computer will not find it, None where they will."""
    remembered = recall(store, ADDRESS)
    if remembered is None:
        return None
    known = urlsplit(f"//{remembered}")
    listened = host in (EVERYWHERE, known.hostname) and port == known.port
    if listened and is_ours(remembered):
        return None
    return has_moved(remembered, urlsplit(addresses(host, port)[-1]).netloc)


def _in_network(host: str, port: int) -> str | None:
    """``host:port`` under which tablets reach a server that listens on a host, if they can."""
    place = urlsplit(addresses(host, port)[-1]).netloc
    return place if is_in_network(place) else None


def addresses(host: str, port: int) -> list[str]:
    """What to type into a browser to reach a server that listens on a host."""
    if host != EVERYWHERE:
        return [f"http://{f'[{host}]' if ':' in host else host}:{port}"]
    found = ["127.0.0.1", lan_address()]
    return [f"http://{address}:{port}" for address in found if address]


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:  # the system would silently take another one
        raise refuse("Port tidak ada", field="--port", found=port, expected=f"0 - {_LAST_PORT}")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _refused(host, port, error) from error
    try:
        if sys.platform == "win32":
            # Windows would let a second server take the same port unnoticed.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise _refused(host, port, error) from error
    return listening


def _refused(host: str, port: int, error: OSError) -> SkmError:
    if error.errno in (errno.EADDRINUSE, errno.EACCES, _WSAEACCES):
        taken = error.errno != errno.EACCES
        return refuse(
            "Port sudah dipakai program lain" if taken else "Port ini tidak boleh dipakai",
            field="--port",
            found=port,
            todo=f"Pilih yang lain, misalnya --port {port + 1 if port >= 1024 else 8001}.",
        )
    return refuse(
        "Alamat bukan milik komputer ini",
        field="--host",
        found=host,
        todo="Pakai 127.0.0.1, atau --lan untuk seluruh jaringan kantor.",
    )
