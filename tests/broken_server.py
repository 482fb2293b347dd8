"""Servers with one fault each, to prove that the fault machine sees it.

Run as ``python broken_server.py FAULT FOLDER PORT``.
"""

from __future__ import annotations

import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from skm.form import Form
from skm.instance import open_instance
from skm.responses import Response
from skm.store import intake
from skm.store.deletions import DeletionLog, Deletions
from skm.store.intake import KNOWN, STORED, Delivery, Intake, Receipt
from skm.store.schema import ResponseColumns
from skm.web.server import serve

UNTIL_COMMIT = 1.0
"""Seconds between the receipt and the disk."""


def reply_before_commit() -> None:
    """201 is said at once, the response is stored a moment later."""
    receive = Intake.receive

    def promise(self: Intake, form: Form, delivery: Delivery) -> Receipt:
        def store() -> None:
            time.sleep(UNTIL_COMMIT)
            receive(self, form, delivery)

        threading.Thread(target=store, daemon=True).start()
        return Receipt(delivery.response.id, STORED, delivery.seq or 0, [], None)

    Intake.receive = promise  # type: ignore[method-assign]


def store_copies() -> None:
    """A second copy is taken for somebody else's response."""
    take = intake._take

    def take_again(
        db: Database, columns: ResponseColumns, delivery: Delivery, deletions: Deletions
    ) -> str:
        state = take(db, columns, delivery, deletions)
        if state == KNOWN:
            copy = replace(delivery.response, id=uuid.uuid4().hex)
            take(db, columns, replace(delivery, response=copy, device=None, seq=None), deletions)
        return state

    intake._take = take_again


def forget_deletions() -> None:
    """Nobody reads the list of deletions."""
    DeletionLog.read = lambda self: Deletions()  # type: ignore[method-assign]


def store_other_answers() -> None:
    """Every answer is the best one."""
    row = intake._row

    def flattering(
        columns: ResponseColumns, response: Response, month: str, day: str
    ) -> tuple[object, ...]:
        best = dict.fromkeys(response.answers, 4)
        return row(columns, replace(response, answers=best), month, day)

    intake._row = flattering


def drop_every_tenth() -> None:
    """Every tenth response is acknowledged and not stored."""
    take = intake._take

    def take_most(
        db: Database, columns: ResponseColumns, delivery: Delivery, deletions: Deletions
    ) -> str:
        if delivery.seq and delivery.seq % 10 == 0:
            return STORED
        return take(db, columns, delivery, deletions)

    intake._take = take_most


FAULTS: Mapping[str, Callable[[], None]] = {
    fault.__name__: fault
    for fault in (
        reply_before_commit,
        store_copies,
        forget_deletions,
        store_other_answers,
        drop_every_tenth,
    )
}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    name, folder, port = sys.argv[1:]
    FAULTS[name]()
    serve(open_instance(Path(folder)), port=int(port), say=say)
