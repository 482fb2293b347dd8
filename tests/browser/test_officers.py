"""An officer's first day, in a real Chromium, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from officers_browser import add_officer, choose, chromium, log_in, page_of, saved
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from qr_reader import read_codes
from serving import Server, running

from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.store import open_store
from skm.store.rows import distribution, read_table

pytestmark = pytest.mark.browser

DAY = date(2026, 10, 5)
SHEETS = ("44444444444443", "dcbadcba0 dcba", "1234123412341 ")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def server(office: Instance) -> Iterator[Server]:
    add_officer(office)
    with running(office) as started:
        yield started


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


def add_tablet(page: Page) -> str:
    """Add a tablet, and read its QR code as a camera does."""
    choose(page, "Tablet")
    page.get_by_label("Nama tablet").fill("Loket 1")
    page.get_by_role("button", name="Buat kode QR").click()
    expect(page.get_by_role("heading", name="Pasang «Loket 1»")).to_be_visible()
    (read,) = read_codes(page.get_by_role("img", name="Kode QR").screenshot())
    return read


def open_stack(page: Page, counted: int) -> None:
    choose(page, "Formulir kertas")
    page.get_by_label("Tanggal di lembar").fill(DAY.isoformat())
    page.get_by_label("Layanan").select_option(label="Kartu Keluarga")
    page.get_by_label("Jumlah lembar").fill(str(counted))
    page.get_by_role("button", name="Mulai mengetik").click()


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
    add_officer(office)
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

        choose(page, "Ekspor")
        expect(page.get_by_text("Belum ada jawaban untuk diekspor.")).to_be_visible()
        stack = SHEETS * 2
        open_stack(page, len(stack))
        for number, sheet in enumerate(stack, start=1):
            page.get_by_label(f"Jawaban lembar {number}", exact=True).fill(sheet)
        page.get_by_label("Saran lembar 2").fill("Kursi kurang.")
        page.get_by_label("Lembar 2 dibantu petugas").check()
        page.get_by_role("button", name="Simpan tumpukan").click()
        expect(page.get_by_role("status")).to_have_text(
            f"{len(stack)} lembar tanggal 5 Oktober 2026 tersimpan."
        )
        assert counted(office, form) == (len(stack), {"paper"})

        choose(page, "Ekspor")
        assert "Ringkasan" in load_workbook(saved(page, "Excel Data Oktober 2026", tmp_path))

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
            *("/ekspor#menu", "/terlayani", "/formulir", "/formulir/pernyataan-16-a", "/qr"),
            *("/lkip", "/lkip/2020", "/lkip/2020/sunting", "/lkip/periksa"),
        ):
            page.goto(f"{server.url}/petugas{path}")
            for closed in page.locator("summary").all():
                closed.click()
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, path


def test_a_form_is_looked_at_to_its_last_screen_and_nothing_is_stored(
    browser: Browser, server: Server, office: Instance
) -> None:
    form = find_form("permenpanrb-14-2017")
    with page_of(browser) as page:
        page.clock.install()
        page.goto(f"{server.url}/petugas/formulir/{form.id}/lihat")
        log_in(page)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.method))
        page.get_by_role("button", name="Mulai").click()
        page.clock.run_for(500)  # each new screen is deaf at first
        skipped = 0
        while page.get_by_role("button", name="Lewati").is_visible():
            page.get_by_role("button", name="Lewati").click()
            page.clock.run_for(500)
            skipped += 1
        assert skipped > len(form.asked)
        expect(page.get_by_text("Ini contoh: tidak ada yang dikirim.")).to_be_visible()
        page.get_by_role("textbox").fill("Kursi kurang.")
        expect(page.locator("[type=submit]")).to_have_count(0)
        assert set(sent) <= {"GET"}
    with open_store(office) as store:
        assert store.reader.execute("SELECT count(*) FROM receipt").fetchone() == (0,)


def test_on_a_telephone_the_menu_opens_by_a_link_also_without_javascript(
    browser: Browser, server: Server
) -> None:
    with page_of(browser, javascript=False, viewport={"width": 360, "height": 740}) as page:
        page.goto(f"{server.url}/petugas")
        log_in(page)
        menu = page.get_by_role("navigation", name="Halaman petugas")
        expect(menu).to_be_hidden()
        page.get_by_role("link", name="Menu", exact=True).click()
        expect(menu).to_be_visible()
        page.get_by_role("link", name="Tutup menu").click()
        expect(menu).to_be_hidden()
        page.get_by_role("link", name="Menu", exact=True).click()
        menu.get_by_role("link", name="Lembar QR").click()
        expect(page.get_by_role("heading", name="Lembar QR")).to_be_visible()
        expect(menu).to_be_hidden()
