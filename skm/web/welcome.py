"""What whoever starts the server is told to do first."""

from __future__ import annotations

from flask import Flask

from skm.store import officers, tablets
from skm.web.security import OFFICERS
from skm.web.site import site_of

FIRST_TABLET = "Loket 1"


def first_steps(app: Flask, address: str) -> list[str]:
    """Lines that say where officers log in, or how the first admin comes to an account."""
    site = site_of(app)
    if officers.has_officers(site.store):
        return [f"Petugas masuk di {address}{OFFICERS}"]
    code = site.first_start.invite()
    return [
        "Belum ada pengguna. Admin pertama memilih nama dan kata sandi di (sekali, satu jam):",
        f"{address}{OFFICERS}/mulai/{code}",
    ]


def first_pairing(app: Flask, lan: str) -> str | None:
    """What the first tablet of an office scans; None where one is paired already.

    Further tablets are added on the officers' pages, each under its own name.
    """
    site = site_of(app)
    if any(tablet.paired and not tablet.revoked for tablet in tablets.all_tablets(site.store)):
        return None
    return f"http://{lan}/kios#{tablets.invite(site.store, FIRST_TABLET, site.now())}"
