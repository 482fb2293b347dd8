"""What is looked up, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path, PurePath

from skm.errors import Fault
from skm.instance import Office


class Light(IntEnum):
    """How a thing stands; the higher the worse."""

    GOOD = 0
    CARE = 1
    TROUBLE = 2

    @property
    def word(self) -> str:
        """As officers read it."""
        return ("baik", "perhatian", "masalah")[self]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, how it stands, and what to do about it."""

    light: Light
    subject: str
    message: str
    todo: str | None = None


@dataclass(frozen=True)
class DatabaseProbe:
    """The database.

    Attributes:
        fault: why it cannot be used; None where it can.
        kept: what it keeps to, as it reads back itself; ``"wal, full"`` is right.
        responses: how many are stored.
        last_received: the day the latest arrived.
        last_trace: the latest day on which anything was written down.
    """

    exists: bool
    fault: str | None = None
    kept: str = ""
    responses: int = 0
    last_received: date | None = None
    last_trace: date | None = None


@dataclass(frozen=True)
class BackupProbe:
    """The backups.

    Attributes:
        last: the day of the last one in the office's folder.
        failure: why the last try failed, None where it did not.
        second: the folder that ``cadangan`` names, None where it names none.
        second_there: whether that folder is there.
        second_last: the day of the last backup in it.
        same_disk: whether it lies on the disk of the office itself.
        aside: databases that a restore put aside.
    """

    last: date | None = None
    failure: str | None = None
    second: Path | None = None
    second_there: bool = False
    second_last: date | None = None
    same_disk: bool = False
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class TabletProbe:
    """A tablet in use; ``missing`` counts running numbers that have not arrived."""

    name: str
    paired: bool
    last_seen: date | None
    missing: int


@dataclass(frozen=True)
class Probes:
    """Everything that was looked up.

    Attributes:
        now: the computer's clock with the computer's zone.
        folder: the office's folder, resolved.
        network_share: whether it lies on another computer.
        form_fault: why the questionnaire or a language cannot be used.
        moved: what is told where tablets look for this computer elsewhere.
        key_readable_by_others: None where there is no key yet or no such permissions.
        serving: whether ``skm serve`` runs.
    """

    now: datetime
    office: Office
    folder: PurePath
    network_share: bool
    free_bytes: int
    database: DatabaseProbe
    backups: BackupProbe
    tablets: Sequence[TabletProbe]
    form_fault: str | None
    moved: Fault | None
    address: str | None
    key_readable_by_others: bool | None
    serving: bool

    @property
    def today(self) -> date:
        """The day at the office."""
        return self.now.astimezone(self.office.timezone).date()
