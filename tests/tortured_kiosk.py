"""The fault machine with real Chromium pages in the place of simulated tablets."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from chromium_tablet import ChromiumTablet
from playwright.sync_api import sync_playwright

from skm import instance
from skm.store import open_store, tablets
from skm.store.backup import back_up
from skm.store.restore import restore
from skm.torture.judgement import judge
from skm.torture.ledger import Ledger
from skm.torture.proxy import Proxy
from skm.torture.queue import Kept
from skm.torture.schedule import Deed, Mishap, random_schedule
from skm.torture.server import OfficeServer, usual_command
from skm.torture.verdict import Verdict

SECONDS_IN_PEACE = 120
_SURVEYS_A_DEED = 6
"""Something happens to a page or to the server after every sixth survey, about."""


def mostly_trouble(seed: int) -> list[Mishap]:
    """Few responses come this slow way, so more meet something, and more a dying server."""
    chance = random.Random(seed)
    usual = random_schedule(0, seed).mishaps
    wanted = [each for each in usual if each is not Mishap.NONE or chance.random() < 0.4]
    wanted += [Mishap.SERVER_KILLED] * (len(wanted) // 30)
    chance.shuffle(wanted)
    return wanted


class TorturedKiosk:
    """Several tablets, each a Chromium with its own disk, behind one bad network."""

    def __init__(self, folder: Path, surveys: int, seed: int, pages: int) -> None:
        self._folder = folder
        self._surveys = surveys
        self._seed = seed
        self._pages = pages
        self._office = instance.init(folder / "kantor")
        self._form = self._office.questionnaire()
        self._ledger = Ledger()
        self._altered: set[str] = set()
        self._deeds: Counter[Deed] = Counter()
        self._lock = threading.Lock()
        self._peace = threading.Barrier(pages)
        open_store(self._office).close()
        self._server = OfficeServer(
            self._office,
            usual_command,
            lambda: self._ledger.compare(self._office.database),
            folder / "peladen.log",
        )
        self._proxy = Proxy(
            self._server.port,
            mostly_trouble(seed),
            self._server.kill,
            seed,
            afflicted="/api/jawaban",
        )

    def run(self, progress: Callable[[int], object] = lambda finished: None) -> Verdict:
        """Have the surveys finished by all pages at once, then judge what is stored."""
        began, days = time.monotonic(), {self._today()}
        self._progress = progress
        try:
            with ThreadPoolExecutor(self._pages) as threads:
                lives = [threads.submit(self._one_tablet, each) for each in range(self._pages)]
            for life in lives:
                if not isinstance(error := life.exception(), threading.BrokenBarrierError | None):
                    raise error
            ends = [life.result() for life in lives]
        finally:
            self._proxy.close()
            self._server.close()
        days.add(self._today())
        self._ledger.broken |= self._altered
        unfilled = {device: missing for device, missing, _ in ends}
        return Verdict(
            seed=self._seed,
            seconds=time.monotonic() - began,
            finished=len(self._ledger.finished),
            receipts=len(self._ledger.receipts),
            unsent=sum(unsent for _, _, unsent in ends),
            requests=self._proxy.requests,
            mishaps=dict(self._proxy.befell),
            deeds=dict(self._deeds),
            starts=self._server.starts,
            findings=judge(self._office.database, self._form, self._ledger, unfilled, days),
            kept=self._folder,
        )

    def _today(self) -> str:
        return self._office.office.day_and_half(datetime.now(UTC))[0].isoformat()

    def _one_tablet(self, number: int) -> tuple[str, list[int], int]:
        """The life of one tablet; its device, what the server misses, what is not delivered."""
        chance = random.Random(self._seed + number)
        share = self._surveys // self._pages + (number < self._surveys % self._pages)
        with sync_playwright() as playwright:
            profile = self._folder / f"tablet-{number}"
            profile.mkdir()
            port = self._proxy.address[1]
            tablet = ChromiumTablet(playwright, profile, port, self._seed + number)
            try:
                self._pair(tablet, number)
                for _ in range(share):
                    self._note(tablet, *tablet.survey())
                    if chance.randrange(_SURVEYS_A_DEED) == 0:
                        self._do(tablet, number, chance)
                    else:
                        tablet.next_person()
                self._peace.wait()
                self._proxy.make_peace()
                return self._delivered(tablet)
            except BaseException:
                self._peace.abort()
                raise
            finally:
                tablet.close()

    def _note(self, tablet: ChromiumTablet, kept: Kept, tapped: Mapping[str, int | None]) -> None:
        self._ledger.note_finished(kept)
        if json.loads(kept.body)["answers"] != tapped:
            self._altered.add(kept.id)
        self._progress(len(self._ledger.finished))

    def _pair(self, tablet: ChromiumTablet, number: int) -> None:
        for _ in range(20):
            with open_store(self._office) as store:
                code = tablets.invite(store, f"Loket {number + 1}", datetime.now(UTC))
            if tablet.pair(code):
                return
        raise TimeoutError("the tablet cannot be paired")

    def _do(self, tablet: ChromiumTablet, number: int, chance: random.Random) -> None:
        """While a page says thanks, something happens to it or to the office."""
        deed = chance.choice(
            (Deed.KILL_SERVER, Deed.KILL_TABLET, Deed.OUTAGE, Deed.PAIR_AGAIN, Deed.RESTORE)
        )
        with self._lock:
            self._deeds[deed] += 1
        match deed:
            case Deed.KILL_SERVER:
                self._server.kill()
                tablet.next_person()
            case Deed.KILL_TABLET:
                tablet.kill()
                if self._welcomes(tablet, number):
                    tablet.begin(chance.randrange(3))
                    tablet.kill()
                    self._welcomes(tablet, number)
            case Deed.OUTAGE:
                with self._server.stopped():
                    tablet.kill()  # it starts again from its cache
                    if ready := tablet.is_ready():
                        self._note(tablet, *tablet.survey())
                if ready:
                    tablet.next_person()
                else:
                    self._pair(tablet, number)
            case Deed.PAIR_AGAIN:
                self._pair(tablet, number)
            case _:
                self._restore()
                tablet.next_person()

    def _welcomes(self, tablet: ChromiumTablet, number: int) -> bool:
        if not (ready := tablet.is_ready()):
            self._pair(tablet, number)
        return ready

    def _restore(self) -> None:
        """What was stored after the backup comes back from the tablets' second copies."""
        with self._lock:
            made = back_up(self._office, datetime.now(UTC))
            time.sleep(3)
            with self._server.stopped():
                restored = restore(self._office.root, made.file, datetime.now(UTC))
                self._ledger.note_restored(self._office.database)
                if restored.aside:
                    restored.aside.unlink()

    def _delivered(self, tablet: ChromiumTablet) -> tuple[str, list[int], int]:
        """Peace: the queue runs empty, and after one more citizen no number is missing."""
        until = time.monotonic() + SECONDS_IN_PEACE
        while True:
            self._note(tablet, *tablet.survey())
            tablet.next_person()
            while tablet.in_state("waiting") and time.monotonic() < until:
                tablet.hurry()
                time.sleep(0.1)
            device, missing = tablet.told()
            if not missing or time.monotonic() > until:
                break
        self._ledger.receipts |= tablet.in_state("sent")
        return device, missing, len(tablet.in_state("waiting", "parked"))
