"""An officer's first day, in a real Chromium, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from conftest import CHROMIUM
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from qr_reader import read_codes
from serving import Server, running

from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import officers, open_store
from skm.store.rows import distribution, read_table

pytestmark = pytest.mark.browser

PASSWORD = "sapi makan rumput"
DAY = date(2026, 10, 5)
DESK: ViewportSize = {"width": 1280, "height": 800}
SHEETS = ("44444444444443", "dcbadcba0 dcba", "1234123412341 ")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def server(office: Instance) -> Iterator[Server]:
    with open_store(office) as store:
        officers.add(store, "kepala", officers.ADMIN, PASSWORD)
    with running(office) as started:
        yield started


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


@contextmanager
def page_of(
    browser: Browser, *, javascript: bool = True, viewport: ViewportSize = DESK
) -> Iterator[Page]:
    """An officer's page; whatever its console complains of fails the test."""
    context = browser.new_context(viewport=viewport, java_script_enabled=javascript)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A page that is sent back for correction has a status the browser remarks on.
    assert [said for said in complaints if not re.search("status of 4(01|22)", said)] == []


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Nama pengguna").fill("kepala")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()


def add_tablet(page: Page) -> str:
    """Add a tablet, and read its QR code as a camera does."""
    page.get_by_role("navigation").get_by_role("link", name="Tablet").click()
    page.get_by_label("Nama tablet").fill("Loket 1")
    page.get_by_role("button", name="Buat kode QR").click()
    expect(page.get_by_role("heading", name="Pasang «Loket 1»")).to_be_visible()
    (read,) = read_codes(page.get_by_role("img", name="Kode QR").screenshot())
    return read


def open_stack(page: Page, counted: int) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Formulir kertas").click()
    page.get_by_label("Tanggal di lembar").fill(DAY.isoformat())
    page.get_by_label("Layanan").select_option(label="Kartu Keluarga")
    page.get_by_label("Jumlah lembar").fill(str(counted))
    page.get_by_role("button", name="Mulai mengetik").click()


def save_workbook(page: Page, file: Path) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Ekspor").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel Oktober 2026").click()
    started.value.save_as(file)


def counted(office: Instance, form: Form) -> tuple[int | None, set[object]]:
    with open_store(office) as store:
        table = read_table(store, form)
        return distribution(store, form, Period.month_of(DAY)).respondents, set(
            table.columns["channel"]
        )


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_log_in_to_the_saved_workbook(
    browser: Browser, office: Instance, form: Form, tmp_path: Path, javascript: bool
) -> None:
    with open_store(office) as store:
        officers.add(store, "kepala", officers.ADMIN, PASSWORD)
    with (
        running(office, "--lan") as server,
        page_of(browser, javascript=javascript) as page,
    ):
        page.goto(f"{server.url}/petugas/tablet")
        log_in(page, "salah salah")
        expect(page.get_by_role("alert")).to_have_text("Nama atau kata sandi salah.")
        log_in(page)
        expect(page.get_by_role("heading", name="Tablet loket")).to_be_visible()

        address = add_tablet(page)
        assert re.fullmatch(r"http://[\d.]+:\d+/kios#[\w-]{22}", address)
        assert "127.0.0.1" not in address

        open_stack(page, len(SHEETS))
        for number, sheet in enumerate(SHEETS, start=1):
            page.get_by_label(f"Jawaban lembar {number}").fill(sheet)
        page.get_by_label("Saran lembar 2").fill("Kursi kurang.")
        page.get_by_label("Lembar 2 dibantu petugas").check()
        page.get_by_role("button", name="Simpan tumpukan").click()
        expect(page.get_by_role("status")).to_have_text(
            "3 lembar tanggal 5 Oktober 2026 tersimpan."
        )
        assert counted(office, form) == (3, {"paper"})

        save_workbook(page, tmp_path / "bulan.xlsx")
        book = load_workbook(tmp_path / "bulan.xlsx")
        assert "Ringkasan" in book.sheetnames

        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_role("heading", name="Masuk petugas")).to_be_visible()
        page.goto(f"{server.url}/petugas")
        expect(page.get_by_role("heading", name="Masuk petugas")).to_be_visible()


def test_sheets_are_typed_by_digits_and_enter_alone(
    browser: Browser, server: Server, office: Instance, form: Form
) -> None:
    questions = form.asked_by(online=False)
    with page_of(browser) as page:
        page.goto(f"{server.url}/petugas")
        log_in(page)
        open_stack(page, len(SHEETS))
        asked = page.locator("[data-part=asking]")
        expect(asked).to_contain_text(questions[0].text)
        page.keyboard.type(SHEETS[0][:4])
        expect(asked).to_contain_text(questions[4].text)
        expect(asked).to_contain_text(questions[4].labels[3])
        page.keyboard.type(SHEETS[0][4:])
        expect(asked).to_contain_text("Lengkap.")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Jawaban lembar 2")).to_be_focused()
        page.keyboard.type(SHEETS[1])
        page.keyboard.press("Enter")
        page.keyboard.type(SHEETS[2][:-3])
        expect(page.get_by_text("11/14")).to_be_visible()
        expect(page.locator("[data-part=total]")).to_have_text("3 dari 3 lembar terketik")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Jumlah lembar yang dihitung")).to_be_focused()
        page.get_by_role("button", name="Simpan tumpukan").click()
        expect(page.get_by_role("alert")).to_have_text(
            "Belum ada yang disimpan: 1 lembar perlu diperiksa."
        )
        expect(page.get_by_label("Jawaban lembar 3")).to_be_focused()
        page.keyboard.type(SHEETS[2][-3:])
        page.get_by_role("button", name="Simpan tumpukan").dblclick()
        expect(page.get_by_role("status")).to_contain_text("tersimpan")
    assert counted(office, form) == (3, {"paper"})


@pytest.mark.parametrize(
    "viewport",
    [(1280, 800), (1024, 768), (390, 844), (320, 640)],
    ids=["desktop", "old desktop", "phone", "small phone"],
)
def test_no_page_is_wider_than_the_screen(
    browser: Browser, server: Server, viewport: tuple[int, int]
) -> None:
    width, height = viewport
    with page_of(browser, viewport={"width": width, "height": height}) as page:
        page.goto(f"{server.url}/petugas")
        log_in(page)
        page.goto(f"{server.url}/petugas/tablet")
        page.get_by_label("Nama tablet").fill("Tablet dengan nama yang panjang sekali 12")
        page.get_by_role("button", name="Buat kode QR").click()
        for path in (
            *("", "/tablet", "/tablet/kode", "/pengguna", "/sandi", "/ekspor", "/kertas"),
            f"/kertas?day={DAY}&service=kk&counted=3",
            *("/lkip", "/lkip/2020", "/lkip/2020/sunting", "/lkip/periksa"),
        ):
            page.goto(f"{server.url}/petugas{path}")
            for closed in page.locator("summary").all():
                closed.click()
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, path
