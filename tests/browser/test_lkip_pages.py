"""The planning officer's afternoon in a real Chromium: build, read, reword in Word, keep."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from conftest import CHROMIUM
from edited_files import edited
from playwright.sync_api import Browser, expect, sync_playwright
from serving import running

from skm.instance import Instance
from skm.store import officers, open_store

pytestmark = pytest.mark.browser

PASSWORD = "sapi makan rumput"
PATIENCE = 60_000  # milliseconds: a report takes its time where cores are shared


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


def test_from_the_plan_to_the_report_and_its_wording_back(
    browser: Browser, office: Instance
) -> None:
    with open_store(office) as store:
        officers.add(store, "rencana", officers.PERENCANA, PASSWORD)
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    with running(office) as server:
        page.goto(f"{server.url}/petugas/lkip")
        page.get_by_label("Nama pengguna").fill("rencana")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("link", name="Tahun 2020").click()
        page.get_by_role("button", name="Susun laporan").click()
        expect(page.get_by_role("status")).to_have_text(
            "Laporan Kinerja 2020 selesai disusun.", timeout=PATIENCE
        )

        with page.expect_download() as started:
            page.get_by_role("link", name="DOCX 2020", exact=True).click()
        word = office.root / "laporan.docx"
        started.value.save_as(word)
        page.get_by_role("link", name="HTML 2020", exact=True).click()
        expect(page.get_by_role("heading", name="LAPORAN KINERJA").first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
        assert page.evaluate("[...document.images].every(each => each.naturalWidth > 0)")

        page.go_back()
        page.get_by_role("link", name="Baca kembali dari Word").click()
        field = page.get_by_label("Laporan 2020 yang sudah disunting")
        with (office.root / "besar.docx").open("wb") as large:
            large.truncate(15_500_000)
        field.set_input_files(large.name)
        too_large = "Berkas ini 16 MB; paling besar 15 MB."
        assert field.evaluate("field => field.validationMessage") == too_large
        field.set_input_files(
            edited(word, ("Berkat rahmat-Nya", "Atas rahmat-Nya"), ("81,72 %", "91,72 %"))
        )
        page.get_by_role("button", name="Bandingkan").click()
        expect(page.get_by_role("heading", name="Ditolak: 1")).to_be_visible(timeout=PATIENCE)
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Simpan yang dicentang").click()
        expect(page.get_by_role("status")).to_contain_text(
            "1 naskah disimpan di lkip/2020.toml", timeout=PATIENCE
        )
    page.close()
    assert complaints == []
    kept = tomllib.loads(office.plan(2020).read_text(encoding="utf-8"))["narrative"]
    assert list(kept) == ["pengantar.syukur"]
