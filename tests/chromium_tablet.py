"""A kiosk tablet in a Chromium process of its own, which can be killed like an empty battery."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conftest import CHROMIUM
from playwright.sync_api import Error, Locator, Page, Playwright
from tablet import DEAF_MS, HOST

from skm.torture.queue import Kept

PATIENCE_MS = 15_000
THANKS_MS = 11_000
_STARTS = 3
_PORT_FILE = "DevToolsActivePort"
_READ = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("skm-kios");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result;
    const work = db.transaction(["answers", "meta"]);
    const asked = [
      work.objectStore("answers").getAll(),
      work.objectStore("meta").get("device"),
      work.objectStore("meta").get("server"),
    ];
    work.oncomplete = () => { db.close(); resolve(asked.map(request => request.result)); };
    work.onabort = () => { db.close(); reject(work.error); };
  };
})"""
"""Its answers, its device and what the server told last, past the page's own script."""
_COMMENTS = ("Kursi kurang.", "Petugas ramah 🙏", '<b>antre</b> lama; "loket" sempit')


class ChromiumTablet:
    """One tablet; storage and cache stay in its folder when the browser dies.

    Args:
        port: where the office is reached.
    """

    def __init__(self, playwright: Playwright, profile: Path, port: int, seed: int) -> None:
        self._playwright = playwright
        self._profile = profile
        self._address = f"http://{HOST}:{port}/kios"
        self._chance = random.Random(seed)
        self.page = self._started()

    def pair(self, code: str) -> bool:
        """Scan a code; False where the office was not reached."""
        self.load(f"#{code}")
        try:
            self.page.locator("body[data-at=survey]").wait_for(timeout=3000)
        except Error:
            return False
        return True

    def is_ready(self) -> bool:
        """Whether the kiosk welcomes a citizen, once the lease of a page that died has ended."""
        try:
            self.page.locator("body[data-at=survey]").wait_for(timeout=PATIENCE_MS)
        except Error:
            return False
        return True

    def load(self, fragment: str = "") -> None:
        """Open the kiosk, as often as it takes: the server may be dying just now."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while True:
            try:
                self.page.goto(self._address + fragment, timeout=PATIENCE_MS)
                return
            except Error:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def survey(self, comment_one_in: int = 4) -> tuple[Kept, Mapping[str, int | None]]:
        """One citizen from Start to thanks; what the tablet kept, and what was tapped."""
        tapped: dict[str, int | None] = {}
        while (screen := self._screen()) != "last":
            if screen == "question":
                code, level = self._answer_question()
                tapped[code] = level
            elif screen == "welcome":
                self._tap(self.page.locator("[data-go=next]:visible"))
            else:
                self._answer_or_skip(self.page.locator(".screen.current:visible button.answer"))
        if self._chance.randrange(comment_one_in) == 0:
            words = self.page.locator(".screen.current textarea:visible")
            words.fill(self._chance.choice(_COMMENTS))
        self._tap(self.page.locator(".screen.last.current [type=submit]:visible"))
        self.page.locator("body[data-at=thanks]").wait_for(timeout=PATIENCE_MS)
        kept = max(self.kept(), key=lambda each: each.seq)
        return kept, tapped

    def next_person(self) -> None:
        """The thanks go by themselves."""
        self.page.clock.run_for(THANKS_MS)
        self.page.locator("body[data-at=survey]").wait_for(timeout=PATIENCE_MS)

    def begin(self, taps: int) -> None:
        """A citizen who will not finish."""
        self._tap(self.page.locator("[data-go=next]:visible"))
        for _ in range(taps):
            self._answer_or_skip(self.page.locator(".screen.current:visible button.answer"))

    def kept(self) -> list[Kept]:
        """What is in the tablet's queue and among its second copies."""
        return [Kept(row["seq"], row["id"], row["body"].encode()) for row in self._disk()[0]]

    def in_state(self, *states: str) -> set[str]:
        """The ids of what is waiting, sent or parked."""
        return {row["id"] for row in self._disk()[0] if row["state"] in states}

    def told(self) -> tuple[str, list[int]]:
        """The tablet's device, and the numbers that the server's last reply missed."""
        _, device, server = self._disk()
        return device, server["missing"] if server else []

    def hurry(self) -> None:
        """Let the page's time run on a second, in which it sends."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        self.page.clock.run_for(1000)

    def _disk(self) -> tuple[list[dict[str, Any]], str, dict[str, Any] | None]:
        rows, device, server = self.page.evaluate(_READ)
        return rows, device, server

    def kill(self) -> None:
        """SIGKILL for the browser and all its processes, then a new start from the same disk."""
        self._end()
        self.page = self._started()
        self.load()

    def close(self) -> None:
        """Kill it for good."""
        self._end()

    def _end(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _started(self) -> Page:
        """A page of a new browser; one that does not answer is started again."""
        for _ in range(_STARTS):
            self._launch()
            try:
                address = f"http://127.0.0.1:{self._port()}"
                browser = self._playwright.chromium.connect_over_cdp(address, timeout=PATIENCE_MS)
            except (Error, TimeoutError):
                self._end()
                continue
            page = browser.contexts[0].new_page()
            page.clock.install()  # so that nobody waits while the page is deaf
            return page
        raise TimeoutError("Chromium does not start")

    def _launch(self) -> None:
        (self._profile / _PORT_FILE).unlink(missing_ok=True)
        for lock in self._profile.glob("Singleton*"):  # of the browser that was killed
            lock.unlink()
        self._process = subprocess.Popen(
            [
                str(CHROMIUM),
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=600,960",
                "--remote-debugging-port=0",
                f"--user-data-dir={self._profile}",
                f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _port(self) -> int:
        until = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < until:
            try:
                return int((self._profile / _PORT_FILE).read_text().splitlines()[0])
            except (OSError, IndexError):
                time.sleep(0.05)
        raise TimeoutError("Chromium does not start")

    def _screen(self) -> str:
        screen = self.page.locator("form.survey:visible .screen.current")
        return screen.get_attribute("data-screen", timeout=PATIENCE_MS) or ""

    def _answer_question(self) -> tuple[str, int | None]:
        screen = self.page.locator("form.survey:visible .screen.current")
        code = screen.get_attribute("data-code") or ""
        return code, self._answer_or_skip(screen.locator("button.answer"))

    def _answer_or_skip(self, buttons: Locator) -> int | None:
        """Tap any of the answers; its number from 1, None for a skip."""
        if self._chance.random() < 0.1:
            self._tap(self.page.locator("[data-go=skip]:visible"))
            return None
        chosen = self._chance.randrange(buttons.count())
        self._tap(buttons.nth(chosen))
        return chosen + 1

    def _tap(self, button: Locator) -> None:
        self.page.clock.run_for(DEAF_MS + 20)
        button.click(timeout=PATIENCE_MS)
