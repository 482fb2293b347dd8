"""Lighthouse over what citizens and tablets open, each category out of 100.

Run: npm install --ignore-scripts lighthouse --prefix FOLDER, then
PYTHONPATH=.:tests python tests/benchmarks/lighthouse.py FOLDER. Asked on 127.0.0.1, since on plain
HTTP elsewhere "best practices" wants HTTPS; as a phone on a slow network and as a desktop.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import tablet
from closed_offices import closed_period, people_of, receive
from conftest import CHROMIUM
from offices import changed
from playwright.sync_api import sync_playwright
from serving import running

from skm import instance
from skm.instance import Instance
from skm.period import Period
from skm.store import open_store
from skm.store.publications import OWN_PAGE, Announcement, publish

CATEGORIES = ("performance", "accessibility", "best-practices")
WANTED = 95
PERIOD, SHOWN = Period.parse("2026-10"), date(2026, 11, 2)
DEVICES = {"phone": (), "desktop": ("--preset=desktop",)}
_PORT_FILE = "DevToolsActivePort"


def office_with_results(root: Path) -> Instance:
    """An office that shows the results of a month and lets people answer on their phones."""
    office = changed(instance.init(root), "isi = false", "isi = true")
    with open_store(office) as store:
        form = office.questionnaire()
        receive(store, form, people_of(office, str(PERIOD)))
        closed_period(store, office, str(PERIOD))
        publish(store, PERIOD, 1, Announcement("website", SHOWN, OWN_PAGE), "kepala", SHOWN)
    return office


@contextmanager
def chromium(profile: Path) -> Iterator[int]:
    """A browser that keeps what it stores; the port that Lighthouse drives it by."""
    options = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run")
    profile_option = f"--user-data-dir={profile}"
    with subprocess.Popen(
        [str(CHROMIUM), *options, "--remote-debugging-port=0", profile_option],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            while not (file := profile / _PORT_FILE).exists() or not file.read_text():
                time.sleep(0.1)
            yield int(file.read_text().splitlines()[0])
        finally:
            process.terminate()


def pair(port: int, address: str) -> None:
    """Have the browser be a paired tablet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        page = browser.contexts[0].new_page()
        page.goto(address)
        tablet.welcome(page).wait_for()
        page.close()


def scores(folder: str, port: int, address: str, options: Sequence[str]) -> dict[str, int]:
    """What Lighthouse gives a page; below what is wanted it says why."""
    command = ["node", f"{folder}/node_modules/lighthouse/cli/index.js", address, "--quiet"]
    wanted = f"--only-categories={','.join(CATEGORIES)}"
    settings = [f"--port={port}", "--disable-storage-reset", "--output=json", wanted]
    done = subprocess.run([*command, *settings, *options], stdout=subprocess.PIPE, check=True)
    report = json.loads(done.stdout)
    given = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    for name, score in given.items():
        for part in report["categories"][name]["auditRefs"] if score < WANTED else ():
            audit = report["audits"][part["id"]]
            if part["weight"] and (audit["score"] or 0) < 1:
                print("  ", name, audit["id"], audit.get("displayValue", ""), audit["title"])
    return given


def main(folder: str) -> None:
    """Print a line a page and device; exit status 1 where one is below what is wanted."""
    place = Path(tempfile.mkdtemp())
    office = office_with_results(place / "kantor")
    poor = 0
    with running(office) as server, chromium(place / "profile") as port:
        pages = {
            "/": "/",
            "/isi": "/isi",
            "/publik": "/publik",
            "/kios not paired": "/kios",
            "/kios paired": "/kios",
        }
        for name, path in pages.items():
            if name == "/kios paired":
                pair(port, f"{server.url}/kios#{tablet.invited(office)}")
            for device, options in DEVICES.items():
                given = scores(folder, port, server.url + path, options)
                poor += min(given.values()) < WANTED
                print(f"{name:18}{device:9}", *(f"{each}={n}" for each, n in given.items()))
    sys.exit(poor > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
