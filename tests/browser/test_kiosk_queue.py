"""Nothing that a citizen finished is lost: server dead, browser killed, portals, clocks, tabs."""

from __future__ import annotations

import http.server
import json
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import tablet
from chromium_tablet import ChromiumTablet
from playwright.sync_api import Locator, Page, Playwright, Route, expect, sync_playwright
from serving import Server, running

from skm.instance import Instance
from skm.period import Period
from skm.store import open_store, tablets
from skm.store.rows import distribution, read_table
from skm.store.run_counts import Runs, runs_in

pytestmark = pytest.mark.browser

WITHIN_MS = 40_000
"""By the tablet's clock, for a hundred waiting responses after the server is back."""
A_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Computer:
    """The office's computer, which is on and off as it is wanted.

    Attributes:
        port: what it comes back to.
    """

    office: Instance
    port: str

    @contextmanager
    def on(self) -> Iterator[Server]:
        """Serve for as long as the block lasts."""
        with running(self.office, "--port", self.port) as server:
            yield server

    def pair(self, page: Page) -> None:
        """Pair a tablet, and be off again."""
        with self.on() as server:
            tablet.pair(page, server, self.office)

    @property
    def stored(self) -> int:
        """How many responses it has."""
        with open_store(self.office) as store:
            return distribution(store, self.office.questionnaire()).respondents or 0

    def wait_for(self, page: Page, count: int) -> None:
        """Until so many are stored; while none comes, the tablet's time is hurried on."""
        began, before = page.evaluate("performance.now()"), -1
        while (found := self.stored) < count:
            took = page.evaluate("performance.now()") - began
            assert took < WITHIN_MS, f"{found} of {count} after {took / 1000} s"
            if found == before:
                page.clock.run_for(1000)
            before = found
            time.sleep(0.2)
        assert found == count


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def computer(office: Instance) -> Computer:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Computer(office, str(probe.getsockname()[1]))


@pytest.fixture
def page(playwright: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A tablet out of the box."""
    with tablet.browser(playwright, tmp_path / "profile") as context:
        yield context.pages[0]


def queued(page: Page, state: str = "waiting") -> list[dict[str, object]]:
    """The bodies that the tablet holds."""
    bodies = page.evaluate(
        """state => new Promise((resolve, reject) => {
          const opening = indexedDB.open("skm-kios");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const asked = opening.result.transaction("answers").objectStore("answers")
              .index("state").getAll(state);
            asked.onsuccess = () => resolve(asked.result.map(record => record.body));
          };
        })""",
        state,
    )
    return [json.loads(body) for body in bodies]


def copy_waiting(page: Page, count: int) -> None:
    """As many people again as it takes to have so many waiting, in the first one's words."""
    page.evaluate(
        """count => new Promise((resolve, reject) => {
          const opening = indexedDB.open("skm-kios");
          opening.onsuccess = () => {
            const work = opening.result.transaction(["answers", "meta"], "readwrite");
            const answers = work.objectStore("answers");
            answers.index("state").get("waiting").onsuccess = event => {
              const first = event.target.result;
              for (let seq = first.seq + 1; seq <= count; seq += 1) {
                const id = seq.toString(16).padStart(32, "0");
                const body = JSON.stringify(Object.assign(JSON.parse(first.body), { id, seq }));
                answers.put(Object.assign({}, first, { seq, id, body }));
              }
              work.objectStore("meta").put(count, "seq");
            };
            work.oncomplete = resolve;
            work.onabort = () => reject(work.error);
          };
        })""",
        count,
    )


def left_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["x"]


def right_of(part: Locator) -> float:
    """Where its words end."""
    edge: float = part.evaluate(
        """part => {
          const words = document.createRange();
          words.selectNodeContents(part);
          return words.getBoundingClientRect().right;
        }"""
    )
    return edge


def one_person(page: Page) -> None:
    tablet.fill_in(page)
    tablet.next_person(page)


