"""Real pages behind a bad network lose nothing, though server and browser are killed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tortured_kiosk import TorturedKiosk

pytestmark = pytest.mark.browser

SURVEYS, PAGES = 10, 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_what_a_page_gave_thanks_for_is_stored_exactly_once(tmp_path: Path) -> None:
    verdict = TorturedKiosk(tmp_path, SURVEYS, seed=4, pages=PAGES).run()
    assert verdict.passed, "\n".join(verdict.lines())
    assert verdict.finished >= SURVEYS + PAGES
    assert verdict.findings.stored == verdict.receipts == verdict.finished
    assert sum(verdict.deeds.values()) >= 2
