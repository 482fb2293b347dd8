"""A tablet that is left alone asks, waits, and forgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tablet
from playwright.sync_api import Page, expect, sync_playwright
from serving import Server, running

from skm import instance
from skm.instance import Instance

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Instance]]:
    office = instance.init(tmp_path_factory.mktemp("kios") / "kantor")
    with running(office) as started:
        yield started, office


@pytest.fixture(scope="module")
def paired(
    server: tuple[Server, Instance], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    with (
        sync_playwright() as playwright,
        tablet.browser(playwright, tmp_path_factory.mktemp("profile")) as context,
    ):
        tablet.pair(context.pages[0], *server)
        yield context.pages[0]


@pytest.fixture
def page(paired: Page, server: tuple[Server, Instance]) -> Page:
    """The welcome screen of a paired tablet."""
    tablet.open_kiosk(paired, server[0])
    return paired


def tap(page: Page, place: str) -> None:
    tablet.tap(page, page.locator(f"{place}:visible").first)


def test_after_a_minute_it_asks_and_any_tap_goes_on_where_the_person_was(page: Page) -> None:
    tap(page, "[data-go=next]")
    tap(page, ".screen.current button.answer")
    tap(page, ".screen.current button.answer")
    before = tablet.heading(page).inner_text()
    for _ in range(3):
        page.clock.run_for(59_000)
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        page.clock.run_for(2_000)
        expect(page.get_by_role("alertdialog")).to_contain_text("masih di sini?")
        page.touchscreen.tap(300, 40)
        expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(tablet.heading(page)).to_have_text(before)
    assert page.locator("input:checked").count() == 2


def test_after_the_countdown_the_next_person_finds_nothing_and_the_first_language(
    page: Page,
) -> None:
    tap(page, "[data-go=language][lang=en]")
    tap(page, "[data-go=next]")
    tap(page, ".screen.current button.answer")
    tap(page, ".screen.current button.answer")
    page.clock.run_for(62_000)
    expect(page.get_by_role("alertdialog")).to_contain_text("Are you still there?")
    page.clock.run_for(30_000)
    expect(page.get_by_role("heading", name="Survei Kepuasan Masyarakat")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "id"
    tablet.assert_nothing_left(page)
