"""An officer's own browser: a real Chromium whose console says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import CHROMIUM
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from skm.instance import Instance
from skm.store import officers, open_store

NAME = "kepala"
PASSWORD = "sapi makan rumput"
DESK: ViewportSize = {"width": 1280, "height": 800}


def add_officer(office: Instance, role: str = officers.ADMIN) -> None:
    """Give an office the officer who is going to log in."""
    with open_store(office) as store:
        officers.add(store, NAME, role, PASSWORD)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that is closed at the end."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


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
    """Log in on the page that asks for it."""
    page.get_by_label("Nama pengguna").fill(NAME)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()


def choose(page: Page, link: str) -> None:
    """Follow a link of the officers' menu."""
    page.get_by_role("navigation").get_by_role("link", name=link, exact=True).click()


def saved(page: Page, link: str, folder: Path) -> Path:
    """The file behind a link, saved under the name that the server gives it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=link, exact=True).click()
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file
