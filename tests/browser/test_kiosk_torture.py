"""Real pages behind a bad network lose nothing, though server and browser are killed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tortured_kiosk import TorturedKiosk

from skm.torture.schedule import Deed

pytestmark = pytest.mark.browser

SURVEYS, PAGES = 10, 2
SEED = 354
"""Kills the server and a browser, and restores a backup, within so few surveys."""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_what_a_page_gave_thanks_for_is_stored_exactly_once(tmp_path: Path) -> None:
    verdict = TorturedKiosk(tmp_path, SURVEYS, SEED, pages=PAGES).run()
    assert verdict.passed, "\n".join(verdict.lines())
    assert verdict.finished >= SURVEYS + PAGES
    assert verdict.findings.stored == verdict.receipts == verdict.finished
    assert {Deed.KILL_SERVER, Deed.KILL_TABLET, Deed.RESTORE} <= set(verdict.deeds)
