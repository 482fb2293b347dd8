"""axe over every screen of the kiosk and of /isi, in all languages, both orientations and origins.

Run: npm install axe-core --prefix FOLDER, then
PYTHONPATH=.:tests python tests/benchmarks/accessibility.py FOLDER.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import tablet
from offices import changed
from playwright.sync_api import Page, sync_playwright
from serving import Server, running

from skm import instance
from skm.instance import Instance

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}


def screens(page: Page, server: Server, office: Instance, kiosk: str) -> Iterator[str]:
    """Show one screen after the other."""
    page.goto(kiosk)
    page.locator("[data-place=unpaired] h1:visible").wait_for()
    yield "unpaired"
    page.goto(f"{kiosk}#{tablet.invited(office)}")
    tablet.welcome(page).wait_for()
    for language in office.office.languages:
        tablet.tap(page, page.locator(f"[data-go=language][lang={language}]:visible"))
        yield f"{language} welcome"
        tablet.tap(page, page.locator("[data-go=help]:visible"))
        yield f"{language} help"
        tablet.tap(page, page.locator("[data-go=resume]:visible"))
        tablet.tap(page, tablet.welcome(page))
        yield f"{language} service"
        tablet.answer(page, 2)
        number = 0
        while not page.locator(".screen.last.current:visible").count():
            number += 1
            yield f"{language} screen {number}"
            if page.locator("[data-screen=question].current:visible").count():
                tablet.answer(page, 3)
            else:
                tablet.tap(page, page.locator("[data-go=skip]:visible"))
        yield f"{language} comment"
        tablet.send(page)
        yield f"{language} thanks"
        tablet.next_person(page)
    box = page.locator("[data-part=office]").bounding_box()
    if box is not None:
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        page.wait_for_timeout(1800)
        page.mouse.up()
        page.wait_for_timeout(500)
        yield "status"
    page.goto(f"{kiosk.removesuffix('kios')}isi")
    yield "isi"


def complaints(page: Page, axe: str) -> list[str]:
    """What axe finds on the present screen."""
    page.evaluate(axe)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:200]!r}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def main(folder: str) -> None:
    """Look at every screen, and print what was found."""
    axe = (Path(folder) / "node_modules/axe-core/axe.min.js").read_text()
    looked, found = 0, 0
    with sync_playwright() as playwright:
        for viewport in (tablet.UPRIGHT, tablet.LYING):
            for origin in ("kiosk.test", "127.0.0.1"):
                place = Path(tempfile.mkdtemp())
                office = changed(instance.init(place / "kantor"), "isi = false", "isi = true")
                with (
                    running(office) as server,
                    tablet.browser(playwright, place / "profile", viewport) as context,
                ):
                    page = context.pages[0]
                    kiosk = tablet.address(server).replace(tablet.HOST, origin)
                    for name in screens(page, server, office, kiosk):
                        looked += 1
                        for complaint in complaints(page, axe):
                            found += 1
                            print(origin, viewport["width"], name, complaint)
    print(f"{looked} screens looked at, {found} complaints")


if __name__ == "__main__":
    main(*sys.argv[1:])
