"""The first of the month in a real Chromium: from log-in to what hangs on the wall."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from announcing import SERVED
from answering import delivery
from commands import skm
from docx_reader import read_docx
from monthly import OCTOBER
from officers_browser import add_officer, choose, chromium, log_in, page_of, saved
from openpyxl import load_workbook
from pdf_reader import read_pdf
from playwright.sync_api import Page, expect
from qr_reader import read_codes
from serving import running

from skm.instance import Instance
from skm.numerals import number
from skm.simulation import Simulation
from skm.store import open_store
from skm.store.intake import Intake

pytestmark = pytest.mark.browser

RESPONDENTS = 400
PEOPLE = tuple(8 * served for served in SERVED)
"""People served by each of the six services of the sample office."""
DOCUMENT = "400.8/21/2026"


@pytest.fixture
def busy(office: Instance) -> Instance:
    """The sample office after a month with 400 respondents for its six services."""
    add_officer(office)
    form = office.questionnaire()
    month = Simulation("bulan", RESPONDENTS, RESPONDENTS).month(OCTOBER, form, office.office)
    with open_store(office) as store:
        Intake(store).receive_many(
            form,
            [
                delivery(replace(each, simulated=False), received=OCTOBER.last_day)
                for each in month
            ],
        )
    return office


def enter_served(page: Page, office: Instance) -> None:
    choose(page, "Terlayani")
    page.get_by_role("link", name="Oktober 2026").click()
    for service, people in zip(office.office.services, PEOPLE, strict=True):
        page.get_by_label(service.name, exact=True).fill(str(people))
    page.get_by_role("button", name="Simpan Oktober 2026").click()
    expect(page.get_by_role("status")).to_be_visible()


def plan_for_the_lowest(page: Page) -> None:
    choose(page, "Tindak lanjut")
    page.get_by_role("link", name="Rencanakan").first.click()
    page.get_by_label("Penanggung jawab").fill("Seksi Pelayanan Umum")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_be_visible()


def close_and_publish(page: Page) -> None:
    choose(page, "Tutup periode")
    page.get_by_role("link", name="Oktober 2026").click()
    page.get_by_label("Nomor dokumen").fill(DOCUMENT)
    page.get_by_role("button", name="Tutup Oktober 2026").click()
    expect(page.get_by_role("heading", name="Oktober 2026")).to_be_visible()
    page.get_by_role("button", name="Terbitkan di halaman publik").click()
    expect(page.get_by_role("link", name="halaman publik")).to_be_visible()


def test_one_index_from_the_first_page_to_the_wall(busy: Instance, tmp_path: Path) -> None:
    scored = json.loads(skm("score", "--period", "2026-10", "--instance", busy.root, "--json").out)
    index = number(scored["index"], 2)
    with chromium() as browser, running(busy, "--lan") as server, page_of(browser) as page:
        page.goto(f"{server.url}/petugas?periode=2026-10")
        log_in(page)
        expect(page.locator(".figures").first).to_contain_text(index)
        expect(page.locator(".figures").first).to_contain_text(str(RESPONDENTS))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("[...document.images].every(each => each.naturalWidth > 0)")

        enter_served(page, busy)
        close_and_publish(page)
        plan_for_the_lowest(page)

        choose(page, "Ekspor")
        workbook = saved(page, "Excel Data Oktober 2026", tmp_path)
        report = saved(page, "Word Laporan SKM Oktober 2026", tmp_path)
        sheet = saved(page, "A4 Poster Oktober 2026", tmp_path)
        picture = saved(page, "Gambar Poster Oktober 2026", tmp_path)

        summary = load_workbook(workbook, data_only=True)["Ringkasan"]
        values = [cell for row in summary.iter_rows(values_only=True) for cell in row]
        assert any(
            isinstance(each, float) and abs(each - scored["index"]) < 1e-9 for each in values
        )
        assert index in " ".join(read_docx(report.read_bytes()).texts)
        assert DOCUMENT in " ".join(read_docx(report.read_bytes()).texts)
        assert index in " ".join(read_pdf(sheet.read_bytes()).texts)

        (address,) = read_codes(picture.read_bytes())
        page.goto(address)
        expect(page.locator(".figures").first).to_contain_text(index)
        expect(page.get_by_text("Cocok.")).to_be_visible()
        page.goto(f"{server.url}/publik")
        expect(page.locator(".figures").first).to_contain_text(index)
        expect(page.get_by_role("table", name="Rencana tindak lanjut")).to_be_visible()
