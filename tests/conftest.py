"""What many tests share: an office's folder, and a browser where there is one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from skm import instance
from skm.instance import Instance

# the first example of a test pays for imports, and shared cores come and go
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium the browser tests are left out, except on CI, where they fail."""
    if CHROMIUM or os.environ.get("CI"):
        return
    absent = pytest.mark.skip(reason="tidak ada Chromium di komputer ini")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(absent)


@pytest.fixture
def office(tmp_path: Path) -> Instance:
    """The sample office in a folder of its own."""
    return instance.init(tmp_path / "kantor")
