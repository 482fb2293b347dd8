"""One run: citizens answer, tablets send, and the office has a terrible day."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from skm import instance as offices
from skm.instance import Instance
from skm.store import open_store, tablets
from skm.store.backup import back_up
from skm.store.forgetting import forget
from skm.store.restore import restore
from skm.torture.judgement import judge
from skm.torture.ledger import Ledger, stored_states
from skm.torture.proxy import Proxy
from skm.torture.queue import SECOND_COPIES
from skm.torture.schedule import Deed, Schedule
from skm.torture.server import Command, OfficeServer
from skm.torture.survey import made_up
from skm.torture.tablet import Tablet
from skm.torture.verdict import Verdict

Progress = Callable[[int, int], object]
"""Told how many surveys are finished, and of how many."""

_MINUTE = 60_000
_YEAR = 365 * 24 * 60 * _MINUTE
_TABLETS = (("Loket 1", 1, 0), ("Loket 2", 2, -3 * _YEAR), ("Loket 3", 1, 7 * _MINUTE))
"""Name, pages open on it, and by how much its clock is wrong."""
_JUMPS = (-_YEAR, -9 * _MINUTE, 0, 11 * _MINUTE, _YEAR)
_BACKLOGS = (3, 20, 60)
"""The next citizen comes when fewer responses wait, now a quiet hour and now a crowd."""
_BACKLOG_LASTS = 50
_DURING_OUTAGE = 25
_DURING_FULL_DISK = 12
_OLDEST_BACKUP = SECOND_COPIES - 200
"""A backup lacks at most what the tablets still have, so no older one is put in place."""
_STEP = 0.002


class Drill:
    """A throw-away office under a schedule of trouble.

    Args:
        folder: empty; everything of the run lives in it.
    """

    def __init__(
        self, schedule: Schedule, folder: Path, command: Command, progress: Progress
    ) -> None:
        self._schedule = schedule
        self._folder = folder
        self._progress = progress
        self._chance = random.Random(schedule.seed)
        self._office: Instance = offices.init(folder / "kantor")
        self._form = self._office.questionnaire()
        self._ledger = Ledger()
        self._deeds: Counter[Deed] = Counter()
        open_store(self._office).close()
        self._server = OfficeServer(
            self._office,
            command,
            lambda: self._ledger.compare(self._office.database),
            folder / "peladen.log",
        )
        self._proxy = Proxy(self._server.port, schedule.mishaps, self._server.kill, schedule.seed)
        self._tablets = [
            self._switched_on(name, senders, clock) for name, senders, clock in _TABLETS
        ]
        self._backups: list[tuple[Path, int]] = []  # and how many had finished then

    def run(self) -> Verdict:
        """Have the schedule's surveys finished, then peace, then judge what is left."""
        began, days = time.monotonic(), {self._today()}
        try:
            self._until(lambda: not any(tablet.unpaired.is_set() for tablet in self._tablets))
            self._back_up()
            deeds = list(self._schedule.deeds)
            while len(self._ledger.finished) < self._schedule.surveys:
                while deeds and deeds[0][0] <= len(self._ledger.finished):
                    self._do(deeds.pop(0)[1])
                self._next_citizen()
            self._proxy.make_peace()
            self._deliver_the_rest()
        finally:
            unfilled = {tablet.device or "": tablet.missing for tablet in self._tablets}
            unsent = sum(tablet.waiting + tablet.parked for tablet in self._tablets)
            for tablet in self._tablets:
                tablet.switch_off()
            self._proxy.close()
            self._server.close()
        days.add(self._today())
        return Verdict(
            seed=self._schedule.seed,
            seconds=time.monotonic() - began,
            finished=len(self._ledger.finished),
            receipts=len(self._ledger.receipts),
            unsent=unsent,
            requests=self._proxy.requests,
            mishaps=dict(self._proxy.befell),
            deeds=dict(self._deeds),
            starts=self._server.starts,
            findings=judge(self._office.database, self._form, self._ledger, unfilled, days),
        )

    def _switched_on(self, name: str, senders: int, clock_ms: int) -> Tablet:
        file = self._folder / f"{name}.db"
        return Tablet(name, file, self._proxy.address, self._ledger, senders, clock_ms)

    def _today(self) -> str:
        return self._office.office.day_and_half(datetime.now(UTC))[0].isoformat()

    def _next_citizen(self) -> None:
        """One more response is finished, as soon as there is a queue for it."""
        backlog = _BACKLOGS[len(self._ledger.finished) // _BACKLOG_LASTS % len(_BACKLOGS)]
        self._until(lambda: self._waiting() < backlog)
        self._finish(self._chance.choice(self._tablets))

    def _finish(self, tablet: Tablet) -> None:
        survey = made_up(self._chance, self._form, self._office.office)
        self._ledger.note_finished(tablet.finish(survey))
        self._progress(len(self._ledger.finished), self._schedule.surveys)

    def _waiting(self) -> int:
        return sum(tablet.waiting for tablet in self._tablets)

    def _until(self, reached: Callable[[], bool]) -> bool:
        """Wait for something while the officers pair what must be paired; False if in vain."""
        until = time.monotonic() + self._schedule.patience
        while not reached():
            if self._server.failure:
                raise self._server.failure
            if time.monotonic() > until:
                return False
            for tablet in self._tablets:
                if tablet.unpaired.is_set():
                    self._pair(tablet)
            time.sleep(_STEP)
        return True

    def _pair(self, tablet: Tablet) -> None:
        with open_store(self._office) as store:
            code = tablets.invite(store, tablet.name, datetime.now(UTC))
        tablet.pair(code)

    def _deliver_the_rest(self) -> None:
        """Peace: the queues run empty, and after one more citizen each no number is missing."""
        until = time.monotonic() + self._schedule.patience
        self._until(lambda: self._waiting() == 0)
        while time.monotonic() < until:
            for tablet in self._tablets:
                self._finish(tablet)
            self._until(lambda: self._waiting() == 0)
            if not any(tablet.missing for tablet in self._tablets):
                return

    def _do(self, deed: Deed) -> None:
        self._deeds[deed] += 1
        match deed:
            case Deed.KILL_SERVER:
                self._server.kill()
            case Deed.OUTAGE:
                self._crowd(self._server.stopped(), _DURING_OUTAGE)
            case Deed.FULL_DISK:
                self._crowd(self._server.full_disk(self._chance), _DURING_FULL_DISK)
            case Deed.BACK_UP:
                self._back_up()
            case Deed.RESTORE:
                self._restore()
            case Deed.DELETE:
                self._delete()
            case Deed.PAIR_AGAIN:
                self._pair(self._chance.choice(self._tablets))
            case Deed.REVOKE:
                self._revoke(self._chance.choice(self._tablets))
            case Deed.KILL_TABLET:
                self._kill_tablet(self._chance.randrange(len(self._tablets)))
            case Deed.JUMP_CLOCK:
                self._chance.choice(self._tablets).clock_ms += self._chance.choice(_JUMPS)

    def _crowd(self, trouble: AbstractContextManager[object], most: int) -> None:
        """Citizens go on answering while the office has a trouble."""
        with trouble:
            for _ in range(self._chance.randint(1, most)):
                self._finish(self._chance.choice(self._tablets))
                time.sleep(_STEP)

    def _back_up(self) -> None:
        finished = len(self._ledger.finished)
        made = back_up(self._office, datetime.now(UTC))
        self._backups.append((made.file, finished))

    def _restore(self) -> None:
        """One of the last backups takes the place of the database."""
        oldest = len(self._ledger.finished) - _OLDEST_BACKUP
        usable = [file for file, finished in self._backups[-3:] if finished >= oldest]
        if not usable:
            self._back_up()
            usable = [self._backups[-1][0]]
        with self._server.stopped():
            restored = restore(self._office.root, self._chance.choice(usable), datetime.now(UTC))
            self._ledger.note_restored(self._office.database)
            if restored.aside:
                restored.aside.unlink()

    def _delete(self) -> None:
        stored = stored_states(self._office.database, ("stored",))
        chosen = self._chance.sample(stored, min(len(stored), self._chance.randint(1, 5)))
        with open_store(self._office) as store:
            store.deletions.add(chosen)
            with store.writing() as db:
                forget(db, store.deletions.read())
        self._ledger.deleted.update(chosen)

    def _revoke(self, tablet: Tablet) -> None:
        if tablet.unpaired.is_set():
            return
        with open_store(self._office) as store:
            tablets.revoke(store, tablet.name)

    def _kill_tablet(self, place: int) -> None:
        old = self._tablets[place]
        old.switch_off()
        self._tablets[place] = self._switched_on(old.name, old.senders, old.clock_ms)
