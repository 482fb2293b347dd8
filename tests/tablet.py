"""A paired tablet: a real Chromium that reaches the office by plain HTTP under a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from conftest import CHROMIUM
from playwright.sync_api import (
    BrowserContext,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
)
from serving import Server

from skm.instance import Instance
from skm.store import open_store, tablets

HOST = "kiosk.test"
"""An origin as a tablet sees it: neither secure nor localhost."""

UPRIGHT: ViewportSize = {"width": 600, "height": 960}
LYING: ViewportSize = {"width": 1280, "height": 800}
DEAF_MS = 450


@contextmanager
def browser(
    playwright: Playwright, profile: Path, viewport: ViewportSize = UPRIGHT
) -> Iterator[BrowserContext]:
    """A browser that keeps its cache and its storage in a folder, as a tablet does.

    The clock of its pages goes as clocks do, and on by what a test tells it: nobody waits while
    a page is deaf or idle, or until it tries again.
    """
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=CHROMIUM,
        args=[
            "--no-sandbox",
            "--disable-dev-shm-usage",
            f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
        ],
        viewport=viewport,
        has_touch=True,
    )
    context.clock.install()
    try:
        yield context
    finally:
        context.close()


def address(server: Server) -> str:
    """The kiosk's address on the office's network."""
    return f"http://{HOST}:{urlsplit(server.url).port}/kios"


def invited(office: Instance, name: str = "Loket 1") -> str:
    """A pairing code, as the officers' page shows it in a QR code."""
    with open_store(office) as store:
        return tablets.invite(store, name, datetime.now(office.office.timezone))


def pair(page: Page, server: Server, office: Instance) -> None:
    """Scan the QR code, which opens the page anew."""
    page.goto("about:blank")
    page.goto(f"{address(server)}#{invited(office)}")
    expect(welcome(page)).to_be_visible()


def open_kiosk(page: Page, server: Server) -> None:
    """Start the kiosk of a paired tablet anew."""
    page.goto("about:blank")
    page.goto(address(server))
    expect(welcome(page)).to_be_visible()


def kept(page: Page) -> dict[str, object]:
    """What the tablet knows of itself: device, token, name and service."""
    found: dict[str, object] = page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open("skm-kios");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const names = ["device", "token", "name", "service"];
            const work = opening.result.transaction("meta");
            const asked = names.map(name => work.objectStore("meta").get(name));
            work.oncomplete = () => {
              opening.result.close();
              resolve(Object.fromEntries(names.map((name, n) => [name, asked[n].result])));
            };
          };
        })"""
    )
    return {name: value for name, value in found.items() if value is not None}


def keep(page: Page, **values: str | None) -> None:
    """Have the tablet know something else of itself; None takes a value away."""
    page.evaluate(
        """values => new Promise((resolve, reject) => {
          const opening = indexedDB.open("skm-kios");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const work = opening.result.transaction("meta", "readwrite");
            const meta = work.objectStore("meta");
            Object.entries(values).forEach(([name, value]) =>
              value === null ? meta.delete(name) : meta.put(value, name));
            work.oncomplete = () => { opening.result.close(); resolve(); };
            work.onabort = () => reject(work.error);
          };
        })""",
        values,
    )


def welcome(page: Page) -> Locator:
    """The button that begins."""
    return page.locator("[data-go=next]:visible")


def heading(page: Page) -> Locator:
    """What the present screen asks or says."""
    return page.locator(".screen.current h1:visible, .screen.current h2:visible")


def thanks(page: Page) -> Locator:
    """The words of thanks: from here on nothing may be lost."""
    return page.locator("[data-place=thanks] h1:visible")


def tap(page: Page, button: Locator) -> None:
    """Tap a button once it listens."""
    page.clock.run_for(DEAF_MS + 20)
    button.tap()


def answer(page: Page, level: int) -> None:
    """Answer the present question."""
    tap(page, page.locator(".screen.current:visible button.answer").nth(level - 1))


def fill_in(page: Page, level: int = 3, questions: int = 14) -> None:
    """One person from Start to thanks; profile and comment skipped."""
    tap(page, welcome(page))
    if page.locator("[data-screen=service].current:visible").count():
        answer(page, 2)
    for _ in range(questions):
        answer(page, level)
    send(page)


def send(page: Page) -> None:
    """Past the profile to the end, and send."""
    while not page.locator(".screen.last.current:visible").count():
        tap(page, page.locator("[data-go=skip]:visible"))
    tap(page, page.locator(".screen.last.current [type=submit]:visible"))
    expect(thanks(page)).to_be_visible()


def next_person(page: Page) -> None:
    """Away from the thanks."""
    tap(page, page.locator("[data-go=done]:visible"))
    expect(welcome(page)).to_be_visible()


def assert_nothing_left(page: Page) -> None:
    """Neither in the page nor in what the browser keeps beside the queue."""
    assert page.locator("input:checked").count() == 0
    assert page.locator("button.answer[aria-pressed=true]").count() == 0
    assert page.locator("[data-go=helped][aria-pressed=true]").count() == 0
    assert page.evaluate("[...document.querySelectorAll('textarea')].every(box => !box.value)")
    assert page.evaluate("history.state") is None
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
