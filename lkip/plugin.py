"""The part of LKIP in ``skm``: so far its report in the demo office; pages come with the web."""

from __future__ import annotations

from collections.abc import Callable

from skm.instance import Instance

DEMO_YEAR = 2020


def demo(instance: Instance, say: Callable[[str], None]) -> None:
    """Build the report of the sample office."""
    from lkip.build import build

    built = build(instance, DEMO_YEAR)
    say(f"Laporan Kinerja {DEMO_YEAR} dibuat di {built.files[0].parent}.")
