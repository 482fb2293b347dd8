"""Nothing that a citizen finished is lost: server dead, browser killed, portals, clocks, tabs."""

from __future__ import annotations

import http.server
import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tablet
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from serving import Server, running

from skm.instance import Instance
from skm.store import open_store, tablets
from skm.store.rows import distribution, read_table

pytestmark = pytest.mark.browser

WITHIN_S = 40
"""How long a hundred waiting responses may take after the server is back."""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def port() -> str:
    """A port that the server can come back to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def serving(office: Instance, port: str) -> Iterator[Server]:
    with running(office, "--port", port) as server:
        yield server


def stored(office: Instance) -> int:
    with open_store(office) as store:
        return distribution(store, office.questionnaire()).respondents or 0


def wait_for(office: Instance, count: int, within: float = WITHIN_S) -> None:
    """Until so many are stored."""
    began = time.monotonic()
    while (found := stored(office)) < count:
        assert time.monotonic() - began < within, f"{found} of {count} after {within} s"
        time.sleep(0.2)
    assert found == count


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


def test_finished_offline_it_survives_a_killed_browser_and_arrives_when_the_server_is_back(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        with serving(office, port) as server:
            kiosk = tablet.address(server)
            tablet.pair(page, server, office)
        tablet.fill_in(page)
        assert len(queued(page)) == 1
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        page.goto(kiosk)  # nobody answers: this comes from the HTTP cache
        expect(tablet.welcome(page)).to_be_visible()
        tablet.fill_in(page)
        copy_waiting(page, 100)
        assert len(queued(page)) == 100
        with serving(office, port):
            wait_for(office, 100)
            expect(page.locator("[data-part=badge]")).to_be_hidden()
            assert len(queued(page, "sent")) == 100


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


def test_the_page_of_a_captive_portal_is_no_receipt(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        with serving(office, port) as server:
            tablet.pair(page, server, office)
        with http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Portal) as portal:
            threading.Thread(target=portal.serve_forever).start()
            with page.expect_response("**/api/jawaban") as reply:
                tablet.fill_in(page)
                tablet.next_person(page)
            assert reply.value.status == 200
            page.wait_for_timeout(500)
            portal.shutdown()
            assert len(queued(page)) == 1
        with serving(office, port):
            wait_for(office, 1)


def test_pairing_again_keeps_the_device_the_numbers_and_the_queue(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        with serving(office, port) as server:
            tablet.pair(page, server, office)
            with open_store(office) as store:
                tablets.revoke(store, "Loket 1")
            tablet.fill_in(page)
            tablet.next_person(page)
            expect(page.locator("[data-part=badge]")).to_have_text("Kunci tablet tidak berlaku")
            (first,) = queued(page)
            tablet.pair(page, server, office)
            tablet.fill_in(page)
            tablet.next_person(page)
            wait_for(office, 2)
            both = queued(page, "sent")
    assert [body["seq"] for body in both] == [1, 2]
    assert {body["device"] for body in both} == {first["device"]}


def test_a_restored_older_server_is_filled_again_by_the_second_copies(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        with serving(office, port) as server:
            tablet.pair(page, server, office)
        backup = sqlite3.connect(tmp_path / "older.db")
        sqlite3.connect(office.database).backup(backup)
        backup.close()
        with serving(office, port):
            for _ in range(2):
                tablet.fill_in(page)
                tablet.next_person(page)
            wait_for(office, 2)
        for rest in office.root.glob("skm.db-*"):
            rest.unlink()
        office.database.write_bytes((tmp_path / "older.db").read_bytes())
        with serving(office, port):
            assert stored(office) == 0
            tablet.fill_in(page)
            tablet.next_person(page)
            wait_for(office, 3)


def test_a_clock_that_is_wrong_and_jumps_does_not_move_the_day(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        page.add_init_script(
            "window.wrong = -3e11; const now = Date.now; Date.now = () => now() + window.wrong;"
        )
        with serving(office, port) as server:
            tablet.pair(page, server, office)
        tablet.fill_in(page)
        tablet.next_person(page)
        page.evaluate("window.wrong = 9e11")
        tablet.fill_in(page)
        tablet.next_person(page)
        with serving(office, port):
            wait_for(office, 2)
    with open_store(office) as store:
        days = set(read_table(store, office.questionnaire()).columns["day"])
        contact = tablets.all_tablets(store)[0].last_seen
    assert days == {contact}


def test_of_two_tabs_one_is_in_use_and_the_other_says_so(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with (
        serving(office, port) as server,
        tablet.browser(playwright, tmp_path / "profile") as context,
    ):
        first = context.pages[0]
        tablet.pair(first, server, office)
        second = context.new_page()
        second.goto(tablet.address(server))
        expect(second.get_by_text("Survei sudah terbuka di tab lain.")).to_be_visible()
        tablet.tap(second, second.get_by_role("button", name="Lanjutkan di sini"))
        expect(tablet.welcome(second)).to_be_visible()
        first.bring_to_front()
        expect(first.get_by_text("Survei sudah terbuka di tab lain.")).to_be_visible()
        second.bring_to_front()
        tablet.fill_in(second)
        tablet.next_person(second)
        wait_for(office, 1)


def test_a_new_version_is_fetched_while_nobody_answers_and_opened_from_the_cache(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with tablet.browser(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        with serving(office, port) as server:
            kiosk = tablet.address(server)
            tablet.pair(page, server, office)
            before = page.locator("body").get_attribute("data-version")
        file = office.root / "office.toml"
        file.write_text(file.read_text().replace("Kecamatan Pakusari", "Kecamatan Baru"))
        with serving(office, port):
            expect(page.get_by_text("Kecamatan Baru").first).to_be_visible(timeout=100_000)
            assert page.locator("body").get_attribute("data-version") != before
        page.goto("about:blank")
        page.goto(kiosk)  # the server is dead again
        expect(page.get_by_text("Kecamatan Baru").first).to_be_visible()


def test_a_tablet_that_cannot_store_says_so_and_lets_try_again(
    playwright: Playwright, office: Instance, port: str, tmp_path: Path
) -> None:
    with (
        serving(office, port) as server,
        tablet.browser(playwright, tmp_path / "profile") as context,
    ):
        page = context.pages[0]
        page.add_init_script(
            "const put = IDBObjectStore.prototype.add; window.full = false;"
            "IDBObjectStore.prototype.add = function (...given) {"
            "  if (window.full) throw new DOMException('full', 'QuotaExceededError');"
            "  return put.apply(this, given); };"
        )
        tablet.pair(page, server, office)
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
        wait_for(office, 1)
