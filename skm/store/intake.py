"""Taking responses in: each once, each with a receipt, none that was deleted."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlite_utils import Database

from skm.form import Form
from skm.responses import Response
from skm.store.connection import Store
from skm.store.deletions import Deletions
from skm.store.numbers import Numbers
from skm.store.schema import ResponseColumns, ensure_form

STORED, KNOWN, CONFLICT = "stored", "known", "conflict"

_TAKE_RECEIPT = """
    INSERT INTO receipt (id, device, seq, form, sha256, finished, received, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING"""
_TAKE_COMMENT = """
    INSERT INTO comment (month, id, form, service, text, simulated) VALUES (?, ?, ?, ?, ?, ?)"""
_KEEP_ASIDE = """
    INSERT INTO conflict (id, sha256, device, seq, form, response, received)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id, sha256) DO NOTHING"""


@dataclass(frozen=True)
class Delivery:
    """A response as it arrived.

    Attributes:
        sha256: 64 hex digits over what was sent; tells a second copy from another content.
        received: the day it arrived.
        device: 32 hex digits of the tablet, None for phone, paper and files.
        seq: the tablet's running number from 1; None together with ``device``.
    """

    response: Response
    sha256: str
    received: date
    device: str | None = None
    seq: int | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of a delivery.

    Attributes:
        state: ``stored``; ``known``, it was there already or was deleted; ``conflict``, its id
            was there with another content, and this one is kept aside.
        have: the highest running number of its tablet, 0 where it has none.
        missing: the numbers below it that have not arrived.
        purged_until: the day until which tablets drop their second copies.
    """

    id: str
    state: str
    have: int
    missing: list[int]
    purged_until: date | None


class Intake:
    """The one door of a process into the store; make one for each open store.

    It remembers the running numbers of the tablets between deliveries, and reads them again
    when another process has written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._columns: dict[str, ResponseColumns] = {}
        self._numbers: dict[str, Numbers] = {}
        self._seen = 0

    def receive(self, form: Form, delivery: Delivery) -> Receipt:
        """Take a response in; when this returns it is on the disk.

        Raises:
            StoreError: nothing was stored; the same delivery may be tried again.
        """
        columns = self._columns_of(form)
        deletions = self._store.deletions.read()
        with self._lock:
            try:
                with self._store.writing() as db:
                    state = _take(db, columns, delivery, deletions)
                    numbers = self._counted(db, delivery)
            except BaseException:
                self._numbers.clear()
                raise
            return Receipt(
                delivery.response.id,
                state,
                numbers.have,
                numbers.missing(),
                deletions.purged_until,
            )

    def receive_many(self, form: Form, deliveries: Iterable[Delivery]) -> Counter[str]:
        """Take many in as one: all of them or, if one cannot be stored, none.

        Returns:
            How many were ``stored``, ``known`` and ``conflict``.
        """
        columns = self._columns_of(form)
        deletions = self._store.deletions.read()
        with self._lock, self._store.writing() as db:
            self._numbers.clear()
            return Counter(_take(db, columns, each, deletions) for each in deliveries)

    def _columns_of(self, form: Form) -> ResponseColumns:
        if form.id not in self._columns:
            self._columns[form.id] = ensure_form(self._store, form)
        return self._columns[form.id]

    def _counted(self, db: Database, delivery: Delivery) -> Numbers:
        """The running numbers of the delivery's tablet, this one among them."""
        if delivery.device is None or delivery.seq is None:
            return Numbers()
        if self._seen != (seen := self._store.changed_elsewhere()):
            self._numbers.clear()
            self._seen = seen
        if delivery.device not in self._numbers:
            self._numbers[delivery.device] = Numbers.of(db, delivery.device)
        numbers = self._numbers[delivery.device]
        numbers.add(delivery.seq)
        return numbers


def _take(db: Database, columns: ResponseColumns, delivery: Delivery, deletions: Deletions) -> str:
    response = delivery.response
    day = response.day.isoformat()
    state = _state(response, deletions)
    received = delivery.received.isoformat()
    receipt = (
        *(response.id, delivery.device, delivery.seq, response.form, delivery.sha256),
        *(f"{day} {response.half_day}", received, state),
    )
    if db.execute(_TAKE_RECEIPT, receipt).rowcount == 0:
        return _compare(db, delivery)
    if state != "stored":
        return KNOWN
    month = day[:7]
    db.execute(columns.insert, _row(columns, response, month, day))
    if response.comment:
        comment = (month, response.id, response.form, response.service, response.comment)
        db.execute(_TAKE_COMMENT, (*comment, response.simulated))
    return STORED


def _state(response: Response, deletions: Deletions) -> str:
    """What its receipt says: what belongs to days that were purged is not kept either."""
    if deletions.purged_until is not None and response.day <= deletions.purged_until:
        return "purged"
    return "deleted" if response.id in deletions.ids else "stored"


def _row(columns: ResponseColumns, response: Response, month: str, day: str) -> tuple[object, ...]:
    return (
        *(month, response.id, day, response.half_day, response.service, response.channel),
        *(response.language, response.helped, " ".join(response.flags), response.simulated),
        *(response.answers.get(code) for code in columns.questions),
        *(response.profile.get(code) for code in columns.profile),
    )


def _compare(db: Database, delivery: Delivery) -> str:
    """What a delivery is whose id is known: a second copy, a deleted one, or another content.

    Of another content only what a response keeps is put aside, without the exact times.
    """
    response = delivery.response
    held = db.execute("SELECT sha256, state FROM receipt WHERE id = ?", (response.id,))
    sha256, state = held.fetchone()
    if sha256 == delivery.sha256 or state in ("deleted", "purged"):
        return KNOWN
    content = json.dumps(asdict(response), default=str, ensure_ascii=False, sort_keys=True)
    aside = (response.id, delivery.sha256, delivery.device, delivery.seq, response.form, content)
    db.execute(_KEEP_ASIDE, (*aside, delivery.received.isoformat()))
    return CONFLICT
