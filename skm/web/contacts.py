"""When each tablet last spoke, and how many responses wait on it.

Exact times live in memory only; the store keeps the day (``tablets.note_contact``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from skm.instance import Office
from skm.store.tablets import Tablet


@dataclass(frozen=True)
class Heard:
    """The last word of a tablet; ``waiting`` is None where it did not say."""

    at: datetime
    waiting: int | None


class Contacts:
    """What was heard of the tablets since the server started, by tablet number.

    Attributes:
        since: when it started; before that nobody could speak.
    """

    def __init__(self, since: datetime | None = None) -> None:
        self.since = since or datetime.now(UTC)
        self._lock = threading.Lock()
        self._heard: dict[int, Heard] = {}

    def note(self, tablet: Tablet, now: datetime, waiting: int | None) -> None:
        """Keep that a tablet spoke."""
        with self._lock:
            self._heard[tablet.number] = Heard(now, waiting)

    def last(self, tablet: Tablet) -> Heard | None:
        """Its last word, None where it has not spoken yet."""
        with self._lock:
            return self._heard.get(tablet.number)


@dataclass(frozen=True)
class TabletStatus:
    """A tablet as the officers' first page shows it."""

    tablet: Tablet
    heard: Heard | None
    silent: bool


def statuses(
    tablets: Iterable[Tablet], contacts: Contacts, office: Office, now: datetime
) -> list[TabletStatus]:
    """Every tablet in use; silent are those that ought to speak now and do not."""
    found = []
    for tablet in tablets:
        if tablet.revoked is None:
            heard = contacts.last(tablet)
            last = heard.at if heard else contacts.since
            silent = tablet.paired and is_silent(last, office, now)
            found.append(TabletStatus(tablet, heard, silent))
    return found


def is_silent(last: datetime, office: Office, now: datetime) -> bool:
    """Whether a tablet has been silent for too long of the office's opening hours.

    A tablet that is on asks for the version of its pages far more often than it must.

    Args:
        last: when it last spoke, or could have begun to.
    """
    now = now.astimezone(office.timezone)
    opening, closing = (datetime.combine(now.date(), hour, now.tzinfo) for hour in office.hours)
    if not office.works_on(now.date()):
        return False
    if not opening <= now <= closing:
        return False
    return now - max(last, opening) > office.hints.silent_after


def clock_time(moment: datetime, office: Office) -> str:
    """A time of day as it is written in Indonesia.

    >>> from skm.instance import read_office
    >>> from skm.resources import folder
    >>> office = read_office(folder("instance") / "office.toml")
    >>> clock_time(datetime.fromisoformat("2026-10-05T02:07:00+00:00"), office)
    '09.07 WIB'
    """
    local: time = moment.astimezone(office.timezone).time()
    return f"{local:%H.%M} {office.zone}"
