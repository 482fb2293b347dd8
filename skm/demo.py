"""The sample office with a simulated year, to look at before an office starts its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import tomlkit

from skm import instance as offices
from skm.demo_year import live_through
from skm.errors import refuse
from skm.instance import Instance
from skm.period import Period
from skm.plugins import Plugin
from skm.responses import Response
from skm.simulation import Simulation
from skm.store import officers, open_store
from skm.store.intake import Delivery, Intake

MARK = "demo.txt"
ACCOUNT = "demo"
MONTHS = 12
_SEED = "skm-demo"


def prepare(
    folder: Path, until: Period, plugins: Sequence[Plugin], say: Callable[[str], None]
) -> Instance:
    """Make the demo office, or use the one that is there.

    Args:
        folder: where it lives; a folder that is no demo is left alone.
        until: the last of its twelve simulated months.
        plugins: whose part of the demo is made too.
        say: is told each thing that was made.

    Raises:
        SkmError: the folder holds something else.
    """
    if (folder / MARK).is_file():
        say(f"Kantor contoh yang sudah ada dipakai lagi: {folder}")
        return offices.open_instance(folder)
    if folder.exists() and any(folder.iterdir()):
        raise refuse(
            "Folder ini bukan demo",
            file=folder,
            todo="Pilih folder lain: skm demo FOLDER.",
        )
    offices.init(folder)
    _open_to_phones(folder / "office.toml")
    office = offices.open_instance(folder)
    stored = _simulate(office, until)
    say(f"Kantor contoh dibuat di {folder}: {stored} jawaban simulasi dalam {MONTHS} bulan.")
    for plugin in plugins:
        plugin.demo(office, say)
    (folder / MARK).write_text("Folder demo: semua jawaban di sini simulasi.\n", encoding="utf-8")
    return office


def ready_account(office: Instance) -> tuple[str, str]:
    """Name and new password of the demo's admin; a password of an earlier start ends."""
    password = "-".join(
        "".join(secrets.choice("bdgjklmnprst") + secrets.choice("aiueo") for _ in range(2))
        for _ in range(4)
    )
    with open_store(office) as store:
        names = [each.name for each in officers.all_officers(store) if each.disabled is None]
        if ACCOUNT in names:
            officers.set_password(store, ACCOUNT, password)
        else:
            officers.add(store, ACCOUNT, officers.ADMIN, password)
    return ACCOUNT, password


def _open_to_phones(file: Path) -> None:
    document = tomlkit.parse(file.read_text(encoding="utf-8"))
    document["isi"] = True
    file.write_text(tomlkit.dumps(document), encoding="utf-8")


def _simulate(office: Instance, until: Period) -> int:
    form = office.questionnaire()
    simulation = Simulation(_SEED)

    def deliveries() -> Iterator[Delivery]:
        for month in _months_to(until):
            for response in simulation.month(month, form, office.office):
                yield Delivery(response, _digest(response), received=response.day)

    with open_store(office) as store:
        stored = Intake(store).receive_many(form, deliveries())["stored"]
        live_through(store, office, _months_to(until), _SEED, ACCOUNT)
    return stored


def _months_to(last: Period) -> list[Period]:
    months = [last]
    while len(months) < MONTHS:
        months.insert(0, months[0].previous)
    return months


def _digest(response: Response) -> str:
    return hashlib.sha256(response.id.encode()).hexdigest()


def last_full_month(today: date) -> Period:
    """The month before the one that today lies in."""
    return Period.month_of(today).previous
