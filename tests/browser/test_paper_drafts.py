"""What an officer typed of a stack outlives a server that starts again, and is stored once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from conftest import CHROMIUM
from playwright.sync_api import Page, expect, sync_playwright
from serving import running
from visiting import PASSWORD

from skm.instance import Instance
from skm.store import officers, open_store
from skm.store.rows import read_table

pytestmark = pytest.mark.browser

STACK = "/petugas/kertas?day=2026-10-05&service=kk&counted=3"
SHEETS = ("44444444444443", "dcbadcba0 dcba", "12341234123412")


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium.new_page()
        chromium.close()


def log_in(page: Page) -> None:
    page.get_by_label("Nama pengguna").fill("loket")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def drafts(page: Page) -> dict[str, str]:
    kept: dict[str, str] = page.evaluate("({...sessionStorage})")
    return kept


def go_on(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Formulir kertas").click()
    page.get_by_role("link", name="Lanjutkan Kartu Keluarga, 5 Oktober 2026").click()
    expect(page.get_by_text("Ketikan yang belum tersimpan dikembalikan.")).to_be_visible()


def test_typing_outlives_a_server_that_starts_again_and_is_stored_once(
    page: Page, office: Instance
) -> None:
    with open_store(office) as store:
        officers.add(store, "loket", officers.PETUGAS, PASSWORD)
    with running(office) as server:
        port = server.url.rpartition(":")[2]
        page.goto(f"{server.url}{STACK}")
        log_in(page)
        expect(page.get_by_label("Jawaban lembar 1")).to_be_focused()
        page.keyboard.type(SHEETS[0])
        page.get_by_label("Saran lembar 1").fill("Kursi kurang.")
        page.get_by_label("Lembar 1 dibantu petugas").check()
        page.get_by_label("Jawaban lembar 2").fill(SHEETS[1])
    with running(office, "--port", port):
        page.get_by_role("button", name="Simpan tumpukan").click()
        expect(page.get_by_text("Sesi Anda sudah berakhir.")).to_be_visible()
        page.goto(f"{server.url}/petugas")
        log_in(page)
        go_on(page)
        expect(page.get_by_label("Jawaban lembar 3")).to_be_focused()
        expect(page.get_by_label("Lembar 1 dibantu petugas")).to_be_checked()
        page.keyboard.type(SHEETS[2])
        page.wait_for_timeout(500)  # it is kept when the keys rest
        before = drafts(page)
        page.get_by_role("button", name="Simpan tumpukan").click()
        expect(page.get_by_role("status")).to_contain_text("3 lembar tanggal")
        expect(page.get_by_role("link", name="Lanjutkan")).to_have_count(0)
        assert drafts(page) == {}

        # had the reply been lost, the officer would find the stack still waiting
        page.evaluate("kept => Object.assign(sessionStorage, kept)", before)
        go_on(page)
        page.get_by_role("button", name="Simpan tumpukan").click()
        expect(page.get_by_role("status")).to_contain_text("tersimpan.")
        assert drafts(page) == {}
    with open_store(office) as store:
        table = read_table(store, office.questionnaire())
        assert sorted(table.columns["helped"]) == [False, False, True]
        assert [row["text"] for row in store.reader["comment"].rows] == ["Kursi kurang."]
    (kept,) = before.values()
    assert json.loads(kept)["lines"]["l3-answers"] == SHEETS[2]
    assert set(json.loads(kept)) == {"officer", "label", "address", "counted", "ticket", "lines"}
