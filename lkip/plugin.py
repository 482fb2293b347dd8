"""The part of LKIP in ``skm``: its pages for planning officers, and the report of the demo."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from skm.instance import Instance
from skm.web.access import PERENCANA
from skm.web.navigation import Group, Link

DEMO_YEAR = 2020

_PAGES = "/petugas/lkip"

access = {
    f"{_PAGES}{address}": PERENCANA
    for address in (
        "",
        "/contoh",
        "/<int:year>",
        "/<int:year>/rencana",
        "/<int:year>/susun",
        "/<int:year>/laporan/<kind>",
        "/<int:year>/tinjauan/<kind>",
        "/<int:year>/sunting",
        "/<int:year>/sunting/terima",
        "/periksa",
        "/periksa/lembar/<kind>",
    )
}

links = (Link(_PAGES, "LKIP", "Rencana, capaian, dan Laporan Kinerja setiap tahun", Group.HASIL),)


def register(app: Flask) -> None:
    """Add the pages."""
    from lkip.web.document_pages import documents
    from lkip.web.plan_pages import plans
    from lkip.web.wording_pages import wordings

    for blueprint in (plans, wordings, documents):
        app.register_blueprint(blueprint)


def demo(instance: Instance, say: Callable[[str], None]) -> None:
    """Build the report of the sample office."""
    from lkip.build import build

    built = build(instance, DEMO_YEAR)
    say(f"Laporan Kinerja {DEMO_YEAR} dibuat di {built.files[0].parent}.")
