"""The queue of a tablet, saved as a file where the network cannot be mended.

It holds the bodies that the tablet would have posted, byte by byte, and goes through the checks
of the JSON door. So nothing doubles, whether the tablet sends them later or has sent them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from skm.errors import SkmError, refuse
from skm.form import Form, find_form
from skm.instance import Instance
from skm.numerals import number
from skm.quality import Circumstances
from skm.store import Store, open_store
from skm.store.intake import CONFLICT, KNOWN, STORED, Delivery, Intake
from skm.store.schema import is_used
from skm.web.clock import LONGEST_WAIT, TOLERANCE, finished_at
from skm.web.delivery import delivery_of
from skm.web.message import MessageChecks, parse

KIND = "skm-antrean"
_VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Watch = Callable[[Iterable[Delivery], int], Iterable[Delivery]]
"""Passes deliveries on while it shows how far they are; the number is how many there are."""


@dataclass(frozen=True)
class Saved:
    """One answer of a queue file.

    Attributes:
        body: as it was serialised at the finish.
        age: milliseconds since the finish when the file was saved; None where the tablet's
            page had been started anew.
        ahead: by how much the office's clock was ahead of the tablet's at the finish.
    """

    body: bytes
    age: int | None
    ahead: timedelta | None


@dataclass(frozen=True)
class QueueFile:
    """A queue file.

    Attributes:
        saved: what the tablet's clock showed, milliseconds since 1970.
        ahead: by how much the office's clock was ahead of it at the last contact.
    """

    saved: int
    ahead: timedelta | None
    answers: tuple[Saved, ...]


def is_queue_file(file: Path) -> bool:
    """Whether a file is a tablet's queue rather than a table of answers."""
    if file.suffix.lower() != ".json" or not file.is_file():
        return False
    with file.open("rb") as opened:
        return KIND.encode() in opened.read(200)


def read_queue_file(file: Path) -> QueueFile:
    """Read a queue file.

    Raises:
        SkmError: it is none, or was cut off.
    """
    try:
        content = json.loads(file.read_bytes())
        if content["kind"] != KIND or content["version"] != _VERSION:
            raise ValueError
        answers = tuple(
            Saved(each["body"].encode(), _whole(each["age_ms"]), _duration(each["ahead_ms"]))
            for each in content["answers"]
        )
        return QueueFile(int(content["saved"]), _duration(content["ahead_ms"]), answers)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise refuse(
            "Berkas antrean tablet tidak utuh",
            file=file,
            todo="Simpan lagi di tablet: tekan lama nama kantor, lalu «Simpan antrean».",
        ) from error


def import_queue(
    office: Instance,
    file: Path,
    watch: Watch = lambda deliveries, _: deliveries,
    *,
    dry_run: bool = False,
) -> tuple[list[str], dict[str, Any]]:
    """Take a tablet's queue in.

    What the checks refuse is named and left out: the tablet still holds it.

    Returns:
        The summary as lines and as a JSON document.

    Raises:
        SkmError: the file is no queue file, or nothing could be stored.
    """
    queue = read_queue_file(file)
    now = datetime.now(office.office.timezone)
    with open_store(office) as store:
        deliveries, left_out = _deliveries(office, store, queue, now)
        became: Counter[str] = Counter()
        for form, each in deliveries.items() if not dry_run else ():
            became += Intake(store).receive_many(form, watch(each, len(each)))
    count = sum(map(len, deliveries.values()))
    lines = [
        f"Antrean tablet: {number(len(queue.answers))} jawaban, {number(count)} dapat diambil."
    ]
    lines += left_out
    document: dict[str, Any] = {
        "file": str(file),
        "answers": len(queue.answers),
        "left_out": left_out,
    }
    if not dry_run:
        lines.append(
            f"Disimpan: {number(became[STORED])} baru; "
            f"{number(became[KNOWN] + became[CONFLICT])} sudah ada sebelumnya."
        )
        document |= {kind: became[kind] for kind in (STORED, KNOWN, CONFLICT)}
    return lines, document


def _deliveries(
    office: Instance, store: Store, queue: QueueFile, now: datetime
) -> tuple[dict[Form, list[Delivery]], list[str]]:
    checks: dict[object, MessageChecks] = {}
    deliveries: dict[Form, list[Delivery]] = {}
    left_out: list[str] = []
    for position, saved in enumerate(queue.answers, start=1):
        try:
            parsed = parse(saved.body)
            form_id = parsed.get("form")
            if form_id not in checks:
                checks[form_id] = MessageChecks(_form(office, store, form_id), office.office)
            message = checks[form_id].check(parsed)
        except SkmError as error:
            left_out.append(f"Jawaban ke-{position} tidak diambil: {error}")
            continue
        finished, guessed = _finished(queue, saved, message.finished, now)
        how = Circumstances(
            finished.astimezone(office.office.timezone), message.dwell_ms, None, guessed
        )
        delivery = delivery_of(message, saved.body, office.office, how, now.date())
        deliveries.setdefault(message.form, []).append(delivery)
    return deliveries, left_out


def _form(office: Instance, store: Store, form_id: object) -> Form:
    if form_id == office.office.form:
        return office.questionnaire()
    form = find_form(str(form_id), office.own_forms)
    if not is_used(store, form):
        raise refuse("Formulir tidak dipakai kantor ini", field="form", found=form_id)
    return form


def _finished(
    queue: QueueFile, saved: Saved, finished: int, now: datetime
) -> tuple[datetime, bool]:
    """When an answer was finished; the file was saved at a moment that only the tablet knew."""
    moment = _EPOCH + timedelta(milliseconds=queue.saved) + (queue.ahead or timedelta(0))
    if not -TOLERANCE <= now - moment <= LONGEST_WAIT:
        return now, True
    return finished_at(
        min(moment, now), finished, age=saved.age, ahead=queue.ahead, ahead_before=saved.ahead
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _duration(value: object) -> timedelta | None:
    return None if value is None else timedelta(milliseconds=float(str(value)))