def test_finished_offline_it_survives_a_killed_browser_and_arrives_when_the_server_is_back(
    playwright: Playwright, computer: Computer, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        computer.pair(page)
        kiosk = page.url
        tablet.fill_in(page)
        assert len(queued(page)) == 1
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        page.goto(kiosk)  # nobody answers: this comes from the HTTP cache
        expect(tablet.welcome(page)).to_be_visible()
        tablet.fill_in(page)
        badge, button = (
            page.locator(f"{place}:visible") for place in (".badge", "[data-go=help]")
        )
        expect(badge).to_have_text("2 jawaban tersimpan di tablet")
        assert right_of(badge) <= left_of(button)
        copy_waiting(page, 100)
        assert len(queued(page)) == 100
        with computer.on():
            computer.wait_for(page, 100)
            expect(page.locator("[data-part=badge]")).to_be_hidden()
            assert len(queued(page, "sent")) == 100


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_a_browser_killed_the_moment_it_says_that_it_is_paired_is_paired(
    playwright: Playwright, computer: Computer, tmp_path: Path
) -> None:
    killed = ChromiumTablet(playwright, tmp_path, int(computer.port), seed=1)
    try:
        with computer.on():
            assert killed.pair(tablet.invited(computer.office))
            killed.kill()
            assert killed.is_ready()
            killed.survey()
            killed.next_person()
            computer.wait_for(killed.page, 1)
    finally:
        killed.close()


class Portal(http.server.BaseHTTPRequestHandler):
    """A captive portal: a friendly page with status 200 for whatever is asked."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        page = b"<!doctype html><title>Wi-Fi</title><p>Silakan masuk."
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


def test_the_page_of_a_captive_portal_is_no_receipt(page: Page, computer: Computer) -> None:
    computer.pair(page)
    with http.server.ThreadingHTTPServer(("127.0.0.1", int(computer.port)), Portal) as portal:
        threading.Thread(target=portal.serve_forever).start()
        with page.expect_response("**/api/jawaban") as reply:
            one_person(page)
        assert reply.value.status == 200
        page.wait_for_timeout(500)
        portal.shutdown()
        assert len(queued(page)) == 1
    with computer.on():
        computer.wait_for(page, 1)


def test_pairing_again_keeps_the_device_the_numbers_and_the_queue(
    page: Page, computer: Computer
) -> None:
    with computer.on() as server:
        tablet.pair(page, server, computer.office)
        with open_store(computer.office) as store:
            tablets.revoke(store, "Loket 1")
        one_person(page)
        expect(page.locator("[data-part=badge]")).to_have_text("Kunci tablet tidak berlaku")
        (first,) = queued(page)
        tablet.pair(page, server, computer.office)
        one_person(page)
        computer.wait_for(page, 2)
        both = queued(page, "sent")
    assert [body["seq"] for body in both] == [1, 2]
    assert {body["device"] for body in both} == {first["device"]}


def test_while_a_code_is_tried_nobody_begins_and_another_code_takes_its_place(
    page: Page, computer: Computer
) -> None:
    unanswered: list[Route] = []
    with computer.on() as server:
        tablet.pair(page, server, computer.office)
        page.route("**/api/pasang", lambda route: unanswered.append(route))
        page.evaluate("location.hash = 'lama'")
        expect(page.get_by_text("Kios sedang disiapkan")).to_be_visible()
        expect(tablet.welcome(page)).to_have_count(0)
        page.unroute("**/api/pasang")
        code = tablet.invited(computer.office)
        page.evaluate("code => { location.hash = code; }", code)
        expect(tablet.welcome(page)).to_be_visible()
        page.clock.run_for(A_MINUTE_MS)  # nothing of the first one comes up later
        expect(tablet.welcome(page)).to_be_visible()
        assert len(unanswered) == 1


def test_a_tablet_whose_key_was_revoked_says_so_though_nobody_answers(
    page: Page, computer: Computer
) -> None:
    with computer.on() as server:
        tablet.pair(page, server, computer.office)
        with open_store(computer.office) as store:
            tablets.revoke(store, "Loket 1")
        page.clock.run_for(A_MINUTE_MS)
        expect(page.locator("[data-part=badge]")).to_have_text("Kunci tablet tidak berlaku")


def test_an_older_server_is_filled_again_by_the_second_copies_though_nobody_answers(
    page: Page, computer: Computer, tmp_path: Path
) -> None:
    office = computer.office
    computer.pair(page)
    backup = sqlite3.connect(tmp_path / "older.db")
    sqlite3.connect(office.database).backup(backup)
    backup.close()
    with computer.on():
        for _ in range(2):
            one_person(page)
        tablet.tap(page, tablet.welcome(page))  # a third one goes away
        tablet.tap(page, page.locator("[data-go=help]:visible"))
        page.clock.run_for(2 * A_MINUTE_MS)
        expect(tablet.welcome(page)).to_be_visible()
        computer.wait_for(page, 2)
    for rest in office.root.glob("skm.db-*"):
        rest.unlink()
    office.database.write_bytes((tmp_path / "older.db").read_bytes())
    with computer.on():
        assert computer.stored == 0
        page.clock.run_for(A_MINUTE_MS)
        computer.wait_for(page, 2)
    with open_store(office) as store:
        (paired,) = tablets.all_tablets(store)
        assert paired.last_seen is not None
        runs = runs_in(store, Period.month_of(paired.last_seen))
    assert runs == {paired.device: Runs(started=3, finished=2, abandoned=1)}


def test_a_clock_that_is_wrong_and_jumps_does_not_move_the_day(
    page: Page, computer: Computer
) -> None:
    page.add_init_script(
        "window.wrong = -3e11; const now = Date.now; Date.now = () => now() + window.wrong;"
    )
    computer.pair(page)
    one_person(page)
    page.evaluate("window.wrong = 9e11")
    one_person(page)
    with computer.on():
        computer.wait_for(page, 2)
    with open_store(computer.office) as store:
        days = set(read_table(store, computer.office.questionnaire()).columns["day"])
        contact = tablets.all_tablets(store)[0].last_seen
    assert days == {contact}


def test_of_two_tabs_one_is_in_use_and_the_other_says_so(page: Page, computer: Computer) -> None:
    with computer.on() as server:
        tablet.pair(page, server, computer.office)
        second = page.context.new_page()
        second.goto(tablet.address(server))
        expect(second.get_by_text("Survei sudah terbuka di tab lain.")).to_be_visible()
        tablet.tap(second, second.get_by_role("button", name="Lanjutkan di sini"))
        expect(tablet.welcome(second)).to_be_visible()
        page.bring_to_front()
        expect(page.get_by_text("Survei sudah terbuka di tab lain.")).to_be_visible()
        second.bring_to_front()
        tablet.tap(second, tablet.welcome(second))
        for level in (2, 1, 4):
            tablet.answer(second, level)
        page.close()  # here, since the two clocks drift when they are hurried on for long
        tablet.send(second)
        tablet.next_person(second)
        computer.wait_for(second, 1)


def test_a_new_version_is_fetched_while_nobody_answers_and_opened_from_the_cache(
    page: Page, computer: Computer
) -> None:
    computer.pair(page)
    kiosk = page.url
    before = page.locator("body").get_attribute("data-version")
    file = computer.office.root / "office.toml"
    file.write_text(file.read_text().replace("Kecamatan Pakusari", "Kecamatan Baru"))
    with computer.on():
        page.clock.run_for(A_MINUTE_MS)
        expect(page.get_by_text("Kecamatan Baru").first).to_be_visible()
        assert page.locator("body").get_attribute("data-version") != before
    page.goto("about:blank")
    page.goto(kiosk)  # the server is dead again
    expect(page.get_by_text("Kecamatan Baru").first).to_be_visible()


def test_a_tablet_that_cannot_store_says_so_and_lets_try_again(
    page: Page, computer: Computer
) -> None:
    page.add_init_script(
        "const put = IDBObjectStore.prototype.add; window.full = false;"
        "IDBObjectStore.prototype.add = function (...given) {"
        "  if (window.full) throw new DOMException('full', 'QuotaExceededError');"
        "  return put.apply(this, given); };"
    )
    with computer.on() as server:
        tablet.pair(page, server, computer.office)
        page.evaluate("window.full = true")
        tablet.tap(page, tablet.welcome(page))
        for level in (2, 1, 2, 3):
            tablet.answer(page, level)
        while not page.locator(".screen.last.current:visible").count():
            tablet.tap(page, page.locator("[data-go=skip]:visible"))
        tablet.tap(page, page.locator(".screen.last.current [type=submit]:visible"))
        expect(page.get_by_role("alert")).to_contain_text("belum dapat menyimpan jawaban")
        expect(tablet.thanks(page)).to_have_count(0)
        page.evaluate("window.full = false")
        tablet.tap(page, page.get_by_role("button", name="Coba simpan lagi"))
        expect(tablet.thanks(page)).to_be_visible()
        tablet.next_person(page)
        computer.wait_for(page, 1)
